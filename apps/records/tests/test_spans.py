"""When something is possible, and when it is certain, between partial dates."""

from datetime import date, timedelta

import pytest

from apps.records.dates import PartialDate, Span


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# start, end, first and last certain day, first and last possible day; "-" never, "" no limit
SPANS = [
    ("2014-08-01", "2022-11-09", "2014-08-01", "2022-11-09", "2014-08-01", "2022-11-09"),
    ("2020-01", "2020-03", "2020-01-31", "2020-03-01", "2020-01-01", "2020-03-31"),
    ("2020-01~", "2020-03?", "2020-01-31", "2020-03-01", "2020-01-01", "2020-03-31"),
    ("2020", "2020", "-", "-", "2020-01-01", "2020-12-31"),
    ("2020-01-19", "2020-01-19", "2020-01-19", "2020-01-19", "2020-01-19", "2020-01-19"),
    ("", "2020", "-", "-", "", "2020-12-31"),
    ("2020", "", "-", "-", "2020-01-01", ""),
    ("", "", "-", "-", "", ""),
    ("../2013", "2020", "2013-12-31", "2020-01-01", "", "2020-12-31"),
    ("2014/..", "2020", "-", "-", "2014-01-01", "2020-12-31"),
    ("2014", "2020-01-20/..", "2014-12-31", "2020-01-20", "2014-01-01", ""),
    ("2014", "../2020", "-", "-", "2014-01-01", "2020-12-31"),
    ("../2013", "2020/..", "2013-12-31", "2020-01-01", "", ""),
]
LONG_AGO, FAR_OFF = date(1001, 1, 1), date(2998, 1, 1)


def days_around(*limits: str) -> list[date]:
    """The ends of time, and each limit with the days before and after it."""
    near = [date.fromisoformat(limit) for limit in limits if limit not in ("", "-")]
    return [LONG_AGO, FAR_OFF, *(d + timedelta(days=n) for d in near for n in (-1, 0, 1))]


def inside(first: str, last: str, at: date) -> bool:
    started, ended = day(first) or LONG_AGO, day(last) or FAR_OFF
    return started <= at <= ended


@pytest.mark.parametrize(("start", "end", "certain", "surely", "possible", "maybe"), SPANS)
def test_a_span_is_certain_and_possible_on_the_days_of_the_table(
    start, end, certain, surely, possible, maybe
):
    span = Span(PartialDate.parse(start), PartialDate.parse(end))
    days = days_around(certain, surely, possible, maybe)

    assert [span.certainly_on(d) for d in days] == [
        certain != "-" and inside(certain, surely, d) for d in days
    ]
    assert [span.possibly_on(d) for d in days] == [inside(possible, maybe, d) for d in days]


@pytest.mark.parametrize(
    ("text", "since", "until", "possible", "certain"),
    [
        ("2020-01", "2020-01-01", "2020-01-31", True, True),
        ("2020-01", "2020-01-01", None, True, True),
        ("2020-01", None, "2020-01-31", True, True),
        ("2020-01", "2020-01-15", None, True, False),
        ("2020-01", None, "2020-01-15", True, False),
        ("2020-01", "2020-01-31", "2020-02-15", True, False),
        ("2020-01", "2020-02-01", None, False, False),
        ("2020-01", None, "2019-12-31", False, False),
        ("2020-01", None, None, True, True),
        ("", "2020-01-01", "2020-12-31", True, False),
        ("", None, None, True, False),
        ("../2013", None, "2013-12-31", True, True),
        ("../2013", "2013-12-31", "2014-12-31", True, False),
        ("../2013", "2014-01-01", None, False, False),
        ("2014/..", "2014-01-01", None, True, True),
        ("2014/..", None, "2014-01-01", True, False),
        ("2014/..", None, "2013-12-31", False, False),
        ("2014/..", None, None, True, True),
    ],
)
def test_a_date_is_possibly_or_certainly_within_a_range(text, since, until, possible, certain):
    partial = PartialDate.parse(text)

    assert partial.possibly_between(day(since), day(until)) is possible
    assert partial.certainly_between(day(since), day(until)) is certain


@pytest.mark.parametrize("question", ["possibly_between", "certainly_between"])
def test_a_range_that_ends_before_it_begins_is_refused(question):
    with pytest.raises(ValueError, match="ends before it begins"):
        getattr(PartialDate.parse("2020"), question)(date(2020, 2, 1), date(2020, 1, 1))
