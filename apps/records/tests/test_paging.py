"""Pages by position: forwards and backwards they give the whole list, over ties and NULLs."""

from typing import Any

import pytest
from django.db.models import F, QuerySet
from hypothesis import given
from hypothesis import strategies as st

from apps.records.catalogue import CATALOGUE
from apps.records.models import Operation, StrengthFigure
from apps.records.paging import BadCursor, Pager
from apps.records.tests.making import asked, contributor, country, operation, person, strength

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_records")]

# Every pair of a date and a figure, some of them twice, some unknown.
FIGURES = [
    ("2020-01-01", 10),
    ("2020", 10),
    ("", 10),
    ("2020-01-01", None),
    ("", None),
    ("../2013", 20),
    ("2020-01-01", 20),
    ("2013", 10),
    ("", 10),
]


@pytest.fixture
def figures(no_records: None) -> QuerySet[Any]:
    barkhane, takuba = operation("barkhane"), operation("takuba")
    for number, (date, least) in enumerate(FIGURES):
        strength((barkhane, takuba)[number % 2], date=date, least=least, most=30)
    return StrengthFigure.objects.for_reading()


def forwards(pager: Pager, queryset: QuerySet[Any], size: int) -> list[list[Any]]:
    pages = [pager.page(queryset, size, "")]
    while pages[-1].next:
        pages.append(pager.page(queryset, size, pages[-1].next))
    return [page.records for page in pages]


def backwards(pager: Pager, queryset: QuerySet[Any], size: int) -> list[list[Any]]:
    """Return the pages found by going back from the last, in the order of the list."""
    page = pager.page(queryset, size, "")
    while page.next:
        page = pager.page(queryset, size, page.next)
    pages = [page]
    while pages[0].previous:
        pages.insert(0, pager.page(queryset, size, pages[0].previous))
    return [page.records for page in pages]


def whole(word: str) -> list[Any]:
    """Return the list in an order of the catalogue, sorted by Python."""
    records = list(StrengthFigure.objects.select_related("operation"))
    for field in reversed(CATALOGUE["strengths"].ordering[word]):
        records = in_order(records, field)
    return records


def in_order(records: list[Any], field: str) -> list[Any]:
    """Sort by one field and leave ties as they are; what is unknown comes last."""
    down, path = field.startswith("-"), field.removeprefix("-")

    def value(record: Any) -> Any:
        return record.operation.slug if path == "operation__slug" else getattr(record, path)

    known = [record for record in records if value(record) is not None]
    unknown = [record for record in records if value(record) is None]
    return sorted(known, key=value, reverse=down) + unknown


@pytest.mark.parametrize("word", CATALOGUE["strengths"].ordering)
def test_both_ways_give_the_whole_list_once_in_order(figures: QuerySet[Any], word: str) -> None:
    pager, expected = Pager(CATALOGUE["strengths"].ordering[word], "strengths"), whole(word)
    for size in range(1, len(FIGURES) + 2):
        forth, back = forwards(pager, figures, size), backwards(pager, figures, size)
        assert [record for page in forth for record in page] == expected
        assert [record for page in back for record in page] == expected
        assert all(len(page) == size for page in forth[:-1])


@pytest.mark.parametrize("word", CATALOGUE["strengths"].ordering)
def test_what_is_shown_of_records_has_their_order_and_their_cursors(
    figures: QuerySet[Any], word: str
) -> None:
    pager, cursor = Pager(CATALOGUE["strengths"].ordering[word], "strengths"), ""
    for _ in FIGURES:
        page = pager.page(figures, 2, cursor)
        shown = pager.page(figures, 2, cursor, F("public_id"))
        assert shown.records == [record.public_id for record in page.records]
        assert (shown.next, shown.previous) == (page.next, page.previous)
        cursor = page.next


def test_names_are_filed_without_accents_and_capitals() -> None:
    for name in ("Épervier", "eucap", "Eagle", "serval", "Sabre"):
        operation(name.lower().replace("é", "e"), name=name)
    names = [record.name for record in asked("operations", "page_size=3").records]
    assert names == ["Eagle", "Épervier", "eucap"]
    names = [record.name for record in asked("operations", "ordering=-name").records]
    assert names == ["serval", "Sabre", "eucap", "Épervier", "Eagle"]


def test_contributors_are_filed_by_whoever_contributes() -> None:
    takuba = operation("takuba")
    for code, name in (("SE", "Sweden"), ("EE", "Estonia")):
        contributor(takuba, country(code, name))
    first = asked("contributors", "ordering=name&page_size=1")
    second = asked("contributors", f"ordering=name&page_size=1&cursor={first.next}")
    assert [str(page.records[0].actor) for page in (first, second)] == ["Estonia", "Sweden"]


def test_a_record_that_comes_in_between_moves_no_other() -> None:
    for name in "bdf":
        person(name)
    page = asked("people", "page_size=2")
    person("a")
    person("e")
    following = asked("people", f"page_size=2&cursor={page.next}")
    assert [record.slug for record in following.records] == ["e", "f"]


def test_a_cursor_outlives_the_record_it_was_made_at() -> None:
    for name in "abc":
        person(name)
    page = asked("people", "page_size=2")
    page.records[-1].delete()
    assert [r.slug for r in asked("people", f"cursor={page.next}").records] == ["c"]


def test_the_first_page_has_none_before_it_and_the_last_none_after() -> None:
    for name in "abc":
        person(name)
    first = asked("people", "page_size=2")
    last = asked("people", f"page_size=2&cursor={first.next}")
    again = asked("people", f"page_size=2&cursor={last.previous}")
    assert (first.previous, last.next, again.previous) == ("", "", "")
    assert again.records == first.records
    assert again.next == first.next


def test_the_same_place_has_the_same_cursor_so_that_answers_can_be_kept() -> None:
    for name in "abc":
        person(name)
    assert asked("people", "page_size=1").next == asked("people", "page_size=1").next


@given(text=st.text(max_size=60))
def test_no_text_that_was_not_made_here_is_a_cursor(text: str) -> None:
    with pytest.raises(BadCursor):
        Pager(("id",), "x")._read(Operation, text)


def test_a_deep_page_is_not_found_by_counting(figures: QuerySet[Any]) -> None:
    pager = Pager(("-least", "id"), "")
    assert "OFFSET" not in str(pager.ordered(figures)[:3].query)
