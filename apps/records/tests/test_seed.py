"""What the fixtures say: every fact cited, nothing of our own, no sentence of the article taken."""

import json
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.db.models import Q

from apps.records.dates import PartialDate
from apps.records.models import (
    TARGETS,
    Citation,
    Contributor,
    Milestone,
    Operation,
    Organization,
    Person,
    Source,
    Statement,
    StrengthFigure,
    citable_fields,
    paragraphs_of,
)
from apps.records.models.base import ALPHABET
from apps.records.seeding import FIXTURES, SEEDED

ARTICLE = Path(settings.BASE_DIR).parent / "shared" / "seed" / "article.txt"
ROWS = {name: json.loads((FIXTURES / f"{name}.json").read_text()) for name in SEEDED}
EVERY_ROW = [(name, row["fields"]) for name, rows in ROWS.items() for row in rows]

# Values that no passage can support: what the standards say of a country, the order of the steps,
# the language of the words as they stand, members that are cited one by one.
UNCITED = {
    "country": {"iso2", "iso3", "numeric", "name_fr"},
    "ladder_step": {"place", "contributor"},
    "statement": {"language"},
    "organization": {"countries"},
}

with_article = pytest.mark.skipif(
    not ARTICLE.exists(), reason="the article is not part of the project"
)


def paragraphs():
    return paragraphs_of(ARTICLE.read_text(encoding="utf-8"))


def words_in(text):
    return re.findall(r"[\w'-]+", text.lower())


# The files


@pytest.mark.parametrize("name", SEEDED)
def test_fixtures_hold_values_only_in_the_order_of_the_model(name):
    for row in ROWS[name]:
        model = apps.get_model(row["model"])
        order = [field.name for field in model._meta.fields if field.serialize]
        assert model is SEEDED[name]
        assert list(row["fields"]) == [field for field in order if field in row["fields"]]
        assert [value for value in row["fields"].values() if value in ("", None, [])] == []


@pytest.mark.parametrize("name", SEEDED)
@pytest.mark.django_db
def test_every_fixture_row_finds_itself_by_its_natural_key_and_is_valid(name):
    text = (FIXTURES / f"{name}.json").read_text()
    for deserialized in serializers.deserialize("json", text):
        row = deserialized.object
        assert row.pk is not None
        row._state.adding = False
        # Its constraints hold: it stands in the database.
        row.full_clean(validate_constraints=False)


def test_every_record_is_published_and_has_an_id_of_the_alphabet():
    records = [fields for _, fields in EVERY_ROW if "public_id" in fields]
    assert {fields["publication"] for fields in records} == {"published"}
    ids = [fields["public_id"] for fields in records]
    assert len(ids) == len(set(ids))
    assert [each for each in ids if not re.fullmatch(f"[{ALPHABET}]{{12}}", each)] == []


# The evidence


def facts_of(row):
    return {name for name in citable_fields(type(row)) if holds_a_fact(row, name)}


def holds_a_fact(row, name):
    value = getattr(row, name)
    if hasattr(value, "exists"):
        return value.exists()
    return value not in (None, [], "not_stated") and str(value) != ""


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.django_db
def test_every_fact_of_every_record_is_cited(target):
    for row in TARGETS[target]._default_manager.all():
        cited = set(Citation.objects.filter(**{target: row}).values_list("field", flat=True))
        assert cited, row
        assert facts_of(row) - UNCITED.get(target, set()) - cited == set(), row


def test_excerpts_are_short():
    lengths = [len(fields["excerpt"]) for name, fields in EVERY_ROW if name == "citations"]
    assert max(lengths) <= 100


@pytest.mark.django_db
def test_relative_dates_are_kept_as_written_and_never_turned_into_dates():
    assert set(Statement.objects.values_list("said", flat=True)) == {PartialDate()}
    assert set(Citation.objects.filter(field="said").values_list("as_written", flat=True)) == {
        "earlier this month",
        "last week",
    }


@with_article
def test_the_values_as_written_stand_in_the_paragraph():
    text = paragraphs()
    cited = [fields for name, fields in EVERY_ROW if name == "citations"]
    assert [
        fields
        for fields in cited
        if fields.get("as_written", "") not in text[fields["paragraph"] - 1]
    ] == []


@with_article
def test_quoted_words_stand_in_the_article_letter_by_letter():
    quoted = [fields.get("words", "") for name, fields in EVERY_ROW if name == "statements"]
    assert sum(map(bool, quoted)) == 4
    assert [words for words in quoted if not any(words in each for each in paragraphs())] == []


@with_article
def test_every_paragraph_is_cited():
    cited = {fields["paragraph"] for name, fields in EVERY_ROW if name == "citations"}
    assert cited == set(range(1, len(paragraphs()) + 1))


@with_article
def test_no_run_of_eight_words_of_the_article_is_in_our_own_text():
    article = f" {' '.join(words_in(' '.join(paragraphs())))} "
    ours = [
        part
        for _, fields in EVERY_ROW
        for field in ("note", "mandate", "summary", "occasion", "title")
        for part in re.split("“[^”]*”", fields.get(field, ""))
    ]
    assert [run for text in ours for run in runs_of_eight(text) if f" {run} " in article] == []


def runs_of_eight(text):
    words = words_in(text)
    return [" ".join(words[start : start + 8]) for start in range(len(words) - 7)]


# What it says


def ladders(operation):
    contributors = Contributor.objects.filter(operation__slug=operation)
    return {
        str(each.actor): (each.roles, [step.status for step in each.ladder.all()])
        for each in contributors
    }


@pytest.mark.django_db
def test_the_source_has_nothing_that_the_article_does_not_state():
    source = Source.objects.get()
    assert source.title.startswith("[")
    blank = [source.publisher, source.author, str(source.published), source.url, source.archive_url]
    assert (blank, source.dateline, source.language) == ([""] * 5, "PARIS", "en")


@pytest.mark.django_db
def test_operations_are_those_of_the_article():
    assert set(Operation.objects.values_list("slug", "status")) == {
        ("barkhane", "active"),
        ("coalition-for-the-sahel", "announced"),
        ("eucap-sahel-niger", "not_stated"),
        ("eutm", "not_stated"),
        ("french-initiative-mali-2013", "not_stated"),
        ("minusma", "not_stated"),
        ("takuba-task-force", "announced"),
    }


@pytest.mark.django_db
def test_in_barkhane_three_have_troops_and_the_us_part_is_under_review():
    troops = (["troops"], ["deployed"])
    assert ladders("barkhane") == {
        "France": (["lead_nation"], ["deployed"]),
        "United States": (["intelligence", "logistics"], ["deployed", "under_review"]),
        "Sweden": troops,
        "Estonia": troops,
        "Portugal": troops,
    }


@pytest.mark.django_db
def test_in_takuba_three_are_committed_two_announced_and_france_is_not_named():
    committed = (["special_forces"], ["committed"])
    assert ladders("takuba-task-force") == {
        "Sweden": committed,
        "Estonia": committed,
        "Portugal": committed,
        "Italy": ([], ["announced"]),
        "Belgium": ([], ["announced"]),
    }


@pytest.mark.django_db
def test_europe_is_kept_as_printed_and_is_not_the_eu():
    europe, eu = (Organization.objects.get(slug=slug) for slug in ("europe", "eu"))
    assert set(europe.contributions.values_list("operation__slug", flat=True)) == {
        "eutm",
        "eucap-sahel-niger",
        "minusma",
    }
    assert not europe.memberships.exists()
    assert not eu.contributions.exists()
    named = Citation.objects.filter(Q(organization=europe) | Q(contributor__organization=europe))
    assert all("actor_ambiguous" in citation.caveats for citation in named)


@pytest.mark.django_db
def test_the_one_figure_is_of_the_whole_of_barkhane_on_no_stated_basis():
    figure = StrengthFigure.objects.get()
    assert (figure.operation.slug, figure.contributor) == ("barkhane", None)
    assert (figure.least, figure.most, figure.bound) == (4500, 4500, "exact")
    assert (figure.basis, figure.scope, str(figure.date)) == ("not_stated", "operation_total", "")


@pytest.mark.django_db
def test_what_is_expected_of_takuba_is_a_milestone_not_reached():
    milestone = Operation.objects.get(slug="takuba-task-force").milestones.get()
    assert Milestone.objects.count() == 1
    assert not milestone.reached
    assert (milestone.kind, str(milestone.expected)) == ("full_operating_capability", "../2020-23")


@pytest.mark.django_db
def test_macron_has_neither_first_name_nor_office_and_is_quoted_three_times():
    macron = Person.objects.get(slug="macron")
    assert (macron.name, macron.offices.count()) == ("Macron", 0)
    forms = macron.statements.order_by("quote_form").values_list("quote_form", flat=True)
    assert list(forms) == ["direct", "direct", "direct", "indirect"]


@pytest.mark.django_db
def test_speakers_without_a_name_stay_without_one():
    unnamed = Statement.objects.exclude(speaker_label="")
    assert set(unnamed.values_list("speaker_kind", flat=True)) == {
        "unnamed_officials",
        "legislature_group",
        "collective_meeting",
        "government",
    }
