"""The names of record types and of their fields and parts, as the pages print them."""

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from apps.pages import facts
from apps.records.models import (
    TARGETS,
    Citation,
    Contributor,
    Country,
    LadderStep,
    Operation,
    Organization,
    Person,
    Record,
    Source,
    Statement,
    StrengthFigure,
)

WORDS_OF_A_TITLE = 12
LONGEST_TITLE = 80

TYPES: dict[type[Record], tuple[object, object]] = {
    Operation: (_("Operation"), _("Operations")),
    Country: (_("Country"), _("Countries")),
    Organization: (_("Organisation"), _("Organisations")),
    Person: (_("Person"), _("People")),
    Contributor: (_("Contributor"), _("Contributors")),
    StrengthFigure: (_("Strength figure"), _("Strength figures")),
    Statement: (_("Statement"), _("Statements")),
    Source: (_("Source"), _("Sources")),
    Citation: (_("Citation"), _("Citations")),
}

# Every field and kind of parts that a citation supports or that the change log names.
FIELDS = {
    "abbreviation": _("abbreviation"),
    "act": _("speech act"),
    "addressee": _("addressee"),
    "archive_url": _("archived at"),
    "as_written": _("as written"),
    "attribution": _("attribution"),
    "author": _("author"),
    "basis": _("basis"),
    "bound": _("bound"),
    "caveats": _("caveats"),
    "citations": _("citations"),
    "condition": _("condition"),
    "conducting_body": _("conducting body"),
    "contributor": _("contributor"),
    "countries": _("countries it is about"),
    "country": _("country"),
    "cue": _("cue"),
    "date": _("date"),
    "dateline": _("dateline"),
    "end": _("end"),
    "excerpt": _("excerpt"),
    "expected": _("expected"),
    "field": _("field"),
    "focus_area": _("focus area"),
    "functions": _("functions"),
    "id": _("number in the database"),
    "iso2": "ISO 3166-1 alpha-2",
    "iso3": "ISO 3166-1 alpha-3",
    "kind": _("kind"),
    "ladder": _("status ladder"),
    "ladder_step": _("ladder step"),
    "language": _("language"),
    "least": _("figure"),
    "legal_basis": _("legal basis"),
    "mandate": _("mandate"),
    "membership": _("membership"),
    "memberships": _("members"),
    "milestone": _("milestone"),
    "milestones": _("milestones"),
    "most": _("figure, at most"),
    "name": _("name"),
    "name_en": _("name in English"),
    "name_fr": _("name in French"),
    "note": _("editorial note"),
    "numeric": "ISO 3166-1 numeric",
    "office": _("office"),
    "offices": _("offices held"),
    "operation": _("operation"),
    "operations": _("operations it is about"),
    "organization": _("organisation"),
    "original_language": _("original language"),
    "paragraph": _("paragraph"),
    "paragraphs": _("paragraphs"),
    "person": _("person"),
    "personnel_type": _("personnel type"),
    "place": _("place"),
    "predecessor": _("predecessor"),
    "publication": _("publication"),
    "published": _("date of publication"),
    "publisher": _("publisher"),
    "quote_form": _("quote form"),
    "rank": _("rank"),
    "rank_reason": _("rank reason"),
    "reached": _("reached"),
    "roles": _("roles"),
    "said": _("date"),
    "scope": _("scope"),
    "setting": _("setting"),
    "short_name": _("short name"),
    "since": _("since"),
    "slug": _("name in addresses"),
    "source": _("source"),
    "speaker_country": _("speaking country"),
    "speaker_kind": _("speaker kind"),
    "speaker_label": _("speaker as described"),
    "speaker_organization": _("speaking organisation"),
    "speaker_person": _("speaker"),
    "stance": _("stance"),
    "standing": _("standing"),
    "start": _("start"),
    "statement": _("statement"),
    "status": _("status"),
    "strength": _("strength figure"),
    "summary": _("what was said, in our words"),
    "text_sha256": _("SHA-256 of the text"),
    "theatre": _("theatre"),
    "title": _("title"),
    "translation": _("translation"),
    "type": _("type"),
    "url": _("address"),
    "words": _("quoted words"),
}


# The same name for something else.
FIELDS_BY_MODEL: dict[tuple[type[models.Model], str], object] = {
    (LadderStep, "expected"): pgettext_lazy("field", "promised for"),
    (LadderStep, "place"): _("order"),
}


def field_of(model: type[models.Model], name: str) -> str:
    """Return the label of a field or of a kind of parts; its own name where nothing knows it."""
    label = FIELDS_BY_MODEL.get((model, name)) or FIELDS.get(name)
    if label:
        return str(label)
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name.replace("_", " ")


def field_cited(citation: Citation) -> str:
    """Return the name of the field that a citation supports."""
    return field_of(TARGETS[citation.target_name], citation.field)


def type_of(model: type[Record]) -> str:
    return str(TYPES[model][0])


def types_of(model: type[Record]) -> str:
    return str(TYPES[model][1])


def by_model_name() -> dict[str, type[Record]]:
    """Return the record types by the name that the change log gives them."""
    return {str(model._meta.model_name): model for model in TYPES}


def name_of(target: models.Model) -> str:
    """Return the name of a record or part in a line; a statement is named by its speaker."""
    if isinstance(target, Statement):
        return gettext("Statement, %(speaker)s") % {"speaker": target.speaker}
    return str(target)


def title_of(record: Record) -> str:
    """Return the title of the page of a record: of a statement who said what, and when."""
    if not isinstance(record, Statement):
        return name_of(record)
    day = record.said.human(facts.language()) if record.said else gettext("date not stated")
    said = {"speaker": record.speaker, "said": first_words(record), "day": day}
    return gettext("%(speaker)s: %(said)s (%(day)s)") % said


def first_words(statement: Statement) -> str:
    """Return so much of the quoted words, or of the summary, as tells it from others."""
    said = " ".join((statement.words or statement.summary).split())
    return Truncator(Truncator(said).words(WORDS_OF_A_TITLE)).chars(LONGEST_TITLE)
