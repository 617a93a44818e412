"""Who said it, how openly, in what form, where and on which side; read by Statement."""

from apps.records.vocabularies.base import OURS, Vocabulary, not_stated, other, term

QUOTATIONS = "Three types of quotations, arXiv:2110.07827; our wording"


class SpeakerKind(
    Vocabulary,
    title_en="Kind of speaker",
    title_fr="Nature du locuteur",
    about_fr="Qui parle, tel que la source le désigne.",
):
    """Who speaks, as the source puts it."""

    PERSON = term(
        "person",
        "Person",
        "A named person, in an office or not.",
        "Personne",
        "Une personne nommée, en fonction ou non.",
        OURS,
    )
    OFFICE = term(
        "office",
        "Office",
        "The holder of an office or a spokesperson, without a name.",
        "Fonction",
        "Titulaire d’une fonction ou porte-parole, sans nom.",
        OURS,
    )
    GOVERNMENT = term(
        "government",
        "Government",
        "A country, a capital or a government as such: “France”, “Washington”.",
        "Gouvernement",
        "Un pays, une capitale ou un gouvernement comme tel : « la France », « Washington ».",
        OURS,
    )
    LEGISLATURE_GROUP = term(
        "legislature_group",
        "Group of legislators",
        "Members of a parliament spoken of as a group, without names.",
        "Groupe de parlementaires",
        "Des membres d’un parlement désignés en groupe, sans noms.",
        OURS,
    )
    ORGANIZATION = term(
        "organization",
        "Organisation",
        "An organisation as such, other than a government or a parliament.",
        "Organisation",
        "Une organisation en tant que telle, autre qu’un gouvernement ou un parlement.",
        OURS,
    )
    UNNAMED_OFFICIALS = term(
        "unnamed_officials",
        "Unnamed officials",
        "People described by their work and not named, such as “defense sources”.",
        "Responsables non nommés",
        "Des personnes décrites par leur métier sans être nommées : « defense sources ».",
        OURS,
    )
    COLLECTIVE_MEETING = term(
        "collective_meeting",
        "Meeting",
        "A meeting, or those present together, such as “it was decided at the meeting”.",
        "Réunion",
        "Une réunion ou ses participants ensemble : « il a été décidé à la réunion ».",
        OURS,
    )
    DOCUMENT = term(
        "document",
        "Document",
        "A text that speaks by itself, such as a communiqué or a resolution.",
        "Document",
        "Un texte qui parle de lui-même, comme un communiqué ou une résolution.",
        OURS,
    )
    OTHER = other()
    NOT_STATED = not_stated()


class Attribution(
    Vocabulary,
    title_en="Attribution",
    title_fr="Attribution",
    about_fr="À quel point la source dit ouvertement de qui viennent les propos.",
):
    """How openly the source says whose words these are."""

    ON_RECORD = term(
        "on_record",
        "On the record",
        "Attributed openly to an identified person, group, body or text.",
        "Attribution ouverte",
        "Attribués ouvertement à une personne, un groupe, un organe ou un texte identifié.",
        OURS,
    )
    BACKGROUND_UNNAMED = term(
        "background_unnamed",
        "Background, unnamed",
        "Attributed to people whom the source leaves unnamed.",
        "Attribution anonyme",
        "Attribués à des personnes que la source ne nomme pas.",
        OURS,
    )
    INSTITUTIONAL_POSITION = term(
        "institutional_position",
        "Institutional position",
        "Given as the view of a government or body, with no speaker and no occasion.",
        "Position institutionnelle",
        "Présentés comme l’avis d’un gouvernement ou d’un organe, sans locuteur ni occasion.",
        OURS,
    )
    JOURNALIST_INFERENCE = term(
        "journalist_inference",
        "Inference of the journalist",
        "What the journalist concludes that a party thinks or wants, on no quoted authority.",
        "Déduction du journaliste",
        "Ce que le journaliste déduit de la pensée d’une partie, sans autorité citée.",
        OURS,
    )
    OTHER = other()
    NOT_STATED = not_stated()


class QuoteForm(
    Vocabulary,
    title_en="Form of the quotation",
    title_fr="Forme de la citation",
    about_fr="Quelle part des propos la source met entre guillemets.",
):
    """How much of what was said the source puts in quotation marks."""

    DIRECT = term(
        "direct",
        "Direct",
        "All of what is said stands in quotation marks, whatever verb leads in.",
        "Directe",
        "Tout ce qui est dit est entre guillemets, quel que soit le verbe qui l’introduit.",
        QUOTATIONS,
    )
    INDIRECT = term(
        "indirect",
        "Indirect",
        "Told in the words of the source, with no quotation marks.",
        "Indirecte",
        "Rapportés dans les mots de la source, sans guillemets.",
        QUOTATIONS,
    )
    MIXED = term(
        "mixed",
        "Mixed",
        "Told in the words of the source, with a part in quotation marks.",
        "Mixte",
        "Rapportés dans les mots de la source, avec une partie entre guillemets.",
        QUOTATIONS,
    )
    NOT_STATED = not_stated(
        "It cannot be seen which words are the speaker’s.",
        "On ne voit pas quels mots sont ceux du locuteur.",
    )


class Stance(
    Vocabulary,
    title_en="Stance",
    title_fr="Position",
    about_fr="La position des propos envers l’opération dont ils parlent.",
):
    """Where the statement stands towards the operation that it is about."""

    FAVOURABLE = term(
        "favourable",
        "Favourable",
        "Praises or defends the operation, joins it or asks others to join.",
        "Favorable",
        "Loue ou défend l’opération, la rejoint ou appelle à la rejoindre.",
        OURS,
    )
    UNFAVOURABLE = term(
        "unfavourable",
        "Unfavourable",
        "Criticises the operation, doubts its use or wants it ended.",
        "Défavorable",
        "Critique l’opération, doute de son utilité ou en veut la fin.",
        OURS,
    )
    CONDITIONAL = term(
        "conditional",
        "Conditional",
        "For or against it only if a condition is met, which the statement names.",
        "Conditionnelle",
        "Pour ou contre à une condition, que les propos énoncent.",
        OURS,
    )
    NEUTRAL = term(
        "neutral",
        "Neutral",
        "Speaks of the operation and takes no side.",
        "Neutre",
        "Parle de l’opération sans prendre parti.",
        OURS,
    )
    UNCLEAR = term(
        "unclear",
        "Unclear",
        "Takes a side, and the words can be read both ways.",
        "Ambiguë",
        "Prend parti, mais les mots se lisent dans les deux sens.",
        OURS,
    )
    NOT_STATED = not_stated(
        "Says nothing of the operation itself.",
        "Ne dit rien de l’opération elle-même.",
    )
