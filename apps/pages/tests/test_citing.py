"""A page can be cited in words and by reference managers, and what was cited can be verified."""

import json
import re
from datetime import UTC, datetime

import pytest

from apps.pages.citing import CitedPage, in_latex
from apps.pages.tests.conftest import newest
from apps.records.models import Operation, Statement
from apps.records.tests import making
from apps.revisions.models import Revision
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

HASH = "0123456789abcdef" * 4
TITLES = ("Takuba", "A & B_C {50%} ~ #1 ^ \\ $", "Épervier — الساحل", "One\r\nER  - \x00Two")


def page(title="Takuba", **values):
    address = "https://sahelref.example/operations/takuba@12/"
    made = datetime(2026, 11, 9, 23, 30, tzinfo=UTC)
    shown = {"path": "/operations/takuba/", "address": address, "revision": 12, **values}
    return CitedPage(title, made_at=made, hash=HASH, whole=False, **shown)


def ris(text):
    """Return the fields of one reference as a reader of RIS takes them."""
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert lines[0].startswith("TY  - ")
    assert lines[-1] == "ER  - "
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    return dict(line.split("  - ", 1) for line in lines)


def bibtex(text):
    """Return the key and the fields of one entry, braces balanced."""
    assert text.count("{") - text.count("\\{") == text.count("}") - text.count("\\}")
    fields = dict(re.findall(r"^  (\w+) +=\s\{(.*)\},?$", text, re.M))
    return re.match(r"@misc\{([a-z0-9-]+),\n", text)[1], fields


def test_bibtex_holds_revision_date_hash_and_pinned_address():
    key, fields = bibtex(page().bibtex)
    assert key == "sahelref-operations-takuba-12"
    assert fields == {
        "author": "{sahelref}",
        "title": "{Takuba}",
        "year": "2026",
        "date": "2026-11-09",
        "version": "12",
        "note": f"Revision 12, 2026-11-09, SHA-256 {HASH}",
        "url": "https://sahelref.example/operations/takuba@12/",
    }


def test_ris_holds_revision_date_hash_and_pinned_address():
    fields = ris(page().ris)
    assert fields["DA"] == "2026/11/09"
    assert fields["ET"] == "Revision 12"
    assert HASH in fields["N1"]
    assert fields["UR"].endswith("/operations/takuba@12/")


def test_csl_json_holds_revision_date_hash_and_pinned_address():
    (item,) = json.loads(page().csl)
    assert item["issued"] == {"date-parts": [[2026, 11, 9]]}
    assert (item["type"], item["version"]) == ("entry", "12")
    assert HASH in item["note"]
    assert item["URL"].endswith("/operations/takuba@12/")


@pytest.mark.parametrize("title", TITLES)
def test_no_title_breaks_a_file(title):
    cited = page(title)
    assert bibtex(cited.bibtex)[1]["date"] == "2026-11-09"
    assert ris(cited.ris)["TI"] == " ".join(title.replace("\0", " ").split())
    assert json.loads(cited.csl)[0]["title"] == " ".join(title.replace("\0", " ").split())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A & B_C {50%}", r"A \& B\_C \{50\%\}"),
        ("~ #1 ^ $", r"\textasciitilde{} \#1 \textasciicircum{} \$"),
        ("a\\b <c> | d", r"a\textbackslash{}b \textless{}c\textgreater{} \textbar{} d"),
        ("Épervier\nالساحل", "Épervier الساحل"),
    ],
)
def test_what_means_something_to_latex_is_printed_as_it_stands(text, written):
    assert in_latex(text) == written


@pytest.mark.parametrize(
    "address",
    [
        "/operations/takuba-task-force/",
        "/countries/ML/",
        "/people/florence-parly/",
        "/organizations/g5-sahel/",
    ],
)
def test_a_record_page_prints_what_its_files_hold(address, seed_page):
    shown = seed_page(address)
    number, made = newest(), Revision.objects.newest()
    pinned = f"http://testserver{address.rstrip('/')}@{number}/"
    assert f"SHA-256 {made.hash[:12]}) [Database record]. {pinned}" in shown
    assert f"Revision {number}, {made.made_at:%B} {made.made_at.day}, {made.made_at.year}." in shown
    for form, read in {"bib": bibtex, "ris": ris, "json": json.loads}.items():
        file = seed_page(f"{address}cite.{form}")
        assert file.status == 200
        assert pinned in file.html
        assert made.hash in file.html
        assert file.html.replace("\r", "") in shown.text.replace("\r", "")
        assert read(file.html)


def test_a_file_has_a_name_and_the_type_that_reference_managers_know(seed_page):
    answer = seed_page("/operations/barkhane/cite.ris").response
    assert answer["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="barkhane@{newest()}.ris"'


def test_a_form_of_citation_that_is_not_made_is_not_found(seed_page):
    assert seed_page("/operations/barkhane/cite.doc").status == 404
    assert seed_page("/operations/nothing/cite.bib").status == 404


def test_a_past_page_cites_the_revision_shown(publish, visit):
    publish(making.operation, "old", name="Old name")
    then = Revision.objects.newest()
    with revision(reason="Renamed"):
        Operation.objects.filter(slug="old").update(name="New name")
    shown = visit("/operations/old/", as_of=then.number)
    assert f"/operations/old@{then.number}/" in shown
    assert f"SHA-256 {then.hash[:12]}" in shown
    file = visit("/operations/old/cite.bib", as_of=then.number)
    assert "title   = {{Old name}}" in file
    assert then.hash in file


def test_what_is_cited_can_be_opened_again(publish, visit):
    publish(making.operation, "old", name="Old name")
    address = json.loads(visit("/operations/old/cite.json").html)[0]["URL"]
    with revision(reason="Renamed"):
        Operation.objects.filter(slug="old").update(name="New name")
    led = visit(address.removeprefix("http://testserver")).response.url
    shown = visit(led)
    assert "Old name" in shown
    assert "New name" not in shown


def test_the_whole_database_can_be_cited(seed_page):
    (item,) = json.loads(seed_page("/data/cite.json").html)
    assert (item["type"], item["title"]) == ("dataset", "sahelref")
    assert item["URL"] == f"http://testserver/?as_of={newest()}"
    assert "[Data set]." in seed_page("/")
    assert "[Data set]." in seed_page("/data/")


def test_before_the_first_revision_there_is_nothing_to_cite(seed_page):
    assert seed_page("/data/cite.json", as_of=0).status == 404
    assert 'id="cite"' not in seed_page("/", as_of=0).html


def test_statements_of_one_speaker_have_titles_of_their_own(seed_page):
    titles = []
    for statement in Statement.objects.all():
        page = seed_page(statement.get_absolute_url())
        titles.append(re.search(r'property="og:title" content="([^"]+)"', page.html)[1])
    assert len(titles) == len(set(titles))


def test_the_title_of_a_statement_says_who_said_what_and_when(publish, visit):
    words = "Nous resterons aussi longtemps que les États du Sahel le demanderont, et encore après."
    said = publish(making.statement, speaker_label="A minister", words=words, cite="words")
    title = "A minister: Nous resterons aussi longtemps que les États du Sahel le demanderont, et… "
    page = visit(said.get_absolute_url())
    assert f"{title}(date not stated)" in page
    assert f'aria-current="page">{title}(date not stated)</span>' in page.html
    for form in ("bib", "ris", "json"):
        assert title in visit(f"/statements/{said.key}/cite.{form}").html
