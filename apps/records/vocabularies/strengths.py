"""How to read a number of personnel; read by the StrengthFigure model."""

from apps.records.vocabularies.base import OURS, Vocabulary, not_stated, other, term

SIPRI = "SIPRI Multilateral Peace Operations Database, approved and actual numbers; our wording"
UN_TERMS = "UN Peacekeeping, troop and police contributions, common terms; our wording"
UN_TYPES = "UN Peacekeeping, personnel types of its data files; our wording"


class StrengthBasis(
    Vocabulary,
    title_en="Basis of the figure",
    title_fr="Nature du chiffre",
    about_fr="Ce qu’un effectif compte : un plafond, un projet, une promesse ou des présents.",
):
    """What a figure counts: a ceiling, a plan, a promise or people who are there."""

    AUTHORISED = term(
        "authorised",
        "Authorised",
        "Ceiling set by the body that decides, such as a resolution of the Security Council.",
        "Autorisé",
        "Plafond fixé par l’organe qui décide, comme une résolution du Conseil de sécurité.",
        SIPRI,
    )
    PLANNED = term(
        "planned",
        "Planned",
        "Number that the operation means to reach; not yet promised by a contributor.",
        "Prévu",
        "Effectif que l’opération veut atteindre ; pas encore promis par un contributeur.",
        OURS,
    )
    PLEDGED = term(
        "pledged",
        "Pledged",
        "Number that a contributor has promised and not yet sent.",
        "Promis",
        "Effectif qu’un contributeur a promis sans l’avoir encore envoyé.",
        OURS,
    )
    REPORTED_ACTUAL = term(
        "reported_actual",
        "Reported as present",
        "Number that the source says is deployed or present at the date.",
        "Déclaré présent",
        "Effectif que la source dit déployé ou présent à la date.",
        SIPRI,
    )
    NOT_STATED = not_stated(
        "A number, and no word on whether it is a ceiling, a plan or people present.",
        "Un chiffre, sans dire si c’est un plafond, un projet ou des présents.",
    )


class StrengthBound(
    Vocabulary,
    title_en="Bound of the figure",
    title_fr="Borne du chiffre",
    about_fr="Comment les mots autour du chiffre le bornent. Le chiffre tel qu’écrit est gardé.",
):
    """How the words around a figure bound it. The figure as written is kept beside it."""

    EXACT = term(
        "exact",
        "Exact",
        "A plain number, with no word that loosens it.",
        "Exact",
        "Un nombre nu, sans mot qui le nuance.",
        OURS,
    )
    ABOUT = term(
        "about",
        "About",
        "Near a number: about, around, some, roughly.",
        "Environ",
        "Autour d’un nombre : environ, à peu près, quelque.",
        OURS,
    )
    AT_LEAST = term(
        "at_least",
        "At least",
        "A lower limit: at least, more than, over.",
        "Au moins",
        "Une limite basse : au moins, plus de.",
        OURS,
    )
    AT_MOST = term(
        "at_most",
        "At most",
        "An upper limit: at most, up to, fewer than, nearly.",
        "Au plus",
        "Une limite haute : au plus, jusqu’à, moins de, près de.",
        OURS,
    )
    RANGE = term(
        "range",
        "Range",
        "Two limits: between one number and another.",
        "Fourchette",
        "Deux limites : entre un nombre et un autre.",
        OURS,
    )
    NOT_STATED = not_stated(
        "A size in words alone, such as “a number of troops”; no limit can be read.",
        "Une taille en mots seuls, comme « des troupes » ; aucune limite ne se lit.",
    )


class StrengthScope(
    Vocabulary,
    title_en="Scope of the figure",
    title_fr="Périmètre du chiffre",
    about_fr="Ce dont un effectif est le compte. Un tout et ses parties ne s’additionnent jamais.",
):
    """What a figure is a count of. A whole and its parts are never added together."""

    OPERATION_TOTAL = term(
        "operation_total",
        "Whole operation",
        "Everyone in the operation, all contributors together.",
        "Ensemble de l’opération",
        "Tous les membres de l’opération, tous contributeurs réunis.",
        OURS,
    )
    CONTRIBUTOR_SHARE = term(
        "contributor_share",
        "Share of one contributor",
        "Those whom the named contributor sends, and no others.",
        "Part d’un contributeur",
        "Ceux qu’envoie le contributeur nommé, et eux seuls.",
        OURS,
    )
    UNIT = term(
        "unit",
        "Unit",
        "One unit, rotation or base within the operation.",
        "Unité",
        "Une unité, une relève ou une base au sein de l’opération.",
        OURS,
    )
    OTHER = other()
    NOT_STATED = not_stated()


class PersonnelType(
    Vocabulary,
    title_en="Type of personnel",
    title_fr="Type de personnel",
    about_fr="Qui est compté. Les cinq premiers codes sont les catégories des données de l’ONU.",
):
    """Who is counted. The first five codes are the categories of the UN’s own data."""

    TROOPS = term(
        "troops",
        "Troops",
        "Members of military contingents, serving in their units.",
        "Troupes",
        "Membres de contingents militaires, servant dans leurs unités.",
        UN_TYPES,
    )
    EXPERTS_ON_MISSION = term(
        "experts_on_mission",
        "Experts on mission",
        "Military personnel serving as individuals, such as observers and liaison officers.",
        "Experts en mission",
        "Militaires servant à titre individuel, comme observateurs ou officiers de liaison.",
        UN_TYPES,
    )
    FORMED_POLICE_UNITS = term(
        "formed_police_units",
        "Formed police units",
        "Police serving in cohesive mobile units, mainly for public order.",
        "Unités de police constituées",
        "Policiers servant en unités mobiles constituées, surtout pour l’ordre public.",
        UN_TERMS,
    )
    INDIVIDUAL_POLICE = term(
        "individual_police",
        "Individual police",
        "Police officers seconded one by one, not in units.",
        "Policiers hors unités",
        "Policiers détachés un à un, hors unités constituées.",
        UN_TERMS,
    )
    STAFF_OFFICERS = term(
        "staff_officers",
        "Staff officers",
        "Officers sent one by one to specialised posts in a headquarters.",
        "Officiers d’état-major",
        "Officiers envoyés un à un à des postes spécialisés d’un quartier général.",
        UN_TERMS,
    )
    CIVILIANS = term(
        "civilians",
        "Civilians",
        "Staff who are neither military nor police.",
        "Civils",
        "Personnels ni militaires ni policiers.",
        OURS,
    )
    OTHER = other()
    NOT_STATED = not_stated(
        "A count of people, with no word on who they are.",
        "Un compte de personnes, sans dire qui elles sont.",
    )
