"""Records with all that CSV, JSON, SQL and dates find hard, for tests of two ways to write them."""

from collections.abc import Iterator
from itertools import cycle
from typing import Any

from django.db.models import CharField, TextField

from apps.records.fields import PartialDateField
from apps.records.models import TARGETS, Country, Membership, Office, citable_fields
from apps.records.tests import making
from apps.records.vocabularies import ContributorRole, MandateFunction
from apps.revisions.tracking import trackings
from apps.revisions.writing import revision

AWKWARD = (
    "",
    "=1+1",
    "'-chad",
    "@cmd, or so",
    "\tx",
    "''\rx",
    "\\.",
    "+",
    "'quoted'",
    "say \"cheese\" \\ and 'cheese'",
    "line\nfeed, tab\t, return\r, \b \f \x01 \x1f \x7f",
    "%s %(site)s %% $1 {0} <b>&amp;</b> </script> mark0x 'x'::text",
    "Épervier e\u0301 🛡️ \u200f مالي \u2028 \u2029 \ufeff \ufffd",
    "\\u0041 \\n null true 1e3 [] {}",
    " ",
)
EARLIER = ("", "../2013", "2014/..", "2013", "201X", "2013-01~", "2014-01-XX?")
LATER = ("", "2020/..", "2020-24", "2020-01-19", "../2025", "2020-XX%")
FIXED = {"public_id", "publication", "slug", "iso2", "iso3", "numeric", "text_sha256", "field"}
FIXED |= {"withdrawal_reason"}
PUBLISHED = {"publication": "published"}


def commit_awkward_records() -> None:
    """Commit them in two revisions; keep the seed's past."""
    with revision(reason="Add what is hard"):
        add_the_rare()
    with revision(reason="Scribble over every text"):
        for tracking in trackings():
            if tracking.public:
                scribble(tracking.model)


def scribble(model: type[Any]) -> None:
    texts, earlier, later = cycle(AWKWARD), cycle(EARLIER), cycle(LATER)
    for row in model._default_manager.order_by("pk"):
        values = {}
        for field in written_fields(model, row):
            dates = later if field.name in ("end", "reached") else earlier
            values[field.name] = next(dates) if is_date(field) else fitted(field, next(texts), row)
        if "translation" in values and not (values["words"] and values["language"]):
            values["translation"] = ""
        if values:
            model._default_manager.filter(pk=row.pk).update(**values)
        next(texts)


def written_fields(model: type[Any], row: Any) -> Iterator[Any]:
    texts = (CharField, TextField)
    for field in model._meta.concrete_fields:
        free = isinstance(field, texts) and not field.choices and field.name not in FIXED
        if free and (field.name != "speaker_label" or row.speaker_label):
            yield field


def is_date(field: Any) -> bool:
    return isinstance(field, PartialDateField)


def fitted(field: Any, text: str, row: Any) -> str:
    """Return the text, told apart and not empty where the model wants that."""
    if field.name in ("words", "rank_reason"):
        text = text or "x"
    if not field.blank or field.name == "speaker_label":
        text = f"{row.pk}{text}"
    return text[: field.max_length]


def add_the_rare() -> None:
    """Add a citation of every kind of record, every kind of speaker, and what is empty or many."""
    source = making.source(**PUBLISHED, paragraphs=None)
    mali, body = Country.objects.get(iso2="ML"), making.organization("body", **PUBLISHED)
    first = making.operation("first", functions=MandateFunction.values[:3], **PUBLISHED)
    operation = making.operation("second", predecessor=first, **PUBLISHED)
    operation.theatre.set(Country.objects.all()[:4])
    person = making.person("person", **PUBLISHED)
    some = making.contributor(operation, mali, roles=ContributorRole.values[:2], **PUBLISHED)
    none = making.contributor(operation, body, **PUBLISHED)
    making.ladder(some, ("announced", "../2020"), ("deployed", ""), ("reduced", "2021/.."))
    said = [
        {"speaker_person": person, "speaker_label": ""},
        {"speaker_country": mali, "speaker_label": ""},
        {"speaker_organization": body, "speaker_label": ""},
        {},
    ]
    statements = [making.statement(**speaker, **PUBLISHED) for speaker in said]
    statements[0].operations.set([operation, first])
    statements[0].countries.set(Country.objects.all()[:4])
    targets: list[dict[str, Any]] = [
        *({"operation": each} for each in (first, operation)),
        *({"contributor": each} for each in (some, none)),
        *({"statement": each} for each in statements),
        *({"ladder_step": each} for each in some.ladder.all()),
        {"organization": body},
        {"person": person},
        {"country": mali},
        {"strength": making.strength(operation, contributor=some, most=None, **PUBLISHED)},
        {"strength": making.strength(operation, least=None, most=7, **PUBLISHED)},
        {"milestone": operation.milestones.create(kind="full_operating_capability")},
        {"milestone": operation.milestones.create(kind="initial_operating_capability")},
        {"membership": Membership.objects.create(organization=body, country=mali)},
        {"office": Office.objects.create(person=person, title="Minister", country=mali)},
        {"office": Office.objects.create(person=person, title="Envoy", organization=body)},
        {"office": Office.objects.create(person=person, title="Student")},
    ]
    for target in targets:
        field = citable_fields(TARGETS[next(iter(target))])[0]
        making.citation(source, field=field, **target, **PUBLISHED)
        making.citation(source, field=field, paragraph=7, **target, **PUBLISHED)
