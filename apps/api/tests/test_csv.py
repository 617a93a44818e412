"""CSV: the same records and the same values as JSON, whole, and safe to open."""

import csv
import io

import pytest

from apps.records.catalogue import CATALOGUE
from apps.records.exports import safe

pytestmark = pytest.mark.django_db


def table(answer):
    """Return the rows of a CSV, each a dictionary by column."""
    assert answer.status == 200, answer.text
    assert answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def as_cell(value):
    """Return what a CSV shows for a value in JSON: a key for a record, EDTF for a date."""
    match value:
        case {"edtf": text}:
            return text
        case {"slug": key} | {"code": key}:
            return key
        case {"country": {"code": key}, "citations": _}:  # a member
            return key
        case {"country": _, "id": key} | {"title": _, "id": key}:
            return key
        case list():
            return "|".join(sorted(as_cell(each) for each in value))
        case None:
            return ""
    return str(safe(value))


def everything(get, address):
    page, records = get(address), []
    while True:
        records += page["results"]
        if page["next"] is None:
            return records
        page = get(page["next"])


# Named alike in both, and shown in two ways: a citation's record, a speaker, the steps by their
# status, an office by its title.
TOLD_OTHERWISE = {"record", "speaker", "ladder", "offices"}


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_csv_has_the_records_of_json_in_their_order_with_the_same_values(ask, get, name):
    rows, records = table(ask(f"{name}/?format=csv")), everything(get, f"{name}/?page_size=200")
    shared = [column for column in rows[0] if column in records[0]]
    compared = [column for column in shared if column not in TOLD_OTHERWISE]
    assert len(compared) >= 4
    for row, record in zip(rows, records, strict=True):
        told = {column: "|".join(sorted(row[column].split("|"))) for column in compared}
        assert told == {
            column: "|".join(sorted(as_cell(record[column]).split("|"))) for column in compared
        }


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_columns_are_those_of_the_catalogue(ask, name):
    assert ask(f"{name}/?format=csv").text.splitlines()[0].split(",") == list(
        CATALOGUE[name].columns
    )


def test_a_csv_is_asked_for_by_accept_too(ask):
    assert len(table(ask("operations/", accept="text/csv"))) > 1


def test_a_csv_is_the_whole_filtered_list_and_not_a_page(ask, get):
    address = "citations/?operation=barkhane&page_size=2"
    assert len(table(ask(f"{address}&format=csv"))) == get(address)["count"] > 2


def test_fields_choose_columns(ask):
    assert list(table(ask("operations/?format=csv&fields=slug,status"))[0]) == ["slug", "status"]


def test_one_record_is_a_csv_of_one_row(ask):
    rows = table(ask("operations/barkhane/?format=csv"))
    assert [row["slug"] for row in rows] == ["barkhane"]


def test_a_csv_of_the_past_is_of_the_past(ask):
    assert table(ask("operations/?format=csv&as_of=0")) == []


def test_the_file_is_named_after_what_it_holds(ask, get):
    disposition = ask("operations/?format=csv").headers["Content-Disposition"]
    newest = get("")["newest"]
    assert disposition == f'attachment; filename="sahelref-operations-revision-{newest}.csv"'
