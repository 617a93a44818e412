"""Partial dates: what is read, and which days it may mean."""

import calendar
import pickle
from contextlib import suppress
from datetime import date
from typing import Any

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.records.dates import SHAPE, PartialDate, PartialDateError, Span


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


BOUNDS = [
    ("", None, None),
    ("2020", "2020-01-01", "2020-12-31"),
    ("2020-01", "2020-01-01", "2020-01-31"),
    ("2020-02", "2020-02-01", "2020-02-29"),
    ("2020-12", "2020-12-01", "2020-12-31"),
    ("2020-01-19", "2020-01-19", "2020-01-19"),
    ("201X", "2010-01-01", "2019-12-31"),
    ("20XX", "2000-01-01", "2099-12-31"),
    ("2020-XX", "2020-01-01", "2020-12-31"),
    ("2020-XX-XX", "2020-01-01", "2020-12-31"),
    ("2020-02-XX", "2020-02-01", "2020-02-29"),
    ("2020-21", "2020-03-01", "2020-05-31"),
    ("2020-22", "2020-06-01", "2020-08-31"),
    ("2020-23", "2020-09-01", "2020-11-30"),
    ("2020-24", "2020-12-01", "2021-02-28"),
    ("2019-24", "2019-12-01", "2020-02-29"),
    ("2020-01~", "2020-01-01", "2020-01-31"),
    ("2020?", "2020-01-01", "2020-12-31"),
    ("201X%", "2010-01-01", "2019-12-31"),
    ("2013/2014", "2013-01-01", "2014-12-31"),
    ("../2013", None, "2013-12-31"),
    ("2014-08-01/..", "2014-08-01", None),
    ("2020-01~/2020-23?", "2020-01-01", "2020-11-30"),
    ("2014/2014-03", "2014-01-01", "2014-03-31"),
    ("1000", "1000-01-01", "1000-12-31"),
    ("2999-24", "2999-12-01", "3000-02-28"),
]


@pytest.mark.parametrize(("text", "earliest", "latest"), BOUNDS)
def test_a_date_means_the_days_from_its_earliest_to_its_latest(text, earliest, latest):
    partial = PartialDate.parse(text)

    assert (partial.earliest, partial.latest) == (day(earliest), day(latest))


@pytest.mark.parametrize(
    "text",
    [
        *(" ", " 2020", "2020 ", "2020\n", "20", "202", "20200", "0202", "0999", "3000", "9202"),
        *("2020-00", "2020-13", "2020-20", "2020-25", "2020-41", "2020-1", "2020-01-00"),
        *("2020-01-32", "2020-02-30", "2019-02-29", "2020-04-31", "2020-23-01", "2020-23-XX"),
        *("XXXX", "2XXX", "X020", "20X0", "201X-01", "201X-23", "2020-1X", "2020-XX-01", "201x"),
        *("~2020", "2020~~", "2020?~", "2020-~01", "2020~-01", "-2020", "Y2020", "2020-01-19T00"),
        *("..", "../..", "/", "/..", "../", "2013/", "/2013", "2013/2014/2015", "2013..2014"),
        *("2014/2013", "2020-23/2020-22", "2020-01-02/2020-01-01", "../..~", "2013/..~"),
        *("unknown", "open", "autumn 2020", "19/01/2020", "[2020..2021]", "{2020}", "/..0~~"),
        *("２０２０", "٢٠٢٠", "2020–2021", "2020\x00", "\ud800", "2020-01-19/" * 9, "2" * 1000),
    ],
)
def test_anything_else_is_the_one_error(text):
    with pytest.raises(PartialDateError):
        PartialDate.parse(text)


def test_the_error_names_the_text_and_what_is_allowed():
    with pytest.raises(ValueError, match="'fall 2020'") as caught:
        PartialDate.parse("fall 2020")

    for example in ("2020-01-19", "2020-23 (autumn)", "201X", "2020-01~", "2013/2014", "../2013"):
        assert example in str(caught.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2020-02-30", "not a day of the calendar"),
        ("2014/2013", "ends before it starts"),
        ("2" * 41, "longer than 40 characters"),
    ],
)
def test_the_error_says_what_is_wrong_with_a_near_miss(text, fault):
    with pytest.raises(PartialDateError, match=fault):
        PartialDate.parse(text)


def test_the_error_quotes_only_the_beginning_of_a_long_text():
    with pytest.raises(PartialDateError) as caught:
        PartialDate.parse("\x1b" + "9" * 100_000)

    assert len(str(caught.value)) < 300
    assert str(caught.value).isprintable()


def test_no_date_stated_is_false_and_writes_nothing():
    blank = PartialDate.parse("")

    assert not blank
    assert str(blank) == ""
    assert blank == PartialDate()


def test_flags_are_read_from_either_end():
    flags = {
        text: (PartialDate.parse(text).approximate, PartialDate.parse(text).uncertain)
        for text in ("2020", "2020~", "2020?", "2020%", "2013~/2014", "../2013?")
    }

    assert flags == {
        "2020": (False, False),
        "2020~": (True, False),
        "2020?": (False, True),
        "2020%": (True, True),
        "2013~/2014": (True, False),
        "../2013?": (False, True),
    }


def test_partial_dates_have_no_order():
    dates: list[Any] = [PartialDate.parse("2020"), PartialDate.parse("2020-03")]

    with pytest.raises(TypeError):
        sorted(dates)


def test_a_partial_date_cannot_be_changed_and_can_be_cached():
    partial = PartialDate.parse("2020-23~")

    with pytest.raises(AttributeError):
        partial.text = "2021"
    assert pickle.loads(pickle.dumps(partial)).latest == date(2020, 11, 30)
    assert {partial: "autumn"}[PartialDate("2020-23~")] == "autumn"


plain = st.one_of(
    st.integers(1000, 2999).map(str),
    st.integers(100, 299).map("{}X".format),
    st.integers(10, 29).map("{}XX".format),
    st.builds("{:04}-{:02}".format, st.integers(1000, 2999), st.integers(1, 12)),
    st.builds("{:04}-{}".format, st.integers(1000, 2999), st.sampled_from([21, 22, 23, 24, "XX"])),
    st.builds("{:04}-{:02}-XX".format, st.integers(1000, 2999), st.integers(1, 12)),
    st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(str),
)
flagged = st.builds("{}{}".format, plain, st.sampled_from(["", "~", "?", "%"]))


@st.composite
def intervals(draw) -> str:
    ends = sorted(
        [draw(flagged), draw(flagged)],
        key=lambda text: PartialDate.parse(text).earliest or date.min,
    )
    return "/".join(draw(st.sampled_from([ends, ["..", ends[0]], [ends[0], ".."]])))


texts = st.one_of(st.just(""), flagged, intervals())


@given(texts)
def test_every_text_of_the_subset_is_read_and_written_back(text):
    partial = PartialDate.parse(text)

    assert str(partial) == text
    assert PartialDate.parse(str(partial)) == partial
    assert not (partial.earliest and partial.latest) or partial.earliest <= partial.latest
    assert bool(text) == (partial.earliest is not None or partial.latest is not None)
    for language in ("en", "fr"):
        assert partial.human(language)
        assert partial.explain(language).startswith(partial.human(language))


@given(texts, st.dates(date(900, 1, 1), date(3100, 1, 1)))
def test_a_date_is_possible_on_just_the_days_it_may_mean(text, at):
    partial = PartialDate.parse(text)
    meant = (partial.earliest or date.min) <= at <= (partial.latest or date.max)

    assert partial.possibly_between(at, at) == meant
    assert Span(partial, partial).possibly_on(at) == meant


@given(texts, texts, st.dates(date(900, 1, 1), date(3100, 1, 1)))
def test_what_is_certain_is_possible(start, end, at):
    span = Span(PartialDate.parse(start), PartialDate.parse(end))

    assert span.possibly_on(at) or not span.certainly_on(at)


@given(st.one_of(st.text(), st.text("0123456789X-/.~?%", max_size=24), st.from_regex(SHAPE)))
def test_no_text_raises_anything_but_the_one_error(text):
    with suppress(PartialDateError):
        PartialDate.parse(text)


@pytest.mark.parametrize("piece", ["2", "2020-", "../", "2020~/", "X", "20XX", "\u0662", "-/"])
def test_a_text_of_any_length_is_refused_for_its_length(piece):
    with pytest.raises(PartialDateError, match="longer than 40 characters"):
        PartialDate.parse(piece * 500_000)


def edtf_bounds(text: str) -> tuple[date, date]:
    """The bounds of the edtf package, without its padding of seasons and flags."""
    read = edtf.parse_edtf(text)
    lower, upper = read.lower_strict(), read.upper_strict()
    return date(*lower[:3]), date(*upper[:3])


@pytest.mark.parametrize("year", [1960, 1999, 2000, 2013, 2020, 2100])
def test_the_edtf_package_agrees_on_years_months_and_days(year):
    months = [f"{year}-{month:02}" for month in range(1, 13)]
    days = [f"{m}-{calendar.monthrange(year, int(m[-2:]))[1]}" for m in months]

    for text in [str(year), *months, *days]:
        partial = PartialDate.parse(text)
        assert (partial.earliest, partial.latest) == edtf_bounds(text), text


@pytest.mark.parametrize("text", ["2020-21", "2020-22", "2020-23", "2019-21", "201X", "20XX"])
def test_the_edtf_package_agrees_on_seasons_within_a_year_and_on_decades(text):
    partial = PartialDate.parse(text)

    assert (partial.earliest, partial.latest) == edtf_bounds(text)
