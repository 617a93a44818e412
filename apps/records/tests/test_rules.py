"""The rules that take several records, held by PostgreSQL whatever writes."""

import pytest
from django.db import IntegrityError, connection, transaction

from apps.records.models import (
    Citation,
    Contributor,
    Country,
    Milestone,
    Operation,
    Source,
    SourceText,
    StrengthFigure,
)
from apps.records.tests.making import WITHDRAWN
from apps.revisions.writing import check_now, revision


def cite(source, field="name", **target):
    return Citation.objects.create(
        source=source,
        paragraph=1,
        excerpt=f"{field} of {target}"[:200],
        field=field,
        publication="published",
        **target,
    )


def country(code):
    return Country.objects.create(
        iso2=code,
        iso3=code + "X",
        numeric=f"9{ord(code[1])}",
        name_en=code,
        name_fr=code,
        publication="published",
    )


@pytest.fixture
def source(committed_db):
    return Source.objects.create(title="[A report]", paragraphs=2, publication="published")


@pytest.fixture
def sabre(source):
    with revision():
        operation = Operation.objects.create(slug="sabre", name="Sabre", publication="published")
        cite(source, operation=operation)
    return operation


def refused(name):
    """Expect the commit of the block to be refused by the rule or constraint `name`."""
    return pytest.raises(IntegrityError, check=lambda error: _constraint(error) == name)


def _constraint(error):
    return error.__cause__.diag.constraint_name


def test_a_published_record_without_a_citation_is_refused(committed_db):
    with refused("published_operation_is_cited"):
        Operation.objects.create(slug="bare", name="Bare", publication="published")
    assert not Operation.objects.filter(slug="bare").exists()


def test_a_draft_needs_no_citation(committed_db):
    Operation.objects.create(slug="bare", name="Bare")


def test_raw_sql_cannot_publish_what_is_not_cited(committed_db):
    Operation.objects.create(slug="bare", name="Bare")
    with refused("published_operation_is_cited"), connection.cursor() as cursor:
        cursor.execute("UPDATE records_operation SET publication = 'published'")


def test_a_draft_citation_does_not_make_a_record_publishable(source):
    with refused("published_operation_is_cited"), revision():
        operation = Operation.objects.create(slug="bare", name="Bare", publication="published")
        Citation.objects.create(
            source=source, paragraph=1, excerpt="x", field="name", operation=operation
        )


def test_the_last_citation_of_a_published_record_cannot_be_deleted(sabre):
    with refused("published_operation_is_cited"):
        Citation.objects.filter(operation=sabre).delete()
    assert Citation.objects.filter(operation=sabre).exists()


def test_a_citation_can_be_replaced_within_a_transaction(sabre, source):
    with revision():
        Citation.objects.filter(operation=sabre).delete()
        cite(source, field="mandate", operation=sabre)


def test_a_part_of_a_published_record_is_cited_itself(sabre, source):
    with refused("published_milestone_is_cited"):
        Milestone.objects.create(operation=sabre, kind="initial_operating_capability")
    with revision():
        milestone = Milestone.objects.create(operation=sabre, kind="initial_operating_capability")
        cite(source, field="kind", milestone=milestone)


def test_a_published_record_names_published_records_only(sabre, source):
    hidden = Operation.objects.create(slug="hidden", name="Hidden")
    with refused("published_operation_predecessor"):
        Operation.objects.filter(pk=sabre.pk).update(predecessor=hidden)


def test_a_cited_part_cannot_be_moved_to_a_draft(sabre, source):
    with revision():
        milestone = Milestone.objects.create(operation=sabre, kind="initial_operating_capability")
        cite(source, field="kind", milestone=milestone)
        draft = Operation.objects.create(slug="hidden", name="Hidden")
    with refused("published_citation_milestone"):
        Milestone.objects.filter(pk=milestone.pk).update(operation=draft)


def test_what_a_published_record_names_cannot_be_withdrawn(sabre, source):
    with refused("published_citation_source"):
        Source.objects.filter(pk=source.pk).update(**WITHDRAWN)


def test_a_figure_of_a_contributor_to_another_operation_is_refused(sabre, source):
    with revision():
        other = Operation.objects.create(slug="serval", name="Serval")
        contributor = Contributor.objects.create(operation=other, country=country("XA"))
        cite(source, field="name_en", country=contributor.country)
    with refused("strength_contributor_is_of_its_operation"):
        StrengthFigure.objects.create(operation=sabre, contributor=contributor, least=5)


def test_a_citation_of_a_paragraph_that_is_not_there_is_refused(sabre, source):
    with refused("citation_paragraph_exists"):
        Citation.objects.filter(operation=sabre).update(paragraph=3)
    with refused("citation_paragraph_exists"):
        Source.objects.filter(pk=source.pk).update(paragraphs=0)


def test_a_stored_text_has_the_recorded_hash(source):
    with revision():
        stored = SourceText.objects.create(source=source, text="First.\n\nSecond.")
        Source.objects.filter(pk=source.pk).update(text_sha256=stored.sha256)
    with refused("stored_text_has_the_recorded_hash"):
        SourceText.objects.filter(pk=stored.pk).update(text="Another text.")


def test_an_excerpt_stands_in_the_stored_text_whichever_is_written_last(sabre, source):
    with refused("citation_excerpt_stands_in_its_source"):
        SourceText.objects.create(source=source, text="Another text.\n\nOf two paragraphs.")
    excerpt = Citation.objects.get(operation=sabre).excerpt
    with revision():
        text = f"\n\n \n\nOne.\r\n\r\n{excerpt}"
        stored = SourceText.objects.create(source=source, text=text)
        Source.objects.filter(pk=source.pk).update(text_sha256=stored.sha256)
        Citation.objects.filter(operation=sabre).update(paragraph=2)
    for wrong in ({"excerpt": "Of two"}, {"paragraph": 1}):
        with refused("citation_excerpt_stands_in_its_source"):
            Citation.objects.filter(operation=sabre).update(**wrong)
    with refused("citation_excerpt_stands_in_its_source"):
        SourceText.objects.filter(pk=stored.pk).update(text="One.\n\nTwo.")


def test_a_refusal_names_the_record_and_leaves_nothing_half_written(sabre):
    @revision()
    def write_two():
        Operation.objects.filter(pk=sabre.pk).update(mandate="half")
        Operation.objects.create(slug="bare", name="Bare", publication="published")

    with pytest.raises(IntegrityError) as error:
        write_two()
    bare = error.value.__cause__.diag.message_detail
    assert bare.startswith("operation of ")
    sabre.refresh_from_db()
    assert sabre.mandate == ""


def test_a_form_can_ask_before_the_commit(committed_db):
    with transaction.atomic():
        Operation.objects.create(slug="bare", name="Bare", publication="published")
        with pytest.raises(IntegrityError), transaction.atomic():
            check_now()
        Operation.objects.filter(slug="bare").update(publication="draft")
    assert Operation.objects.get(slug="bare").publication == "draft"
