"""One question, read the same on every face: what it finds, and what it refuses and how."""

from typing import Any

import pytest
from django.http import QueryDict

from apps.records.asking import ask
from apps.records.catalogue import CATALOGUE
from apps.records.filters import FacetValue, kinds
from apps.records.matches import CAP
from apps.records.models import Person
from apps.records.tests.making import asked, country, found, operation, person, statement
from apps.revisions.parameters import BadParameter, UnknownParameter

pytestmark = pytest.mark.usefixtures("no_records")


def refusal(name: str, query: str) -> BadParameter:
    with pytest.raises(BadParameter) as error:
        asked(name, query)
    return error.value


@pytest.mark.parametrize(
    ("name", "query", "parameter", "suggestion"),
    [
        ("operations", "statu=active", "statu", "status"),
        ("operations", "theatre__iso2=ML", "theatre__iso2", ""),
        ("operations", "orderng=name", "orderng", "ordering"),
        ("sources", "speaker=macron", "speaker", ""),
    ],
)
def test_an_unknown_parameter_is_named_with_the_nearest(
    name: str, query: str, parameter: str, suggestion: str
) -> None:
    error = refusal(name, query)
    assert isinstance(error, UnknownParameter)
    assert (error.name, error.suggestion) == (parameter, suggestion)
    assert "ordering" in error.allowed


@pytest.mark.parametrize(
    ("name", "query", "parameter", "suggestion"),
    [
        ("operations", "status=actve", "status", "active"),
        ("operations", "status=active,actve", "status", "active"),
        ("operations", "function=trainn", "function", "train"),
        ("operations", "country=Malli", "country", "ML"),
        ("operations", "country=mali", "country", "ML"),
        ("operations", "country=ML,XX", "country", ""),
        ("operations", "country=é", "country", ""),
        ("contributors", "operation=barkane", "operation", "barkhane"),
        ("statements", "speaker=macro", "speaker", "macron"),
        ("citations", "record_type=operations", "record_type", "operation"),
        ("citations", "field=statuss", "field", "status"),
        ("operations", "ordering=nme", "ordering", "name"),
        ("operations", "ordering=slug", "ordering", ""),
        ("operations", "ordering=name,started", "ordering", "started"),
        ("operations", "facets=status,typ", "facets", "type"),
        ("operations", "match=posible", "match", "possible"),
        ("operations", "on=2020", "on", ""),
        ("operations", "on=2020-02-30", "on", ""),
        ("operations", "on=yesterday", "on", ""),
        ("operations", "started_from=2020-13", "started_from", ""),
        ("operations", "started_from=..%2F2013", "started_from", ""),
        ("operations", "started_until=2020~", "started_until", ""),
        ("operations", "started_from=2020&started_until=2019", "started_until", ""),
        ("operations", "page_size=0", "page_size", ""),
        ("operations", "page_size=201", "page_size", ""),
        ("operations", "page_size=-1", "page_size", ""),
        ("operations", "page_size=1.5", "page_size", ""),
        ("operations", "page_size=%C2%B2", "page_size", ""),
        ("operations", "page_size=" + "9" * 5000, "page_size", ""),
        ("operations", "cursor=x", "cursor", ""),
        ("operations", "cursor=.", "cursor", ""),
        ("operations", "id=ML", "id", ""),
        ("operations", "id=" + ",".join(f"{n:012}" for n in range(201)), "id", ""),
        ("operations", "q=%21%3F", "q", ""),
        ("operations", "q=" + "a" * 201, "q", ""),
        ("operations", "q=a%00b", "q", ""),
        ("operations", "country=M%00", "country", ""),
        ("operations", "q=a&q=b", "q", ""),
        ("operations", "on=2020-01-01&on=2020-01-02", "on", ""),
        ("operations", "page_size=1&page_size=2", "page_size", ""),
        ("countries", "on=2020", "on", ""),
        ("sources", "on=2020-01-01", "on", ""),
        ("citations", "on=2020-01-01", "on", ""),
    ],
)
def test_a_bad_value_is_refused_by_name_with_what_is_allowed(
    name: str, query: str, parameter: str, suggestion: str
) -> None:
    country("ML", "Mali")
    operation("barkhane")
    person("macron")
    error = refusal(name, query)
    assert (error.name, error.suggestion) == (parameter, suggestion)
    assert error.allowed
    assert error.reason


def test_what_is_allowed_for_a_code_is_the_list() -> None:
    assert refusal("strengths", "basis=guessed").allowed == (
        "authorised, planned, pledged, reported_actual, not_stated"
    )


def test_a_face_may_add_parameters_of_its_own() -> None:
    assert asked("operations", "lang=fr", also_allowed=["lang"]).parameters == {}


@pytest.mark.parametrize(
    "query", ["", "q=", "country=", "on=&match=", "page_size=&ordering=", "id=,"]
)
def test_an_empty_value_asks_nothing_as_forms_send_it(query: str) -> None:
    operation("barkhane")
    answer = asked("operations", query)
    assert (answer.count, answer.parameters) == (1, {})


@pytest.mark.parametrize("query", ["country=ML,NE", "country=ML&country=NE", "country=ne, mlx"])
def test_several_values_come_with_commas_or_again(query: str) -> None:
    for code in ("ML", "NE", "TD"):
        operation(f"in-{code.lower()}").theatre.add(country(code))
    assert found("operations", query) == ["in-ml", "in-ne"]


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("country=nex,ml", {"country": "ML,NE"}),
        ("country=NE&country=ML,NE&match=possible&ordering=name&page_size=2", {"country": "ML,NE"}),
        ("ordering=-name&q=++g5++sahel+", {"ordering": "-name", "q": "g5 sahel"}),
        ("started_from=2020-01&match=certain", {"match": "certain", "started_from": "2020-01-01"}),
        ("as_of=12&facets=status&fields=name&format=csv&expand=country", {"as_of": "12"}),
        ("status=concluded,active", {"status": "active,concluded"}),
    ],
)
def test_equal_questions_have_equal_parameters(query: str, parameters: dict[str, str]) -> None:
    country("ML")
    country("NE")
    answer = asked("operations", query)
    assert list(answer.parameters.items()) == list(parameters.items())


def test_the_values_as_read_are_there_for_a_page_to_name() -> None:
    mali = country("ML", "Mali")
    assert asked("operations", "country=mlx").filters.asked["country"] == [mali]


@pytest.mark.parametrize("query", ["%C3%A9pervier", "e%CC%81pervier", "epervier", "EPERVIER"])
def test_words_are_found_with_accents_composed_decomposed_or_left_out(query: str) -> None:
    operation("epervier", name="Épervier")
    operation("serval")
    assert found("operations", f"q={query}") == ["epervier"]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("forces", ["sabre", "takuba"]),
        ("special forces", ["sabre", "takuba"]),
        ('"special forces"', ["takuba"]),
        ("forces -special", []),
        ("takuba or sabre", ["sabre", "takuba"]),
        ("opération", ["sabre"]),
        ("operations", ["sabre"]),
        ("' OR 1=1 --", []),
        ("a & | ! ( : * <->", []),
    ],
)
def test_words_are_read_as_on_the_web(query: str, slugs: list[str]) -> None:
    operation("takuba", mandate="European special forces")
    operation("sabre", mandate="Opération of forces, special")
    question = QueryDict(mutable=True)
    question["q"] = query
    answer = ask(CATALOGUE["operations"], question)
    assert sorted(record.slug for record in answer.records) == slugs


def test_a_short_list_is_counted_whole() -> None:
    for number in range(3):
        person(f"person-{number}")
    answer = asked("people", "page_size=2")
    assert (len(answer.records), answer.count, answer.count_is_exact) == (2, 3, True)


def test_counting_stops_at_ten_thousand() -> None:
    Person.objects.bulk_create(Person(slug=f"p{n}", name="A person") for n in range(CAP))
    assert (asked("people").count, asked("people").count_is_exact) == (CAP, True)
    person("one-more")
    assert (asked("people").count, asked("people").count_is_exact) == (CAP, False)


def test_a_facet_counts_the_values_not_chosen_too() -> None:
    for slug, status in (("a", "active"), ("b", "active"), ("c", "concluded")):
        operation(slug, status=status, type="bilateral_assistance")
    operation("d", status="concluded", type="other")
    answer = asked("operations", "status=concluded&type=bilateral_assistance&facets=status,type")
    assert answer.facets == {
        "status": [FacetValue("active", "Active", 2), FacetValue("concluded", "Concluded", 1)],
        "type": [
            FacetValue("bilateral_assistance", "Bilateral assistance", 1),
            FacetValue("other", "Other", 1),
        ],
    }


def test_a_record_with_several_values_counts_for_each() -> None:
    mali, niger = country("ML", "Mali"), country("NE", "Niger")
    operation("a", functions=["train", "assist"]).theatre.add(mali, niger)
    operation("b", functions=["train"]).theatre.add(niger)
    facets = asked("operations", facets=["function", "country"]).facets
    assert [(value.code, value.count) for value in facets["function"]] == [
        ("train", 2),
        ("assist", 1),
    ]
    assert facets["country"] == [FacetValue("NE", "Niger", 2), FacetValue("ML", "Mali", 1)]


def test_a_cursor_of_another_question_is_refused() -> None:
    for number in range(3):
        statement(said=f"2020-01-0{number + 1}", act="assess")
    cursor = asked("statements", "page_size=1&act=assess").next
    for other in ("", "act=decide", "act=assess&ordering=said", "act=assess&match=certain"):
        assert refusal("statements", f"{other}&cursor={cursor}").name == "cursor"
    assert refusal("people", f"cursor={cursor}").name == "cursor"
    assert refusal("statements", f"act=assess&cursor={cursor[:-1]}").name == "cursor"


def test_a_cursor_goes_on_under_another_page_size_and_revision() -> None:
    for day in "123":
        statement(said=f"2020-01-0{day}")
    cursor = asked("statements", "page_size=1").next
    answer = asked("statements", f"cursor={cursor}&page_size=5&as_of=3&fields=said")
    assert [str(record.said) for record in answer.records] == ["2020-01-02", "2020-01-01"]


def test_of_thousands_the_records_named_most_often_are_told(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(kinds, "MOST_FACET_VALUES", 2)
    facet = CATALOGUE["statements"].filters.base_filters["speaker"]
    counts = {person(slug).pk: count for slug, count in zip("abcde", (1, 3, 3, 2, 3), strict=True)}
    with django_assert_num_queries(1) as asked_for:
        assert [value.code for value in facet.told(counts)] == ["b", "c"]
    # One of those counted alike comes after the others by its name alone.
    assert len(asked_for.captured_queries[0]["sql"].split(" IN (")[1].split(")")[0].split(",")) == 3


def test_what_is_named_and_cannot_be_read_leaves_its_place_to_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kinds, "MOST_FACET_VALUES", 2)
    facet = CATALOGUE["statements"].filters.base_filters["speaker"]
    unknown = 10**9
    counts = {unknown: 9, person("a").pk: 3, person("b").pk: 2, person("c").pk: 1}
    assert [value.code for value in facet.told(counts)] == ["a", "b"]
