"""Krippendorff's alpha: how far two coders agree beyond what chance would give.

Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011). Computed by the library
of that name (requirements-agreement.txt), which a site without two coders does without.
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

NOMINAL, INTERVAL = "nominal", "interval"
Value = str | int | float | None


def is_installed() -> bool:
    return find_spec("krippendorff") is not None


def alpha(coders: Sequence[Sequence[Value]], level: str) -> float | None:
    """Return alpha of what each of `coders` gave for the same units, in their order.

    `level` is NOMINAL (values are the same or not) or INTERVAL (numbers; how far apart counts).
    None is a unit that the coder did not code. Returns None where alpha is not defined: where fewer
    than two units were coded by two, or all of those have one value, so that nothing could differ.
    """
    units = [[value for value in unit if value is not None] for unit in zip(*coders, strict=True)]
    pairable = [unit for unit in units if len(unit) > 1]
    values = sorted({value for unit in pairable for value in unit}, key=str)
    if len(pairable) < 2 or len(values) < 2:
        return None
    number = {value: place if level == NOMINAL else value for place, value in enumerate(values)}
    library: Any = import_module("krippendorff")
    given = [[number.get(value, float("nan")) for value in coder] for coder in coders]
    return float(library.alpha(reliability_data=given, level_of_measurement=level))
