"""Reads the parameters that only the API has; the filters of records are the core's."""

from collections.abc import Callable, Collection

from django.http import QueryDict

from apps.revisions.parameters import BadParameter, UnknownParameter


def check_known(parameters: QueryDict, known: Collection[str]) -> None:
    """Raise UnknownParameter for a name that is not `known`, BadParameter for one given twice."""
    for name, values in parameters.lists():
        if name not in known:
            raise UnknownParameter(name, values[-1], known)
        if len(values) > 1:
            raise BadParameter(name, ", ".join(values), "one value", f"`{name}` is given twice.")


def names(
    parameters: QueryDict, parameter: str, choices: Callable[[], Collection[str]]
) -> tuple[str, ...]:
    """Return the names, separated by commas, in `parameter`: some of the `choices`.

    Raises BadParameter.
    """
    if parameter not in parameters:
        return ()
    text = ",".join(parameters.getlist(parameter))
    given = [name.strip() for name in text.split(",") if name.strip()]
    allowed = choices()
    for name in given:
        if name not in allowed:
            raise BadParameter(parameter, name, allowed or "nothing: no field here expands")
    return tuple(dict.fromkeys(given))


def whole_number(parameters: QueryDict, parameter: str, *, least: int, most: int) -> int | None:
    """Return the number in `parameter`, None where it is absent. Raises BadParameter."""
    text = parameters.get(parameter, "").strip()
    if not text:
        return None
    allowed = f"a whole number from {least} to {most}"
    if not (text.isascii() and text.isdigit()) or not least <= int(text[:18]) <= most:
        raise BadParameter(parameter, text, allowed)
    return int(text)
