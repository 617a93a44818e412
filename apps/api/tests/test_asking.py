"""What a reader can ask of a list: fields, expansion, facets, pages, days and past states."""

import pytest

from apps.api.serializers import SERIALIZERS
from apps.records.catalogue import CATALOGUE

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

EXPANSIONS = [
    (name, field) for name, serializer in SERIALIZERS.items() for field in serializer.expansions()
]


def test_fields_gives_these_and_no_others(get):
    record = get("operations/?fields=slug,start&page_size=1")["results"][0]
    assert list(record) == ["slug", "start"]
    assert list(get("operations/barkhane/?fields=name")) == ["name"]


@pytest.mark.parametrize(("name", "field"), EXPANSIONS)
def test_expand_gives_the_whole_record(get, name, field):
    plain = get(f"{name}/?page_size=200")["results"]
    whole = get(f"{name}/?page_size=200&expand={field}")["results"]
    assert [record["id"] for record in plain] == [record["id"] for record in whole]
    for record in whole:
        value = record.pop(field)
        for each in value if isinstance(value, list) else [value] if value else []:
            assert get(each["api_url"]) == each
    assert whole == [{n: v for n, v in record.items() if n != field} for record in plain]


@pytest.mark.parametrize(("name", "field"), EXPANSIONS)
def test_expanding_takes_no_query_a_record(ask, name, field):
    one = ask(f"{name}/?expand={field}&page_size=1")
    all_ = ask(f"{name}/?expand={field}&page_size=200")
    assert all_.queries <= one.queries + 13, "as many as there are kinds of relations, at most"


def test_facets_count_the_values_of_a_parameter(get):
    answer = get("contributors/?operation=takuba-task-force&facets=status")
    assert [(each["code"], each["count"]) for each in answer["facets"]["status"]] == [
        ("announced", 2),
        ("committed", 3),
    ]


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_facet_and_every_order_of_the_catalogue_can_be_asked(get, name):
    entry = CATALOGUE[name]
    assert set(get(f"{name}/?facets={','.join(entry.facets)}")["facets"]) == set(entry.facets)
    for ordering in entry.ordering:
        assert get(f"{name}/?ordering={ordering}")["count"] > 0


@pytest.mark.parametrize(
    "address", ["citations/?page_size=50&standing=accepted", "changes/?since=0"]
)
def test_pages_lead_forwards_and_back_and_keep_what_was_asked(get, address):
    first = get(address)
    second = get(first["next"])
    assert first["previous"] is None
    assert "page_size=50" in first["next"] or address.startswith("changes")
    assert get(second["previous"])["results"] == first["results"]
    assert second["count"] == first["count"]


def test_following_next_gives_every_record_once(get):
    seen, address = [], "citations/?page_size=100"
    while address:
        page = get(address)
        seen += [each["id"] for each in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == page["count"]


def test_links_to_other_pages_stand_in_the_header_too(ask):
    first = ask("citations/?page_size=100")
    assert f'<{first.json["next"]}>; rel="next"' in first.headers["Link"]
    second = ask(first.json["next"])
    assert f'<{second.json["previous"]}>; rel="prev"' in second.headers["Link"]


def test_before_the_first_revision_there_is_nothing(get):
    for name in CATALOGUE:
        assert get(f"{name}/?as_of=0") == {
            "count": 0,
            "next": None,
            "previous": None,
            "results": [],
        }


def test_several_ids_are_asked_for_at_once(get):
    ids = [each["id"] for each in get("countries/?page_size=3")["results"]]
    assert {each["id"] for each in get(f"countries/?id={','.join(ids)}")["results"]} == set(ids)


@pytest.mark.parametrize("address", ["citations/", "changes/"])
def test_beyond_the_cap_the_count_is_a_lower_bound_and_says_so(get, monkeypatch, address):
    for module in ("records.asking", "api.paging", "api.views.records"):
        monkeypatch.setattr(f"apps.{module}.CAP", 3)
    answer = get(f"{address}?page_size=2")
    assert list(answer)[:4] == ["count", "count_is_exact", "next", "previous"]
    assert (answer["count"], answer["count_is_exact"]) == (3, False)


def test_a_host_that_is_not_ours_is_refused_as_a_problem(ask):
    answer = ask("operations/", host="evil.example")
    assert (answer.status, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert "evil" not in answer.text
