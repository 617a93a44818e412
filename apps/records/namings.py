"""The names of records and their parts as PostgreSQL writes them: what `str()` says of each.

A test holds both equal. The language is the reader's where the expression is made.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from django.db.models import Case, F, Func, Q, TextField, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from apps.records.expressions import Literal, concat, labelled, sentence
from apps.records.models import (
    Contributor,
    Country,
    LadderStep,
    Membership,
    Milestone,
    Office,
    Operation,
    Organization,
    Person,
    Record,
    Statement,
    StrengthFigure,
)
from apps.records.models.base import Part
from apps.records.vocabularies import LadderStatus, MilestoneKind
from apps.records.vocabularies.base import Vocabulary, whichever_is_read

SAID = 80
Text: TypeAlias = Combinable


class Beginning(Func):
    """The first characters of a text."""

    function = "left"
    template = f"%(function)s(%(expressions)s, {SAID})"
    output_field = TextField()
    arity = 1


class Grouped(Func):
    """A number with its thousands set apart as the reader's language does; "" for NULL."""

    template = "coalesce(replace(to_char(%(expressions)s, 'FM999,999,999,999'), ',', %(mark)s), '')"
    output_field = TextField()
    arity = 1


def name_of(model: type[Any], path: str = "") -> Text:
    """Return the name of a row of `model`, which `path` ("operation__") leads to."""
    return NAMES[model](path)


def actor_name(path: str = "") -> Text:
    """Return the name of the country or organization of a contributor."""
    return _first(_country(f"{path}country__"), _name(f"{path}organization__"))


def speaker_name(path: str = "") -> Text:
    """Return who made a statement: the name of a record, or the description."""
    return _first(
        _name(f"{path}speaker_person__"),
        _country(f"{path}speaker_country__"),
        _name(f"{path}speaker_organization__"),
        F(f"{path}speaker_label"),
    )


def _first(*texts: Text) -> Text:
    return Coalesce(*texts, output_field=TextField())


def _where(condition: Q, text: Text, other: Text) -> Text:
    return Case(When(condition, then=text), default=other, output_field=TextField())


def _name(path: str) -> Text:
    return F(f"{path}name")


def _country(path: str) -> Text:
    return F(path + whichever_is_read("name_en", "name_fr"))


def _membership(path: str) -> Text:
    country, organization = _country(f"{path}country__"), _name(f"{path}organization__")
    return sentence(
        _("%(country)s in %(organization)s"), country=country, organization=organization
    )


def _office(path: str) -> Text:
    return concat(_name(f"{path}person__"), Literal(", "), F(f"{path}title"))


def _milestone(path: str) -> Text:
    what = labelled(f"{path}kind", _labels(MilestoneKind))
    return sentence(_("%(name)s: %(what)s"), name=_name(f"{path}operation__"), what=what)


def _contributor(path: str) -> Text:
    short, name = f"{path}operation__short_name", _name(f"{path}operation__")
    shown = _where(Q(**{short: ""}), name, F(short))
    return sentence(_("%(actor)s in %(operation)s"), actor=actor_name(path), operation=shown)


def _ladder_step(path: str) -> Text:
    what = labelled(f"{path}status", _labels(LadderStatus))
    return sentence(_("%(name)s: %(what)s"), name=_contributor(f"{path}contributor__"), what=what)


def _strength(path: str) -> Text:
    share = Q(**{f"{path}contributor__isnull": False})
    contributor, operation = _contributor(f"{path}contributor__"), _name(f"{path}operation__")
    whose = _where(share, contributor, operation)
    return sentence(_("%(whose)s: %(figures)s persons"), whose=whose, figures=_figures(path))


def _figures(path: str) -> Text:
    least, most = f"{path}least", f"{path}most"
    same = Q(**{least: F(most)}) | Q(**{least: None, most: None})
    at_least, at_most = _grouped(least), _grouped(most)
    both = sentence(_("%(least)s to %(most)s"), least=at_least, most=at_most)
    below = sentence(_("at most %(number)s"), number=at_most)
    above = sentence(_("at least %(number)s"), number=at_least)
    one_end = _where(Q(**{most: None}), above, _where(Q(**{least: None}), below, both))
    return _where(same, at_least, one_end)


def _grouped(name: str) -> Text:
    mark = str(get_format("THOUSAND_SEPARATOR")).replace("'", "''")
    return Grouped(F(name), mark=f"'{mark}'")


def _statement(path: str) -> Text:
    words, summary = F(f"{path}words"), F(f"{path}summary")
    said = _where(Q(**{f"{path}words": ""}), summary, words)
    return sentence(_("%(name)s: %(what)s"), name=speaker_name(path), what=Beginning(said))


def _labels(vocabulary: type[Vocabulary]) -> dict[str, str]:
    return {str(code): str(label) for code, label in vocabulary.choices}


NAMES: dict[type[Record] | type[Part], Callable[[str], Text]] = {
    Operation: _name,
    Milestone: _milestone,
    Country: _country,
    Organization: _name,
    Membership: _membership,
    Person: _name,
    Office: _office,
    Contributor: _contributor,
    LadderStep: _ladder_step,
    StrengthFigure: _strength,
    Statement: _statement,
}
