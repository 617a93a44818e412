"""What a timeline draws: solid only where certain, a fade across every uncertain end."""

from datetime import date

import pytest
from django.utils import translation

from apps.pages.timelines.axes import axis_over
from apps.pages.timelines.drawing import bars_of, drawn, marks_of
from apps.pages.timelines.stretches import DONE, DUE, SPAN, Bounds, Stretch, awaited, lasting, since
from apps.pages.timelines.subjects import (
    Subject,
    ladder_stretches,
    latest_of,
    step_words,
)
from apps.records.dates import PartialDate, Span
from apps.records.models import LadderStep, Source

YEAR = axis_over([date(2019, 1, 1), date(2021, 12, 31)])


def steps(*ladder: tuple[str, str]) -> list[LadderStep]:
    return [
        LadderStep(place=place, status=status, since=when)
        for place, (status, when) in enumerate(ladder, 1)
    ]


def pieces(stretch: Stretch) -> list[str]:
    """Return what is drawn of a stretch: the names of fades and colours, from left to right."""
    return [bar.fade or bar.css for bar in bars_of(stretch, YEAR)]


def place(day: date) -> str:
    return f"{YEAR.at(day):.2f}%"


@pytest.mark.parametrize(
    ("start", "end", "drawn"),
    [
        ("2019-03-01", "2021-02-03", ["b"]),
        ("2019-03", "2021-02-03", ["fib", "b"]),
        ("2019-03", "2021", ["fib", "b", "fob"]),
        ("2019-03-01", "", ["fob"]),
        ("", "2020-05-01", ["fib"]),
        ("../2019", "2020-05-01", ["fib", "b"]),
        ("2019-03-01", "2020-01-20/..", ["b", "fob"]),
        ("2019/..", "", ["fib", "fob"]),
        ("2020", "2020", ["fib", "fob"]),
    ],
)
def test_a_span_is_solid_where_it_is_certain_and_fades_where_it_is_possible(start, end, drawn):
    (stretch,) = lasting(PartialDate(start), PartialDate(end))
    assert pieces(stretch) == drawn


@pytest.mark.parametrize("start", ["2019-03-01", "2019-03", "../2019-06", "2020", "2019/..", ""])
@pytest.mark.parametrize("end", ["2020-11-05", "2020", "2020-06/..", "../2021-03", ""])
@pytest.mark.parametrize("day", [date(2019, 2, 1), date(2020, 2, 2), date(2020, 8, 1)])
def test_what_is_drawn_is_what_the_core_calls_certain_and_possible(start, end, day):
    span = Span(PartialDate(start), PartialDate(end))
    x = YEAR.at(day)
    drawn = [
        (float(bar.x[:-1]), float(bar.x[:-1]) + float(bar.width[:-1]), bar.css)
        for stretch in lasting(span.start, span.end)
        for bar in bars_of(stretch, YEAR)
    ]
    solid = any(left <= x <= right for left, right, css in drawn if css)
    assert solid == span.certainly_on(day)
    if drawn:
        assert any(left <= x <= right for left, right, _ in drawn) == span.possibly_on(day)


def test_nothing_is_drawn_of_what_is_not_dated():
    blank = PartialDate()
    assert lasting(blank, blank) == awaited(blank) == since(blank, None) == []
    assert ladder_stretches(steps(("announced", ""), ("deployed", "")), None) == []
    assert drawn([Subject("Nothing"), Subject("Nothing else")]) is None


def test_what_is_promised_fades_in_until_the_last_day_meant_and_no_further():
    (stretch,) = awaited(PartialDate("../2020-23"))
    (fade,) = bars_of(stretch, YEAR)
    assert (fade.fade, fade.x, fade.width) == ("fip", "0.00%", place(date(2020, 11, 30)))
    assert marks_of(stretch, YEAR) == []


def test_what_is_promised_for_a_day_is_the_mark_of_the_day():
    (stretch,) = awaited(PartialDate("2020-06-01"))
    assert bars_of(stretch, YEAR) == []
    assert [mark.x for mark in marks_of(stretch, YEAR)] == [place(date(2020, 6, 1))]


def test_what_is_promised_from_a_day_on_stays_open():
    (stretch,) = awaited(PartialDate("2020-06/.."))
    assert pieces(stretch) == ["fip", "fop"]


def test_a_promise_is_drawn_no_further_than_the_step_that_came_of_it():
    ladder = steps(("committed", "2019-06"), ("committed", "2019-09"), ("deployed", "2020-03-01"))
    ladder[0].expected = PartialDate("../2021")
    due = ladder_stretches(ladder, None)[0]
    assert (due.look, due.ended) == (DUE, Bounds(date(2020, 3, 1), date(2020, 3, 1)))


def test_nothing_is_due_for_later_than_what_came():
    assert awaited(PartialDate("2021"), PartialDate("2020-03-01")) == []
    assert awaited(PartialDate("2021"), PartialDate("")) != []


def test_a_day_that_is_known_has_a_mark_and_no_fade_in():
    (stretch,) = since(PartialDate("2020-02-01"), date(2021, 1, 1))
    assert pieces(stretch) == ["b", "fob"]
    assert [(mark.kind, mark.x) for mark in marks_of(stretch, YEAR)] == [
        ("dot", place(date(2020, 2, 1)))
    ]


def test_what_a_source_reports_is_certain_until_the_source_and_open_after_it():
    (reported,) = since(PartialDate("2020-02"), date(2020, 6, 1))
    (unread,) = since(PartialDate("2020-02"), None)
    (later,) = since(PartialDate("2020-07"), date(2020, 6, 1))
    assert (pieces(reported), pieces(unread), pieces(later)) == (
        ["fib", "b", "fob"],
        ["fib", "fob"],
        ["fib", "fob"],
    )


def test_a_step_gives_way_where_the_next_may_have_begun():
    first, second = ladder_stretches(steps(("announced", "2019-05"), ("deployed", "2020")), None)
    assert first.ended == Bounds(date(2020, 1, 1), date(2020, 12, 31))
    assert (first.look.name, second.look.name) == ("p", "b")


def test_a_step_without_a_date_leaves_the_end_of_the_one_before_open():
    ladder = steps(("announced", "2019-05"), ("committed", ""), ("deployed", "2020-03-01"))
    first, last = ladder_stretches(ladder, None)
    assert first.ended == Bounds(None, date(2020, 3, 1))
    assert last.begun.exact == date(2020, 3, 1)
    (alone,) = ladder_stretches(ladder[:2], date(2021, 1, 1))
    assert alone.ended == Bounds(None, None)


def test_steps_whose_dates_contradict_their_order_are_drawn_all_the_same():
    ladder = steps(("deployed", "2021-03-01"), ("withdrawn", "2019-02"))
    timeline = drawn([Subject("A", drawn=ladder_stretches(ladder, None))])
    assert timeline
    widths = [float(bar.width[:-1]) for row in timeline.rows for bar in row.bars]
    assert all(0 < width <= 100 for width in widths)


@pytest.mark.parametrize(
    ("statuses", "height"),
    [
        ("announced", 6),
        ("deployed", 12),
        ("committed under_review", 6),
        ("deployed under_review", 12),
        ("deployed suspended", 6),
        ("deployed withdrawn", 2),
        ("requested declined", 2),
    ],
)
def test_done_is_set_off_from_promised_and_from_over(statuses, height):
    ladder = steps(*((status, "2020") for status in statuses.split()))
    assert ladder_stretches(ladder, None)[-1].look.height == height


def test_what_is_due_lies_behind_what_held():
    (step,) = steps(("committed", "2019-06-01"))
    step.expected = PartialDate("2020")
    assert [one.look for one in ladder_stretches([step], None)][0] == DUE


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2020, 1, 1), date(2020, 6, 1), ["Oct", "2020", "Apr", "Jul"]),
        (date(2013, 1, 1), date(2019, 1, 1), ["2012", "2013", "2018"]),
        (date(1960, 1, 1), date(2020, 1, 1), ["1950", "1960", "2010"]),
    ],
)
def test_the_ticks_of_an_axis_fit_its_length(first, last, labels):
    ticks = axis_over([first, last]).ticks
    assert set(labels) <= {tick.label for tick in ticks}
    assert 3 <= len(ticks) <= 12
    assert (ticks[0].x, ticks[-1].x) == ("0.00%", "100.00%")


def test_the_longest_span_of_dates_has_an_axis():
    axis = axis_over([date(1000, 1, 1), date(2999, 12, 31)])
    assert len(axis.ticks) <= 30
    assert axis.at(date(2999, 12, 31)) < 100


def test_positions_have_a_point_in_every_language():
    with translation.override("fr"):
        assert all("," not in tick.x for tick in axis_over([date(2020, 3, 3)]).ticks)


def test_the_latest_source_is_a_line_where_its_day_is_known_and_a_band_where_it_is_not():
    stretch = Stretch(Bounds(date(2020, 1, 1), date(2020, 1, 1)), Bounds(), SPAN)
    subjects = [Subject("A", drawn=[stretch])]
    known = latest_of([Source(published="2020-01-20"), Source(published="2019"), Source()])
    month = latest_of([Source(published="2020-02")])
    line, band = drawn(subjects, known).latest, drawn(subjects, month).latest
    assert (line.width, bool(band.width)) == ("", True)
    assert latest_of([Source(), Source(published="2020/..")]) is None
    assert drawn(subjects, None).latest is None


def test_the_day_asked_for_is_drawn_only_where_the_axis_has_it():
    subjects = [Subject("A", drawn=since(PartialDate("2020-01-01"), None, DONE))]
    assert drawn(subjects, asked=date(2020, 2, 1)).asked
    assert drawn(subjects, asked=date(1500, 2, 1)).asked is None


def test_many_rows_fold_and_those_with_a_date_come_first():
    dated = Subject("Dated", drawn=since(PartialDate("2020-01-01"), None))
    few = drawn([*[Subject("A")] * 11, dated])
    many = drawn([*[Subject("A")] * 299, dated])
    assert (len(few.shown), few.folds, few.folded) == (12, False, [])
    assert (len(many.shown), many.folds, len(many.folded)) == (8, True, 292)
    assert many.shown[0].subject.name == "Dated"


def test_the_key_explains_only_what_is_drawn():
    timeline = drawn([Subject("A", drawn=awaited(PartialDate("../2020-23")))])
    assert timeline.key == ["planned", "faded"]


def test_a_step_says_when_and_for_when_or_that_no_source_does():
    dated = LadderStep(status="committed", since="2020-01", expected="../2020-23")
    assert step_words(dated) == "Committed, since January 2020; promised for by autumn 2020"
    assert step_words(LadderStep(status="announced")) == "Announced, date not stated"
    assert step_words(LadderStep(status="not_stated")) == "Status not stated, date not stated"
