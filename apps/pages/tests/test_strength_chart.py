"""The chart of strength figures: what is a point, where, and why nothing is added up."""

import pytest

from apps.pages.strengths import charted, round_above, why_not_added
from apps.records.models import StrengthFigure


def figure(date="2020-01-15", least=100, most=100, **values):
    return StrengthFigure(date=date, least=least, most=most, **values)


def test_fewer_than_two_dated_figures_have_no_chart():
    assert charted([]) is None
    assert charted([figure(), figure(date="")]) is None


def test_a_figure_stands_at_its_day_and_its_number():
    chart = charted([figure(least=500, most=500), figure(date="2021-01-15", least=1000, most=1000)])
    low, high = chart.points
    assert (low.y, high.y) == ("50.00%", "0.00%")
    assert float(low.x[:-1]) < float(high.x[:-1])
    assert (low.days, low.range) == (None, None)
    assert [level.label for level in chart.levels] == ["0", "500", "1,000"]


def test_an_uncertain_date_is_a_band_and_a_range_a_line():
    chart = charted([figure(date="2020", least=200, most=400), figure(date="../2019-12-31")])
    spread, open_ended = chart.points
    assert spread.range.start == "0.00%"
    assert spread.range.extent == "50.00%"
    assert spread.y == "25.00%"
    assert open_ended.days.start == "0.00%"
    assert chart.fades


@pytest.mark.parametrize(
    ("least", "most", "fades", "y"), [(300, None, "fup", "25.00%"), (None, 300, "fdp", "25.00%")]
)
def test_a_limit_fades_to_where_no_source_says(least, most, fades, y):
    point, _ = charted([figure(least=least, most=most), figure(least=400, most=400)]).points
    assert (point.fades, point.y) == (fades, y)


@pytest.mark.parametrize(
    ("basis", "kind"),
    [("reported_actual", "dot"), ("planned", "ring"), ("authorised", "ring"), ("", "ring")],
)
def test_people_there_are_set_off_from_plans(basis, kind):
    values = {"basis": basis} if basis else {"basis": "pledged"}
    assert charted([figure(**values), figure()]).points[0].kind == kind
    assert charted([figure(), figure()]).points[0].kind == "open"


@pytest.mark.parametrize(
    ("number", "top"), [(1, 2), (9, 10), (10, 10), (4500, 6000), (13000, 20000), (99999, 100000)]
)
def test_the_top_of_the_chart_is_a_round_number(number, top):
    assert round_above(number) == top


def test_one_figure_needs_no_reason():
    assert why_not_added([figure()]) == []


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (
            {"scope": "operation_total"},
            {"scope": "contributor_share"},
            "a whole would be added to its own parts",
        ),
        (
            {"basis": "authorised"},
            {"basis": "reported_actual"},
            "a ceiling, a plan and a presence do not add up",
        ),
        ({"date": "2020"}, {"date": "2021"}, "they hold for different days"),
        (
            {"scope": "unit", "basis": "planned"},
            {"scope": "unit", "basis": "planned"},
            "no source says that together they are the whole",
        ),
    ],
)
def test_figures_have_no_sum_and_the_reason_is_said(one, other, reason):
    assert reason in why_not_added([figure(**one), figure(**other)])
