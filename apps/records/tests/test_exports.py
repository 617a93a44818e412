"""Exports: the same columns everywhere, safe in a spreadsheet, of any size."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from apps.records.catalogue import CATALOGUE
from apps.records.exports import csv_stream, public_csv, row, rows, safe
from apps.records.models import Operation, Person
from apps.records.tests.making import (
    asked,
    citation,
    contributor,
    country,
    ladder,
    operation,
    person,
    source,
    strength,
    whole,
)
from apps.revisions.public import reading


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+33 1", "'+33 1"),
        ("-chad", "'-chad"),
        ("@cmd", "'@cmd"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("a=b", "a=b"),
        ("../2013", "../2013"),
        ("'quoted'", "'quoted'"),
        ("", ""),
        (-5, -5),
        (0, 0),
        (None, None),
    ],
)
def test_no_text_runs_as_a_formula_and_numbers_stay(cell: object, written: object) -> None:
    assert safe(cell) == written  # type: ignore[arg-type]


def test_dates_are_edtf_and_several_values_are_joined(no_records: None) -> None:
    takuba = operation("takuba", start="2020-23", functions=["train", "assist"])
    takuba.theatre.add(country("NE"), country("ML"))
    record = asked("operations").records[0]
    cells = row(CATALOGUE["operations"], record)
    assert cells["start"] == "2020-23"
    assert cells["functions"] == "train|assist"
    assert cells["theatre"] == "ML|NE"
    assert cells["predecessor"] == ""


def test_a_contributor_has_its_status_and_the_ladder_behind_it(no_records: None) -> None:
    sweden = contributor(operation("takuba"), country("SE", "Sweden"), roles=["troops"])
    ladder(sweden, ("announced", "2019"), ("committed", "2020-01-15"))
    cells = row(CATALOGUE["contributors"], asked("contributors").records[0])
    assert cells == {
        "id": sweden.public_id,
        "operation": "takuba",
        "country": "SE",
        "organization": "",
        "name": "Sweden",
        "roles": "troops",
        "status": "committed",
        "status_since": "2020-01-15",
        "status_expected": "",
        "ladder": "announced|committed",
        "note": "",
        "status_on_day": "",
    }


def test_a_citation_names_the_record_that_its_part_belongs_to(no_records: None) -> None:
    sweden = contributor(operation("takuba"), country("SE"))
    step = sweden.ladder.create(place=1, status="announced")
    citation(source(), ladder_step=step, field="status", paragraph=8)
    cells = row(CATALOGUE["citations"], asked("citations").records[0])
    assert (cells["record_type"], cells["record"]) == ("ladder_step", sweden.public_id)
    assert cells["paragraph"] == 8


def test_a_figure_is_a_number_and_an_unknown_one_is_empty(no_records: None) -> None:
    strength(operation("barkhane"), least=4500)
    entry = CATALOGUE["strengths"]
    text = "".join(csv_stream(entry, rows(entry, whole("strengths"))))
    (line,) = csv.DictReader(StringIO(text))
    assert (line["least"], line["most"], line["date"]) == ("4500", "", "")


def test_a_text_comes_back_as_it_was(no_records: None) -> None:
    note = '“Quoted”, with commas;\nlines\r\nand "marks"'
    person("a", note=note)
    entry = CATALOGUE["people"]
    text = "".join(csv_stream(entry, rows(entry, whole("people"))))
    (line,) = csv.DictReader(StringIO(text, newline=""))
    assert line["note"] == note


def test_an_empty_list_has_its_header(no_records: None) -> None:
    entry = CATALOGUE["people"]
    assert list(csv_stream(entry, rows(entry, whole("people")))) == [
        "id,slug,name,offices,note\r\n"
    ]


def test_the_whole_list_is_given_not_a_page_of_it(no_records: None) -> None:
    for number in range(5):
        person(f"p{number}")
    found = whole("people", "page_size=2&ordering=-name")
    slugs = [cells["slug"] for cells in rows(CATALOGUE["people"], found)]
    assert slugs == ["p4", "p3", "p2", "p1", "p0"]


def test_the_first_line_is_there_before_the_database_is_asked(no_records: None) -> None:
    entry = CATALOGUE["people"]
    found = whole("people")
    with CaptureQueriesContext(connection) as queries:
        next(csv_stream(entry, rows(entry, found)))
    assert len(queries) == 0


def test_a_long_list_is_fetched_in_chunks(no_records: None) -> None:
    Person.objects.bulk_create(Person(slug=f"p{n}", name="A person") for n in range(1200))
    entry = CATALOGUE["people"]
    lines = csv_stream(entry, rows(entry, whole("people")))
    assert [chunk.count("\r\n") for chunk in lines] == [1, 500, 500, 200]


def test_public_records_are_not_read_outside_a_snapshot(db: None) -> None:
    with reading():
        found = whole("operations")
    with pytest.raises(RuntimeError, match="reading"):
        next(rows(CATALOGUE["operations"], found))


def test_a_public_list_keeps_to_the_public_database_wherever_it_is_read(db: None) -> None:
    with reading():
        found = whole("operations")
    operation("draft-made-later")
    assert found.db == "public"
    assert "draft-made-later" not in [record.slug for record in found]


def test_a_public_csv_reads_a_snapshot_of_its_own_at_the_revision_shown(db: None) -> None:
    with reading() as state:
        slugs = set(Operation.objects.values_list("slug", flat=True))
    operation("draft")
    text = b"".join(public_csv(CATALOGUE["operations"], QueryDict(), shown=state.shown)).decode()
    assert {line["slug"] for line in csv.DictReader(StringIO(text))} == slugs
    empty = b"".join(public_csv(CATALOGUE["operations"], QueryDict(), shown=0)).decode()
    assert list(csv.DictReader(StringIO(empty))) == []
