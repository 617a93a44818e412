"""Tables out of the desk: what an export says, and that it comes back unchanged."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from apps.desk.tests.conftest import (
    list_of,
)
from apps.desk.tests.tables import exported, plan_of, rows_in, upload
from apps.records.models import (
    LadderStep,
    Person,
)
from apps.revisions.tracking import REGISTRY

MODELS = [model for model in admin.site._registry if model in REGISTRY]
NAMES = [model.__name__ for model in MODELS]
LIVE = "=HYPERLINK(1)"

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_the_export_of_a_list_imports_again_as_unchanged(
    desk: Client, model: Any, kind: str
) -> None:
    plan = plan_of(upload(desk, model, exported(desk, model, kind), f"rows.{kind}"))
    assert plan.summary == f"{model.objects.count()} unchanged"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "text",
    [
        LIVE,
        "'=x",
        "-5 degrees",
        "@home",
        " spaces ",
        "a\r\nb",
        "a\nb",
        "\x0b",
        "_x0041_",
        "a|b",
        "é",
    ],
)
def test_no_text_is_changed_by_going_out_and_in(desk: Client, text: str, kind: str) -> None:
    Person.objects.create(slug="odd", name="Odd", note=text)
    content = exported(desk, Person, kind, "?q=odd")
    assert plan_of(upload(desk, Person, content, f"rows.{kind}")).summary == "1 unchanged"


def test_an_export_holds_the_filtered_list_and_no_cell_that_a_spreadsheet_would_run(
    desk: Client,
) -> None:
    Person.objects.create(slug="odd", name=LIVE)
    Person.objects.create(slug="even", name="Even")
    (row,) = rows_in(exported(desk, Person, "csv", "?q=odd"))
    assert (row["slug"], row["name"]) == ("odd", f"'{LIVE}")
    book = load_workbook(BytesIO(exported(desk, Person, "xlsx", "?q=odd")))
    (_, cells) = book["Records"].iter_rows()
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_a_template_names_the_columns_and_what_each_allows(desk: Client) -> None:
    address = reverse("admin:records_ladderstep_template", args=["xlsx"])
    book = load_workbook(BytesIO(desk.get(address).content))
    assert [cell.value for cell in book["Records"][1]][:3] == ["revision", "contributor", "place"]
    allowed = {row[0].value: row[2].value for row in book["Columns"].iter_rows(min_row=2)}
    assert "announced" in allowed["status"]
    assert desk.get(list_of(LadderStep, "import")).status_code == 200
