"""The lists and the records, asked of the seed."""

import pytest

from apps.api.serializers import SERIALIZERS
from apps.records.catalogue import CATALOGUE

pytestmark = pytest.mark.django_db


def test_the_readme_example_gives_the_contributors_of_takuba_with_status_and_citation(get):
    answer = get("contributors/?operation=takuba-task-force")
    told = {
        each["country"]["name"]: (each["status"], each["ladder"][-1]["citations"][0]["paragraph"])
        for each in answer["results"]
    }
    assert told == {
        "Belgium": ("announced", 9),
        "Estonia": ("committed", 9),
        "Italy": ("announced", 9),
        "Portugal": ("committed", 9),
        "Sweden": ("committed", 9),
    }
    assert answer["count"] == 5


def test_a_list_answers_with_count_next_previous_and_results_and_nothing_else(get):
    for name in CATALOGUE:
        assert list(get(f"{name}/")) == ["count", "next", "previous", "results"]


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_record_is_the_same_in_its_list_and_at_its_address(get, name):
    record = get(f"{name}/?page_size=1")["results"][0]
    assert get(record["api_url"]) == record
    assert get(f"{name}/{record['id']}/") == record


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_record_has_exactly_the_fields_that_its_serializer_names(get, name):
    record = get(f"{name}/?page_size=1")["results"][0]
    assert list(record) == SERIALIZERS[name].names()


@pytest.mark.parametrize("key", ["ML", "ml", "MLI", "mli"])
def test_a_country_is_found_by_either_of_its_codes(get, key):
    assert get(f"countries/{key}/")["name_en"] == "Mali"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("operations/barkhane/", "Barkhane"),
        ("organizations/g5-sahel/", "G5 Sahel"),
        ("people/florence-parly/", "Florence Parly"),
    ],
)
def test_a_record_with_a_slug_is_found_by_it(get, address, name):
    assert get(address)["name"] == name


def test_the_page_of_a_record_is_given_beside_it(ask, get):
    barkhane = get("operations/barkhane/")
    assert barkhane["page_url"] == "http://testserver/operations/barkhane/"


def test_a_contributor_names_its_operation_its_country_and_its_ladder(get):
    contributor = get("contributors/?operation=takuba-task-force&country=EE")["results"][0]
    assert contributor["operation"]["slug"] == "takuba-task-force"
    assert contributor["operation"]["name"] == "Takuba Task Force"
    assert (contributor["country"]["code"], contributor["country"]["name"]) == ("EE", "Estonia")
    assert contributor["organization"] is None
    assert contributor["status"] == contributor["ladder"][-1]["status"]
    assert set(contributor["ladder"][0]) == {
        "place",
        "status",
        "since",
        "expected",
        "condition",
        "note",
        "citations",
    }


def test_a_strength_figure_gives_least_most_and_basis(get):
    figure = get("strengths/?operation=barkhane")["results"][0]
    assert (figure["least"], figure["most"]) == (4500, 4500)
    assert figure["basis"]
    assert figure["contributor"] is None


def test_a_citation_names_its_source_its_passage_and_the_record_it_supports(get):
    barkhane = get("operations/barkhane/")
    citation = get("citations/?operation=barkhane&field=name")["results"][0]
    assert citation["paragraph"] == 1
    assert citation["excerpt"] == "The French-led “Barkhane” anti-terrorist operation"
    assert citation["as_written"] == "Barkhane"
    assert citation["record_type"] == "operation"
    assert citation["record"] == {
        "type": "operations",
        "id": barkhane["id"],
        "api_url": barkhane["api_url"],
    }
    assert get(citation["source"]["api_url"])["title"] == citation["source"]["title"]


def test_a_citation_of_a_part_leads_to_the_record_that_the_part_is_of(get):
    citation = get("citations/?record_type=ladder_step")["results"][0]
    assert citation["record_type"] == "ladder_step"
    assert citation["record"]["type"] == "contributors"
    steps = get(citation["record"]["api_url"])["ladder"]
    assert citation["id"] in {each["id"] for step in steps for each in step["citations"]}


def test_every_address_in_a_citation_of_any_kind_leads_somewhere(get):
    seen = {}
    address = "citations/?page_size=200"
    while address:
        page = get(address)
        seen |= {each["record_type"]: each["record"] for each in page["results"]}
        address = page["next"]
    assert {"operation", "country", "contributor", "ladder_step", "statement"} <= set(seen)
    for record in seen.values():
        assert get(record["api_url"])["id"] == record["id"]


def test_a_speaker_is_a_record_or_the_words_of_the_source(get):
    speakers = [each["speaker"] for each in get("statements/?page_size=200")["results"]]
    kinds = {speaker["type"] for speaker in speakers}
    assert {"people", "label"} <= kinds
    for speaker in speakers:
        named = speaker["type"] != "label"
        assert (speaker["id"] is not None) == (speaker["api_url"] is not None) == named
        assert speaker["name"]


def test_a_partial_date_gives_its_text_and_the_days_that_it_may_mean(get):
    initiative = get("operations/french-initiative-mali-2013/")
    assert initiative["start"] == {
        "edtf": "2013",
        "earliest": "2013-01-01",
        "latest": "2013-12-31",
    }
    assert initiative["end"] is None


def test_a_reference_says_what_the_record_says(get):
    for name in ("operations", "organizations", "people"):
        for record in get(f"{name}/")["results"]:
            assert record["api_url"] == f"http://testserver/api/v1/{name}/{record['slug']}/"
    theatre = get("operations/french-initiative-mali-2013/")["theatre"][0]
    mali = get(theatre["api_url"])
    assert (theatre["id"], theatre["code"], theatre["name"]) == (
        mali["id"],
        mali["iso2"],
        mali["name_en"],
    )


def test_the_index_leads_to_every_list(get):
    index = get("")
    assert {each["name"] for each in index["endpoints"]} >= {*CATALOGUE, "changes"}
    for endpoint in index["endpoints"]:
        empty = endpoint["name"] in ("releases", "withdrawals")
        assert get(endpoint["api_url"])["results"] or empty


def test_vocabularies_define_every_code_in_two_languages(get):
    lists = get("vocabularies/")["results"]
    for each in lists:
        assert get(each["api_url"]) == each
        assert all(all(term.values()) for term in each["terms"])
    ladder = get("vocabularies/ladder-status/")
    assert "committed" in [term["code"] for term in ladder["terms"]]
