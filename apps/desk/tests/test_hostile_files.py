"""Files that are no table: each is answered in words and leaves nothing behind."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from apps.desk.models import ImportFile
from apps.desk.tests.hostile import CASES, workbook
from apps.desk.tests.tables import plan_of, upload
from apps.records.models import Person

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("name", CASES)
def test_what_is_no_table_is_refused_in_words_and_leaves_nothing(desk: Client, name: str) -> None:
    file, content, told = CASES[name]
    people = Person.objects.count()
    page = upload(desk, Person, content(), file)
    assert page.status_code == 200
    (error,) = page.context["form"].errors["file"]
    assert told in error
    assert Person.objects.count() == people
    assert not ImportFile.objects.exists()


def test_a_date_of_a_spreadsheet_is_refused_because_it_is_more_precise_than_what_was_typed(
    desk: Client,
) -> None:
    page = upload(desk, Person, workbook(["slug", "name"], ["a", date(2020, 1, 1)]), "a.xlsx")
    assert "makes 2020-01 into 1 January 2020" in page.context["form"].errors["file"][0]


def test_numbers_and_blank_cells_of_a_spreadsheet_are_texts(desk: Client) -> None:
    rows: list[list[Any]] = [
        ["slug", "name", "note"],
        ["a", 2020, None],
        [None, None, None],
        ["b", 1.5, ""],
    ]
    assert plan_of(upload(desk, Person, workbook(*rows), "a.xlsx")).summary == "2 new"


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_what_a_spreadsheet_in_french_writes_is_read(desk: Client, delimiter: str) -> None:
    text = f"slug{delimiter}name\na{delimiter}A, B\n"
    assert plan_of(upload(desk, Person, b"\xef\xbb\xbf" + text.encode())).summary == "1 new"
