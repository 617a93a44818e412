"""What the templates of the public pages ask for."""

from typing import Any

from django import template
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from apps.pages import clocks, facts, ledes, names, relations, statuses
from apps.pages.addresses import state_of, with_parameters
from apps.pages.evidence import Evidence, Passage
from apps.pages.timelines import subjects
from apps.records.catalogue import Entry
from apps.records.dates import PartialDate
from apps.records.models import (
    TARGETS,
    Contributor,
    LadderStep,
    Operation,
    Part,
    Record,
    Source,
    StrengthFigure,
)

register = template.Library()

LONG_QUOTATION = 150
LONGEST_KEPT_WORD = 24


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
    path = target if isinstance(target, str) else relations.link_of(target)
    return clocks.keep(context.request, path)


@register.filter
def human(date: PartialDate) -> str:
    """Write a partial date in words; "" where it is blank, so that `default` can say so."""
    return date.human(facts.language()) if date else ""


@register.filter
def day(moment: Any) -> str:
    """Write the day of a moment: 9 November 2026."""
    return facts.day(moment) if moment else ""


@register.filter
def machine(date: PartialDate) -> str:
    """Return the value of a `datetime` attribute: a year, a month or a day; else ""."""
    return date.text if date and date.text.replace("-", "").isdigit() and _is_plain(date) else ""


def _is_plain(date: PartialDate) -> bool:
    return date.text[5:7] < "21"


@register.filter
def stated(target: Record | Part, field: str) -> str:
    """Return what a field says in words, or "" where no source says."""
    return ", ".join(value.text for value in facts.values_of(target, field))


@register.filter
def is_long(words: str) -> bool:
    return len(words) > LONG_QUOTATION


@register.filter
def isolated(name: str) -> SafeString:
    """Keep a name that runs the other way from turning the words around it."""
    return format_html("<bdi>{}</bdi>", name)


@register.filter
def but_last_word(text: str) -> str:
    """Return the text before its last word, which stays on one line with its marks."""
    return text[: len(text) - len(last_word(text))]


@register.filter
def last_word(text: str) -> str:
    word = text.rsplit(None, 1)[-1] if text.strip() else ""
    return word if len(word) <= LONGEST_KEPT_WORD else ""


def inline(partial: str, **shown: Any) -> str:
    """Render a partial without the line break at its end: a comma may follow."""
    return mark_safe(get_template(f"partials/{partial}.html").render(shown).strip())


@register.simple_tag(takes_context=True)
def marks(context: Any, target: Record | Part, fields: str) -> str:
    """Show the numbered marks of the evidence for `fields` of `target`, or that there is none."""
    evidence: Evidence | None = context.get("evidence")
    if evidence is None:
        return ""
    passages = evidence.of(target, fields)
    bare = _bare(evidence, target, fields, named=bool(passages))
    numbers = tuple(passage.number for passage in passages)
    if (numbers, bare) not in evidence.marked:
        evidence.marked[numbers, bare] = inline("_marks", passages=passages, bare=bare)
    return evidence.marked[numbers, bare]


@register.simple_tag
def once(passage: Passage, partial: str) -> str:
    """Show a partial of a passage, which needs nothing else of the page."""
    if partial not in passage.rendered:
        template = get_template(f"partials/{partial}.html")
        passage.rendered[partial] = template.render({"passage": passage})
    return passage.rendered[partial]


@register.simple_tag(takes_context=True)
def bare(context: Any, target: Record | Part, fields: str) -> str:
    """Say where no passage is cited for `fields`, beside a value whose marks stand elsewhere."""
    evidence: Evidence | None = context.get("evidence")
    if evidence is None:
        return ""
    said = _bare(evidence, target, fields, named=bool(evidence.cited(target, fields)))
    return inline("_marks", passages=[], bare=said)


def _bare(evidence: Evidence, target: Record | Part, fields: str, *, named: bool) -> str:
    """Return words for the values that no passage is cited for; `named` says which they are."""
    uncited = evidence.uncited(target, fields)
    if not uncited:
        return ""
    if not named:
        return gettext("no passage cited")
    which = ", ".join(names.field_of(type(target), name) for name in uncited)
    return gettext("no passage cited: %(fields)s") % {"fields": which}


@register.simple_tag
def date(date: PartialDate) -> str:
    """Show a partial date, or that it is not stated."""
    return inline("_date", date=date, words=human(date))


@register.simple_tag
def due(date: PartialDate) -> str:
    """Show the date by or for which something is expected, or that it is not stated."""
    return inline("_date", date=date, words=date.due(facts.language()))


@register.simple_tag
def since(date: PartialDate) -> str:
    """Show the date from which something holds: since 27 January 2020."""
    return inline("_date", date=date, words=date.ever_since(facts.language()))


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


@register.simple_tag
def label_of(evidence: Evidence, citation: Any) -> str:
    return evidence.label_of(citation)


@register.simple_tag
def field_label(citation: Any) -> str:
    """Return the name of the field that a citation supports."""
    return names.field_of(TARGETS[citation.target_name], citation.field)


@register.simple_tag
def source_line(source: Source) -> str:
    """Say what kind of source it is and when it came out: News article, January 2020."""
    kind = stated(source, "type") or gettext("kind of source not stated")
    return f"{kind}, {human(source.published) or gettext('date not stated')}"


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
