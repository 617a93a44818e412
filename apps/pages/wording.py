"""How texts, dates and languages are written on a page."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from apps.pages import facts
from apps.records.dates import PartialDate
from apps.records.models import Source

LONG_QUOTATION = 150
LONGEST_KEPT_WORD = 24
# Of the language that a quotation is printed in; any other has the English ones.
QUOTATION_MARKS = {"fr": ("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»")}
ENGLISH_MARKS = ("“", "”")


def human(date: PartialDate) -> str:
    """Write a partial date in words; "" where it is blank, so that `default` can say so."""
    return date.human(facts.language()) if date else ""


def machine(date: PartialDate) -> str:
    """Return the value of a `datetime` attribute: a year, a month or a day; else ""."""
    return date.text if date and date.text.replace("-", "").isdigit() and _is_plain(date) else ""


def _is_plain(date: PartialDate) -> bool:
    return date.text[5:7] < "21"


def is_long(words: str) -> bool:
    return len(words) > LONG_QUOTATION


def last_word_apart(text: str) -> tuple[str, str]:
    """Return a text before its last word, and that word, which stays on one line with its marks."""
    word = text.rsplit(None, 1)[-1] if text.strip() else ""
    kept = word if len(word) <= LONGEST_KEPT_WORD else ""
    return text[: len(text) - len(kept)], kept


def quotation_marks(language: str) -> tuple[str, str]:
    """Return the marks around words printed in a language (BCP 47)."""
    return QUOTATION_MARKS.get(language[:2], ENGLISH_MARKS)


def title_language(source: Source) -> SafeString:
    """Return the attribute of a title: ours, in [brackets], is in English."""
    language = "en" if source.title.startswith("[") else source.language
    known = language and language != facts.language()
    return format_html(' lang="{}"', language) if known else mark_safe("")


def in_english() -> SafeString:
    """Return the attribute of data that is entered in English, where the page is not."""
    return mark_safe("" if facts.language() == "en" else ' lang="en"')


def source_line(source: Source) -> str:
    """Say what kind of source it is and when it came out: News article, January 2020."""
    kind = ", ".join(value.text for value in facts.values_of(source, "type"))
    kind = kind or gettext("kind of source not stated")
    return f"{kind}, {human(source.published) or gettext('date not stated')}"
