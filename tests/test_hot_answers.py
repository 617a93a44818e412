"""Answers kept ready: the same bytes and headers, one query, and never one of a revision ago."""

import pytest
from django.core.cache import cache
from django.db import connections
from django.test.utils import CaptureQueriesContext

LIST = "/api/v1/operations/"
SAME = ["/", "/operations/", "/fr/operations/", "/operations/barkhane/", LIST, f"{LIST}?as_of=1"]

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def queries_of(client, address, **headers):
    """Return the answer, and how often the public's database was asked for it."""
    connections["public"].queries_log.clear()
    with CaptureQueriesContext(connections["public"]) as queries:
        answer = client.get(address, headers=headers)
    return answer, len(queries)


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
@pytest.mark.parametrize("address", SAME)
def test_a_second_answer_is_the_first_again_for_one_query(client, address, coding):
    first, _ = queries_of(client, address, accept_encoding=coding)
    second, queries = queries_of(client, address, accept_encoding=coding)

    assert (second.status_code, second.content) == (200, first.content)
    assert second.headers == first.headers
    assert queries == 1, "the number of the newest revision"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"accept": "application/json"}, {"accept": "text/csv"}),
        ({"accept_encoding": "br"}, {"accept_encoding": "gzip"}),
        ({}, {"origin": "https://newsroom.example"}),
    ],
)
def test_what_makes_another_answer_makes_another_entry(client, one, other):
    client.get(LIST, headers=one)
    _, queries = queries_of(client, LIST, **other)

    assert queries > 1


def test_a_client_that_has_the_kept_answer_is_told_so(client):
    etag = client.get(LIST, headers={"accept_encoding": "br"}).headers["ETag"]
    again, queries = queries_of(client, LIST, accept_encoding="br", if_none_match=etag)

    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert queries == 1


def test_a_request_with_a_cookie_is_answered_anew(client):
    client.get("/operations/")
    client.cookies["sessionid"] = "of-somebody"
    _, queries = queries_of(client, "/operations/")

    assert queries > 1


@pytest.mark.parametrize("address", ["/operations/nowhere/", f"{LIST}?statu=x", "/admin/login/"])
def test_refusals_and_the_desk_are_not_kept(client, address):
    before = client.get(address)
    after = client.get(address)

    assert before.status_code == after.status_code
    assert not [key for key in cache._cache if "answer:" in key]


def test_an_answer_that_is_too_large_is_not_kept(client, settings):
    settings.LARGEST_HOT_ANSWER = 100
    client.get(LIST)

    assert queries_of(client, LIST)[1] > 1


def test_an_answer_that_is_small_only_when_packed_is_kept_whole(client, settings):
    settings.LARGEST_HOT_ANSWER = 8_000
    first = client.get(LIST)
    second, queries = queries_of(client, LIST)

    assert len(first.content) > 8_000
    assert (second.content, second.headers, queries) == (first.content, first.headers, 1)


def test_the_memory_is_bounded(settings):
    assert cache._max_entries * settings.LARGEST_HOT_ANSWER <= 64 * 1024 * 1024


def test_kept_answers_count_for_the_throttle(client, settings):
    settings.API_REQUESTS_A_MINUTE = 2
    answers = [client.get(LIST, REMOTE_ADDR="192.0.2.77") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Access-Control-Allow-Origin" not in answers[2].headers
    assert answers[2].headers["Content-Security-Policy"]


def test_facets_are_counted_once_a_revision(client):
    client.get(f"{LIST}?facets=status,type")
    _, queries = queries_of(client, f"{LIST}?facets=status,type&page_size=7")
    _, without = queries_of(client, f"{LIST}?page_size=7&ordering=-name")

    assert queries == without


def test_what_a_page_counts_is_counted_once_a_revision(client):
    _, first = queries_of(client, "/")
    _, french = queries_of(client, "/fr/")

    assert french < first, "only the counts are kept: the page is another"
