"""What one client may ask: the length of an address, and how often."""

import pytest
from django.test import RequestFactory

from sahelref.limits import LONGEST_QUERY, MOST_PARAMETERS
from sahelref.throttle import Counts, client_of

pytestmark = pytest.mark.django_db

LIST = "/api/v1/operations/"


@pytest.fixture
def ten_a_minute(settings, monkeypatch):
    settings.API_REQUESTS_A_MINUTE = 10
    monkeypatch.setattr("sahelref.throttle.time", lambda: 1_000_000_040.0)


def test_a_query_string_that_is_too_long_is_414(client):
    longest = client.get(f"{LIST}?q={'a' * (LONGEST_QUERY - 2)}")
    assert longest.status_code == 400
    longer = client.get(f"{LIST}?q={'a' * (LONGEST_QUERY - 1)}")
    assert (longer.status_code, longer.headers["Content-Type"]) == (414, "application/problem+json")
    assert longer.json()["type"] == "/data/#error-query-too-long"


def test_more_parameters_than_anyone_needs_are_refused(client):
    answer = client.get(f"{LIST}?{'&'.join(['q=a'] * (MOST_PARAMETERS + 1))}")
    assert (answer.status_code, answer.json()["type"]) == (400, "/data/#error-bad-request")
    assert str(MOST_PARAMETERS) in answer.json()["detail"]


@pytest.mark.parametrize("query", ["a" * 5000, "&".join(["q=a"] * 61)])
def test_pages_refuse_them_too(client, query):
    page = client.get(f"/operations/?{query}")
    assert page.status_code in (400, 414)
    assert page.headers["Content-Type"].startswith("text/html")


def test_an_id_list_of_thousands_is_refused_and_one_of_two_hundred_is_answered(client):
    ids = ["0" * 11 + "1"] * 300
    assert client.get(f"{LIST}?id={','.join(ids[:200])}").status_code == 200
    assert client.get(f"{LIST}?id={','.join(ids * 100)}").status_code == 414


@pytest.mark.parametrize("path", [LIST, "/operations/"])
def test_a_body_of_a_megabyte_is_not_read(client, path):
    for method in (client.post, client.put):
        answer = method(path, b"x" * 1_000_000, content_type="application/json")
        assert answer.status_code in (403, 405)


def test_the_eleventh_request_of_ten_is_429_and_says_how_long_to_wait(client, ten_a_minute):
    answers = [client.get(LIST, REMOTE_ADDR="192.0.2.1") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert answers[0].headers["RateLimit"] == '"default";r=9;t=40'
    assert answers[0].headers["RateLimit-Policy"] == '"default";q=10;w=60'
    last = answers[-1]
    assert (last.headers["RateLimit"], last.headers["Retry-After"]) == ('"default";r=0;t=40', "40")
    assert last.headers["Content-Type"] == "application/problem+json"
    assert last.json()["type"] == "/data/#error-too-many-requests"


def test_others_are_not_harmed_and_the_next_minute_begins_anew(client, ten_a_minute, monkeypatch):
    for _ in range(11):
        client.get(LIST, REMOTE_ADDR="192.0.2.2")
    assert client.get(LIST, REMOTE_ADDR="192.0.2.3").status_code == 200
    monkeypatch.setattr("sahelref.throttle.time", lambda: 1_000_000_080.0)
    assert client.get(LIST, REMOTE_ADDR="192.0.2.2").status_code == 200


def test_a_client_cannot_pass_for_another_by_a_header(client, ten_a_minute):
    answers = [
        client.get(
            LIST, REMOTE_ADDR="192.0.2.4", headers={"x-forwarded-for": f"198.51.100.{number}"}
        )
        for number in range(11)
    ]
    assert answers[-1].status_code == 429


def test_pages_and_health_are_not_throttled(client, ten_a_minute):
    for _ in range(12):
        assert client.get("/healthz", REMOTE_ADDR="192.0.2.5").status_code == 200
        assert client.get("/about/", REMOTE_ADDR="192.0.2.5").status_code == 200


def test_workers_count_together(tmp_path):
    one, other = Counts(tmp_path / "counts"), Counts(tmp_path / "counts")
    assert [one.add("a", 7), other.add("a", 7), one.add("b", 7)] == [1, 2, 1]
    assert [other.add("a", 8), one.add("a", 8)] == [1, 2]


def test_where_the_count_cannot_be_kept_requests_are_let_through(
    client, ten_a_minute, settings, tmp_path
):
    settings.VAR_DIR = tmp_path / "nowhere"
    for _ in range(12):
        assert client.get(LIST, REMOTE_ADDR="192.0.2.6").status_code == 200


@pytest.mark.parametrize(
    ("remote", "forwarded", "client"),
    [
        ("192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.1", "192.0.2.1"),
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "10.0.0.3", "10.0.0.3"),
        ("10.0.0.1", "no address", "unknown"),
        ("::ffff:192.0.2.1", None, "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
        ("", None, "unknown"),
    ],
)
def test_the_client_is_whom_a_trusted_proxy_was_asked_by(settings, remote, forwarded, client):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)
    assert client_of(request) == client
