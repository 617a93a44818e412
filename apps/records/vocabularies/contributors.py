"""What a contributor brings to an operation and how far its promise has come."""

from apps.records.vocabularies.base import OURS, Vocabulary, not_stated, other, term

UN_TERMS = "UN Peacekeeping, troop and police contributions, common terms; our wording"
UCDP = "A type of support in the UCDP External Support Dataset; our wording"


class ContributorRole(
    Vocabulary,
    title_en="Role of the contributor",
    title_fr="Rôle du contributeur",
    about_fr="Ce qu’un contributeur apporte à une opération. Coder tous les rôles cités.",
):
    """What a contributor brings to an operation. Code every role that the source names."""

    LEAD_NATION = term(
        "lead_nation",
        "Lead nation",
        "Commands the operation, or sets the frame that the others join.",
        "Nation-cadre",
        "Commande l’opération ou fixe le cadre que rejoignent les autres.",
        "Coalition Building Guide, Multinational Interoperability Council; our wording",
    )
    TROOPS = term(
        "troops",
        "Troops",
        "Sends combat or other formed military units.",
        "Troupes",
        "Envoie des unités militaires constituées, de combat ou autres.",
        UCDP,
    )
    SPECIAL_FORCES = term(
        "special_forces",
        "Special forces",
        "Sends units that the source calls special forces; add Troops only if others come too.",
        "Forces spéciales",
        "Envoie des unités dites forces spéciales ; ajouter Troupes s’il en vient d’autres.",
        OURS,
    )
    STAFF_OFFICERS = term(
        "staff_officers",
        "Staff officers",
        "Sends individual officers to posts in a headquarters; not formed units.",
        "Officiers d’état-major",
        "Envoie des officiers à titre individuel dans un quartier général ; pas d’unités.",
        UN_TERMS,
    )
    POLICE = term(
        "police",
        "Police",
        "Sends police or gendarmes, as formed units or as individuals.",
        "Police",
        "Envoie des policiers ou des gendarmes, en unités constituées ou à titre individuel.",
        UN_TERMS,
    )
    TRAINERS_ADVISERS = term(
        "trainers_advisers",
        "Trainers and advisers",
        "Gives training or expertise to others.",
        "Formateurs et conseillers",
        "Apporte à d’autres formation ou expertise.",
        UCDP,
    )
    INTELLIGENCE = term(
        "intelligence",
        "Intelligence",
        "Shares intelligence or the means that collect it, such as surveillance flights.",
        "Renseignement",
        "Partage du renseignement ou les moyens d’en recueillir, comme des vols de surveillance.",
        UCDP,
    )
    LOGISTICS = term(
        "logistics",
        "Logistics",
        "Moves, refuels, feeds or supplies the operation; weapons have their own code.",
        "Logistique",
        "Transporte, ravitaille ou soutient l’opération ; les armes ont leur propre code.",
        UCDP,
    )
    EQUIPMENT_WEAPONS = term(
        "equipment_weapons",
        "Equipment and weapons",
        "Supplies weapons, vehicles or equipment for others to keep or use.",
        "Équipement et armes",
        "Fournit armes, véhicules ou équipements que d’autres gardent ou emploient.",
        UCDP,
    )
    FUNDING = term(
        "funding",
        "Funding",
        "Gives money.",
        "Financement",
        "Donne de l’argent.",
        UCDP,
    )
    BASING_ACCESS = term(
        "basing_access",
        "Bases and access",
        "Opens its territory, airspace or bases to the operation, without being its theatre.",
        "Bases et accès",
        "Ouvre territoire, espace aérien ou bases à l’opération, sans en être le théâtre.",
        UCDP,
    )
    MEDICAL = term(
        "medical",
        "Medical support",
        "Sends medical staff, a hospital or medical evacuation.",
        "Soutien médical",
        "Envoie du personnel médical, un hôpital ou des moyens d’évacuation sanitaire.",
        OURS,
    )
    CIVILIAN_EXPERTS = term(
        "civilian_experts",
        "Civilian experts",
        "Sends civilians for their profession, such as judges; police have their own code.",
        "Experts civils",
        "Envoie des civils pour leur métier, comme des magistrats ; la police a son code.",
        OURS,
    )
    HOST_STATE = term(
        "host_state",
        "Host state",
        "The operation works on its territory.",
        "État hôte",
        "L’opération agit sur son territoire.",
        OURS,
    )
    PARTNER_FORCE = term(
        "partner_force",
        "Partner force",
        "Local forces that the operation trains, equips, assists or fights beside.",
        "Force partenaire",
        "Forces locales que l’opération forme, équipe, assiste ou côtoie au combat.",
        OURS,
    )
    POLITICAL_SUPPORT = term(
        "political_support",
        "Political support",
        "Backs the operation publicly and sends nothing.",
        "Soutien politique",
        "Soutient publiquement l’opération et n’envoie rien.",
        OURS,
    )
    OTHER = other()
    NOT_STATED = not_stated(
        "Named as taking part; the source does not say with what.",
        "Nommé comme participant ; la source ne dit pas avec quoi.",
    )


class LadderStatus(
    Vocabulary,
    title_en="Status of the contribution",
    title_fr="État de la contribution",
    about_fr="Où en est une contribution à une date. Le dernier échelon accepté est l’état actuel.",
):
    """How far a contribution has come at a date. The last accepted step is the current one."""

    REQUESTED = term(
        "requested",
        "Requested",
        "Asked for by another party; the source gives no answer.",
        "Demandée",
        "Demandée par un autre ; la source ne donne pas de réponse.",
        OURS,
    )
    CONSIDERED = term(
        "considered",
        "Considered",
        "The contributor says that it is thinking about it; nothing is promised.",
        "Envisagée",
        "Le contributeur dit y réfléchir ; rien n’est promis.",
        OURS,
    )
    ANNOUNCED = term(
        "announced",
        "Announced",
        "Said publicly that it will take part; its place and means in it are not named.",
        "Annoncée",
        "Participation annoncée publiquement ; ni sa place ni ses moyens ne sont nommés.",
        OURS,
    )
    CONDITIONAL = term(
        "conditional",
        "Conditional",
        "Promised, subject to a condition still open, such as a vote of parliament.",
        "Conditionnelle",
        "Promise sous une condition encore ouverte, comme un vote du parlement.",
        OURS,
    )
    COMMITTED = term(
        "committed",
        "Committed",
        "Firmly promised: the place, task or means are settled, and none is in place yet.",
        "Engagée",
        "Promise ferme : la place, la tâche ou les moyens sont fixés, pas encore sur place.",
        OURS,
    )
    DEPLOYED = term(
        "deployed",
        "Deployed",
        "Its people or means are in place, or at work for the operation.",
        "Déployée",
        "Ses personnels ou ses moyens sont en place ou à l’œuvre pour l’opération.",
        OURS,
    )
    UNDER_REVIEW = term(
        "under_review",
        "Under review",
        "Promised or in place, while its government openly reconsiders it.",
        "En réexamen",
        "Promise ou en place, alors que son gouvernement la remet ouvertement en question.",
        OURS,
    )
    REDUCED = term(
        "reduced",
        "Reduced",
        "A part was taken back; the rest stays.",
        "Réduite",
        "Une partie a été reprise ; le reste demeure.",
        OURS,
    )
    SUSPENDED = term(
        "suspended",
        "Suspended",
        "Halted for a time and not ended.",
        "Suspendue",
        "Arrêtée pour un temps, sans prendre fin.",
        OURS,
    )
    WITHDRAWN = term(
        "withdrawn",
        "Withdrawn",
        "Ended by its contributor after it was promised or deployed.",
        "Retirée",
        "Le contributeur y a mis fin après l’avoir promise ou déployée.",
        OURS,
    )
    DECLINED = term(
        "declined",
        "Declined",
        "Refused before anything was promised.",
        "Refusée",
        "Refusée avant toute promesse.",
        OURS,
    )
    NOT_STATED = not_stated(
        "Named as a contributor; the source does not say how far it has come.",
        "Nommé comme contributeur ; la source ne dit pas où il en est.",
    )
