"""The French catalogue: whole, well set, compiled; and no words in a template escape it."""

import re

import pytest

from tests import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|<[^>]+>|`[^`]+`")
# A plain space where French keeps the mark on the line of its word.
LOOSE_MARK = re.compile(r" [;:!?»]|« ")


def entries():
    return [message for message in messages.catalogue() if message.id]


def texts(message):
    string = message.string
    return list(string) if isinstance(string, tuple | list) else [string]


def identity(message):
    return message.context, message.id


def test_the_catalogue_has_every_text_of_the_pages_and_no_other():
    wanted = {identity(message) for message in messages.extracted() if message.id}
    assert {identity(message) for message in entries()} == wanted, "run `make messages`"


def test_every_text_is_translated_and_none_is_a_guess():
    assert [m.id for m in entries() if not all(texts(m)) or m.fuzzy] == []


def test_a_translation_has_the_places_and_tags_of_its_text():
    for message in entries():
        known = set(PLACEHOLDER.findall(str(message.id)))
        for text in texts(message):
            found = set(PLACEHOLDER.findall(text))
            assert found <= known, message.id
            assert "<" not in str(message.id) or found == known, message.id


def test_french_marks_stay_with_their_words():
    said = [text for message in entries() for text in texts(message)]
    assert [text for text in said if LOOSE_MARK.search(text) or "'" in text] == []


def test_what_django_reads_is_what_is_written():
    assert messages.MO.read_bytes() == messages.compiled(messages.catalogue())
    assert messages.PO.read_bytes() == messages.written(messages.merged())


# Names, formats and signs that are the same in every language.
UNTRANSLATED = {"sahel", "ref", "sahelref", "JSON", "CSV", "ISO", "UTC", "OpenAPI", "as_of"}
UNTRANSLATED |= {"CC", "BY", "API", "BibTeX", "curl", "a", "or", "b", "q", "on", "match", "SHA"}
UNTRANSLATED |= {"ordering", "page_size", "cursor", "format", "contributors", "operation", "takuba"}
UNTRANSLATED |= {"task", "force", "api", "RIS", "CSL", "Atom", "EN", "FR"}
UNTRANSLATED |= {"fields", "expand", "facets", "NDJSON", "index", "json", "CITATION", "cff"}
UNTRANSLATED |= {"APA", "Chicago", "article", "website", "Python", "R", "JavaScript"}
MARKED = re.compile(
    r"{% blocktranslate.*?{% endblocktranslate %}|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL
)
SHOWN = re.compile(r'\s(?:aria-label|alt|title|placeholder|content|data-label)="([^"]*)"')
PAGES = [*messages.ROOT.glob("templates/*.html"), *messages.ROOT.glob("templates/p*/**/*.html")]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_words_of_a_template_escape_translation(path):
    html = MARKED.sub(" ", path.read_text())
    shown = " ".join([re.sub(r"<[^>]*>", " ", html), *SHOWN.findall(html)])
    words = re.findall(r"[^\W\d]\w*", re.sub(r"&\w+;|/[\w/]+", " ", shown))
    allowed = UNTRANSLATED | {"width", "device", "initial", "scale", "light", "dark"}
    assert [word for word in words if word not in allowed] == []
