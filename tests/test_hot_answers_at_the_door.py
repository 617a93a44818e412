"""Kept answers are given before Django opens the request: the same ones, as right as behind it."""

from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from apps.records.models import Operation
from sahelref import hot_answers
from sahelref.hot_answers import AWAY, AtTheDoor

LIST = "/api/v1/operations/"
WITHIN = "500 asked within"

pytestmark = pytest.mark.usefixtures("committed_db")


def at_the_door(address, **headers):
    """Return what is given at the door, whose `status` is WITHIN where nothing is."""
    answer = SimpleNamespace()

    def start(status, headers):
        answer.status, answer.headers = status, dict(headers)

    def application(environ, start_response):
        start_response(WITHIN, [])
        answer.environ = environ
        return [b""]

    environ = RequestFactory().get(address, headers=headers).environ
    answer.content = b"".join(AtTheDoor(application)(environ, start))
    return answer


@pytest.mark.parametrize("coding", ["", "br"])
@pytest.mark.parametrize("address", ["/", "/fr/operations/", LIST, f"{LIST}?as_of=1"])
def test_the_answer_is_the_one_that_was_kept_whole(address, coding):
    kept = Client().get(address, headers={"accept-encoding": coding})
    given = at_the_door(address, accept_encoding=coding)

    assert (given.status, given.content) == ("200 OK", kept.content)
    assert given.headers == dict(kept.items())


def test_what_was_never_asked_is_answered_within():
    assert at_the_door(LIST).status == WITHIN


def test_an_edit_makes_it_old_at_once():
    Client().get(LIST)
    Operation.objects.filter(slug="barkhane").update(focus_area="Elsewhere")

    assert at_the_door(LIST).status == WITHIN


def test_a_client_that_has_it_is_told_so_with_every_header_but_those_of_the_body():
    kept = Client().get(LIST)
    known = at_the_door(LIST, if_none_match=kept.headers["ETag"])
    other = at_the_door(LIST, if_none_match='"another"')

    assert (known.status, known.content) == ("304 Not Modified", b"")
    assert known.headers["ETag"] == kept.headers["ETag"]
    assert known.headers["Content-Security-Policy"] == kept.headers["Content-Security-Policy"]
    assert not {"Content-Type", "Content-Length"} & known.headers.keys()
    assert other.status == "200 OK"


@pytest.mark.parametrize(
    "headers", [{"cookie": "sessionid=x"}, {"host": "localhost:81"}, {"accept": "text/csv"}]
)
def test_another_request_is_answered_within(headers):
    Client().get(LIST)

    assert at_the_door(LIST, **headers).status == WITHIN


def test_it_counts_for_the_throttle_once(settings):
    settings.API_REQUESTS_A_MINUTE = 2
    Client().get(LIST)
    assert at_the_door(LIST).headers["RateLimit"].startswith('"default";r=0;')
    refused = at_the_door(LIST)
    assert refused.status == WITHIN
    assert refused.environ["sahelref.counted"].used == 3


def test_a_database_that_is_away_is_waited_for_once(monkeypatch):
    Client().get(LIST)

    def away():
        raise OperationalError("away")

    monkeypatch.setattr(hot_answers, "newest_hash", away)
    environ = at_the_door(LIST).environ
    assert isinstance(environ[AWAY], OperationalError)

    answer = Client(raise_request_exception=False).get(LIST, **{AWAY: environ[AWAY]})
    assert answer.status_code == 503
    assert answer.headers["Content-Security-Policy"]
