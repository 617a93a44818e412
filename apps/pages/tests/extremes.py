"""Records at the edge of what their fields allow: long, many, right to left, or markup."""

from typing import Any

from django.db import models

from apps.pages.tests.conftest import PUBLISHED, cited, country
from apps.records.models import (
    Citation,
    Contributor,
    LadderStep,
    Office,
    Operation,
    Organization,
    Person,
    Source,
    Statement,
)
from apps.records.tests import making
from apps.revisions.writing import revision

LONG_NAME = "Abcdefghij" * 20
ARABIC_NAME = "محمد ولد الشيخ الغزواني"
ARABIC_WORDS = "لا يمكن لأي دولة أن تواجه الإرهاب وحدها"
# What follows runs from right to left until the end of the line, unless the name is isolated.
TURNED_NAME = "Operation \u202etfark"
MARKUP = "\"'><script>alert(1)</script>&amp;"
CROWD, REVISIONS, WORDS = 300, 40, 2000
# Texts that must be a code, and names of addresses.
NO_PROSE = {"withdrawal_reason", "language", "original_language", "text_sha256", "field"}


def publish_extremes() -> dict[str, str]:
    """Publish one record of each kind of trouble; return the addresses of their pages by name."""
    source = making.source(title=f"Source {LONG_NAME}", language="en", **PUBLISHED)
    with revision(reason=f"Extremes {LONG_NAME}"):
        records = {
            "long names": _long(source),
            "right to left": _right_to_left(source),
            "turned round": _turned(source),
            "many words": _wordy(source),
            "nobody": _operation(source, "nobody", 0),
            "one": _operation(source, "one", 1),
            "crowd": _operation(source, "crowd", CROWD),
            "nothing but a name": _operation(source, "bare", 0),
            "source": source,
        }
    addresses = {name: record.get_absolute_url() for name, record in records.items()}
    return {**addresses, "much revised": _much_revised(records["nobody"])}


def publish_markup() -> list[str]:
    """Publish records with MARKUP in every text; return the addresses of their pages."""
    source = making.source(**{**marked_up(Source), "url": "https://example.org/?a&b"}, **PUBLISHED)
    with revision(reason=MARKUP):
        made = [
            _published(source, making.operation, "marked", **marked_up(Operation)),
            _published(source, making.organization, "marked", **marked_up(Organization)),
            _published(source, making.person, "marked", **marked_up(Person)),
            _published(source, making.statement, cite="words", **_marked_up_statement()),
        ]
        _contribute(source, made[0], [made[1]], **marked_up(LadderStep))
        office = Office.objects.create(person=made[2], **marked_up(Office))
        cited(source, office, "title", **marked_up(Citation))
    return [one.get_absolute_url() for one in [*made, source]]


def marked_up(model: type[models.Model]) -> dict[str, str]:
    """Return MARKUP for each text of `model` in which an editor may write what he likes."""
    return {
        one.name: MARKUP
        for one in model._meta.local_concrete_fields
        if type(one) in (models.CharField, models.TextField)
        and one.editable
        and not one.choices
        and one.name not in NO_PROSE
    }


def _marked_up_statement() -> dict[str, str]:
    return {**marked_up(Statement), "quote_form": "direct", "language": "fr"}


def _published(source: Source, make: Any, *names: Any, cite: str = "name", **values: Any) -> Any:
    record = make(*names, **{**values, **PUBLISHED})
    cited(source, record, cite)
    return record


def _long(source: Source) -> Operation:
    """An operation, its contributor, its place and what was said, all named by one endless word."""
    operation = _operation(source, "long", 0, name=LONG_NAME, focus_area=LONG_NAME)
    operation.short_name = LONG_NAME[:80]
    operation.mandate = LONG_NAME * 3
    operation.save()
    operation.theatre.add(country(source, 0))
    body = _published(source, making.organization, "long", name=LONG_NAME)
    _contribute(source, operation, [body], condition=LONG_NAME)
    said = {"speaker_label": LONG_NAME, "occasion": LONG_NAME, "summary": LONG_NAME}
    quoted = {"words": f"They go to {TURNED_NAME}", "quote_form": "direct", "language": "en"}
    statement = _published(source, making.statement, cite="words", **said, **quoted)
    statement.operations.add(operation)
    return operation


def _right_to_left(source: Source) -> Statement:
    person = _published(source, making.person, "arabic", name=ARABIC_NAME)
    said = {"words": ARABIC_WORDS, "summary": "", "language": "ar", "quote_form": "direct"}
    spoken = {"speaker_person": person, "speaker_label": "", "occasion": ARABIC_NAME}
    statement: Statement = _published(source, making.statement, cite="words", **said, **spoken)
    return statement


def _turned(source: Source) -> Operation:
    operation = _operation(source, "turned", 0, name=TURNED_NAME, focus_area=TURNED_NAME)
    body = _published(source, making.organization, "turned", name=TURNED_NAME)
    _contribute(source, operation, [body], condition=TURNED_NAME)
    said = {"speaker_label": TURNED_NAME, "occasion": TURNED_NAME, "place": TURNED_NAME}
    quoted = {"words": f"They go to {TURNED_NAME}", "quote_form": "direct", "language": "en"}
    statement = _published(source, making.statement, cite="words", **said, **quoted)
    statement.operations.add(operation)
    return operation


def _wordy(source: Source) -> Statement:
    said = {"words": " ".join(["word"] * WORDS), "summary": "", "quote_form": "direct"}
    statement: Statement = _published(source, making.statement, cite="words", **said)
    return statement


def _operation(source: Source, slug: str, contributors: int, **values: Any) -> Operation:
    operation: Operation = _published(source, making.operation, slug, **values)
    rows = [
        Organization(slug=f"{slug}-{number}", name=f"Body {number} of {slug}", **PUBLISHED)
        for number in range(contributors)
    ]
    bodies = Organization.objects.bulk_create(rows)
    _cite_all(source, "organization", bodies, "name")
    _contribute(source, operation, bodies)
    return operation


def _contribute(
    source: Source, operation: Operation, bodies: list[Organization], **step: Any
) -> None:
    """Have each of `bodies` announce that it takes part, in as few queries as one would need."""
    rows = [Contributor(operation=operation, organization=body, **PUBLISHED) for body in bodies]
    contributors = Contributor.objects.bulk_create(rows)
    steps = LadderStep.objects.bulk_create(
        LadderStep(contributor=one, place=1, status="announced", **step) for one in contributors
    )
    _cite_all(source, "contributor", contributors, "organization")
    _cite_all(source, "ladder_step", steps, "status")


def _cite_all(source: Source, target: str, records: list[Any], field: str) -> None:
    Citation.objects.bulk_create(
        Citation(
            source=source,
            paragraph=1,
            excerpt=f"{target} {one.pk}",
            field=field,
            **{target: one},
            **PUBLISHED,
        )
        for one in records
    )


def _much_revised(operation: Any) -> str:
    """Change the record REVISIONS times; return the address of its history."""
    for number in range(REVISIONS):
        with revision(reason=f"Change {number}"):
            Operation.objects.filter(pk=operation.pk).update(focus_area=f"Area {number}")
    return f"{operation.get_absolute_url()}history/"
