"""What the templates of the public pages ask for."""

from typing import Any

from django import template
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from apps.pages import clocks, facts, ledes, macros, names, statuses, wording
from apps.pages.addresses import state_of, with_parameters
from apps.pages.evidence import Evidence
from apps.pages.sheets import Sheet
from apps.pages.timelines import subjects
from apps.records.catalogue import Entry
from apps.records.dates import PartialDate
from apps.records.models import (
    Contributor,
    LadderStep,
    Operation,
    Part,
    Record,
    StrengthFigure,
)

register = template.Library()

register.filter("human", wording.human)
register.filter("machine", wording.machine)


@register.simple_tag(takes_context=True)
def page(context: Any, name: str, *args: Any) -> str:
    """Return the address of the page called `name` at the revision and the day asked for."""
    return clocks.keep(context.request, reverse(f"pages:{name}", args=args))


@register.simple_tag
def with_words(path: str, words: str) -> str:
    """Return the address of a search for `words`."""
    return with_parameters(path, q=words)


@register.simple_tag(takes_context=True)
def address(context: Any, target: Record | Part | str) -> str:
    """Return the address of a record, a part or a page at the revision and the day asked for."""
    return Sheet.of(context).address(target)


@register.filter
def day(moment: Any) -> str:
    """Write the day of a moment: 9 November 2026."""
    return facts.day(moment) if moment else ""


@register.filter
def stated(target: Record | Part, field: str) -> str:
    """Return what a field says in words, or "" where no source says."""
    return ", ".join(value.text for value in facts.values_of(target, field))


@register.filter
def isolated(name: str) -> SafeString:
    """Keep a name that runs the other way from turning the words around it."""
    return format_html("<bdi>{}</bdi>", name)


@register.filter
def but_last_word(text: str) -> str:
    """Return the text before its last word, which stays on one line with its marks."""
    return wording.last_word_apart(text)[0]


@register.filter
def last_word(text: str) -> str:
    return wording.last_word_apart(text)[1]


def inline(partial: str, **shown: Any) -> str:
    """Render a partial without the line break at its end: a comma may follow."""
    return mark_safe(get_template(f"partials/{partial}.html").render(shown).strip())


@register.simple_tag(takes_context=True)
def macro(context: Any, name: str, *arguments: Any, **options: Any) -> str:
    """Show what the macro called `file.name` makes of the arguments."""
    return macros.macro(name)(Sheet.of(context), *arguments, **options)


@register.simple_tag(takes_context=True)
def marks(context: Any, target: Record | Part, fields: str) -> str:
    """Show the numbered marks of the evidence for `fields` of `target`, or that there is none."""
    return Sheet.of(context).marks(target, fields)


@register.simple_tag(takes_context=True)
def bare(context: Any, target: Record | Part, fields: str) -> str:
    """Say where no passage is cited for `fields`, beside a value whose marks stand elsewhere."""
    return Sheet.of(context).bare(target, fields)


@register.simple_tag
def date(date: PartialDate) -> str:
    """Show a partial date, or that it is not stated."""
    return macros.macro("marks.date")(date, wording.human(date))


@register.simple_tag
def due(date: PartialDate) -> str:
    """Show the date by or for which something is expected, or that it is not stated."""
    return macros.macro("marks.date")(date, date.due(facts.language()))


@register.simple_tag
def since(date: PartialDate) -> str:
    """Show the date from which something holds: since 27 January 2020."""
    return macros.macro("marks.date")(date, date.ever_since(facts.language()))


@register.simple_tag
def figures(figure: StrengthFigure) -> str:
    """Write the figures of a strength in the reader's language."""
    return ledes.figures(figure)


@register.simple_tag(takes_context=True)
def differing(context: Any, target: Record | Part, fields: str) -> str:
    """Show side by side what contradicting sources write."""
    evidence: Evidence | None = context.get("evidence")
    citations = evidence.conflicting(target, fields) if evidence else []
    return inline("_differing", citations=citations) if citations else ""


@register.inclusion_tag("partials/_fact.html", takes_context=True)
def fact(context: Any, label: str, target: Record | Part, field: str) -> dict[str, Any]:
    """Show a line of the infobox: the label, what the field says or "not stated", its marks."""
    return {
        "label": label,
        "values": facts.values_of(target, field),
        "target": target,
        "field": field,
        "evidence": context.get("evidence"),
    }


@register.simple_tag(takes_context=True)
def status(context: Any, target: Record | Part) -> str:
    """Show a status as glyph, word and marks."""
    return inline(
        "_status",
        glyph=statuses.glyph_of(target.status),  # type: ignore[union-attr]
        word=stated(target, "status"),
        target=target,
        evidence=context.get("evidence"),
    )


@register.simple_tag(takes_context=True)
def shown_state(context: Any) -> Any:
    """Return the state being read; None on an error page of a request that never read one."""
    return state_of(context.request)


register.simple_tag(names.field_cited, name="field_label")


register.simple_tag(wording.source_line)


@register.simple_tag
def step_words(step: LadderStep) -> str:
    """Write a step of a ladder in a line: Announced, since January 2020."""
    return subjects.step_words(step)


@register.simple_tag(takes_context=True)
def evidence_address(context: Any, target: Record | Part, fields: str) -> str:
    """Return the place in the list of evidence of the first passage for `fields`, or ""."""
    evidence: Evidence | None = context.get("evidence")
    passages = evidence.of(target, fields) if evidence else []
    return f"#e{passages[0].number}" if passages else ""


@register.simple_tag
def current_step(contributor: Contributor) -> LadderStep | None:
    """Return the highest step of the ladder, which is where the contribution stands."""
    return max(contributor.ladder.all(), key=lambda step: step.place, default=None)


@register.simple_tag
def whole_strength(operation: Operation) -> StrengthFigure | None:
    """Return the latest figure of the whole operation."""
    return next(iter(ledes.totals(operation)), None)


@register.simple_tag
def as_of_link(record: Record, revision: int) -> str:
    """Return the address of a record as of a revision."""
    return with_parameters(record.get_absolute_url(), as_of=str(revision))


@register.simple_tag
def in_language(described: Any, name: str) -> str:
    """Return `name_en` or `name_fr` of a vocabulary or of one of its entries."""
    key = f"{name}_{'fr' if facts.language().startswith('fr') else 'en'}"
    return str(described[key] if isinstance(described, dict) else getattr(described, key))


@register.simple_tag
def api_list(entry: Entry) -> str:
    return reverse(f"api:{entry.name}-list")


@register.simple_tag
def type_of(record: Record) -> str:
    return names.type_of(type(record))


@register.simple_tag
def types_of(entry: Entry) -> str:
    return names.types_of(entry.model)


@register.simple_tag
def name_of(target: Record | Part) -> str:
    return names.name_of(target)
