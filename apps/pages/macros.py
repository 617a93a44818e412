"""Macros of Jinja, in templates/macros: what a page repeats for each record and each passage.

Pages are Django's templates. The statements of a page of 50 would be 5,000 of their nodes, and
most of its time; Jinja compiles to Python. A template calls a macro by the tag `macro`.
"""

from collections.abc import Callable
from typing import Any

from django.template import engines
from django.utils.translation import gettext, ngettext
from jinja2 import Environment

from apps.pages import facts, names, wording


def environment(**options: Any) -> Environment:
    """Return what the macros are compiled in; the setting TEMPLATES names it."""
    made = Environment(
        **options, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True
    )
    # Without `newstyle` a text is translated once for many rows, which `format` puts into it.
    made.install_gettext_callables(gettext, ngettext)  # type: ignore[attr-defined]
    made.filters.update(
        field_label=names.field_cited,
        human=wording.human,
        is_long=wording.is_long,
        language_name=facts.language_name,
        last_word_apart=wording.last_word_apart,
        machine=wording.machine,
        quotation_marks=wording.quotation_marks,
        title_language=wording.title_language,
    )
    return made


def macro(name: str) -> Callable[..., str]:
    """Return the macro called `file.name`."""
    file, _, called = name.partition(".")
    template = engines["jinja2"].env.get_template(f"{file}.jinja")  # type: ignore[attr-defined]
    found: Callable[..., str] = getattr(template.module, called)
    return found
