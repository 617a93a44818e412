"""The first sentences of a record page, made from its facts alone."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.pages import facts
from apps.records.models import Contributor, Milestone, Operation, Part, Record, StrengthFigure
from apps.records.vocabularies import StrengthBound, StrengthScope


@dataclass(frozen=True)
class Clause:
    """Some words of a lede, and the fields whose evidence they rest on."""

    text: str
    target: Record | Part | None = None
    fields: str = ""


def of_operation(operation: Operation) -> list[Clause]:
    """Say what it is, where it acts, how it stands, and what is next."""
    clauses = [_kind(operation), _theatre(operation), _standing(operation)]
    clauses += [_milestone(milestone) for milestone in operation.milestones.all()]
    clauses += [_strength(figure) for figure in totals(operation)[:1]]
    return _sentences([clause for clause in clauses if clause])


def of_contributors(contributors: list[Contributor]) -> str:
    """Say how many contribute and how many of them have a status that a source states."""
    count = len(contributors)
    if not count:
        return ""
    return ngettext(
        "%(count)d contributor is recorded.", "%(count)d contributors are recorded.", count
    ) % {"count": count}


def _stated(record: Record | Part, field: str) -> str:
    return ", ".join(value.text for value in facts.values_of(record, field))


def _lower_first(text: str) -> str:
    """Lower the first letter unless the word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _kind(operation: Operation) -> Clause:
    kind = _stated(operation, "type")
    if not kind:
        return Clause(_("An operation whose kind no source states"), operation, "type")
    return Clause(kind, operation, "type")


def _theatre(operation: Operation) -> Clause | None:
    names = [value.text for value in facts.values_of(operation, "theatre")]
    if not names:
        return None
    return Clause(_("in %(places)s") % {"places": listed(names)}, operation, "theatre")


def _standing(operation: Operation) -> Clause | None:
    status = _stated(operation, "status")
    return Clause(_lower_first(status), operation, "status") if status else None


def _milestone(milestone: Milestone) -> Clause:
    kind = _stated(milestone, "kind") or _("operational")
    words = {"kind": _lower_first(kind), "date": ""}
    if milestone.reached:
        words["date"] = milestone.reached.at(facts.language())
        return Clause(_("%(kind)s reached %(date)s") % words, milestone, "reached kind")
    if milestone.expected:
        words["date"] = milestone.expected.at(facts.language())
        return Clause(_("%(kind)s expected %(date)s") % words, milestone, "expected kind")
    return Clause(_("%(kind)s expected, no date stated") % words, milestone, "kind")


def _strength(figure: StrengthFigure) -> Clause:
    return Clause(_("%(figures)s persons") % {"figures": figures(figure)}, figure, "least most")


def totals(operation: Operation) -> list[StrengthFigure]:
    """Return the figures of the whole operation, the latest first; undated ones last."""
    whole = [f for f in operation.strengths.all() if f.scope == StrengthScope.OPERATION_TOTAL]
    dated = [figure for figure in whole if figure.date.latest]
    dated.sort(key=lambda figure: figure.date.latest, reverse=True)
    return dated + [figure for figure in whole if not figure.date.latest]


def _sentences(clauses: list[Clause]) -> list[Clause]:
    """Join kind and place without a mark, how it stands by a comma, the rest by semicolons."""
    joined = []
    for position, clause in enumerate(clauses):
        following = clauses[position + 1] if position + 1 < len(clauses) else None
        text = capfirst(clause.text) if position == 0 else clause.text
        joined.append(Clause(text + _mark_before(following), clause.target, clause.fields))
    return joined


def _mark_before(following: Clause | None) -> str:
    if following is None:
        return "."
    return {"theatre": "", "status": ","}.get(following.fields, _(";"))


def listed(names: list[str]) -> str:
    """Write "Mali, Niger and Chad"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def figures(figure: StrengthFigure) -> str:
    """Write "4,500", "about 4,500", "at least 4,000" or "4,000 to 4,500"."""
    if figure.least == figure.most and figure.bound == StrengthBound.ABOUT:
        return _("about %(number)s") % {"number": figure.figures}
    return figure.figures
