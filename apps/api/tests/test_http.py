"""The manners of the protocol: validators, methods, headers that caches and browsers read."""

from datetime import datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest

pytestmark = pytest.mark.django_db

ADDRESSES = ["", "operations/", "operations/barkhane/", "changes/", "vocabularies/", "schema/"]


@pytest.mark.parametrize("address", [*ADDRESSES, "operations/?format=csv"])
def test_an_answer_is_not_sent_again_to_who_has_it(ask, address):
    first = ask(address)
    again = ask(address, if_none_match=first.headers["ETag"])
    assert (again.status, again.text) == (304, "")
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("address", [*ADDRESSES, "operations/?format=csv"])
def test_head_is_get_without_the_body(ask, address):
    got, head = ask(address), ask(address, "head")
    assert (head.status, head.text) == (200, "")
    for name in ("ETag", "Content-Type", "Cache-Control", "Sahelref-Revision", "Vary"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize("address", [*ADDRESSES, "docs/"])
def test_options_says_what_can_be_asked(ask, address):
    answer = ask(address, "options")
    assert (answer.status, answer.headers["Allow"]) == (200, "GET, HEAD, OPTIONS")


def test_the_two_formats_of_one_address_have_validators_of_their_own(ask):
    json, csv = ask("operations/"), ask("operations/", accept="text/csv")
    assert json.headers["ETag"] != csv.headers["ETag"]
    assert "Accept" in json.headers["Vary"]


def test_an_answer_says_which_revision_it_shows(ask, get):
    newest = get("")["newest"]
    assert ask("operations/").headers["Sahelref-Revision"] == str(newest)
    assert ask("operations/?as_of=0").headers["Sahelref-Revision"] == "0"


@pytest.mark.parametrize("address", ["operations/", "operations/nowhere/", "operations/?statu=x"])
def test_pages_of_other_sites_may_read_the_answer(ask, address):
    answer = ask(address, origin="https://newsroom.example")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Sahelref-Revision" in answer.headers["Access-Control-Expose-Headers"]
    assert "Set-Cookie" not in answer.headers


def test_a_browser_may_ask_first(ask):
    answer = ask(
        "operations/",
        "options",
        origin="https://newsroom.example",
        access_control_request_method="GET",
    )
    assert answer.status == 200
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]


def test_a_browser_may_send_the_validator_that_it_has(ask):
    answer = ask(
        "operations/",
        "options",
        origin="https://newsroom.example",
        access_control_request_method="GET",
        access_control_request_headers="if-none-match",
    )
    assert "if-none-match" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("application/json;q=0.1, text/csv", "text/csv"),
        ("text/csv;q=0.5, application/json;q=0.9", "application/json"),
        ("text/csv;q=0, */*", "application/json"),
        ("*/*;q=0.1, application/ld+json", "application/ld+json"),
        ("text/csv;q=0.8, text/*;q=0.9", "text/csv"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/json"),
        ("text/csv; q=abc", "text/csv"),
        ("", "application/json"),
    ],
)
def test_the_format_liked_best_is_given(ask, accept, given):
    answer = ask("operations/", accept=accept)
    assert (answer.status, answer.headers["Content-Type"].partition(";")[0]) == (200, given)


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "text/*;q=0"])
def test_a_format_that_is_refused_is_not_given(ask, accept):
    assert ask("operations/", accept=accept).status == 406


def test_indentation_is_not_negotiated_because_the_validator_would_not_tell(ask):
    assert ask("operations/", accept="application/json; indent=4").text == ask("operations/").text


@pytest.mark.parametrize("address", [*ADDRESSES, "operations/export.csv"])
def test_an_answer_tells_when_the_data_last_changed(ask, get, address):
    made_at = datetime.fromisoformat(get("")["made_at"])
    answer = ask(address)
    told = parsedate_to_datetime(answer.headers["Last-Modified"])
    assert told == made_at.replace(microsecond=0)
    again = ask(address, if_modified_since=answer.headers["Last-Modified"])
    assert (again.status, again.text) == (304, "")
    earlier = format_datetime(told - timedelta(seconds=1), usegmt=True)
    assert ask(address, if_modified_since=earlier).status == 200


def test_an_answer_of_the_past_tells_when_the_newest_was_made_for_it_may_be_told_of_it(ask):
    assert ask("?as_of=0").headers["Last-Modified"] == ask("").headers["Last-Modified"]


def test_the_validator_is_asked_before_the_date(ask):
    changed = ask("").headers["Last-Modified"]
    assert ask("", if_none_match='"another"', if_modified_since=changed).status == 200
