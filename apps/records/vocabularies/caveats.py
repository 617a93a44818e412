"""Warnings that a citation can carry; read by the Citation model and by filters."""

from apps.records.vocabularies.base import OURS, Vocabulary, term


class Caveat(
    Vocabulary,
    title_en="Caveat",
    title_fr="Réserve",
    about_fr="Ce qu’il faut savoir avant de se fier à une citation. Aucune, une ou plusieurs.",
):
    """What to know before relying on a citation. None, one or several."""

    SINGLE_SOURCE = term(
        "single_source",
        "Single source",
        "Only one source is cited for the value.",
        "Source unique",
        "Une seule source est citée pour la valeur.",
        OURS,
    )
    SOURCE_METADATA_MISSING = term(
        "source_metadata_missing",
        "Source metadata missing",
        "Title, author, publisher, date or address of the source is not known.",
        "Métadonnées de source absentes",
        "Titre, auteur, éditeur, date ou adresse de la source inconnus.",
        OURS,
    )
    RELATIVE_DATE = term(
        "relative_date",
        "Relative date",
        "Dated from the day of writing, such as “last week”; the note says how it was read.",
        "Date relative",
        "Datée du jour de rédaction, comme « la semaine dernière » ; la note dit comment la lire.",
        OURS,
    )
    YEAR_INFERRED = term(
        "year_inferred",
        "Year inferred",
        "The source gives a day or a season without its year; the year is our reading.",
        "Année déduite",
        "La source donne un jour ou une saison sans l’année ; l’année est notre lecture.",
        OURS,
    )
    FIGURE_APPROXIMATE = term(
        "figure_approximate",
        "Approximate figure",
        "The number is rounded, or given as approximate.",
        "Chiffre approximatif",
        "Le nombre est arrondi ou donné pour approximatif.",
        OURS,
    )
    BASIS_UNSTATED = term(
        "basis_unstated",
        "Basis unstated",
        "The source does not say whether the number is a ceiling, a plan or people present.",
        "Nature du chiffre non précisée",
        "La source ne dit pas si le nombre est un plafond, un projet ou des présents.",
        OURS,
    )
    SCOPE_AMBIGUOUS = term(
        "scope_ambiguous",
        "Ambiguous scope",
        "It is not clear what the value covers: the whole, a part, which place or period.",
        "Périmètre ambigu",
        "On ne sait ce que couvre la valeur : le tout, une partie, quel lieu, quelle période.",
        OURS,
    )
    ACTOR_AMBIGUOUS = term(
        "actor_ambiguous",
        "Ambiguous actor",
        "It is not clear who is meant: “Europe” may be the EU, some states or the continent.",
        "Acteur ambigu",
        "On ne sait qui est visé : « Europe » peut être l’UE, des États ou le continent.",
        OURS,
    )
    OFFICIAL_NAME_DIFFERS = term(
        "official_name_differs",
        "Official name differs",
        "The source names it otherwise than its official name.",
        "Nom officiel différent",
        "La source ne lui donne pas son nom officiel.",
        OURS,
    )
    GEOGRAPHY_AS_PRINTED = term(
        "geography_as_printed",
        "Geography as printed",
        "The place is named as the source does, at odds with standard usage.",
        "Géographie telle qu’imprimée",
        "Le lieu est nommé comme dans la source, contre l’usage courant.",
        OURS,
    )
    FUTURE_EXPECTATION = term(
        "future_expectation",
        "Expected, not done",
        "The source expects or plans it; it does not say that it came about.",
        "Attendu, non accompli",
        "La source l’attend ou le prévoit ; elle ne dit pas que c’est arrivé.",
        OURS,
    )
    ANONYMOUS_ATTRIBUTION = term(
        "anonymous_attribution",
        "Anonymous attribution",
        "It rests on people whom the source does not name.",
        "Attribution anonyme",
        "L’information repose sur des personnes que la source ne nomme pas.",
        OURS,
    )
    SECOND_HAND = term(
        "second_hand",
        "Second hand",
        "The source tells what another said or published; that one was not read.",
        "De seconde main",
        "La source rapporte ce qu’un autre a dit ou publié, que nous n’avons pas lu.",
        OURS,
    )
    TRANSLATED = term(
        "translated",
        "Translated",
        "The words were said in another language than the one quoted, or may have been.",
        "Traduit",
        "Propos tenus, ou sans doute tenus, dans une autre langue que celle de la citation.",
        OURS,
    )
    EDITOR_SUPPLIED = term(
        "editor_supplied",
        "Supplied by the editor",
        "The value is our own addition; the passage alone does not give it.",
        "Fourni par la rédaction",
        "La valeur est un ajout de notre part ; le passage seul ne la donne pas.",
        OURS,
    )
    CONFLICTING_REPORT = term(
        "conflicting_report",
        "Conflicting report",
        "A source that we read, cited or not, says otherwise; the note says what.",
        "Informations contradictoires",
        "Une source que nous avons lue, citée ou non, dit autre chose ; la note dit quoi.",
        OURS,
    )
    OUTDATED = term(
        "outdated",
        "Outdated",
        "True at the date of the source, and known to have changed since.",
        "Périmé",
        "Vrai à la date de la source, mais changé depuis.",
        OURS,
    )
    CONTESTED_TERM = term(
        "contested_term",
        "Contested term",
        "The source’s word is disputed, such as “terrorist”; kept as a quotation.",
        "Terme contesté",
        "Le mot de la source est disputé, comme « terroriste » ; gardé comme citation.",
        OURS,
    )
