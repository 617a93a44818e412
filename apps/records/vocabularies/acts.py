"""What is done in saying it, and on what occasion; read by the Statement model."""

from apps.records.vocabularies.base import OURS, Vocabulary, not_stated, other, term


class Act(
    Vocabulary,
    title_en="Act",
    title_fr="Acte",
    about_fr=(
        "Ce que le locuteur fait en parlant ; un seul acte principal. Liste tirée des catégories "
        "verbales de PLOVER et des deux catégories de CAMEO qu’il a supprimées, plus les nôtres."
    ),
):
    """What the speaker does by speaking; one main act.

    The list is drawn from the verbal categories of PLOVER and the two of CAMEO that it dropped,
    with some of our own.
    """

    ASSESS = term(
        "assess",
        "Assess",
        "Describes, judges or predicts a situation; asks for nothing and promises nothing.",
        "Apprécier",
        "Décrit, juge ou prédit une situation ; ne demande ni ne promet rien.",
        "CAMEO 01, public statement; our wording",
    )
    CONSIDER = term(
        "consider",
        "Consider",
        "Says that a course of action is being weighed or reviewed; nothing is settled.",
        "Envisager",
        "Dit qu’une action est à l’étude ou réexaminée ; rien n’est arrêté.",
        "CAMEO 014, consider a policy option; our wording",
    )
    REQUEST = term(
        "request",
        "Request",
        "Asks another for help, cooperation or an act; as an order, code Demand.",
        "Demander",
        "Demande à un autre aide, coopération ou action ; si c’est un ordre, coder Exiger.",
        "CAMEO 02, appeal; our wording",
    )
    ANNOUNCE = term(
        "announce",
        "Announce",
        "Offers, promises or says what the speaker’s own side will do.",
        "Annoncer",
        "Offre, promet ou dit ce que fera le camp du locuteur.",
        "PLOVER, AGREE; our wording",
    )
    DECIDE = term(
        "decide",
        "Decide",
        "States a decision already taken, such as one taken at a meeting.",
        "Décider",
        "Énonce une décision déjà prise, par exemple lors d’une réunion.",
        OURS,
    )
    SUPPORT = term(
        "support",
        "Support",
        "Approves, commends or backs a policy, an act or an actor, in words.",
        "Soutenir",
        "Approuve, loue ou soutient en paroles une politique, un acte ou un acteur.",
        "PLOVER, SUPPORT; our wording",
    )
    CONSULT = term(
        "consult",
        "Consult",
        "Tells of talks, a meeting or a visit, and nothing more of what was said.",
        "Consulter",
        "Fait part d’entretiens, d’une réunion ou d’une visite, sans en dire le contenu.",
        "PLOVER, CONSULT; our wording",
    )
    CONCEDE = term(
        "concede",
        "Concede",
        "Gives way in words, or expresses regret; nothing has changed on the ground yet.",
        "Concéder",
        "Cède en paroles ou exprime un regret ; rien n’a encore changé sur le terrain.",
        "PLOVER, CONCEDE; our wording",
    )
    DEMAND = term(
        "demand",
        "Demand",
        "Orders or insists, more forcefully than a request; with a penalty, code Threaten.",
        "Exiger",
        "Ordonne ou exige, plus qu’une demande ; avec une sanction, coder Menacer.",
        "PLOVER, DEMAND; our wording",
    )
    DISAPPROVE = term(
        "disapprove",
        "Disapprove",
        "Criticises, objects, complains or accuses.",
        "Désapprouver",
        "Critique, objecte, se plaint ou accuse.",
        "PLOVER, DISAPPROVE; our wording",
    )
    REJECT = term(
        "reject",
        "Reject",
        "Refuses a request, a demand or a proposal.",
        "Rejeter",
        "Refuse une demande, une exigence ou une proposition.",
        "PLOVER, REJECT; our wording",
    )
    THREATEN = term(
        "threaten",
        "Threaten",
        "Warns of harm that the speaker’s own side would do; of other harm, code Assess.",
        "Menacer",
        "Annonce un mal que ferait le camp du locuteur ; pour tout autre mal, coder Apprécier.",
        "PLOVER, THREATEN; our wording",
    )
    JUSTIFY = term(
        "justify",
        "Justify",
        "Gives reasons for what the speaker’s own side does or did.",
        "Justifier",
        "Donne les raisons de ce que fait ou a fait le camp du locuteur.",
        OURS,
    )
    ACKNOWLEDGE = term(
        "acknowledge",
        "Acknowledge",
        "Thanks another, or recognises what it has done.",
        "Reconnaître",
        "Remercie un autre ou reconnaît ce qu’il a fait.",
        OURS,
    )
    OTHER = other()
    NOT_STATED = not_stated()


class Setting(
    Vocabulary,
    title_en="Setting",
    title_fr="Circonstance",
    about_fr="L’occasion à laquelle les propos ont été tenus.",
):
    """The occasion on which it was said."""

    SPEECH = term(
        "speech",
        "Speech",
        "Spoken to an audience; a legislature and one’s own forces have their own codes.",
        "Discours",
        "Prononcé devant un auditoire ; parlement et armées ont leurs propres codes.",
        OURS,
    )
    ADDRESS_TO_FORCES = term(
        "address_to_forces",
        "Address to the forces",
        "Spoken to the armed forces, such as a New Year address.",
        "Adresse aux armées",
        "Prononcée devant les forces armées, comme des vœux de nouvel an.",
        OURS,
    )
    PRESS_CONFERENCE = term(
        "press_conference",
        "Press conference",
        "Said before the press, and the source names it so.",
        "Conférence de presse",
        "Propos tenus devant la presse, et la source le dit.",
        OURS,
    )
    SUMMIT_MEETING = term(
        "summit_meeting",
        "Summit",
        "Said at or just after a meeting of heads of state or government.",
        "Sommet",
        "Propos tenus lors ou au sortir d’une rencontre de chefs d’État ou de gouvernement.",
        OURS,
    )
    OFFICIAL_MEETING = term(
        "official_meeting",
        "Official meeting",
        "Said at or just after a meeting of ministers, commanders or other officials.",
        "Rencontre officielle",
        "Propos tenus lors ou au sortir d’une rencontre de ministres, de militaires ou autres.",
        OURS,
    )
    INTERVIEW = term(
        "interview",
        "Interview",
        "Answers to a journalist, published as such.",
        "Entretien",
        "Réponses à un journaliste, publiées comme telles.",
        OURS,
    )
    WRITTEN_DECLARATION = term(
        "written_declaration",
        "Written declaration",
        "A text made public, such as a communiqué or a joint statement.",
        "Déclaration écrite",
        "Un texte rendu public, comme un communiqué ou une déclaration commune.",
        OURS,
    )
    LEGISLATURE = term(
        "legislature",
        "Legislature",
        "Said in a parliament or before one of its committees.",
        "Parlement",
        "Propos tenus au parlement ou devant l’une de ses commissions.",
        OURS,
    )
    LETTER = term(
        "letter",
        "Letter",
        "Written to a named addressee.",
        "Lettre",
        "Écrite à un destinataire nommé.",
        OURS,
    )
    MEDIA_REPORT = term(
        "media_report",
        "Told to the press",
        "Told to a journalist outside an interview, such as by sources who brief the press.",
        "Confié à la presse",
        "Dit à un journaliste hors entretien, comme par des sources qui informent la presse.",
        OURS,
    )
    OTHER = other()
    NOT_STATED = not_stated()
