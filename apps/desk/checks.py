"""What the desk says beside a field while it is typed; the form says the same when it is sent."""

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse

from apps.desk.passages import NUMBERS, whole_number
from apps.records.fields import read_partial_date
from apps.records.models import SourceText, paragraphs_of
from apps.records.passages import nearest, stands

NOT_READ = "Not a date that can be read here: 2020, 2020-01, 2020-01-19, 2020-23 (autumn), ../2013."


def explained(text: str) -> str:
    """Return what a partial date means; "" for a blank one. Raises ValidationError."""
    date = read_partial_date(text.strip())
    return date.explain("en") if date else ""


def misplaced(source: int, paragraph: int, excerpt: str) -> str:
    """Return why an excerpt is not one of its paragraph, with the nearest passage; "" if it is.

    A source whose text is not stored holds nothing against any excerpt.
    """
    stored = SourceText.objects.filter(source=source).first()
    if stored is None or not excerpt:
        return ""
    paragraphs = paragraphs_of(stored.text)
    if stands(paragraphs, paragraph, excerpt):
        return ""
    found = nearest(paragraphs, paragraph, excerpt)
    offered = f" Nearest: {found}." if found else " Nothing in the text is like it."
    return f"This does not stand, letter by letter, in paragraph {paragraph}.{offered}"


def date_view(request: HttpRequest) -> JsonResponse:
    """Explain `value`."""
    try:
        return _said(explained(request.GET.get("value", "")))
    except ValidationError:
        return _said(NOT_READ, wrong=True)


@permission_required("records.view_sourcetext", raise_exception=True)
def excerpt_view(request: HttpRequest) -> JsonResponse:
    """Say whether `value` stands in `paragraph` of `source`; nothing while one of them is blank."""
    source, paragraph = (whole_number(request.GET.get(name, "")) for name in NUMBERS)
    if source is None or paragraph is None:
        return _said("")
    why = misplaced(source, paragraph, request.GET.get("value", "").strip())
    return _said(why, wrong=bool(why))


def _said(text: str, *, wrong: bool = False) -> JsonResponse:
    return JsonResponse({"says": text, "wrong": wrong})
