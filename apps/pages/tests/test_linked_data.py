"""What a page tells to programs: schema.org, Open Graph, the other forms of the same thing."""

import json
import re

import pytest
from django.test import Client

from apps.pages.linked_data import in_page
from apps.pages.tests.conftest import newest
from apps.records.models import Operation, Source, Statement
from apps.records.tests import making
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def node_of(page):
    (block,) = BLOCK.findall(page.html)
    return json.loads(block)


def meta(page):
    return dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', page.html))


def links(page):
    """Return the links of the head: relation, type, address."""
    head = page.html.split("</head>")[0]
    found = re.findall(r'<link rel="([a-z]+)"((?: \w+="[^"]*")*)>', head)
    read = ((rel, dict(re.findall(r'(\w+)="([^"]*)"', rest))) for rel, rest in found)
    return [(rel, one.get("type"), one["href"].replace("&amp;", "&")) for rel, one in read]


def opens(address):
    """Whether there is something at an address, streamed or not."""
    return Client().get(address).status_code == 200


@pytest.mark.parametrize(
    ("address", "type", "name"),
    [
        ("/operations/barkhane/", "Event", "Barkhane"),
        ("/countries/ML/", "Country", "Mali"),
        ("/organizations/g5-sahel/", "Organization", "G5 Sahel"),
        ("/people/florence-parly/", "Person", "Florence Parly"),
    ],
)
def test_a_record_is_of_the_type_of_schema_org_that_fits(address, type, name, seed_page):
    node = node_of(seed_page(address))
    assert node["@context"] == "https://schema.org"
    assert (node["@type"], node["name"]) == (type, name)
    assert node["@id"] == f"http://testserver{address}"
    page = node["mainEntityOfPage"]
    assert page["version"] == str(newest())
    assert page["@id"] == f"http://testserver{address.rstrip('/')}@{newest()}/"
    assert page["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_a_statement_is_a_quotation_of_its_speaker(seed_page):
    statement = Statement.objects.exclude(words="").exclude(speaker_person=None).first()
    node = node_of(seed_page(statement.get_absolute_url()))
    assert node["@type"] == "Quotation"
    assert node["text"] == statement.words
    assert node["creator"]["@type"] == "Person"
    assert node["creator"]["name"] == statement.speaker_person.name


def test_reported_speech_is_no_text_of_the_speaker(seed_page):
    statement = Statement.objects.filter(words="").first()
    node = node_of(seed_page(statement.get_absolute_url()))
    assert "text" not in node
    assert node["abstract"] == statement.summary


def test_a_source_claims_nothing_that_it_does_not_state(seed_page):
    source = Source.objects.first()
    node = node_of(seed_page(source.get_absolute_url()))
    assert (node["@type"], node["name"]) == ("CreativeWork", source.title)
    assert "url" in node
    assert {"author", "publisher", "sameAs"} & set(node) == {
        name
        for name, value in {"author": source.author, "publisher": source.publisher}.items()
        if value
    }


@pytest.mark.parametrize("address", ["/", "/data/"])
def test_the_whole_is_a_data_set_that_can_be_downloaded(address, seed_page):
    node = node_of(seed_page(address))
    assert node["@type"] == "Dataset"
    assert node["version"] == str(newest())
    forms = {one["encodingFormat"] for one in node["distribution"]}
    assert forms == {"application/json", "text/csv"}
    for one in node["distribution"]:
        assert opens(one["contentUrl"].removeprefix("http://testserver"))


def test_dates_that_schema_org_cannot_hold_are_left_out(publish, visit):
    publish(making.operation, "vague", start="2020-22", end="2021-05")
    node = node_of(visit("/operations/vague/"))
    assert "startDate" not in node
    assert node["endDate"] == "2021-05"


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--", "a & b", "a \u2028 b"]
)
def test_no_text_ends_the_block(text, publish, visit):
    assert not set("<>&\u2028\u2029") & set(in_page({"name": text}))
    publish(making.operation, "named", name=text)
    page = visit("/operations/named/")
    assert node_of(page)["name"] == text
    assert "<script>alert" not in page.html


def test_a_past_page_is_described_as_it_was(publish, visit):
    publish(making.operation, "old", name="Old name")
    then = newest()
    with revision(reason="Renamed"):
        Operation.objects.filter(slug="old").update(name="New name")
    page = visit("/operations/old/", as_of=then)
    assert node_of(page)["name"] == "Old name"
    assert node_of(page)["mainEntityOfPage"]["version"] == str(then)
    assert ("canonical", None, f"http://testserver/operations/old/?as_of={then}") in links(page)


def test_a_record_page_leads_to_its_other_forms(seed_page):
    page = seed_page("/operations/barkhane/?as_of=1")
    key = Operation.objects.get(slug="barkhane").public_id
    alternates = [one for one in links(page) if one[0] == "alternate" and one[1]]
    assert ("canonical", None, "http://testserver/operations/barkhane/") in links(page)
    assert ("alternate", "application/json", "/api/v1/operations/barkhane/") in alternates
    csv = f"/api/v1/operations/?id={key}&format=csv"
    assert ("alternate", "text/csv", csv) in alternates
    atom = ("alternate", "application/atom+xml")
    assert (*atom, "/operations/barkhane/feed.atom") in alternates
    assert (*atom, "/changes/feed.atom") in alternates
    for _, _, address in alternates:
        assert opens(address), address


def test_a_list_leads_to_the_same_question_in_other_forms(seed_page):
    page = seed_page("/statements/?operation=barkhane&ordering=said")
    addresses = {kind: address for _, kind, address in reversed(links(page)) if kind}
    assert addresses["application/json"].startswith("/api/v1/statements/?operation=barkhane")
    assert addresses["application/atom+xml"] == "/statements/feed.atom?operation=barkhane"
    assert seed_page(addresses["application/atom+xml"]).status == 200


def test_a_shared_link_has_a_title_and_a_sentence(seed_page):
    page = seed_page("/operations/takuba-task-force/")
    assert meta(page)["og:title"] == "Takuba Task Force"
    assert meta(page)["og:url"] == "http://testserver/operations/takuba-task-force/"
    described = re.search(r'<meta name="description" content="([^"]+)"', page.html)[1]
    assert meta(page)["og:description"] == described
    assert described.startswith("Takuba Task Force. ")
    assert len(described) > 40
