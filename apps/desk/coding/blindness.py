"""What one coder is not shown of the other: the drafts that the other made from the same source."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Min
from django.http import HttpRequest

from apps.desk.models import Coding
from apps.desk.publishing import WAITING
from apps.records.models import Citation, Record, Source
from apps.revisions.models import Revision
from apps.revisions.tracking import REGISTRY

Hidden = dict[type[models.Model], set[int]]


def hidden_from(request: HttpRequest) -> Hidden:
    """Return the keys of the records that the user is not shown, by type; one query for most."""
    if not hasattr(request, "desk_hidden"):
        hidden: Hidden = {}
        for coding in Coding.objects.blind_to(request.user).select_related("source"):  # type: ignore[arg-type]
            for row in made_from(coding.source, coding.coder_id):
                hidden.setdefault(type(row), set()).add(row.pk)
        request.desk_hidden = hidden  # type: ignore[attr-defined]
    found: Hidden = request.desk_hidden  # type: ignore[attr-defined]
    return found


def is_hidden(hidden: Hidden, row: models.Model) -> bool:
    return row.pk in hidden.get(type(row), ())


def seen_by(request: HttpRequest, rows: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
    """Leave out of `rows` what the user is not shown."""
    hidden = hidden_from(request).get(rows.model)
    return rows.exclude(pk__in=hidden) if hidden else rows


def told_to(request: HttpRequest, revisions: "models.QuerySet[Revision]") -> Any:
    """Leave out of `revisions` those of the other coder since the user codes with them."""
    for coding in Coding.objects.blind_to(request.user):  # type: ignore[arg-type]
        revisions = revisions.exclude(editor=coding.coder_id, made_at__gte=coding.begun_at)
    return revisions


def made_from(source: Source, coder: int) -> list[Record]:
    """Return the drafts that the user numbered `coder` made from `source`, citations among them."""
    drafts = Citation.objects.filter(source=source, publication__in=WAITING).for_reading()
    citations = made_by(coder, drafts.order_by("paragraph", "id"))
    owners = dict.fromkeys(each.owner for each in citations)
    waiting = [each for each in owners if each and each.publication in WAITING]
    records = [record for kind in _kinds(waiting) for record in made_by(coder, kind)]
    return [*records, *citations]


def _kinds(records: Iterable[Record]) -> list[list[Record]]:
    kinds: dict[type[Record], list[Record]] = {}
    for record in records:
        kinds.setdefault(type(record), []).append(record)
    return [*kinds.values()]


def made_by(coder: int, rows: Iterable[Any]) -> list[Any]:
    """Keep the rows, of one type, whose first version is of the user numbered `coder`."""
    rows = list(rows)
    if not rows:
        return []
    versions: Any = REGISTRY[type(rows[0])].version._default_manager
    first = versions.filter(row__in=[row.pk for row in rows]).values("row")
    made_in = dict(first.annotate(made=Min("since_revision")).values_list("row", "made"))
    own = Revision.objects.filter(number__in=set(made_in.values()), editor=coder)
    numbers = set(own.values_list("number", flat=True))
    return [row for row in rows if made_in.get(row.pk) in numbers]
