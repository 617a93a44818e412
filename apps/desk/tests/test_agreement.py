"""Alpha of the examples that Krippendorff works out (Computing Krippendorff's Alpha, 2011)."""

import pytest

from apps.desk.coding.agreement import INTERVAL, NOMINAL, alpha

# Section C: four observers, twelve units, "." where one did not observe.
OBSERVED = ("1233 2141 2...", "1233 2241 25.3", ".333 2342 251.", "1233 2441 251.")


def observed():
    rows = [row.replace(" ", "") for row in OBSERVED]
    return [[None if value == "." else int(value) for value in row] for row in rows]


def test_two_observers_of_binary_data():
    assert alpha(["0100000010", "1110010000"], NOMINAL) == pytest.approx(0.095, abs=0.0005)


def test_two_observers_of_nominal_data():
    assert alpha(["aabbdcccedda", "babbbccceddd"], NOMINAL) == pytest.approx(0.692, abs=0.0005)


@pytest.mark.parametrize(("level", "value"), [(NOMINAL, 0.743), (INTERVAL, 0.849)])
def test_several_observers_with_missing_values(level, value):
    assert alpha(observed(), level) == pytest.approx(value, abs=0.0005)


@pytest.mark.parametrize(
    "coders",
    [([], []), (["a"], ["b"]), (["a", "a"], ["a", "a"]), ([1, None], [None, 2])],
    ids=["no unit", "one unit", "nothing differs", "nothing in common"],
)
def test_it_is_not_defined_where_nothing_can_be_compared(coders):
    assert alpha(coders, NOMINAL) is None
