"""Tables into the desk: what an import would do, and does."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from apps.desk.models import ImportFile
from apps.desk.tests.conftest import (
    Member,
    a_published_operation,
    a_source,
    list_of,
    newest,
)
from apps.desk.tests.tables import carry_out, exported, plan_of, rows_in, said, table, upload
from apps.records.models import (
    Citation,
    Contributor,
    Country,
    LadderStep,
    Operation,
    Person,
    Source,
    Statement,
    StrengthFigure,
)
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow


def test_a_preview_tells_new_changed_unchanged_and_wrong_rows_and_writes_nothing(
    committed_db: None, desk: Client
) -> None:
    with revision():
        Person.objects.create(slug="same", name="Same")
        Person.objects.create(slug="other", name="Other")
    before = newest().number
    rows = rows_in(exported(desk, Person, "csv", "?q=same")) + [
        row | {"name": "Changed"} for row in rows_in(exported(desk, Person, "csv", "?q=other"))
    ]
    new = dict.fromkeys(rows[0], "") | {"slug": "new", "name": "New"}
    wrong = new | {"slug": "No Slug", "name": ""}
    plan = plan_of(upload(desk, Person, table(*rows, new, wrong)))
    assert plan.summary == "1 new, 1 changed, 1 unchanged, 2 wrong"
    (changed,) = plan.changed
    assert [(d.field, d.before, d.after) for d in changed.differences] == [
        ("name", "Other", "Changed")
    ]
    assert [(cell.line, cell.column, cell.value) for cell in plan.wrong] == [
        (5, "slug", "No Slug"),
        (5, "name", ""),
    ]
    assert newest().number == before
    assert not Person.objects.filter(slug="new").exists()


def test_an_import_is_one_revision_with_editor_and_reason_and_is_done_once(
    committed_db: None, desk: Client
) -> None:
    before = newest().number
    page = upload(desk, Person, table(*({"slug": f"p-{n}", "name": "P"} for n in range(3))))
    done = carry_out(desk, page)
    assert said(done) == f"“rows.csv” is imported in revision {before + 1}: 3 new."
    made = newest()
    assert (made.number, made.reason, str(made.editor)) == (before + 1, "Read again", "root")
    assert said(carry_out(desk, page)) == said(done)
    assert newest().number == before + 1
    assert set(Person.objects.filter(name="P").values_list("publication", flat=True)) == {"draft"}
    assert bytes(ImportFile.objects.get().content) == b""


@pytest.mark.parametrize("model", [Contributor, Statement, StrengthFigure, Source, Citation])
def test_the_same_new_rows_twice_are_unchanged(
    committed_db: None, desk: Client, model: Any
) -> None:
    rows = [
        {name: cell for name, cell in row.items() if name not in ("id", "revision")}
        for row in rows_in(exported(desk, model))
    ]
    plan = plan_of(upload(desk, model, table(*rows)))
    assert plan.summary == f"{len(rows)} unchanged"


def test_an_import_needs_a_reason(committed_db: None, desk: Client) -> None:
    page = upload(desk, Person, table({"slug": "new", "name": "New"}))
    again = carry_out(desk, page, reason=" ")
    assert list(again.context["form"].errors) == ["reason"]
    assert not Person.objects.filter(slug="new").exists()


def test_a_row_that_somebody_changed_since_the_export_is_told_and_never_overwritten_silently(
    committed_db: None, desk: Client, member: Member
) -> None:
    with revision():
        person = Person.objects.create(slug="ada", name="Ada")
    rows = [row | {"name": "Mine"} for row in rows_in(exported(desk, Person, "csv", "?q=ada"))]
    with revision(reason="Theirs"):
        Person.objects.filter(pk=person.pk).update(note="Theirs")
    page = upload(desk, Person, table(*rows))
    plan = plan_of(page)
    (stale,) = plan.stale
    assert f"revision {newest().number}, “Theirs”" in stale.stale
    assert {d.field for d in stale.differences} == {"name", "note"}
    assert "Nothing was imported." in said(carry_out(desk, page))
    person.refresh_from_db()
    assert (person.name, person.note) == ("Ada", "Theirs")
    carry_out(desk, page, over_newer="on")
    person.refresh_from_db()
    assert (person.name, person.note) == ("Mine", "")


def test_a_row_changed_between_preview_and_import_is_told_too(
    committed_db: None, desk: Client
) -> None:
    with revision():
        person = Person.objects.create(slug="ada", name="Ada")
    rows = [row | {"name": "Mine"} for row in rows_in(exported(desk, Person, "csv", "?q=ada"))]
    page = upload(desk, Person, table(*rows))
    assert plan_of(page).summary == "1 changed"
    Person.objects.filter(pk=person.pk).update(note="Theirs")
    again = carry_out(desk, page)
    assert plan_of(again).summary == "1 stale"
    person.refresh_from_db()
    assert person.name == "Ada"


def test_a_changed_row_without_its_revision_is_as_if_somebody_had_been_quicker(
    committed_db: None, desk: Client
) -> None:
    Person.objects.create(slug="ada", name="Ada")
    plan = plan_of(upload(desk, Person, table({"slug": "ada", "name": "Mine"})))
    assert "does not say from which revision" in plan.stale[0].stale


def test_the_theatre_of_an_operation_is_a_column(committed_db: None, desk: Client) -> None:
    (row,) = rows_in(exported(desk, Operation, "csv", "?q=minusma"))
    page = upload(desk, Operation, table(row | {"theatre": "NE|mli"}))
    assert [(d.field, d.before, d.after) for d in plan_of(page).changed[0].differences] == [
        ("theatre", row["theatre"], "NE|mli")
    ]
    carry_out(desk, page)
    theatre = Operation.objects.get(slug="minusma").theatre.values_list("iso2", flat=True)
    assert set(theatre) == {"ML", "NE"}
    stale = upload(desk, Operation, table(row | {"note": "Mine"}))
    assert plan_of(stale).summary == "1 stale"


def test_a_column_that_is_left_out_stays_as_it_is(committed_db: None, desk: Client) -> None:
    with revision():
        person = Person.objects.create(slug="ada", name="Ada", note="Kept")
    (row,) = rows_in(exported(desk, Person, "csv", "?q=ada"))
    given = {name: row[name] for name in ("id", "revision")} | {"name": "Ada L."}
    carry_out(desk, upload(desk, Person, table(given)))
    person.refresh_from_db()
    assert (person.name, person.note) == ("Ada L.", "Kept")


def test_one_wrong_row_among_many_leaves_none(committed_db: None, desk: Client) -> None:
    a_published_operation()
    countries = Country.objects.values_list("iso2", flat=True)
    rows = [{"operation": "sabre", "country": code, "organization": ""} for code in countries]
    rows[5] |= {"organization": "g5-sahel"}
    page = upload(desk, Contributor, table(*rows))
    (wrong,) = plan_of(page).wrong
    assert (wrong.line, wrong.message) == (
        7,
        "Name a country or an organization, and only one of them.",
    )
    carry_out(desk, page)
    assert not Contributor.objects.filter(operation__slug="sabre").exists()


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("country", "Malli", "No country here has this key. Did you mean “ML” (Mali)?"),
        ("roles", "troops|nothing_at_all", "“nothing_at_all” is no code of this list."),
        ("publication", "published", "An import does not publish"),
        ("id", "aaaaaaaaaaaa", "No record has this id."),
    ],
)
def test_a_wrong_cell_is_told_with_line_column_value_and_what_is_allowed(
    committed_db: None, desk: Client, column: str, value: str, told: str
) -> None:
    a_published_operation()
    row = {"operation": "sabre", "country": "FR", "roles": "", "publication": "", "id": ""}
    plan = plan_of(upload(desk, Contributor, table(row | {column: value})))
    assert [(cell.line, cell.column, cell.value) for cell in plan.wrong] == [(2, column, value)]
    assert told in plan.wrong[0].message


def test_the_same_record_on_two_lines_is_wrong(committed_db: None, desk: Client) -> None:
    row = {"slug": "new", "name": "New"}
    plan = plan_of(upload(desk, Person, table(row, row)))
    assert [(cell.line, cell.message) for cell in plan.wrong] == [
        (3, "Line 2 of the file is the same record.")
    ]


def test_a_rule_over_several_records_is_told_at_its_line(committed_db: None, desk: Client) -> None:
    a_published_operation()
    source = a_source(paragraphs=2)
    row = {"source": source.public_id, "operation": "sabre", "field": "start", "excerpt": "x"}
    plan = plan_of(upload(desk, Citation, table(row | {"paragraph": 1}, row | {"paragraph": 3})))
    (wrong,) = plan.wrong
    assert wrong.line == 3
    assert "a paragraph that its source does not have" in wrong.message


def test_a_researcher_imports_drafts_and_not_over_what_is_published(
    committed_db: None, member: Member
) -> None:
    researcher, operation = member("Researcher"), a_published_operation()
    page = upload(researcher, Person, table({"slug": "new", "name": "New"}))
    assert "is imported" in said(carry_out(researcher, page))
    (row,) = rows_in(exported(researcher, Operation, "csv", "?q=sabre"))
    plan = plan_of(upload(researcher, Operation, table(row | {"note": "Mine"})))
    assert plan.wrong[0].message == "Only a reviewer may change what is published."
    milestone = {"operation": "sabre", "kind": "initial_operating_capability"}
    plan = plan_of(upload(researcher, type(operation.milestones.model()), table(milestone)))
    assert plan.wrong[0].message.startswith("Only a reviewer may change what is published.")


def test_nobody_sees_the_file_of_another_or_imports_without_permission(
    committed_db: None, desk: Client, member: Member
) -> None:
    page = upload(desk, Person, table({"slug": "new", "name": "New"}))
    assert member("Reviewer").get(page.request["PATH_INFO"]).status_code == 404
    get_user_model()._default_manager.filter(username="root").update(is_superuser=False)
    assert desk.get(list_of(Person, "import")).status_code == 403
    assert desk.get(page.request["PATH_INFO"]).status_code == 403
    assert desk.get(reverse("admin:records_person_export", args=["csv"])).status_code == 403


def test_new_evidence_imports_as_a_draft_for_parts_too(committed_db: None, desk: Client) -> None:
    step = LadderStep.objects.all()[0]
    source = a_source()
    key = f"{step.contributor.public_id}|{step.place}"
    row = {"source": source.public_id, "paragraph": 1, "excerpt": "x", "field": "status"}
    page = upload(desk, Citation, table(row | {"ladder_step": key}))
    carry_out(desk, page)
    assert step.citations.get(source=source).publication == "draft"
