"""Rows of a table that rules refuse: each is told at its line, and what to do instead."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from apps.desk.tests.conftest import Member, a_published_operation, a_source
from apps.desk.tests.tables import plan_of, table, upload
from apps.records.models import Citation, Country, StrengthFigure
from apps.records.tests import making
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow


def test_every_row_that_breaks_a_rule_is_told_and_not_the_first_alone(
    committed_db: None, desk: Client
) -> None:
    making.operation("serval")
    other = making.contributor(a_published_operation(), Country.objects.get(iso2="FR"))
    row = {"operation": "serval", "contributor": other.public_id}
    plan = plan_of(upload(desk, StrengthFigure, table(*(row | {"least": n} for n in (1, 2, 3)))))
    why = "The contributor of a strength figure belongs to another operation."
    assert [cell.line for cell in plan.wrong] == [2, 3, 4]
    assert {cell.message.partition(" Here:")[0] for cell in plan.wrong} == {why}


def test_no_more_than_a_hundred_rows_are_told(committed_db: None, desk: Client) -> None:
    source = a_source(paragraphs=2)
    a_published_operation()
    row = {"source": source.public_id, "operation": "sabre", "field": "start", "paragraph": 3}
    rows = (row | {"excerpt": f"x{number}"} for number in range(120))
    plan = plan_of(upload(desk, Citation, table(*rows)))
    assert [cell.line for cell in plan.wrong] == list(range(2, 102))
    assert plan.counts["wrong"] == 120


PARTS = {
    "milestone": {"operation": "sabre", "kind": "initial_operating_capability"},
    "ladderstep": {"place": "1", "status": "announced"},
    "membership": {"organization": "league", "country": "ML", "start": "2014"},
    "office": {"person": "smith", "title": "Minister", "country": "ML"},
}


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("group", ["", "Researcher"])
def test_a_new_part_of_what_is_published_is_refused_and_says_where_to_enter_it(
    committed_db: None, member: Member, name: str, group: str
) -> None:
    with revision(reason="Publish what has parts"):
        public, source = {"publication": "published"}, a_source(publication="published")
        owners: dict[str, Any] = {
            "organization": making.organization("league", **public),
            "person": making.person("smith", **public),
        }
        operation = a_published_operation()
        owners["contributor"] = making.contributor(
            operation, Country.objects.get(iso2="FR"), **public
        )
        for kind, owner in owners.items():
            field = "country" if kind == "contributor" else "name"
            making.citation(source, **{kind: owner}, field=field, **public)
    row = {"contributor": owners["contributor"].public_id} if name == "ladderstep" else {}
    model = apps.get_model("records", name)
    plan = plan_of(upload(member(group), model, table(row | PARTS[name])))
    (wrong,) = plan.wrong
    assert (wrong.line, wrong.column) == (2, next(iter(row | PARTS[name])))
    if group:
        assert "Let one import the file, or leave the row out." in wrong.message
    else:
        assert "needs a citation, which this table does not bring" in wrong.message
        assert f"Enter it with its citation on the page of the {wrong.column}." in wrong.message
