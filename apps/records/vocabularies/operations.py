"""What an operation is, who conducts it and how far it has come; read by the Operation model."""

from apps.records.vocabularies.base import OURS, Vocabulary, not_stated, other, term

SIPRI = "SIPRI Multilateral Peace Operations Database, definitions and methodology; our wording"
EU = "EU missions and operations abroad, European Parliament briefing, 2024; our wording"
TAKUBA = "Terms of the political statement on Takuba, March 2020; our wording"


class OperationType(
    Vocabulary,
    title_en="Type of operation",
    title_fr="Type d’opération",
    about_fr="Quel genre d’opération c’est. Liste de sahelref, bâtie sur des divisions publiées.",
):
    """What sort of operation it is. Our list, built from published divisions."""

    UN_PEACEKEEPING = term(
        "un_peacekeeping",
        "UN peacekeeping operation",
        "Conducted by the United Nations; not a force that the Security Council only authorises.",
        "Opération de maintien de la paix de l’ONU",
        "Conduite par l’ONU ; pas une force que le Conseil de sécurité ne fait qu’autoriser.",
        SIPRI,
    )
    EU_CSDP_MILITARY_MISSION = term(
        "eu_csdp_military_mission",
        "EU military mission (CSDP)",
        "EU military deployment without an executive mandate: it trains and advises.",
        "Mission militaire de l’UE (PSDC)",
        "Déploiement militaire de l’UE sans mandat exécutif : elle forme et conseille.",
        EU,
    )
    EU_CSDP_MILITARY_OPERATION = term(
        "eu_csdp_military_operation",
        "EU military operation (CSDP)",
        "EU military deployment with an executive mandate, one that allows the use of force.",
        "Opération militaire de l’UE (PSDC)",
        "Déploiement militaire de l’UE à mandat exécutif, qui permet l’emploi de la force.",
        EU,
    )
    EU_CSDP_CIVILIAN_MISSION = term(
        "eu_csdp_civilian_mission",
        "EU civilian mission (CSDP)",
        "EU deployment of civilians or police; “mission” whatever its mandate.",
        "Mission civile de l’UE (PSDC)",
        "Déploiement de civils ou de policiers par l’UE ; « mission » quel que soit le mandat.",
        "EU usage of “mission” for civilian CSDP deployments; our wording",
    )
    NATIONAL_EXTERNAL_OPERATION = term(
        "national_external_operation",
        "National operation abroad",
        "One state leads its own operation abroad, even when others send troops to it.",
        "Opération extérieure nationale",
        "Un État mène sa propre opération à l’étranger, même si d’autres y envoient des troupes.",
        OURS,
    )
    AD_HOC_TASK_FORCE = term(
        "ad_hoc_task_force",
        "Ad hoc task force",
        "Forces of several states brought together outside UN, EU and NATO command.",
        "Force opérationnelle ad hoc",
        "Forces de plusieurs États réunies hors du commandement de l’ONU, de l’UE et de l’OTAN.",
        OURS,
    )
    REGIONAL_JOINT_FORCE = term(
        "regional_joint_force",
        "Regional joint force",
        "Forces of neighbouring states acting jointly, each mainly on its own territory.",
        "Force conjointe régionale",
        "Forces d’États voisins agissant ensemble, chacune surtout sur son propre territoire.",
        "SIPRI Multilateral Peace Operations Database, a case it leaves out; our wording",
    )
    POLITICAL_FRAMEWORK = term(
        "political_framework",
        "Political framework",
        "A coalition that brings the efforts of others together, with no force of its own.",
        "Cadre politique",
        "Coalition qui rassemble les efforts d’autres acteurs, sans force propre.",
        OURS,
    )
    BILATERAL_ASSISTANCE = term(
        "bilateral_assistance",
        "Bilateral assistance",
        "Training, advice or equipment that one state gives to another; no operation of its own.",
        "Assistance bilatérale",
        "Formation, conseil ou équipement donné par un État à un autre, sans opération propre.",
        OURS,
    )
    OTHER = other()
    NOT_STATED = not_stated()


class ConductingBody(
    Vocabulary,
    title_en="Conducting body",
    title_fr="Conduite de l’opération",
    about_fr="Qui conduit l’opération. Les trois premiers codes sont la division du SIPRI.",
):
    """Who conducts the operation. The first three codes are SIPRI’s division."""

    UN = term(
        "un",
        "United Nations",
        "The United Nations conducts it, under its own authority and command.",
        "Nations unies",
        "L’ONU la conduit, sous son autorité et son commandement.",
        SIPRI,
    )
    REGIONAL_ORG_OR_ALLIANCE = term(
        "regional_org_or_alliance",
        "Regional organisation or alliance",
        "A regional organisation or an alliance conducts it, such as the EU or NATO.",
        "Organisation régionale ou alliance",
        "Une organisation régionale ou une alliance la conduit, comme l’UE ou l’OTAN.",
        SIPRI,
    )
    AD_HOC_COALITION = term(
        "ad_hoc_coalition",
        "Ad hoc coalition",
        "States that came together for it conduct it, outside any organisation.",
        "Coalition ad hoc",
        "Des États réunis pour la circonstance la conduisent, hors de toute organisation.",
        SIPRI,
    )
    SINGLE_STATE = term(
        "single_state",
        "Single state",
        "One state conducts it and keeps its command, even when others take part.",
        "Un seul État",
        "Un État la conduit et en garde le commandement, même si d’autres y participent.",
        OURS,
    )
    OTHER = other()
    NOT_STATED = not_stated()


class OperationStatus(
    Vocabulary,
    title_en="Status of the operation",
    title_fr="État de l’opération",
    about_fr="Où en est l’opération. Ce qui n’est qu’attendu est un jalon, pas un état.",
):
    """How far the operation has come. What is only expected is a milestone, not a status."""

    ANNOUNCED = term(
        "announced",
        "Announced",
        "Made public by those who will run it; no sign yet that it is being set up.",
        "Annoncée",
        "Rendue publique par ses futurs responsables ; rien n’indique encore sa mise sur pied.",
        OURS,
    )
    PREPARING = term(
        "preparing",
        "In preparation",
        "Being set up: staff, forces or money are being gathered; not at work yet.",
        "En préparation",
        "En cours de mise sur pied : personnels, forces ou fonds réunis ; pas encore à l’œuvre.",
        OURS,
    )
    INITIAL_OPERATING_CAPABILITY = term(
        "initial_operating_capability",
        "Initial operating capability",
        "Declared able to begin its tasks with part of its means; not when only expected.",
        "Capacité opérationnelle initiale",
        "Déclarée apte à commencer ses tâches avec une partie de ses moyens ; pas si attendue.",
        TAKUBA,
    )
    FULL_OPERATING_CAPABILITY = term(
        "full_operating_capability",
        "Full operating capability",
        "Declared able to do all its tasks with all its means; not when only expected.",
        "Pleine capacité opérationnelle",
        "Déclarée apte à toutes ses tâches avec tous ses moyens ; pas si elle est attendue.",
        TAKUBA,
    )
    ACTIVE = term(
        "active",
        "Active",
        "At work, and the source declares no operating capability.",
        "En cours",
        "À l’œuvre, sans que la source déclare de capacité opérationnelle.",
        OURS,
    )
    DRAWING_DOWN = term(
        "drawing_down",
        "Drawing down",
        "Still at work while its means are taken home towards an announced end.",
        "En retrait",
        "Encore à l’œuvre, mais ses moyens sont rapatriés en vue d’une fin annoncée.",
        OURS,
    )
    SUSPENDED = term(
        "suspended",
        "Suspended",
        "Halted for a time and not ended.",
        "Suspendue",
        "Arrêtée pour un temps, sans être terminée.",
        OURS,
    )
    CONCLUDED = term(
        "concluded",
        "Concluded",
        "Ended, with nothing that carries it on under another name.",
        "Terminée",
        "Terminée, sans que rien la prolonge sous un autre nom.",
        OURS,
    )
    ABSORBED = term(
        "absorbed",
        "Absorbed",
        "Ended as such and carried on within another operation, which names it as predecessor.",
        "Absorbée",
        "Terminée comme telle et poursuivie dans une autre, qui la nomme pour prédécesseur.",
        OURS,
    )
    NOT_STATED = not_stated()


class MilestoneKind(
    Vocabulary,
    title_en="Kind of milestone",
    title_fr="Nature du jalon",
    about_fr="Le degré de préparation qu’une opération a atteint ou devrait atteindre.",
):
    """The degree of readiness that an operation has reached, or is expected to reach."""

    INITIAL_OPERATING_CAPABILITY = term(
        "initial_operating_capability",
        "Initial operating capability",
        "Able to begin its tasks with part of its means.",
        "Capacité opérationnelle initiale",
        "Apte à commencer ses tâches avec une partie de ses moyens.",
        TAKUBA,
    )
    FULL_OPERATING_CAPABILITY = term(
        "full_operating_capability",
        "Full operating capability",
        "Able to do all its tasks with all its means; “fully operational” is coded here.",
        "Pleine capacité opérationnelle",
        "Apte à toutes ses tâches avec tous ses moyens ; « fully operational » se code ici.",
        TAKUBA,
    )
    NOT_STATED = not_stated(
        "“Operational”, without a word on whether in part or in full.",
        "« Opérationnelle », sans dire si c’est en partie ou pleinement.",
    )
