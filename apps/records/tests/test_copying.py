"""PostgreSQL writes the bytes of CSV that Python writes: of every record, however awkward."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from apps.records.asking import read
from apps.records.catalogue import CATALOGUE
from apps.records.columns import COLUMNS
from apps.records.copying import csv_lines
from apps.records.exports import csv_rows, public_csv, rows
from apps.records.models import TARGETS, Citation, Country
from apps.records.tests.awkward import commit_awkward_records
from apps.revisions.public import reading

pytestmark = pytest.mark.slow


def both(name, query="", as_of="", columns=()):
    """Return the CSV of a list, as Python writes it and as PostgreSQL does."""
    entry = CATALOGUE[name]
    entry = replace(entry, columns=columns or entry.columns)
    with reading(as_of):
        queryset = read(entry, QueryDict(query)).queryset
        plain = b"".join(csv_rows(rows(entry, queryset)))
        return plain, b"".join(csv_lines(entry, queryset))


def assert_equal(name, *asked, **options):
    plain, written = both(name, *asked, **options)
    for expected, line in zip(plain.split(b"\r\n"), written.split(b"\r\n"), strict=True):
        assert line == expected


@pytest.fixture
def awkward(committed_db):
    commit_awkward_records()


@pytest.mark.django_db
@pytest.mark.parametrize("name", CATALOGUE)
def test_every_seeded_record_has_the_same_bytes_in_every_order(name):
    assert both(name)[0], f"there are {name} to compare"
    for ordering in CATALOGUE[name].ordering:
        assert_equal(name, f"ordering={ordering}")


def test_awkward_records_have_the_same_bytes_now_and_then(awkward):
    assert all(Citation.objects.filter(**{f"{name}__isnull": False}) for name in TARGETS)
    for name in CATALOGUE:
        for as_of in ("", "1", "2", "3"):
            assert_equal(name, as_of=as_of)


def test_each_column_alone_has_the_same_bytes(awkward):
    for name, entry in CATALOGUE.items():
        for column in entry.columns:
            assert_equal(name, columns=(column,))


@pytest.mark.parametrize("match", ["possible", "certain"])
def test_what_held_on_a_day_has_the_same_bytes(awkward, match):
    for name, entry in CATALOGUE.items():
        if "on" in entry.filters.base_filters:
            assert_equal(name, f"on=2020-12-01&match={match}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("statements", "q=force"),
        ("statements", "operation=barkhane&country=ML"),
        ("statements", "said_from=2020-01-01&said_until=2020-01-31"),
        ("contributors", "status=committed"),
        ("citations", "operation=barkhane"),
        ("people", "country=FR"),
        ("people", "id=000000000000"),
    ],
)
def test_a_filtered_list_has_the_same_bytes(name, query):
    assert_equal(name, query)


@pytest.mark.django_db
def test_a_column_that_only_python_reads_is_written_by_python(monkeypatch):
    monkeypatch.setitem(COLUMNS[Country], "capital", lambda country: f"+{country.iso2}")
    entry = replace(CATALOGUE["countries"], columns=("iso2", "capital"))
    with reading() as state:
        assert csv_lines(entry, read(entry, QueryDict()).queryset) is None
    text = b"".join(public_csv(entry, QueryDict(), shown=state.shown)).decode()
    assert "ML,'+ML\r\n" in text


@pytest.mark.django_db
@pytest.mark.parametrize("name", CATALOGUE)
def test_every_column_is_written_by_postgresql(name):
    entry = CATALOGUE[name]
    with reading():
        assert csv_lines(entry, read(entry, QueryDict()).queryset) is not None


def test_a_long_list_comes_in_pieces_of_whole_lines(monkeypatch, awkward):
    whole = both("citations")[1]
    monkeypatch.setattr("apps.records.copying.CHUNK", 2_000)
    monkeypatch.setattr("apps.records.copying.FIRST", 500)
    with reading():
        queryset = read(CATALOGUE["citations"], QueryDict()).queryset
        pieces = list(csv_lines(CATALOGUE["citations"], queryset))
    assert b"".join(pieces) == whole
    assert len(pieces) > 5
    assert len(pieces[0]) < len(pieces[1])
    assert all(piece.endswith(b"\r\n") for piece in pieces)
