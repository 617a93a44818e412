"""What a source is and how far a citation carries; read by Source and Citation."""

from apps.records.vocabularies.base import OURS, Vocabulary, not_stated, other, term

SFM = "Security Force Monitor, Research Handbook, source types; our wording"
SFM_CLAIMS = "Security Force Monitor, claim status; our wording"
WIKIDATA = "Wikidata, Help:Ranking and Help:Deprecation; our wording"


class SourceType(
    Vocabulary,
    title_en="Type of source",
    title_fr="Type de source",
    about_fr="Ce que nous avons lu. Choisir le code le plus précis qui convient.",
):
    """What it is that we read. Choose the most precise code that fits."""

    NEWS_ARTICLE = term(
        "news_article",
        "News article",
        "Journalism in writing, by a newspaper, a magazine, an agency or a site.",
        "Article de presse",
        "Journalisme écrit : journal, magazine, agence ou site.",
        OURS,
    )
    OFFICIAL_STATEMENT = term(
        "official_statement",
        "Official statement",
        "A text that a government or an organisation made public in its own name.",
        "Déclaration officielle",
        "Texte qu’un gouvernement ou une organisation a rendu public en son nom.",
        OURS,
    )
    LEGAL_INSTRUMENT = term(
        "legal_instrument",
        "Legal instrument",
        "A text with legal force: a resolution, a decision, a treaty, a law.",
        "Acte juridique",
        "Texte ayant force de droit : résolution, décision, traité, loi.",
        OURS,
    )
    REPORT = term(
        "report",
        "Report",
        "A study with an author and a title of its own, by a body or by scholars.",
        "Rapport",
        "Étude dotée d’un auteur et d’un titre, d’un organisme ou de chercheurs.",
        OURS,
    )
    POST = term(
        "post",
        "Post",
        "A message on a social network.",
        "Publication en ligne",
        "Message sur un réseau social.",
        SFM,
    )
    DATASET = term(
        "dataset",
        "Dataset",
        "Data in rows and columns or another form for machines.",
        "Jeu de données",
        "Données en lignes et colonnes ou sous une autre forme lisible par machine.",
        SFM,
    )
    MAP = term(
        "map",
        "Map",
        "A map, when it is the map that says it.",
        "Carte",
        "Une carte, quand c’est elle qui le dit.",
        SFM,
    )
    IMAGE = term(
        "image",
        "Image",
        "A photograph or a drawing, when it is the picture that says it.",
        "Image",
        "Photographie ou dessin, quand c’est l’image qui le dit.",
        SFM,
    )
    AUDIO = term(
        "audio",
        "Audio",
        "A recording of sound.",
        "Enregistrement sonore",
        "Un enregistrement de son.",
        SFM,
    )
    VIDEO = term(
        "video",
        "Video",
        "A recording of moving pictures.",
        "Vidéo",
        "Un enregistrement d’images animées.",
        SFM,
    )
    DOCUMENT = term(
        "document",
        "Document",
        "Another written document, to which no more precise code applies.",
        "Document",
        "Autre document écrit, auquel aucun code plus précis ne s’applique.",
        SFM,
    )
    OTHER = other(
        "None of the other codes fits; the note says what it is.",
        "Aucun autre code ne convient ; la note précise.",
    )
    NOT_STATED = not_stated(
        "It cannot be told what sort of text or recording it is.",
        "On ne peut dire de quel genre de texte ou d’enregistrement il s’agit.",
    )


class Standing(
    Vocabulary,
    title_en="Standing",
    title_fr="Statut de la citation",
    about_fr="Si les sources citées pour une même valeur s’accordent. C’est nous qui en jugeons.",
):
    """Whether the sources cited for one value agree. It is our own judgement."""

    ACCEPTED = term(
        "accepted",
        "Accepted",
        "The source supports the value as coded, and no cited source contradicts it.",
        "Acceptée",
        "La source soutient la valeur codée, et aucune source citée ne la contredit.",
        SFM_CLAIMS,
    )
    CONFLICTING = term(
        "conflicting",
        "Conflicting",
        "Another cited source gives another value; both stay and both are shown.",
        "Contradictoire",
        "Une autre source citée donne une autre valeur ; les deux restent et se montrent.",
        SFM_CLAIMS,
    )


class Rank(
    Vocabulary,
    title_en="Rank",
    title_fr="Rang",
    about_fr="Laquelle de plusieurs valeurs se lit d’abord. C’est nous qui en jugeons.",
):
    """Which of several values is read first. It is our own judgement."""

    PREFERRED = term(
        "preferred",
        "Preferred",
        "The best of several values, shown first; the reason is given.",
        "Préférée",
        "La meilleure de plusieurs valeurs, montrée en premier ; la raison est donnée.",
        WIKIDATA,
    )
    NORMAL = term(
        "normal",
        "Normal",
        "Neither preferred nor deprecated; the default.",
        "Normale",
        "Ni préférée ni dépréciée ; le rang par défaut.",
        WIKIDATA,
    )
    DEPRECATED = term(
        "deprecated",
        "Deprecated",
        "Known to be wrong and kept, with the reason; not a value that was true at its date.",
        "Dépréciée",
        "Tenue pour fausse et gardée, avec la raison ; pas une valeur vraie à sa date.",
        WIKIDATA,
    )
