"""What was kept of the revision before an edit is given no more, from its commit on."""

from django.test import Client

from apps.records.asking import Matches
from apps.records.models import Operation, Statement

BARKHANE = "/api/v1/operations/barkhane/"


def test_an_edit_makes_every_kept_answer_old(committed_db):
    client = Client()
    before = client.get(BARKHANE)
    Operation.objects.filter(slug="barkhane").update(focus_area="Elsewhere")
    after = client.get(BARKHANE)

    assert before.json()["focus_area"] != "Elsewhere"
    assert after.json()["focus_area"] == "Elsewhere"
    assert after.headers["ETag"] != before.headers["ETag"]


def test_a_past_state_is_given_as_it_was_after_an_edit(committed_db):
    client = Client()
    before = client.get(f"{BARKHANE}?as_of=1").json()
    Operation.objects.filter(slug="barkhane").update(focus_area="Elsewhere")

    assert client.get(f"{BARKHANE}?as_of=1").json() == before


def test_what_matches_is_found_anew_after_an_edit(committed_db, monkeypatch):
    monkeypatch.setattr(Matches, "many", True)
    client, question = Client(), "/api/v1/statements/?act=announce,decide&page_size=1"
    before = client.get(question).json()["count"]
    other = Statement.objects.published().exclude(act__in=["announce", "decide"]).first()
    Statement.objects.filter(pk=other.pk).update(act="announce")

    assert client.get(question).json()["count"] == before + 1
