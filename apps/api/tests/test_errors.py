"""Every error is a problem that names what is wrong and what would be right (RFC 9457)."""

import pytest
from django.db import OperationalError

from apps.records.catalogue import CATALOGUE
from apps.revisions.parameters import LONGEST

pytestmark = pytest.mark.django_db

LISTS = [*CATALOGUE, "changes", "revisions", "vocabularies"]


def problem(answer, status, kind):
    """Return the body, having asserted that it is a problem of this kind."""
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json")
    body = answer.json
    assert body["status"] == status
    assert body["type"] == f"/data/#error-{kind}"
    assert all((body["title"], body["detail"]))
    return body


@pytest.mark.parametrize("name", [*LISTS, "schema", "docs", "releases", "receipts", "reconcile"])
def test_an_unknown_parameter_is_named_and_the_allowed_ones_listed(ask, name):
    body = problem(ask(f"{name}/?colour=red"), 400, "unknown-parameter")
    assert (body["parameter"], body["value"]) == ("colour", "red")
    assert body["allowed"]
    assert body["instance"] == f"/api/v1/{name}/?colour=red"


def test_a_near_miss_is_met_with_a_suggestion(ask):
    body = problem(ask("contributors/?statu=deployed"), 400, "unknown-parameter")
    assert body["suggestion"] == "status"


@pytest.mark.parametrize(
    ("address", "key"),
    [("operations/takuba/", "takuba-task-force"), ("operations/BARKHANE/", "barkhane")],
)
def test_a_record_that_is_not_there_is_answered_with_the_nearest_key(ask, address, key):
    assert problem(ask(address), 404, "not-found")["suggestion"] == key


def test_where_no_key_is_near_none_is_suggested(ask):
    assert "suggestion" not in problem(ask("operations/zzzz/"), 404, "not-found")


@pytest.mark.parametrize("name", CATALOGUE)
def test_an_unknown_parameter_of_a_record_is_refused_too(ask, get, name):
    record = get(f"{name}/?page_size=1")["results"][0]
    body = problem(ask(f"{record['api_url']}?statu=x"), 400, "unknown-parameter")
    assert body["parameter"] == "statu"


@pytest.mark.parametrize(
    ("address", "parameter", "value"),
    [
        ("contributors/?status=deploid", "status", "deploid"),
        ("contributors/?operation=takubaa", "operation", "takubaa"),
        ("operations/?ordering=colour", "ordering", "colour"),
        ("operations/?page_size=0", "page_size", "0"),
        ("operations/?page_size=1000000000", "page_size", "1000000000"),
        ("operations/?page_size=٣", "page_size", "٣"),
        ("operations/?page_size=1e400", "page_size", "1e400"),
        ("operations/?cursor=abc", "cursor", "abc"),
        ("operations/?on=2020-02-31", "on", "2020-02-31"),
        ("operations/?match=perhaps", "match", "perhaps"),
        ("operations/?facets=colour", "facets", "colour"),
        ("operations/?fields=nam", "fields", "nam"),
        ("operations/?expand=everything", "expand", "everything"),
        ("operations/?fields=contributors", "fields", "contributors"),
        ("operations/?format=xml", "format", "xml"),
        ("operations/barkhane/?format=xml", "format", "xml"),
        ("operations/barkhane/?fields=nam", "fields", "nam"),
        ("vocabularies/?format=csv", "format", "csv"),
        ("operations/?format=csv&expand=theatre", "expand", "theatre"),
        ("operations/?format=csv&fields=citations", "fields", "citations"),
        ("operations/?as_of=9999999", "as_of", "9999999"),
        ("operations/?as_of=yesterday", "as_of", "yesterday"),
        ("operations/?as_of=-1", "as_of", "-1"),
        ("changes/?since=9999999", "since", "9999999"),
        ("changes/?since=-1", "since", "-1"),
        ("changes/?since=9999999999999999999999", "since", "9999999999999999999999"),
        ("changes/?page_size=201", "page_size", "201"),
        ("changes/?cursor=abc", "cursor", "abc"),
        ("revisions/?cursor=abc", "cursor", "abc"),
    ],
)
def test_a_value_that_means_nothing_is_refused_with_what_is_allowed(ask, address, parameter, value):
    body = problem(ask(address), 400, "bad-parameter")
    assert (body["parameter"], body["value"]) == (parameter, value)
    assert body["allowed"]


@pytest.mark.parametrize(
    "address",
    [
        "operations/?page_size=1&page_size=2",
        "operations/?q=a%00b",
        f"operations/?q={'a' * (LONGEST + 1)}",
        "changes/?since=0&since=1",
        "operations/barkhane/?as_of=0&as_of=1",
    ],
)
def test_what_contradicts_itself_or_is_no_text_is_refused(ask, address):
    problem(ask(address), 400, "bad-parameter")


def test_a_cursor_of_another_list_is_refused(ask, get):
    cursor = get("citations/?page_size=1")["next"].partition("cursor=")[2]
    problem(ask(f"operations/?cursor={cursor}"), 400, "bad-parameter")
    problem(ask(f"changes/?cursor={cursor}"), 400, "bad-parameter")


@pytest.mark.parametrize(
    "address",
    [
        "nowhere/",
        "operations/nowhere/",
        "operations/a%00b/",
        "vocabularies/nothing/",
        "countries/QQ/",
    ],
)
def test_what_is_not_there_is_a_problem_too(ask, address):
    problem(ask(address), 404, "not-found")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("name", ["operations/", "operations/barkhane/", "", "schema/", "docs/"])
def test_the_api_is_read_only(ask, name, method):
    answer = ask(name, method)
    problem(answer, 405, "method-not-allowed")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_format_that_is_not_made_is_refused_with_those_that_are(ask):
    body = problem(ask("operations/", accept="application/xml"), 406, "not-acceptable")
    assert body["detail"].endswith(
        "Made here: application/json, text/csv, application/x-ndjson, application/ld+json."
    )


def test_the_format_parameter_wins_over_the_accept_header(ask):
    answer = ask("operations/?format=json", accept="text/csv")
    assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("fault", "status", "kind"),
    [(OperationalError, 503, "unavailable"), (ZeroDivisionError, 500, "server-error")],
)
def test_a_fault_of_ours_is_a_problem_without_details(ask, monkeypatch, fault, status, kind):
    def fail(*args, **options):
        raise fault("a secret of the house")

    monkeypatch.setattr("apps.api.views.records.ask", fail)
    answer = ask("operations/")
    problem(answer, status, kind)
    assert "secret" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert (answer.headers.get("Retry-After") is not None) == (status == 503)
