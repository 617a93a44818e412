"""The words that synthetic records are made of, English and French; the common ones first."""

from apps.records.generating.chance import Chance


def _listed(text: str) -> list[str]:
    return text.split(", ")


SYLLABLES = _listed(
    "ka, do, ri, ma, ne, tou, sal, bar, ke, lin, fou, mi, go, ba, da, wa, zin, der, te, kor, "
    "oua, nia, yo, bé, gué, san"
)
FIRST_NAMES = _listed(
    "Awa, Moussa, Claire, Ibrahim, Fatou, Jean, Mariam, Pierre, Aïcha, Thomas, Zeïnab, Anna, "
    "Oumar, Hélène, Issa, Karin, Salif, Élise, Boubacar, Marta"
)
OFFICES = (
    "Defence minister",
    "Foreign minister",
    "Head of state",
    "Head of government",
    "Force commander",
    "Chief of defence staff",
    "Spokesperson",
    "Special representative",
    "Ambassador",
)
OPERATION_KINDS = ("Operation", "Opération", "Task Force", "Mission", "Joint Force", "Force")
OPERATION_NAMES = _listed(
    "Acacia, Baobab, Caïlcédrat, Dune, Étoile, Fennec, Gazelle, Horizon, Indigo, Jujube, "
    "Karité, Lanterne, Mirage, Néré, Oryx, Palmier, Quartz, Rônier, Sirocco, Tamaris, Umbra, "
    "Vautour, Zénith"
)
BODIES = ("Council", "Commission", "Assemblée", "Agency", "Alliance", "Ministère", "Committee")
PUBLISHERS = ("Courier", "Gazette", "Observateur", "Journal", "Tribune", "Bulletin", "Dépêche")

SUBJECTS = (
    _listed(
        "the operation, the force, our troops, our partners, the government, the mission, "
        "the joint staff, the parliament, the task force, the allies, the neighbours, the council"
    ),
    _listed(
        "l’opération, la force, nos soldats, nos partenaires, le gouvernement, la mission, "
        "l’état-major, le parlement, la coalition, les alliés, les voisins, le conseil"
    ),
)
VERBS = (
    _listed(
        "will continue, must remain, is ready, cannot stay, has decided, hopes, is asked, "
        "will withdraw, is expected, refuses, promises, agrees"
    ),
    _listed(
        "va continuer, doit rester, est prête, ne peut pas rester, a décidé, espère, est appelée, "
        "va se retirer, est attendue, refuse, promet, accepte"
    ),
)
DEEDS = (
    _listed(
        "to fight armed groups, to protect civilians, to train soldiers, to secure the border, "
        "to send reinforcements, to share intelligence, to reduce the number of troops, "
        "to support the peace agreement, to deploy helicopters, to review the mandate, "
        "to fund the joint force, to close the base"
    ),
    _listed(
        "de combattre les groupes armés, de protéger les civils, de former les soldats, "
        "de sécuriser la frontière, d’envoyer des renforts, de partager le renseignement, "
        "de réduire les effectifs, de soutenir l’accord de paix, de déployer des hélicoptères, "
        "de revoir le mandat, de financer la force conjointe, de fermer la base"
    ),
)
PLACES = (("near {}", "in {}", "around {}"), ("près de {}", "à {}", "autour de {}"))
TIMES = (
    ("this year", "before the summit", "next month", "for as long as it takes", "until spring"),
    ("cette année", "avant le sommet", "le mois prochain", "tant qu’il le faudra", "au printemps"),
)
LANGUAGES = ("en", "fr")


def name_of_place(number: int) -> str:
    """Return an invented name; small numbers give short ones."""
    letters = ""
    number += len(SYLLABLES)
    while number:
        number, syllable = divmod(number, len(SYLLABLES))
        letters += SYLLABLES[syllable]
    return letters.capitalize()


def sentence(chance: Chance, language: int, places: int) -> str:
    """Return a sentence in English (0) or French (1); most of the `places` are named rarely."""
    parts = (
        chance.pick(SUBJECTS[language]),
        chance.pick(VERBS[language]),
        chance.pick(DEEDS[language]),
        chance.pick(PLACES[language]).format(name_of_place(chance.skewed(places))),
        chance.pick(TIMES[language]),
    )
    text = " ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def passage(chance: Chance, language: int, places: int) -> str:
    """Return one to three sentences."""
    return " ".join(sentence(chance, language, places) for _ in range(1 + chance.skewed(3)))
