"""A receipt proves what a list held at a revision, and that it held nothing."""

import csv
import json
import re
from dataclasses import replace
from hashlib import sha256
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core.cache import cache

from apps.api.tests.test_errors import problem
from apps.records.catalogue import CATALOGUE
from apps.records.columns import COLUMNS
from apps.records.models import Country, Operation
from apps.records.releases import make
from apps.records.tests import making
from apps.revisions.models import Revision
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

NOTHING = sha256(b"").hexdigest()


def cite_of(answer):
    """Return the address of the receipt that a list links to."""
    (address,) = re.findall(r'<([^>]+)>; rel="cite-as"', answer.headers["Link"])
    return address


def receipt_of(ask, address):
    """Return the receipt of a list, opened for the first time."""
    opened = ask(cite_of(ask(address)))
    assert opened.status == 200, opened.text
    return opened.json


def edit_barkhane(**values):
    with revision(reason="Say more of Barkhane"):
        Operation.objects.filter(slug="barkhane").update(**values)


@pytest.mark.django_db
@pytest.mark.parametrize("name", CATALOGUE)
def test_every_list_links_to_its_receipt_in_every_format(ask, name):
    json_list = ask(f"{name}/?page_size=1")
    for other in ("?format=csv", "?format=ndjson", "export.csv", "export.ndjson"):
        assert cite_of(ask(f"{name}/{other}")) == cite_of(json_list)
    new = ask(cite_of(json_list)).json
    assert (new["type"], new["query"], new["verified"]) == (name, "", None)
    assert new["count"] == json_list.json["count"]
    again = ask(new["cite"]).json
    assert (again["verified"], again["problems"]) == (True, [])
    assert {**again, "claimed": None, "verified": None} == new


@pytest.mark.django_db
def test_the_link_to_the_receipt_stands_beside_those_of_the_pages(ask):
    assert 'rel="next"' in ask("citations/?page_size=5").headers["Link"]
    assert cite_of(ask("citations/?page_size=5")) == cite_of(ask("citations/"))


@pytest.mark.django_db
def test_equal_questions_have_equal_receipts(ask):
    one = receipt_of(ask, "contributors/?status=announced,committed&operation=takuba-task-force")
    other = receipt_of(
        ask, "contributors/?operation=takuba-task-force&status=committed&status=announced&fields=id"
    )
    assert one == other
    assert one["query"] == "operation=takuba-task-force&status=announced,committed"


@pytest.mark.django_db
def test_a_receipt_leads_to_the_list_and_says_how_to_cite_it(ask, get):
    receipt = receipt_of(ask, "operations/?country=ML&q=coalition")
    listed = get(receipt["url"])
    assert listed["count"] == receipt["count"]
    for told in ("Operations", "country=ML&q=coalition", receipt["sha256"], receipt["cite"]):
        assert told in receipt["text"]


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["a+b & c", "100% #1", "épervier", "x=y;z", "“G5 Sahel”"])
def test_whatever_was_asked_stands_in_the_receipt_unharmed(ask, get, words):
    receipt = receipt_of(ask, f"operations/?{urlencode({'q': words})}")
    assert parse_qs(receipt["query"])["q"] == [words]
    assert ask(receipt["cite"]).json["verified"] is True
    assert get(receipt["url"])["count"] == receipt["count"]


@pytest.mark.django_db
def test_that_nothing_was_found_can_be_proved(ask):
    receipt = receipt_of(ask, "statements/?q=submarine")
    assert (receipt["count"], receipt["sha256"]) == (0, NOTHING)
    assert "no record at revision 1" in receipt["text"]
    assert ask(receipt["cite"]).json["verified"] is True


@pytest.mark.django_db
def test_the_hash_can_be_made_again_from_a_download(ask, get):
    receipt = receipt_of(ask, "countries/?page_size=1")
    lines = []
    for row in csv.DictReader(ask("countries/?format=csv").text.splitlines()):
        told = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        lines.append(f"{row['id']} {sha256(told.encode()).hexdigest()}\n")
    assert receipt["columns"] == len(row)
    assert receipt["sha256"] == sha256("".join(sorted(lines)).encode()).hexdigest()


def test_after_an_edit_the_old_receipt_still_holds_and_a_new_one_differs(ask, committed_db):
    before = receipt_of(ask, "operations/")
    edit_barkhane(focus_area="the Sahel")
    after = receipt_of(ask, "operations/")
    assert ask(before["cite"]).json["verified"] is True
    assert (before["count"], before["as_of"]) == (after["count"], after["as_of"] - 1)
    assert before["sha256"] != after["sha256"]


def test_a_receipt_that_is_put_to_another_revision_does_not_hold(ask, committed_db):
    before = receipt_of(ask, "operations/")
    edit_barkhane(focus_area="the Sahel")
    moved = ask(before["cite"].replace("as_of=1", "as_of=2")).json
    assert moved["verified"] is False
    assert before["sha256"] in moved["problems"][0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("claim", "forged"), [("count", "6"), ("sha256", "0" * 64), ("query", "status=active")]
)
def test_a_forged_receipt_does_not_hold(ask, claim, forged):
    address = receipt_of(ask, "operations/")["cite"]
    asked = parse_qs(urlsplit(address).query) | {claim: [forged]}
    told = "&".join(f"{name}={values[0]}" for name, values in asked.items())
    checked = ask(f"receipts/?{told}").json
    assert checked["verified"] is False
    assert checked["problems"]


@pytest.mark.django_db
def test_a_column_that_comes_later_spoils_no_receipt(ask, monkeypatch):
    before = receipt_of(ask, "countries/")
    entry = CATALOGUE["countries"]
    wider = replace(entry, columns=(*entry.columns, "capital"))
    monkeypatch.setitem(COLUMNS[Country], "capital", lambda country: "Bamako")
    monkeypatch.setitem(CATALOGUE, "countries", wider)
    cache.clear()  # an answer is kept until the next revision, and other code is none
    after = receipt_of(ask, "countries/")
    assert (after["columns"], ask(before["cite"]).json["verified"]) == (before["columns"] + 1, True)
    assert after["sha256"] != before["sha256"]


@pytest.mark.django_db
def test_of_a_long_list_the_ids_alone_are_hashed(ask, monkeypatch):
    monkeypatch.setattr("apps.records.receipts.CAP", 5)
    receipt = receipt_of(ask, "countries/")
    ids = sorted(Country.objects.values_list("public_id", flat=True))
    assert receipt["covers"] == "ids"
    assert receipt["count"] == len(ids)
    assert receipt["sha256"] == sha256("".join(f"{each}\n" for each in ids).encode()).hexdigest()


@pytest.mark.django_db
def test_before_the_first_revision_there_was_nothing(ask):
    receipt = ask("receipts/?type=operations&as_of=0").json
    assert (receipt["count"], receipt["made_at"]) == (0, None)
    assert "no record at revision 0. SHA-256" in receipt["text"]


def test_a_draft_changes_no_receipt(ask, committed_db):
    before = receipt_of(ask, "operations/")
    with revision(reason="Draft"):
        making.operation("xyzzyplugh")
    after = receipt_of(ask, "operations/")
    assert (before["count"], before["sha256"]) == (after["count"], after["sha256"])
    assert "xyzzyplugh" not in json.dumps(after)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("receipts/", "type"),
        ("receipts/?type=colours", "type"),
        ("receipts/?type=operations&as_of=99", "as_of"),
        ("receipts/?type=operations&query=page_size%3D5", "query"),
        ("receipts/?type=operations&query=as_of%3D1", "query"),
        ("receipts/?type=operations&query=statu%3Dactive", "statu"),
        ("receipts/?type=operations&query=status%3Dactiv", "status"),
        ("receipts/?type=operations&count=-1", "count"),
        ("receipts/?type=operations&sha256=ABC", "sha256"),
        ("receipts/?type=operations&columns=0", "columns"),
        ("receipts/?type=operations&columns=1000", "columns"),
        ("receipts/?type=operations&colour=red", "colour"),
        ("receipts/?release=2026.1", "release"),
        ("receipts/?release=2026.1&type=operations", "type"),
    ],
)
def test_what_is_no_receipt_is_refused(ask, address, parameter):
    answer = ask(address)
    kind = "unknown-parameter" if parameter in ("statu", "colour") else "bad-parameter"
    assert problem(answer, 400, kind)["parameter"] == parameter


@pytest.fixture
def release(settings, tmp_path, committed_db):
    settings.RELEASES_DIR = tmp_path
    return make("2026.1", "The first.")


def test_a_release_has_a_receipt_that_holds_as_long_as_its_files_and_history_do(ask, get, release):
    address = get("releases/2026.1/")["receipt"]
    held = ask(address).json
    assert (held["verified"], held["problems"], held["as_of"]) == (True, [], 1)
    assert held["count"] == sum(entry.model.objects.count() for entry in CATALOGUE.values())
    (release / "operations.csv").write_text("id,slug\n")
    spoiled = ask(address).json
    assert spoiled["verified"] is False
    assert spoiled["problems"] == ["The file operations.csv is not as it was made."]


def test_a_release_of_another_history_does_not_hold(ask, get, release):
    index = release / "index.json"
    newest = Revision.objects.latest("number")
    index.write_text(index.read_text().replace(newest.hash, "0" * 64))
    checked = ask("receipts/?release=2026.1").json
    assert checked["verified"] is False
    assert checked["problems"] == ["The history up to revision 1 has another hash here."]


@pytest.mark.django_db
def test_the_citation_tells_the_day_that_was_asked_beside_the_revision(get):
    told = get("receipts/?type=operations&as_of=2020-01-01")
    assert "no record at revision 0, the newest on 2020-01-01." in told["text"]
    assert "the newest on" not in get("receipts/?type=operations&as_of=1")["text"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["changes", "revisions", "vocabularies"])
def test_a_list_that_is_not_of_records_has_a_receipt_too(ask, name):
    new = receipt_of(ask, f"{name}/")
    again = ask(new["cite"]).json
    assert (again["verified"], again["problems"]) == (True, [])
    assert (new["type"], new["columns"]) == (name, None)
    assert new["text"].endswith(new["cite"])
    assert ask(new["url"]).status == 200


def test_the_receipt_of_changes_is_of_those_after_a_revision(ask, committed_db):
    edit_barkhane(mandate="To be told apart")
    second = Revision.objects.get(number=2)
    new = receipt_of(ask, "changes/?since=1")
    assert (new["query"], new["count"], new["covers"]) == ("since=1", 1, "revisions")
    assert new["sha256"] == sha256(f"2 {second.hash}\n".encode()).hexdigest()
    edit_barkhane(mandate="And changed again")
    assert ask(new["cite"]).json["verified"] is True
    later = ask(new["cite"].replace("as_of=2", "as_of=3")).json
    assert (later["verified"], later["count"]) == (False, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "parameter"),
    [
        ("type=changes&query=since=99", "query"),
        ("type=changes&query=since=٢", "query"),
        ("type=revisions&query=since=1", "query"),
        ("type=vocabularies&query=name=act", "query"),
        ("type=changes&columns=3", "columns"),
    ],
)
def test_what_such_a_list_cannot_be_asked_is_named(ask, question, parameter):
    body = problem(ask(f"receipts/?{question}"), 400, "bad-parameter")
    assert body["parameter"] == parameter
