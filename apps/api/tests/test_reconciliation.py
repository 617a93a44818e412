"""OpenRefine asks which record a name in a table means; certain is only what is certain."""

import json
from urllib.parse import urlencode

import pytest
from django.test import Client

from apps.api.tests.test_errors import problem
from apps.records.models import Country, Operation

pytestmark = pytest.mark.django_db
BARKHANE = '{"q": {"query": "Barkhane"}}'


@pytest.fixture
def reconcile(ask):
    """Return a function that gives the candidates for one text."""

    def reconcile(text, **more):
        asked = urlencode({"queries": json.dumps({"q": {"query": text, **more}})})
        answer = ask(f"reconcile/?{asked}")
        assert answer.status == 200, answer.text
        return answer.json["q"]["result"]

    return reconcile


@pytest.fixture
def post():
    """Return a function that posts a form to the service, as OpenRefine does."""

    def post(form, query="", **options):
        return Client().post(f"/api/v1/reconcile/{query}", urlencode(form), **FORM, **options)

    return post


FORM = {"content_type": "application/x-www-form-urlencoded"}


def problem_of(response, parameter):
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["parameter"] == parameter
    return response.json()


def certain(result):
    return [candidate["name"] for candidate in result if candidate["match"]]


def test_the_manifest_is_what_clients_of_the_protocol_read(get):
    manifest = get("reconcile/")
    assert "0.2" in manifest["versions"]
    assert [each["id"] for each in manifest["defaultTypes"]] == [
        "operations",
        "countries",
        "organizations",
        "people",
    ]
    for address in (manifest["view"]["url"], manifest["preview"]["url"]):
        assert address.startswith("http://testserver/api/v1/")
        assert "{{id}}" in address
    for service in manifest["suggest"].values():
        assert "${id}" in service["flyout_service_path"]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Barkhane", "operations", "Operation Barkhane"),
        ("takuba task force", "operations", "Takuba Task Force"),
        ("TAKUBA-TASK-FORCE", "operations", "Takuba Task Force"),
        ("takuba-task-force", None, "Takuba Task Force"),
        ("Minusma", None, "United Nations Multidimensional Integrated Stabilization Mission"),
        ("Mali", "countries", "Mali"),
        ("ML", "countries", "Mali"),
        ("MLI", None, "Mali"),
        ("Tchad", None, "Chad"),
        ("Suède", "countries", "Sweden"),
        ("suede", "countries", "Sweden"),
        ("G5 Sahel", "organizations", "G5 Sahel"),
        ("g5 sahel", None, "G5 Sahel"),
        ("Florence Parly", "people", "Florence Parly"),
    ],
)
def test_a_name_or_code_that_one_record_has_is_certain(reconcile, text, kind, name):
    result = reconcile(text, **({"type": kind} if kind else {}))
    assert certain(result) == [result[0]["name"]]
    assert name in (result[0]["name"], f"Operation {result[0]['name']}")
    assert result[0]["score"] == 100


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Operation Barkane", "Barkhane"),
        ("Parly", "Florence Parly"),
        ("Sahel coalition", "oalition for the Sahel"),
    ],
)
def test_what_is_only_near_comes_first_and_is_not_certain(reconcile, text, name):
    first, *_ = reconcile(text)
    assert name in first["name"]
    assert not first["match"]
    assert 30 <= first["score"] < 100


@pytest.mark.parametrize("text", ["ml", "xyzzyplugh", "!!!", "مالي", "🙂"])
def test_what_names_nothing_matches_nothing(reconcile, text):
    assert certain(reconcile(text)) == []


def test_candidates_are_of_the_types_asked_for(reconcile):
    kinds = {each["type"][0]["id"] for each in reconcile("Mali", type=["people", "operations"])}
    assert kinds <= {"people", "operations"}


def test_no_more_candidates_come_than_asked_for(reconcile):
    assert len(reconcile("Operation in the Sahel", limit=2)) <= 2
    assert len(reconcile("Sahel", limit=1000)) <= 25


def test_a_property_that_speaks_against_a_name_makes_it_uncertain(reconcile):
    agreeing = reconcile("Mali", type="countries", properties=[{"pid": "iso3", "v": "MLI"}])
    against = reconcile("Mali", type="countries", properties=[{"pid": "iso3", "v": "NER"}])
    assert (certain(agreeing), agreeing[0]["score"]) == (["Mali"], 100)
    assert (certain(against), against[0]["score"]) == ([], 70)


def test_of_several_values_any_will_do(reconcile):
    properties = [{"pid": "iso2", "v": ["FR", {"id": "ML", "name": "Mali"}]}]
    assert certain(reconcile("Mali", type="countries", properties=properties)) == ["Mali"]


def test_a_batch_is_answered_key_by_key_by_get_and_post_alike(ask, post):
    batch = {"a": {"query": "Mali"}, "b": {"query": "Barkhane", "type": "operations"}}
    form = {"queries": json.dumps(batch)}
    got, posted = ask(f"reconcile/?{urlencode(form)}").json, post(form)
    assert posted.status_code == 200
    assert posted.json() == got
    assert set(got) == {"a", "b"}


def test_properties_of_records_are_fetched(ask, get):
    mali, barkhane = Country.objects.get(iso2="ML"), Operation.objects.get(slug="barkhane")
    asked = {
        "ids": [mali.public_id, barkhane.public_id, "000000000000"],
        "properties": [{"id": "iso3"}, {"id": "organizations"}, {"id": "status"}],
    }
    answer = get(f"reconcile/?{urlencode({'extend': json.dumps(asked)})}")
    assert answer["meta"][0] == {"id": "iso3", "name": "ISO 3166-1 alpha-3"}
    assert answer["rows"][mali.public_id]["iso3"] == [{"str": "MLI"}]
    assert {"str": "g5-sahel"} in answer["rows"][mali.public_id]["organizations"]
    assert answer["rows"][barkhane.public_id]["status"] == [{"str": barkhane.status}]
    assert answer["rows"]["000000000000"] == {"iso3": [], "organizations": [], "status": []}


@pytest.mark.parametrize(
    ("queries", "said"),
    [
        ("{", "is not JSON"),
        ("[]", "not an object"),
        ("NaN", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ('{"q": {"query": "\\ud800"}}', "is not JSON"),
        ('{"q": {"query": "a\\u0000b"}}', "without NUL"),
        ('{"q": {}}', "has no text"),
        ('{"q": {"query": 5}}', "has no text"),
        ('{"q": "Mali"}', "has no text"),
        ('{"q": {"query": "Mali", "type": "rivers"}}', "operations, countries"),
        ('{"q": {"query": "Mali", "type": {"id": ["x"]}}}', "operations, countries"),
        ('{"q": {"query": "Mali", "limit": 0}}', "limit"),
        ('{"q": {"query": "Mali", "limit": "5"}}', "limit"),
        ('{"q": {"query": "Mali", "limit": true}}', "limit"),
        ('{"q": {"query": "Mali", "type_strict": "never"}}', "should"),
        ('{"q": {"query": "Mali", "properties": "iso2"}}', "properties"),
        ('{"q": {"query": "Mali", "properties": [{"pid": "iso2"}]}}', "pid"),
        ('{"q": {"query": "Mali", "properties": [{"pid": "iso9", "v": "ML"}]}}', "iso2"),
        ('{"q": {"query": "Mali", "properties": [{"pid": ["iso2"], "v": "ML"}]}}', "iso2"),
        (json.dumps({str(n): {"query": "Mali"} for n in range(26)}), "at most 25"),
    ],
)
def test_a_batch_that_cannot_be_read_is_refused_with_what_is_allowed(post, queries, said):
    assert said in problem_of(post({"queries": queries}), "queries")["detail"]


@pytest.mark.parametrize(
    "extend",
    [
        "{}",
        '{"ids": "x", "properties": []}',
        '{"ids": [5], "properties": []}',
        '{"ids": ["a\\u0000"], "properties": []}',
        '{"ids": [], "properties": [{"id": "iso9"}]}',
        '{"ids": [], "properties": {}}',
        json.dumps({"ids": ["0" * 12] * 26, "properties": []}),
    ],
)
def test_what_cannot_be_fetched_is_refused(post, extend):
    problem_of(post({"extend": extend}), "extend")


def test_a_form_with_no_question_or_two_is_refused(post):
    problem_of(post({}), "queries")
    problem_of(post({"queries": BARKHANE, "extend": "{}"}), "queries")
    problem_of(post({"queries": BARKHANE, "callback": "f"}), "callback")
    problem_of(post({"queries": BARKHANE}, query="?colour=red"), "colour")


def test_a_body_that_is_no_form_is_refused():
    response = Client().post("/api/v1/reconcile/", BARKHANE, content_type="application/json")
    problem_of(response, "queries")


def test_the_service_says_what_methods_it_has(ask):
    assert ask("reconcile/", "options").headers["Allow"] == "GET, POST, HEAD, OPTIONS"
    assert ask("reconcile/", "delete").status == 405
    assert ask("operations/", "post").status == 405


@pytest.mark.parametrize("address", ["reconcile/", "reconcile/suggest/entity/"])
def test_jsonp_is_not_spoken(ask, address):
    answer = ask(f"{address}?callback=f&prefix=bark")
    assert answer.status == 400
    assert answer.json["parameter"] == "callback"


def test_names_are_suggested_while_they_are_typed(get):
    names = [each["name"] for each in get("reconcile/suggest/entity/?prefix=barkh")["result"]]
    assert "Barkhane" in names[0]
    typed = get("reconcile/suggest/entity/?prefix=ma&type=countries&type_strict=any&spell=always")
    assert [each["name"] for each in typed["result"]][:2] == ["Mali", "Mauritania"]
    assert get("reconcile/suggest/entity/?prefix=")["result"] == []


def test_types_and_properties_are_suggested(get):
    assert get("reconcile/suggest/type/?prefix=peo")["result"] == [
        {"id": "people", "name": "People"}
    ]
    found = get("reconcile/suggest/property/?prefix=iso&type=countries")["result"]
    assert [each["id"] for each in found] == ["iso2", "iso3", "numeric"]
    every = get("reconcile/properties/?type=people")["properties"]
    assert {"id", "slug", "name", "offices"} <= {each["id"] for each in every}


def test_a_record_is_previewed_in_a_frame_of_another_site(ask):
    barkhane = Operation.objects.get(slug="barkhane")
    answer = ask(f"reconcile/preview/?id={barkhane.public_id}", accept="text/html")
    assert answer.status == 200
    assert str(barkhane) in answer.text
    assert "X-Frame-Options" not in answer.headers
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "script" not in answer.text


def test_no_other_page_may_be_framed(ask):
    answer = ask("reconcile/")
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_an_id_leads_to_the_page_of_the_record(ask):
    mali = Country.objects.get(iso2="ML")
    answer = ask(f"reconcile/view/?id={mali.public_id}", accept="text/html")
    assert (answer.status, answer.headers["Location"]) == (302, "/countries/ML/")


def test_a_suggestion_that_is_pointed_at_tells_of_itself(get):
    mali = Country.objects.get(iso2="ML")
    assert "Mali" in get(f"reconcile/flyout/entity/?id={mali.public_id}")["html"]
    assert "Countries" in get("reconcile/flyout/type/?id=countries")["html"]
    assert "alpha-2" in get("reconcile/flyout/property/?id=iso2")["html"]


@pytest.mark.parametrize(
    "address",
    ["preview/?id=000000000000", "view/?id=000000000000", "preview/", "flyout/type/?id=rivers"],
)
def test_an_id_that_nothing_has_is_not_found(ask, address):
    problem(ask(f"reconcile/{address}", accept="text/html, */*"), 404, "not-found")


def test_names_are_read_once_a_revision_and_a_batch_takes_no_query_more(ask):
    first, one, many = (
        ask(f"reconcile/?{urlencode({'queries': json.dumps({'q': {'query': text}})})}")
        for text in ("qwrtzplk", "xyzzyplugh", "Sahel")
    )
    assert len(many.json["q"]["result"]) > len(one.json["q"]["result"])
    assert many.queries == one.queries <= first.queries


def test_a_body_that_is_too_long_is_a_problem(post):
    response = post({"queries": json.dumps({"q": {"query": "x" * 3_000_000}})})
    assert response.status_code in (400, 413)
    assert response.headers["Content-Type"] == "application/problem+json"
