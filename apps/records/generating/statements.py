"""Synthetic statements, what they are about, and the citations of everything."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from apps.records.generating import words
from apps.records.generating.background import (
    CODES,
    MARK,
    NOTE,
    PARAGRAPHS,
    PUBLISHED,
    TEXTS,
    Background,
    paragraph_of,
)
from apps.records.generating.chance import public_id
from apps.records.generating.tables import Row
from apps.records.vocabularies import Act, Attribution, QuoteForm, Setting, SpeakerKind, Stance

# In 100 statements so many are drafts when they are first entered.
DRAFTS = 3
CITATION = 9


class Made(NamedTuple):
    """The rows of one statement."""

    statement: Row
    operations: list[Row]
    countries: list[Row]
    citations: list[Row]


class Statements:
    """Draws statements one after the other, with the keys of their parts and citations."""

    def __init__(self, background: Background, citations: int) -> None:
        self.background, self.chance = background, background.chance
        self.links_to_operations = self.links_to_countries = 0
        self.citations = citations

    def made(self) -> Iterator[Made]:
        for number in range(1, self.background.statements + 1):
            publication = "draft" if self.chance.number() * 100 < DRAFTS else PUBLISHED
            said = self._words()
            yield Made(
                self._statement(number, publication, said),
                list(self._about_operations(number)),
                list(self._about_countries(number)),
                list(self._cited(number, publication, said)),
            )

    def _words(self) -> tuple[str, str, str, str]:
        """Return form, language, quoted words and summary: what was said, whole or in ours."""
        form = self.chance.code(QuoteForm)
        language = int(self.chance.number() < 0.45)
        text = f"{MARK} {words.passage(self.chance, language, self.background.places)}"
        if form == "direct":
            return form, words.LANGUAGES[language], text, ""
        summary = f"{MARK} {words.sentence(self.chance, 0, self.background.places)}"
        if form == "mixed":
            return form, words.LANGUAGES[language], text, summary
        return form, "", "", summary

    def _statement(self, number: int, publication: str, said: tuple[str, str, str, str]) -> Row:
        chance = self.chance
        form, language, quoted, summary = said
        return (
            number,
            public_id(8, number),
            publication,
            NOTE,
            *self._speaker(),
            chance.pick(words.OFFICES),
            chance.code(SpeakerKind),
            chance.code(Attribution),
            form,
            chance.code(Act),
            quoted,
            summary,
            language,
            *chance.day(),
            chance.code(Setting),
            chance.code(Stance),
        )

    def _speaker(self) -> tuple[int | None, int | None, int | None, str]:
        """Return the keys of a person, a country, an organization, and a label: one of them."""
        likely = self.chance.number()
        if likely < 0.7:
            return self.chance.skewed(self.background.people) + 1, None, None, ""
        if likely < 0.8:
            return None, self.chance.skewed(len(CODES)) + 1, None, ""
        if likely < 0.92:
            return None, None, self.chance.skewed(self.background.organizations) + 1, ""
        return None, None, None, f"{MARK} Unnamed officials"

    def _about_operations(self, statement: int) -> Iterator[Row]:
        first = self.chance.skewed(self.background.operations)
        for place in range(1 + self.chance.skewed(2)):
            self.links_to_operations += 1
            operation = (first + place) % self.background.operations + 1
            yield self.links_to_operations, statement, operation

    def _about_countries(self, statement: int) -> Iterator[Row]:
        first = self.chance.skewed(len(CODES))
        for place in range(self.chance.skewed(3)):
            self.links_to_countries += 1
            yield self.links_to_countries, statement, (first + place) % len(CODES) + 1

    def _cited(
        self, statement: int, publication: str, said: tuple[str, str, str, str]
    ) -> Iterator[Row]:
        _, _, quoted, summary = said
        field, text = ("words", quoted) if quoted else ("summary", summary)
        source = self.chance.skewed(self.background.sources) + 1
        for supported in (field, "act"):
            self.citations += 1
            yield cited(
                self.citations,
                publication,
                source,
                1 + self.chance.skewed(PARAGRAPHS),
                text[:70],
                supported,
                statement,
            )


def cited(
    key: int,
    publication: str,
    source: int,
    paragraph: int,
    excerpt: str,
    field: str,
    target: int,
) -> Row:
    """Return the row of a citation; of a source whose text is stored its excerpt stands there."""
    if source <= TEXTS:
        excerpt = paragraph_of(source, paragraph)
    identity = key, public_id(CITATION, key), publication, NOTE
    return *identity, source, paragraph, excerpt, field, target


def each_cited(
    background: Background, keys: Iterable[int], field: str, before: int
) -> Iterator[Row]:
    """Give a citation of `field` of each of `keys`; its own keys go on after `before`."""
    for number, target in enumerate(keys, before + 1):
        source = background.chance.skewed(background.sources) + 1
        excerpt = f"{MARK} passage {number}"
        yield cited(number, PUBLISHED, source, 1 + number % PARAGRAPHS, excerpt, field, target)
