"""Where a record stands on its way to the public; read by every model that is published."""

from apps.records.vocabularies.base import OURS, Vocabulary, term


class Publication(
    Vocabulary,
    title_en="Publication",
    title_fr="Publication",
    about_fr="Où en est une fiche sur le chemin vers le public.",
):
    """Where a record stands on its way to the public."""

    DRAFT = term(
        "draft",
        "Draft",
        "Being written; seen at the desk only, in no public answer.",
        "Brouillon",
        "En cours de rédaction ; visible de la rédaction seule, dans aucune réponse publique.",
        OURS,
    )
    IN_REVIEW = term(
        "in_review",
        "In review",
        "Finished by its author and waiting for a reviewer; seen at the desk only.",
        "En relecture",
        "Fiche achevée par son auteur, en attente de relecture ; visible de la rédaction seule.",
        OURS,
    )
    PUBLISHED = term(
        "published",
        "Published",
        "Cited and public: on the pages, in the API and in the downloads.",
        "Publié",
        "Fiche sourcée et publique : pages, API et téléchargements.",
        OURS,
    )
    WITHDRAWN = term(
        "withdrawn",
        "Withdrawn",
        "Was public and no longer is; its address says why, and past revisions still show it,"
        " unless it was withdrawn for a legal cause.",
        "Retiré",
        "A été public et ne l’est plus ; son adresse dit pourquoi, et les révisions passées le"
        " montrent, sauf retrait pour un motif juridique.",
        OURS,
    )
