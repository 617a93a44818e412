"""The same pages in English and in French: the address decides, and a reader stays in it."""

import re
from html import escape
from html.parser import HTMLParser

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.pages.names import first_words
from apps.pages.tests.test_every_page import DOCUMENTS, RECORD_PAGES, hrefs, model_name
from apps.records.catalogue import CATALOGUE
from apps.records.models import Operation, Statement, StrengthFigure
from apps.revisions.tracking import REGISTRY

pytestmark = pytest.mark.slow

VOID = {"meta", "link", "br", "input", "img", "path", "circle", "rect", "stop", "ellipse", "hr"}
# Never French words by themselves, but in the name of a licence.
ENGLISH = re.compile(r"\b(the|and|is|was|were|of|with|(?<!CC )by|from|which|not|has|this)\b", re.I)
TEXTS = (models.CharField, models.TextField)
OF_NO_LANGUAGE = ("/api/", "/static/", "/data/releases/")


class FrenchText(HTMLParser):
    """Collects the text of a page that claims to be French: not code, not what is in English."""

    def __init__(self):
        super().__init__()
        self.open, self.said = [("html", "fr")], []

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            code = tag in ("code", "pre", "style", "script")
            own = "" if code else dict(attributes).get("lang")
            self.open.append((tag, self.open[-1][1] if own is None else own))

    def handle_endtag(self, tag):
        while tag not in VOID and len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if self.open[-1][1] == "fr":
            self.said.append(text)


def said_in_french(html, data):
    """Return what the site itself says on a French page: the text without what was recorded."""
    reader = FrenchText()
    reader.feed(html)
    said = " ".join(" ".join(reader.said).split())
    for words in data:
        said = said.replace(words, "")
    return said


@pytest.fixture(scope="module")
def recorded(django_db_setup, django_db_blocker):
    """What researchers wrote into the seed, the longest first; a name may stand cut to 80."""
    found = set()
    with django_db_blocker.unblock():
        for model in REGISTRY:
            texts = [f.name for f in model._meta.local_fields if isinstance(f, TEXTS)]
            for row in model.objects.values_list(*texts) if texts else []:
                found |= {" ".join(text.split()) for text in row if isinstance(text, str)}
    found |= {text[:80].strip() for text in found}
    found |= {first_words(Statement(words=text)) for text in found}
    return sorted((text for text in found if " " in text), key=len, reverse=True)


def french_addresses():
    """Give every list, three records of each type with their histories, the pages of words."""
    with translation.override("fr"):
        for name in RECORD_PAGES:
            entry = CATALOGUE[name]
            yield reverse(f"pages:{model_name(entry)}-list")
            for record in entry.model.objects.all()[:3]:
                yield record.get_absolute_url()
                yield reverse(f"pages:{model_name(entry)}-history", args=[record.key])
        yield from (reverse(f"pages:{name}") for name in DOCUMENTS)
    yield from ("/fr/changes/1/", "/fr/search/?q=barkhane", "/fr/search/?q=zzz")
    yield from ("/fr/operations/?status=active", "/fr/operations/takuba-task-force/?as_of=1")
    yield from (
        f"/fr/{one}/?on=2020-01-15" for one in ("operations/takuba-task-force", "countries/ML")
    )
    yield from ("/fr/people/florence-parly/?on=2020-01-15", "/fr/operations/feed.atom")


SEEN: dict = {}


@pytest.fixture
def french_pages(db, visit):
    if not SEEN:
        SEEN.update({address: visit(address) for address in french_addresses()})
    pages = SEEN.items()
    return {one: page for one, page in pages if "html" in page.response.headers["Content-Type"]}


def test_every_page_answers_in_french(french_pages):
    for address, page in french_pages.items():
        assert address.startswith("/fr/")
        assert page.status == 200, address
        assert '<html lang="fr">' in page.html, address
        assert page.response.headers["Content-Language"] == "fr", address
        assert not page.response.cookies, address


def test_what_claims_to_be_french_is_french(french_pages, recorded):
    for address, page in french_pages.items():
        said = said_in_french(page.html, recorded)
        found = ENGLISH.search(said)
        assert found is None, (address, said[max(found.start() - 50, 0) : found.end() + 50])


def test_what_was_written_in_english_is_marked_on_a_french_page(french_pages):
    operation = Operation.objects.get(slug="barkhane")
    html = french_pages[f"/fr{operation.get_absolute_url()}"].html
    for words in (operation.mandate, operation.note, operation.focus_area):
        start = words.split()[0]
        assert re.search(rf'lang="en">(<p>)?{escape(start)}', html), words


def test_every_link_of_a_french_page_stays_in_french(french_pages):
    for address, page in french_pages.items():
        html = re.sub(r'<a [^>]*hreflang="en".*?</a>', "", page.html)
        site = [one for one in hrefs(html) if one.startswith("/")]
        left = [one for one in site if not one.startswith(("/fr/", *OF_NO_LANGUAGE))]
        assert left == [], address
        forms = re.findall(r'<form [^>]*action="([^"]+)"', html)
        assert all(one.startswith("/fr/") for one in forms), address


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/", "/fr/"),
        ("/operations/?status=active&q=G5+Sahel", "/fr/operations/?status=active&q=G5+Sahel"),
        ("/operations/barkhane/?as_of=1", "/fr/operations/barkhane/?as_of=1"),
        ("/countries/FR/history/", "/fr/countries/FR/history/"),
        ("/operations/none-such/", "/fr/operations/none-such/"),
    ],
)
def test_the_switch_keeps_the_page_and_the_question(address, other, seed_page):
    assert f'<a href="{other}" lang="fr" hreflang="fr">' in seed_page(address).text
    assert f'<a href="{address}" lang="en" hreflang="en">' in seed_page(other).text


def test_each_version_names_both_and_the_one_for_everyone_else(seed_page):
    english, french = seed_page("/countries/ML/"), seed_page("/fr/countries/ML/")
    for page in (english, french):
        named = re.findall(r'rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', page.text)
        assert named == [
            ("en", "http://testserver/countries/ML/"),
            ("fr", "http://testserver/fr/countries/ML/"),
            ("x-default", "http://testserver/countries/ML/"),
        ]
    assert 'rel="canonical" href="http://testserver/fr/countries/ML/"' in french.text


def test_only_the_address_chooses_the_language(db):
    asked = {"Accept-Language": "fr", "Cookie": "django_language=fr"}
    english = Client().get("/operations/", headers=asked)
    assert english.status_code == 200
    assert b'<html lang="en">' in english.content
    assert english.headers["Content-Language"] == "en"
    french = Client().get("/fr/operations/", headers={"Accept-Language": "en"})
    assert b'<html lang="fr">' in french.content
    assert french.headers["Vary"] == english.headers["Vary"]


def test_the_two_versions_have_different_etags(seed_page):
    etags = {seed_page(one).response.headers["ETag"] for one in ("/about/", "/fr/about/")}
    assert len(etags) == 2


def test_the_api_and_the_desk_have_one_language(db):
    asked = {"Accept-Language": "fr"}
    refused = Client().get("/api/v1/operations/?status=actve", headers=asked)
    assert "is not a value of" in refused.json()["detail"]
    assert Client().get("/fr/api/v1/countries/").status_code == 404
    assert b'lang="en' in Client().get("/admin/login/", headers=asked).content


def test_what_is_not_there_is_not_there_in_french(seed_page):
    page = seed_page("/fr/operations/takuba-force/")
    assert page.status == 404
    assert '<html lang="fr">' in page.html
    assert "Aucune fiche à cette adresse" in page
    assert 'action="/fr/search/"' in page.html


def test_what_cannot_be_answered_is_said_in_french(seed_page):
    page = seed_page("/fr/operations/?status=actve")
    assert page.status == 400
    assert "« actve » n’est pas une valeur de status." in page
    assert "Vouliez-vous dire active ?" in page
    assert "La révision 99 n’existe pas encore." in seed_page("/fr/?as_of=99")


def test_an_address_without_its_slash_leads_to_the_french_page(seed_page):
    assert seed_page("/fr").response.url == "/fr/"
    assert seed_page("/fr/operations").response.url == "/fr/operations/"
    assert seed_page("/fr/countries/mali/").status == 404
    assert seed_page("/fr/countries/MLI/").response.url == "/fr/countries/ML/"
    assert seed_page("/fr/operations/barkhane@1/").response.url == (
        "/fr/operations/barkhane/?as_of=1"
    )


def test_dates_and_numbers_are_written_as_in_french(seed_page):
    assert "d’ici à l’automne 2020" in seed_page("/fr/operations/takuba-task-force/")
    assert "4\N{NO-BREAK SPACE}500 personnes" in seed_page("/fr/operations/barkhane/")
    with translation.override("fr"):
        assert StrengthFigure(least=4000, most=4500).figures == "4\xa0000 à 4\xa0500"


def test_countries_and_codes_have_their_french_names(seed_page):
    page = seed_page("/fr/countries/TD/")
    assert "<h1>Tchad</h1>" in page.html
    assert '<span lang="en">Chad</span>' in page.html
    assert "Déployée" in seed_page("/fr/operations/barkhane/")


def test_countries_are_listed_by_their_name_in_the_language(seed_page):
    rows = r'<th scope="row"><a href="/(?:fr/)?countries/\w\w/">([^<]+)</a>'
    for address, last in (("/countries/", "United States"), ("/fr/countries/", "Tchad")):
        names = re.findall(rows, seed_page(address).html)
        assert names[-1] == last


def test_a_quotation_keeps_its_marks_and_our_words_their_language(publish, visit):
    from apps.records.tests import making

    said = {"words": "Nous resterons.", "summary": "France stays.", "quote_form": "direct"}
    record = publish(making.statement, cite="words", **said, language="fr")
    page = visit(f"/statements/{record.public_id}/")
    assert "«\N{NO-BREAK SPACE}</span>Nous resterons." in page.text.replace('<span class="nw">', "")
    page = visit(f"/fr/statements/{record.public_id}/")
    assert '<span lang="en">France <span class="nw">stays.' in page.html


def test_an_operation_is_found_under_either_language(seed_page):
    page = seed_page("/fr/search/?q=takuba")
    assert 'href="/fr/operations/takuba-task-force/"' in page.html
    assert Operation.objects.get(slug="takuba-task-force").get_absolute_url() == (
        "/operations/takuba-task-force/"
    )
