"""What one row cannot hold, refused by the database itself with a message for a person."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from apps.records.models import (
    Citation,
    Contributor,
    Country,
    LadderStep,
    Operation,
    Organization,
    Person,
    Source,
    Statement,
    StrengthFigure,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sabre():
    return Operation.objects.create(slug="sabre", name="Sabre")


@pytest.fixture
def testland():
    return Country.objects.create(
        iso2="XT", iso3="XTT", numeric="990", name_en="Testland", name_fr="Testie"
    )


def refused(record, constraint):
    """Assert that PostgreSQL refuses the row by `constraint`, past any form."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        record.save()
    assert error.value.__cause__.diag.constraint_name == constraint


def statement(**values):
    return Statement(**{"speaker_label": "Unnamed officials", "summary": "Said so.", **values})


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"slug": ""}, "operation_slug_can_stand_in_an_address"),
        ({"slug": "a/b@1"}, "operation_slug_can_stand_in_an_address"),
        ({"public_id": 'a"b'}, "operation_id_has_letters_and_digits"),
        ({"name": " "}, "operation_has_a_name"),
        ({"type": "army"}, "operation_choices_are_known"),
        ({"status": "over"}, "operation_choices_are_known"),
        ({"functions": ["sightseeing"]}, "operation_choices_are_known"),
        ({"publication": "secret"}, "operation_publication_is_known"),
        ({"start": "2020", "end": "2013"}, "operation_end_is_not_before_its_start"),
    ],
)
def test_an_operation_holds_only_what_can_be(values, constraint):
    refused(Operation(**{"slug": "sabre", "name": "Sabre", **values}), constraint)


def test_an_operation_is_not_its_own_predecessor(sabre):
    sabre.predecessor = sabre
    refused(sabre, "operation_does_not_precede_itself")


@pytest.mark.parametrize("values", [{"iso2": "xt"}, {"iso3": "XT"}, {"numeric": "99"}])
def test_codes_of_a_country_are_iso_3166(values):
    codes = {"iso2": "XT", "iso3": "XTT", "numeric": "990", **values}
    refused(Country(name_en="T", name_fr="T", **codes), "country_codes_are_iso_3166")


def test_a_contributor_is_a_country_or_an_organization_and_not_both(sabre, testland):
    un = Organization.objects.create(slug="un", name="UN")
    one_of_two = "contributor_is_a_country_or_an_organization"
    refused(Contributor(operation=sabre), one_of_two)
    refused(Contributor(operation=sabre, country=testland, organization=un), one_of_two)


def test_a_contributor_is_entered_once(sabre, testland):
    Contributor.objects.create(operation=sabre, country=testland)
    refused(Contributor(operation=sabre, country=testland), "contributor_is_entered_once")


def test_a_ladder_has_one_step_at_each_place(sabre, testland):
    contributor = Contributor.objects.create(operation=sabre, country=testland)
    LadderStep.objects.create(contributor=contributor, place=1, status="announced")
    second = LadderStep(contributor=contributor, place=1, status="deployed")
    refused(second, "ladder_has_one_step_a_place")


def test_the_current_status_is_that_of_the_highest_step(sabre, testland):
    contributor = Contributor.objects.create(operation=sabre, country=testland)
    found = Contributor.objects.with_status().get(pk=contributor.pk)
    assert found.current_status == "not_stated"
    LadderStep.objects.create(contributor=contributor, place=2, status="deployed")
    LadderStep.objects.create(contributor=contributor, place=1, status="announced")
    found = Contributor.objects.with_status().get(pk=contributor.pk)
    assert found.current_status == "deployed"


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({}, "strength_has_a_figure"),
        ({"least": 10, "most": 5}, "strength_least_is_not_above_most"),
        ({"least": 10, "basis": "hearsay"}, "strength_choices_are_known"),
    ],
)
def test_a_strength_figure_has_figures_in_order(values, constraint, sabre):
    refused(StrengthFigure(operation=sabre, **values), constraint)


@pytest.mark.parametrize(
    ("least", "most", "figures"),
    [
        (4500, 4500, "4,500"),
        (4000, 4500, "4,000 to 4,500"),
        (4000, None, "at least 4,000"),
        (None, 50, "at most 50"),
    ],
)
def test_figures_read_as_a_person_would_say_them(least, most, figures):
    assert StrengthFigure(least=least, most=most).figures == figures


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"speaker_label": ""}, "statement_has_one_speaker"),
        ({"summary": ""}, "statement_says_something"),
        ({"quote_form": "direct"}, "statement_quotes_where_it_says_so"),
        ({"act": "sing"}, "statement_choices_are_known"),
        ({"translation": "Yes"}, "statement_translates_words_of_another_language"),
        (
            {"words": "Yes", "language": "en-GB", "translation": "Yes"},
            "statement_translates_words_of_another_language",
        ),
    ],
)
def test_a_statement_says_something_by_one_speaker(values, constraint):
    refused(statement(**values), constraint)


def test_a_statement_with_a_person_and_a_label_is_refused():
    parly = Person.objects.create(slug="florence-parly-2", name="Florence Parly")
    refused(statement(speaker_person=parly), "statement_has_one_speaker")
    assert statement(speaker_person=parly, speaker_label="").speaker == parly


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"paragraph": 0}, "citation_names_a_passage"),
        ({"excerpt": " "}, "citation_names_a_passage"),
        ({"field": "colour"}, "citation_field_is_one_of_operation"),
        ({"excerpt": ""}, "citation_names_a_passage"),
        ({"caveats": ["doubtful"]}, "citation_choices_are_known"),
        ({"rank": "preferred"}, "citation_rank_has_a_reason"),
        ({"operation": None}, "citation_supports_one_record"),
    ],
)
def test_a_citation_names_a_passage_and_one_record(values, constraint, sabre):
    source = Source.objects.create(title="[A report]")
    whole = {"paragraph": 1, "excerpt": "Sabre", "operation": sabre, "field": "name", **values}
    refused(Citation(source=source, **whole), constraint)


def test_a_citation_of_two_records_is_refused(sabre, testland):
    source = Source.objects.create(title="[A report]")
    both = Citation(
        source=source, paragraph=1, excerpt="x", field="country", operation=sabre, country=testland
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        both.save()


def test_a_citation_of_a_field_that_the_record_does_not_have_is_explained(sabre):
    source = Source.objects.create(title="[A report]")
    citation = Citation(source=source, paragraph=1, excerpt="x", operation=sabre, field="colour")
    with pytest.raises(ValidationError, match="“colour” is no field here. Choose: name, "):
        citation.full_clean()


def test_an_excerpt_is_at_most_200_characters(sabre):
    citation = Citation(paragraph=1, excerpt="x" * 201, operation=sabre, field="name")
    with pytest.raises(ValidationError) as error:
        citation.full_clean()
    assert "excerpt" in error.value.message_dict


def test_a_record_is_found_by_its_slug_its_code_and_its_public_id(sabre, testland):
    assert Operation.objects.with_key("sabre").get() == sabre
    assert Operation.objects.with_key(sabre.public_id).get() == sabre
    for key in ("XT", "xt", "XTT", testland.public_id):
        assert Country.objects.with_key(key).get() == testland


def test_public_ids_do_not_repeat_and_hold_no_letter_that_can_be_misread():
    made = {Operation().public_id for _ in range(1000)}
    assert len(made) == 1000
    assert not set("".join(made)) & set("ilou")


@pytest.mark.parametrize("text", ["Barkhane", "barkhane", "BARKHANE", "opération", "operations"])
def test_search_folds_accents_and_case_in_both_languages(text):
    from django.contrib.postgres.search import SearchQuery

    found = Operation.objects.create(slug="b2", name="Opération Barkhane")
    query = SearchQuery(text, config="extensions.sahelref_fr") | SearchQuery(
        text, config="extensions.sahelref_en"
    )
    assert Operation.objects.filter(search=query, pk=found.pk).exists()
