"""`/version`: the release of the code and the head of the chain, for programs and as an anchor."""

import pytest
from django.conf import settings
from django.core.management import call_command

from apps.revisions.models import Revision

pytestmark = pytest.mark.django_db


def test_it_shows_the_release_and_the_head_of_the_chain(client):
    newest = Revision.objects.newest()
    told = client.get("/version").json()
    assert told["release"] == settings.RELEASE
    assert (told["revision"], told["revision_hash"]) == (newest.number, newest.hash)


def test_what_it_answers_is_an_anchor(client, tmp_path):
    (tmp_path / "head").write_bytes(client.get("/version").content)
    call_command("verify_history", f"--anchor={tmp_path / 'head'}", verbosity=0)


def test_it_has_the_head_of_a_past_revision_and_none_before_the_first(client):
    first = Revision.objects.get(number=1)
    assert client.get("/version?as_of=1").json()["revision_hash"] == first.hash
    before = client.get("/version?as_of=0").json()
    assert (before["revision"], before["revision_hash"], before["made_at"]) == (0, "", None)


def test_what_it_does_not_know_is_refused(client):
    assert client.get("/version?as_off=1").status_code == 400
    assert client.get("/version?as_of=99999").status_code == 400
    assert client.post("/version").status_code in (403, 405)


def test_it_answers_304_until_there_is_a_new_revision(client):
    known = client.get("/version").headers["ETag"]
    assert client.get("/version", headers={"if-none-match": known}).status_code == 304
