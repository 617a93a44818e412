"""The stored text of a source is the desk's: no face, no query of a reader gives a word of it."""

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from apps.records.catalogue import CATALOGUE
from apps.records.models import Source, SourceText
from apps.revisions.models import Revision
from apps.revisions.public import reading
from apps.revisions.tracking import REGISTRY
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

MARK = "xyzzyplugh"


@pytest.fixture
def source(committed_db):
    """A published source, whose text was stored, changed and taken away again."""
    source = Source.objects.create(title="[A report]", publication="published")
    for text in (f"First {MARK}.", f"Second {MARK}."):
        with revision(reason="Stored"):
            stored, _ = SourceText.objects.update_or_create(source=source, defaults={"text": text})
            Source.objects.filter(pk=source.pk).update(text_sha256=stored.sha256, paragraphs=1)
    stored.delete()
    return source


def states():
    """Give how a reader asks for now and for every past revision."""
    return ["", *map(str, Revision.objects.values_list("number", flat=True))]


def test_every_version_of_a_text_is_kept_for_the_desk(source):
    versions = REGISTRY[SourceText].version._default_manager.filter(source_id=source.pk)
    assert [version.text for version in versions.order_by("since_revision")] == [
        f"First {MARK}.",
        f"Second {MARK}.",
    ]


def test_no_view_of_now_or_of_any_revision_holds_a_word_of_it(source):
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT viewname FROM pg_views WHERE schemaname = 'as_of'")
        views = [name for (name,) in cursor.fetchall()]
    assert "records_source" in views
    for as_of in states():
        with reading(as_of), connections["public"].cursor() as cursor:
            for view in views:
                found = f"SELECT count(*) FROM {view} AS v WHERE v::text LIKE '%{MARK}%'"
                cursor.execute(found)
                assert cursor.fetchone() == (0,), (view, as_of)


def test_no_page_and_no_answer_of_now_or_of_any_revision_holds_a_word_of_it(source):
    public = Client()
    places = [
        source.get_absolute_url(),
        reverse("pages:source-history", args=[source.key]),
        *(f"/api/v1/{name}/" for name in CATALOGUE),
        f"/api/v1/sources/{source.key}/",
    ]
    for place in places:
        for as_of in states():
            answer = public.get(place, {"as_of": as_of} if as_of else {})
            assert answer.status_code in (200, 404), (place, as_of)
            assert MARK.encode() not in answer.content, (place, as_of)
    for place in ("/changes/", f"/changes/{states()[-1]}/", "/api/v1/changes/"):
        assert MARK.encode() not in public.get(place).content, place


def test_nothing_of_it_can_be_searched_for(source):
    public = Client()
    for name in CATALOGUE:
        for as_of in states():
            asked = {"q": MARK} | ({"as_of": as_of} if as_of else {})
            assert public.get(f"/api/v1/{name}/", asked).json()["results"] == [], name
