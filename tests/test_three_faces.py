"""The whole site on the seed: one edit at the desk, seen at once and in its past on every face."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.desk.tests.conftest import logged_in
from apps.records.models import Country, Operation
from apps.records.tests.making import WITHDRAWN
from apps.revisions.models import Revision
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

PAGE = "/operations/takuba-task-force/"
API = "/api/v1/operations/takuba-task-force/"


@pytest.fixture
def public(committed_db):
    return Client(raise_request_exception=False)


def newest():
    return Revision.objects.newest().number


def edit(**values):
    with revision(reason="Test of the three faces"):
        Operation.objects.filter(slug="takuba-task-force").update(**values)


def test_the_seed_is_on_all_three_faces(public):
    assert b"Takuba Task Force" in public.get(PAGE).content
    assert public.get(API).json()["name"] == "Takuba Task Force"
    admin = get_user_model().objects.create_superuser("ada", password="a long passphrase")
    assert b"Takuba Task Force" in logged_in(admin).get("/admin/records/operation/").content


def test_the_public_faces_ask_nobody_who_reads_them(committed_db):
    admin = get_user_model().objects.create_superuser("zz-reader", password="a long passphrase")
    reader = logged_in(admin)
    with CaptureQueriesContext(connections["default"]) as asked:
        pages = [reader.get(address) for address in (PAGE, API)]
    assert [page.status_code for page in pages] == [200, 200]
    assert all(b"zz-reader" not in page.content for page in pages)
    assert not asked.captured_queries
    assert reader.get("/admin/").context["user"] == admin


def test_an_edit_shows_at_once_and_the_revision_before_shows_the_old_state(public):
    before = newest()
    etags = {path: public.get(path)["ETag"] for path in (PAGE, API)}
    edit(focus_area="A new area")
    for path, etag in etags.items():
        now = public.get(path, headers={"If-None-Match": etag})
        assert (now.status_code, b"A new area" in now.content) == (200, True)
        assert now["ETag"] != etag
        then = public.get(path, {"as_of": before})
        assert (then.status_code, b"A new area" in then.content) == (200, False)


def test_an_unchanged_answer_is_304(public):
    for path in (PAGE, API, "/", "/api/v1/statements/?page_size=2"):
        etag = public.get(path)["ETag"]
        again = public.get(path, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")


def test_as_of_includes_many_to_many_relations(public):
    before = newest()
    niger = Country.objects.get(iso2="NE")
    operation = Operation.objects.get(slug="eucap-sahel-niger")
    assert list(operation.theatre.all()) == [niger]
    operation.theatre.clear()
    path = "/api/v1/operations/eucap-sahel-niger/"
    assert public.get(path).json()["theatre"] == []
    then = public.get(path, {"as_of": before}).json()["theatre"]
    assert [country["code"] for country in then] == ["NE"]


def test_the_change_feed_lists_exactly_what_changed(public):
    before = newest()
    edit(focus_area="A new area", mandate="Another")
    feed = public.get("/api/v1/changes/", {"since": before}).json()
    (change,) = feed["results"]
    assert (change["revision"], change["action"]) == (before + 1, "update")
    assert sorted(change["changed"]) == ["focus_area", "mandate"]


def test_every_public_answer_names_its_revision(public):
    for path in (PAGE, API):
        assert public.get(path)["Sahelref-Revision"] == str(newest())
        assert public.get(path, {"as_of": 0})["Sahelref-Revision"] == "0"


@pytest.mark.parametrize(
    "query",
    [
        "as_of=next-week",
        "as_of=999999",
        "ordering=size",
        "page_size=1000000",
        "cursor=x",
        "statu=x",
    ],
)
@pytest.mark.parametrize("path", ["/operations/", "/api/v1/operations/"])
def test_a_bad_parameter_is_400_and_named_on_pages_and_api(path, query, public):
    answer = public.get(f"{path}?{query}")
    name = query.split("=")[0]
    kind = "application/problem+json" if path.startswith("/api/") else "text/html"
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith(kind)
    assert name in answer.content.decode()
    if kind != "text/html":
        assert answer.json()["parameter"] == name
        assert answer.json()["allowed"]


def test_pages_and_api_give_the_same_records_to_the_same_question(public):
    for query in ("status=announced", "country=ML", "q=takuba", "type=un_peacekeeping"):
        listed = public.get(f"/api/v1/operations/?{query}").json()["results"]
        page = public.get(f"/operations/?{query}").content.decode()
        slugs = {operation["slug"] for operation in listed}
        for slug in Operation.objects.values_list("slug", flat=True):
            assert (f'href="/operations/{slug}/"' in page) == (slug in slugs)


def test_public_answers_set_no_cookie_and_do_not_vary_by_one(public):
    for path in ("/", PAGE, "/search/?q=mali", API):
        answer = public.get(path)
        assert not answer.cookies
        assert "Cookie" not in answer["Vary"]


def test_a_published_record_cannot_be_reached_once_withdrawn_but_its_past_can(public):
    before = newest()
    with revision():
        source = Operation.objects.get(slug="minusma")
        source.citations.update(**WITHDRAWN)
        for contributor in source.contributors.all():
            contributor.citations.update(**WITHDRAWN)
            for step in contributor.ladder.all():
                step.citations.update(**WITHDRAWN)
        source.contributors.update(**WITHDRAWN)
        source.about_statements.all().delete()
        Operation.objects.filter(pk=source.pk).update(**WITHDRAWN)
    for path in ("/operations/minusma/", "/api/v1/operations/minusma/"):
        assert public.get(path).status_code == 410
        assert public.get(path, {"as_of": before}).status_code == 200


def test_an_address_that_was_changed_still_leads_to_its_record(committed_db):
    with revision(reason="A better address"):
        Operation.objects.filter(slug="barkhane").update(slug="operation-barkhane")
    client = Client()
    assert (
        client.get("/operations/barkhane/").headers["Location"] == "/operations/operation-barkhane/"
    )
    for address in ("barkhane/", "operation-barkhane/", "operation-barkhane/?as_of=1"):
        assert client.get(f"/api/v1/operations/{address}").json()["name"] == "Barkhane"
