"""What the templates ask about languages: addresses in each, and how its words are marked."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from apps.pages import facts
from apps.pages.addresses import in_language
from apps.records.models import Source

register = template.Library()

# Of the language that a quotation is printed in; any other has the English ones.
QUOTATION_MARKS = {"fr": ("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»")}
ENGLISH_MARKS = ("“", "”")


@register.simple_tag(takes_context=True)
def page_in_languages(context: Any) -> list[dict[str, Any]]:
    """Return the page in each language: its address with the same question, and its name."""
    request = context.request
    return [
        {
            "code": code,
            "name": name,
            "address": in_language(request.get_full_path(), code),
            "current": code == facts.language(),
        }
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag
def title_language(source: Source) -> SafeString:
    """Return the attribute of a title: ours, in [brackets], is in English."""
    language = "en" if source.title.startswith("[") else source.language
    known = language and language != facts.language()
    return format_html(' lang="{}"', language) if known else mark_safe("")


@register.simple_tag
def in_english() -> SafeString:
    """Return the attribute of data that is entered in English, where the page is not."""
    return mark_safe("" if facts.language() == "en" else ' lang="en"')


register.filter("language_name", facts.language_name)


@register.filter
def opening_mark(language: str) -> str:
    return QUOTATION_MARKS.get(language[:2], ENGLISH_MARKS)[0]


@register.filter
def closing_mark(language: str) -> str:
    return QUOTATION_MARKS.get(language[:2], ENGLISH_MARKS)[1]
