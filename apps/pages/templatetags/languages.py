"""What the templates ask about languages: addresses in each, and how its words are marked."""

from typing import Any

from django import template
from django.conf import settings

from apps.pages import facts, wording
from apps.pages.addresses import in_language

register = template.Library()


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


register.simple_tag(wording.title_language)
register.simple_tag(wording.in_english)
register.filter("language_name", facts.language_name)
