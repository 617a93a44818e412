"""Search over all records: names and codes first, both languages, accents or none."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.records.search import Fragment, fragments, search
from apps.records.tests.making import country, operation, organization, person, source, statement
from apps.revisions.parameters import BadParameter

pytestmark = pytest.mark.usefixtures("no_records")


def names(text: str, limit: int = 20) -> list[str]:
    return [str(hit.record) for hit in search(text, limit=limit)]


def test_the_record_of_that_name_comes_first_then_names_then_texts() -> None:
    statement(summary="Mali, Mali and Mali again.")
    operation("save-mali", name="To save Mali")
    operation("takuba", name="Takuba", mandate="To assist the armed forces of Mali.")
    country("ML", "Mali")
    assert names("mali")[:2] == ["Mali", "To save Mali"]
    assert len(names("mali")) == 4


def test_a_code_finds_its_record_first() -> None:
    organization("g5", name="G5 Sahel", abbreviation="ML")
    country("ML", "Mali")
    organization("x", name="The ML group")
    assert set(names("ml")[:2]) == {"G5 Sahel", "Mali"}


@pytest.mark.parametrize("text", ["Épervier", "epervier", "EPERVIER", "E\u0301pervier"])
def test_accents_and_capitals_do_not_matter(text: str) -> None:
    operation("epervier", name="Épervier")
    operation("epervier-two", name="Épervier Two")
    assert names(text) == ["Épervier", "Épervier Two"]


@pytest.mark.parametrize(
    ("text", "title"), [("opérations", "Une opération militaire"), ("operation", "The operations")]
)
def test_words_are_found_in_both_languages_in_any_form(text: str, title: str) -> None:
    source(title=title)
    assert title in names(text)


def test_every_kind_of_record_is_searched() -> None:
    country("ML", "Sabre")
    organization("sabre", name="Sabre")
    person("sabre", name="Sabre")
    operation("sabre", name="Sabre")
    statement(summary="Sabre")
    source(title="Sabre")
    assert {hit.entry.name for hit in search("sabre")} == {
        "countries",
        "organizations",
        "people",
        "operations",
        "statements",
        "sources",
    }


def test_the_words_found_are_marked_in_plain_text() -> None:
    operation("takuba", name="Takuba", mandate="To assist <b>Malian</b> forces.")
    (hit,) = search("malian")
    assert [fragment.text for fragment in hit.headline if fragment.marked] == ["Malian"]
    assert "".join(fragment.text for fragment in hit.headline).startswith("To assist")


def test_a_word_is_marked_in_the_language_that_knows_it() -> None:
    source(title="[Un article]", publisher="Les opérations militaires", language="fr")
    (hit,) = search("opération")
    assert [fragment.text for fragment in hit.headline if fragment.marked] == ["opérations"]


def test_texts_left_blank_leave_no_trace() -> None:
    source(title="Takuba", note="The only note.")
    (hit,) = search("takuba")
    assert "".join(fragment.text for fragment in hit.headline) == "The only note."


MANY_WORDS = " ".join(f"a{first}{second}" for first in "bcdfgh" for second in "aeiouvwxyz")


@pytest.mark.parametrize(
    ("before", "after", "begins", "ends"),
    [
        ("", "", "Sabre", "Sabre"),
        ("", MANY_WORDS, "Sabre aba abe", " …"),
        (MANY_WORDS, "", "… ", "ahy ahz Sabre"),
        (MANY_WORDS, MANY_WORDS, "… ", " …"),
        ("To assist <b>those</b> in", "", "To assist", "in Sabre"),
    ],
)
def test_dots_say_that_a_text_goes_on(before: str, after: str, begins: str, ends: str) -> None:
    person("named", note=f"{before} Sabre {after}".strip())
    (hit,) = search("sabre")
    headline = "".join(fragment.text for fragment in hit.headline)
    assert headline.startswith(begins)
    assert headline.endswith(ends)
    assert headline.count("…") == len([end for end in (begins, ends) if "…" in end])


def test_a_headline_tells_what_stands_before_the_words() -> None:
    person("named", note=f"To assist the armed forces beside Sabre. {MANY_WORDS}")
    (hit,) = search("sabre")
    assert hit.headline[0] == Fragment("To assist the armed forces beside ", False)


@pytest.mark.parametrize("figure", ["4.5bn", "13,000-strong"])
def test_a_headline_never_begins_or_ends_within_a_figure(figure: str) -> None:
    person("named", note=f"{f'{figure} ' * 30}Sabre{f' {figure}' * 30}")
    (hit,) = search("sabre")
    shown = "".join(fragment.text for fragment in hit.headline).split()
    assert set(shown) == {"…", figure, "Sabre"}


@pytest.mark.parametrize(
    ("headline", "cut"),
    [
        ("", ()),
        ("plain", (Fragment("plain", False),)),
        ("\ue000a\ue001 b", (Fragment("a", True), Fragment(" b", False))),
        ("x \ue000a\ue001", (Fragment("x ", False), Fragment("a", True))),
        ("\ue000a\ue001\ue000b\ue001", (Fragment("a", True), Fragment("b", True))),
    ],
)
def test_a_headline_is_cut_at_its_marks(headline: str, cut: tuple[Fragment, ...]) -> None:
    assert fragments(headline) == cut


def test_no_more_than_the_limit_is_given() -> None:
    for number in range(5):
        operation(f"sabre-{number}", name=f"Sabre {number}")
    assert len(search("sabre", limit=3)) == 3


@pytest.mark.parametrize("text", ["", "   "])
def test_a_blank_text_finds_nothing_and_asks_nothing(text: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert search(text) == []
    assert len(queries) == 0


@pytest.mark.parametrize("text", ["!?", "a\0b", "a" * 201, "a" * 5000])
def test_a_text_that_cannot_be_searched_is_refused(text: str) -> None:
    with pytest.raises(BadParameter) as error:
        search(text)
    assert error.value.name == "q"


@pytest.mark.parametrize("count", [1, 30])
def test_searching_takes_a_query_for_each_kind_however_much_is_found(count: int) -> None:
    for number in range(count):
        statement(summary="Sabre", speaker_label="", speaker_person=person(f"sabre-{number}"))
    with CaptureQueriesContext(connection) as queries:
        hits = search("sabre", limit=50)
        assert [str(hit.record) for hit in hits]
    assert len(queries) == 6
