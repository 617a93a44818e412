"""What an operation is there to do and on what legal basis; read by the Operation model."""

from apps.records.vocabularies.base import OURS, Vocabulary, not_stated, other, term

SIPRI_TASKS = "SIPRI Multilateral Peace Operations Database, tasks in its definition; our wording"
SIPRI_BASIS = "SIPRI Multilateral Peace Operations Database, legal instrument; our wording"


class MandateFunction(
    Vocabulary,
    title_en="Function of the mandate",
    title_fr="Fonction du mandat",
    about_fr="Ce que l’opération est chargée de faire. Coder toutes les fonctions citées.",
):
    """What the operation is there to do. Code every function that the source names."""

    COUNTER_TERRORISM = term(
        "counter_terrorism",
        "Counter-terrorism",
        "Fights groups that the source calls terrorist; the word is the source’s, not ours.",
        "Lutte contre le terrorisme",
        "Combat des groupes que la source dit terroristes ; le mot est d’elle, pas de nous.",
        OURS,
    )
    STABILISATION = term(
        "stabilisation",
        "Stabilisation",
        "Restores or keeps order and the authority of the state, where the source says so.",
        "Stabilisation",
        "Rétablit ou maintient l’ordre et l’autorité de l’État, quand la source le dit.",
        OURS,
    )
    TRAIN = term(
        "train",
        "Train",
        "Teaches local forces, outside combat.",
        "Former",
        "Instruit les forces locales, hors du combat.",
        OURS,
    )
    ADVISE = term(
        "advise",
        "Advise",
        "Counsels local commanders, ministries or services, without taking part in combat.",
        "Conseiller",
        "Conseille commandements, ministères ou services locaux, sans prendre part au combat.",
        OURS,
    )
    ASSIST = term(
        "assist",
        "Assist",
        "Supports local forces in their own operations, without going along with them.",
        "Assister",
        "Appuie les forces locales dans leurs opérations, sans les accompagner.",
        OURS,
    )
    ACCOMPANY = term(
        "accompany",
        "Accompany",
        "Goes with local forces on their own operations.",
        "Accompagner",
        "Va avec les forces locales dans leurs propres opérations.",
        OURS,
    )
    EQUIP = term(
        "equip",
        "Equip",
        "Supplies local forces with weapons, vehicles or other equipment.",
        "Équiper",
        "Fournit aux forces locales armes, véhicules ou autres équipements.",
        OURS,
    )
    CAPACITY_BUILDING = term(
        "capacity_building",
        "Capacity building",
        "Strengthens institutions of justice or security over time; not a course for soldiers.",
        "Renforcement des capacités",
        "Renforce durablement les institutions de justice ou de sécurité ; pas une instruction.",
        SIPRI_TASKS,
    )
    PROTECT_CIVILIANS = term(
        "protect_civilians",
        "Protect civilians",
        "Protects people who take no part in the fighting from violence.",
        "Protéger les civils",
        "Protège de la violence les personnes qui ne prennent pas part aux combats.",
        OURS,
    )
    MONITOR = term(
        "monitor",
        "Monitor",
        "Watches and reports on a ceasefire, an agreement or a border.",
        "Observer",
        "Surveille un cessez-le-feu, un accord ou une frontière, et en rend compte.",
        SIPRI_TASKS,
    )
    HUMANITARIAN_ACCESS = term(
        "humanitarian_access",
        "Humanitarian access",
        "Secures the delivery of aid by others.",
        "Accès humanitaire",
        "Protège l’acheminement de l’aide apportée par d’autres.",
        SIPRI_TASKS,
    )
    SSR = term(
        "ssr",
        "Security sector reform",
        "Helps a state to reform the governance of its army, police or justice.",
        "Réforme du secteur de la sécurité",
        "Aide un État à réformer la gouvernance de son armée, de sa police ou de sa justice.",
        OURS,
    )
    DIALOGUE = term(
        "dialogue",
        "Dialogue",
        "Supports political talks or reconciliation.",
        "Dialogue",
        "Soutient des pourparlers politiques ou une réconciliation.",
        OURS,
    )
    OTHER = other()
    NOT_STATED = not_stated()


class LegalBasis(
    Vocabulary,
    title_en="Legal basis",
    title_fr="Base juridique",
    about_fr="L’acte sur lequel l’opération se fonde, d’après la source.",
):
    """The act that the operation rests on, according to the source."""

    UNSC_RESOLUTION = term(
        "unsc_resolution",
        "UN Security Council resolution",
        "A resolution of the Security Council sets it up or authorises it.",
        "Résolution du Conseil de sécurité de l’ONU",
        "Une résolution du Conseil de sécurité la crée ou l’autorise.",
        SIPRI_BASIS,
    )
    EU_COUNCIL_DECISION = term(
        "eu_council_decision",
        "Decision of the Council of the EU",
        "A decision of the Council of the European Union sets it up.",
        "Décision du Conseil de l’UE",
        "Une décision du Conseil de l’Union européenne la crée.",
        SIPRI_BASIS,
    )
    HOST_INVITATION = term(
        "host_invitation",
        "Invitation of the host state",
        "The government of the host country asked for it or consented to it.",
        "Invitation de l’État hôte",
        "Le gouvernement du pays hôte l’a demandée ou y a consenti.",
        OURS,
    )
    BILATERAL_AGREEMENT = term(
        "bilateral_agreement",
        "Bilateral agreement",
        "A written agreement between two states, such as one on defence.",
        "Accord bilatéral",
        "Un accord écrit entre deux États, par exemple de défense.",
        OURS,
    )
    POLITICAL_DECLARATION = term(
        "political_declaration",
        "Political declaration",
        "A joint statement of governments, without an act of an international organisation.",
        "Déclaration politique",
        "Une déclaration commune de gouvernements, sans acte d’une organisation internationale.",
        OURS,
    )
    OTHER = other()
    NOT_STATED = not_stated()
