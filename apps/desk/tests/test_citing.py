"""From words of a source to the form that cites them, and back to the paragraph."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from apps.desk.passages import reading_address
from apps.desk.tests.conftest import (
    Member,
    a_published_operation,
    a_source,
    address,
    an_article,
    cite,
    errors,
    filled,
    list_of,
    newest,
)
from apps.records.models import (
    Citation,
    Contributor,
    Country,
    Operation,
    Person,
    Source,
    SourceText,
    Statement,
)
from apps.revisions.writing import revision

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]


@pytest.fixture
def source() -> Source:
    return an_article()


def choose(desk: Client, source: Source, words: str, purpose: str, paragraph: int = 1) -> Any:
    asked = {"paragraph": str(paragraph), "selection": words, "for": purpose}
    return desk.get(reverse("admin:records_source_cite", args=[source.pk]), asked)


@pytest.mark.parametrize(
    ("purpose", "model", "field"),
    [
        ("statement", "statement", "words"),
        ("contributor", "contributor", "roles"),
        ("strength", "strengthfigure", "least"),
        ("operation", "operation", "name"),
    ],
)
def test_words_open_the_form_of_a_new_record_with_its_citation_filled_in(
    desk: Client, source: Source, purpose: str, model: str, field: str
) -> None:
    opened = choose(desk, source, "60 instructors", purpose, paragraph=2)
    assert urlsplit(opened.headers["Location"]).path == reverse(f"admin:records_{model}_add")
    values = filled(desk.get(opened.headers["Location"]))
    citation = [values[f"citations-0-{name}"] for name in ("source", "paragraph", "excerpt")]
    assert citation == [source.pk, 2, "60 instructors"]
    assert values["citations-0-field"] == field


def test_a_statement_takes_the_words_that_the_source_quotes(desk: Client, source: Source) -> None:
    opened = choose(desk, source, "said “they will stay” on", "statement")
    values = filled(desk.get(opened.headers["Location"]))
    assert values["words"] == "they will stay"
    assert (values["quote_form"], values["language"]) == ("direct", "en")
    of_the_journalist = choose(desk, source, "A force of 60", "statement", paragraph=2)
    assert filled(desk.get(of_the_journalist.headers["Location"]))["words"] == ""


def test_what_the_source_says_of_the_record_is_filled_in_too(desk: Client, source: Source) -> None:
    opened = choose(desk, source, "A force of 60", "operation", paragraph=2).headers["Location"]
    values = filled(desk.get(opened))
    assert (values["name"], values["slug"]) == ("A force of 60", "a-force-of-60")
    desk.post(opened, values)
    force = Operation.objects.get(slug="a-force-of-60")
    of_it = choose(desk, source, "60 instructors", "strength", paragraph=2).headers["Location"]
    assert filled(desk.get(of_it))["operation"] == str(force.pk)
    cite(operation=a_published_operation(), source=source, paragraph=3, excerpt="Nothing")
    of_which = choose(desk, source, "Nothing else", "contributor", paragraph=3)
    assert "operation" not in parse_qs(urlsplit(of_which.headers["Location"]).query)


NAMING = "France and Mali met.\n\nFrance sends 1,200 men to Sabre, Ann Diop said.\n\nMalians left."


@pytest.fixture
def naming() -> Source:
    """Make an article, and the operation and the person that it names."""
    a_published_operation()
    Person.objects.create(slug="ann-diop", name="Ann Diop")
    return an_article(NAMING)


def begun(desk: Client, source: Source, words: str, purpose: str, paragraph: int) -> dict[str, Any]:
    return filled(desk.get(choose(desk, source, words, purpose, paragraph).headers["Location"]))


def test_what_the_words_or_their_paragraph_name_is_filled_in(desk: Client, naming: Source) -> None:
    france, sabre = Country.objects.get(iso2="FR"), Operation.objects.get(slug="sabre")
    contributor = begun(desk, naming, "sends", "contributor", 2)
    assert [contributor[name] for name in ("country", "operation")] == [
        str(france.pk),
        str(sabre.pk),
    ]
    strength = begun(desk, naming, "1,200 men", "strength", 2)
    assert [strength[name] for name in ("operation", "least", "most")] == [
        str(sabre.pk),
        "1200",
        "1200",
    ]
    statement = begun(desk, naming, "sends 1,200 men", "statement", 2)
    assert statement["speaker_person"] == str(Person.objects.get(name="Ann Diop").pk)


@pytest.mark.parametrize(
    ("words", "paragraph", "country"),
    [("France and Mali met", 1, None), ("Mali met", 1, "ML"), ("Malians", 3, None)],
)
def test_of_several_that_are_named_none_is_filled_in(
    desk: Client, naming: Source, words: str, paragraph: int, country: str | None
) -> None:
    key = str(Country.objects.get(iso2=country).pk) if country else ""
    assert begun(desk, naming, words, "contributor", paragraph).get("country", "") == key


def test_a_contributor_that_is_there_already_is_opened_with_the_citation(
    desk: Client, naming: Source
) -> None:
    france, sabre = Country.objects.get(iso2="FR"), Operation.objects.get(slug="sabre")
    there = Contributor.objects.create(operation=sabre, country=france)
    opened = choose(desk, naming, "France sends", "contributor", 2).headers["Location"]
    assert urlsplit(opened).path == address(there)
    values = filled(desk.get(opened))
    assert values["citations-0-excerpt"] == "France sends"
    offered = choose(desk, naming, "France sends", "existing", 2).context["found"]
    assert [offer.record for offer in offered][:3] == [there, sabre, france]


def test_saving_the_form_keeps_the_citation_and_leads_back_to_the_paragraph(
    desk: Client, source: Source
) -> None:
    opened = choose(desk, source, "they will stay", "statement").headers["Location"]
    typed = {"speaker_label": "The minister"}
    saved = desk.post(opened, filled(desk.get(opened)) | typed)
    assert saved.headers["Location"] == f"{reading_address(source.pk)}#paragraph-1"
    citation = Statement.objects.get(speaker_label="The minister").citations.get()
    assert (citation.source, citation.paragraph, citation.excerpt, citation.field) == (
        source,
        1,
        "they will stay",
        "words",
    )


def test_a_form_that_is_refused_keeps_the_citation(desk: Client, source: Source) -> None:
    opened = choose(desk, source, "they will stay", "statement").headers["Location"]
    page = desk.post(opened, filled(desk.get(opened)))
    assert "Name one speaker" in str(errors(page))
    assert filled(page)["citations-0-excerpt"] == "they will stay"


def test_words_are_cited_for_a_record_that_is_there(desk: Client, source: Source) -> None:
    sabre = a_published_operation()
    page = choose(desk, source, "A force of", "existing", paragraph=2)
    assert page.context["found"] == []
    query = page.request["QUERY_STRING"] + "&q=sabre"
    cite_address = reverse("admin:records_source_cite", args=[source.pk])
    (offer,) = desk.get(f"{cite_address}?{query}").context["found"]
    assert offer.record == sabre
    assert urlsplit(offer.address).path == address(sabre)
    values = filled(desk.get(offer.address))
    assert values["citations-1-excerpt"] == "A force of"
    assert desk.post(offer.address, values).status_code == 302
    assert sabre.citations.filter(source=source, paragraph=2, field="name").exists()
    again = choose(desk, source, "instructors", "existing", paragraph=2)
    assert [offer.record for offer in again.context["found"]] == [sabre]


def test_words_are_cited_for_several_fields_at_once(
    desk: Client, member: Member, source: Source
) -> None:
    sabre = a_published_operation()
    cite(operation=sabre, source=source, paragraph=2, excerpt="A force of", field="name")
    place = reverse("admin:records_source_cite", args=[source.pk])
    sent = {"paragraph": 2, "selection": "A force of", "target": f"operation:{sabre.pk}"}
    (offer,) = choose(desk, source, "A force of", "existing", paragraph=2).context["found"]
    assert offer.target == sent["target"]
    assert [name for name, _label, usual in offer.fields() if usual] == ["name"]
    before = newest().number
    page = desk.post(place, sent | {"field": ["name", "type", "start"]}, follow=True)
    assert "Cited for 2 fields." in str([*page.context["messages"]][0])
    made = sabre.citations.filter(source=source, field__in=["type", "start"])
    assert [citation.publication for citation in made] == ["published", "published"]
    assert newest().number == before + 1
    member("Researcher").post(place, sent | {"field": ["status"]})
    assert sabre.citations.get(field="status").publication == "draft"


@pytest.mark.parametrize(
    ("wrong", "answer"),
    [
        ({"field": ["slug"]}, "Choose"),
        ({"target": "operation:0"}, "There is no such record."),
        ({"target": "source:1"}, "There is no such record."),
        ({"selection": "not there"}, 404),
        ({"paragraph": "x"}, 404),
    ],
)
def test_what_cannot_be_cited_is_refused(
    desk: Client, source: Source, wrong: dict[str, Any], answer: Any
) -> None:
    target = f"operation:{a_published_operation().pk}"
    sent = {"paragraph": 2, "selection": "A force of", "target": target, "field": ["name"]}
    place = reverse("admin:records_source_cite", args=[source.pk])
    page = desk.post(place, sent | wrong, follow=True)
    if answer == 404:
        assert page.status_code == 404
    else:
        assert answer in str([*page.context["messages"]][0])
    assert not Citation.objects.filter(source=source).exists()


def test_who_may_not_change_a_published_record_cites_it_with_a_draft(
    member: Member, source: Source
) -> None:
    sabre, researcher = a_published_operation(), member("Researcher")
    asked = {"paragraph": "2", "selection": "A force of", "for": "existing", "q": "sabre"}
    cite_address = reverse("admin:records_source_cite", args=[source.pk])
    (offer,) = researcher.get(cite_address, asked).context["found"]
    assert urlsplit(offer.address).path == list_of(Citation, "add")
    assert researcher.post(offer.address, filled(researcher.get(offer.address))).status_code == 302
    assert sabre.citations.get(source=source).publication == "draft"


def test_words_that_do_not_stand_come_back_with_the_nearest_passage(
    desk: Client, source: Source
) -> None:
    page = choose(desk, source, "60 instructers was promised", "contributor", paragraph=1)
    assert page.status_code == 200
    shown = page.content.decode()
    assert "60 instructers was promised</textarea>" in shown
    assert "“60 instructors was promised” in paragraph 2" in shown
    offered = page.context["misfit"].query
    taken = desk.get(f"{reverse('admin:records_source_cite', args=[source.pk])}?{offered}")
    (excerpt,) = parse_qs(urlsplit(taken.headers["Location"]).query)["cite_excerpt"]
    assert (taken.status_code, excerpt) == (302, "60 instructors was promised")


def test_a_long_selection_pins_its_passage_by_its_first_words(desk: Client) -> None:
    with revision():
        source = a_source(paragraphs=1)
        stored = SourceText.objects.create(source=source, text="“" + "word " * 80 + "end”")
        Source.objects.filter(pk=source.pk).update(text_sha256=stored.sha256)
    opened = choose(desk, source, ("word " * 80).strip(), "statement").headers["Location"]
    values = filled(desk.get(opened))
    assert values["words"] == ("word " * 80).strip()
    assert values["citations-0-excerpt"] == ("word " * 40).strip()


@pytest.mark.parametrize(
    "asked", ["", "paragraph=one&for=statement", "paragraph=1&for=person", "for=statement"]
)
def test_what_no_form_asks_is_not_found(desk: Client, source: Source, asked: str) -> None:
    assert desk.get(f"{reading_address(source.pk)[:-5]}cite/?{asked}").status_code == 404


def test_a_revision_is_made_by_no_reading(desk: Client, source: Source) -> None:
    before = newest().number
    desk.get(reading_address(source.pk))
    choose(desk, source, "60", "operation", paragraph=2)
    assert newest().number == before
    assert not Operation.objects.filter(name="60").exists()
