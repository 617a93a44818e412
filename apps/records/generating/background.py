"""Synthetic countries, bodies, people, operations and what they contribute: before statements."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from string import ascii_uppercase

from apps.records.generating import words
from apps.records.generating.chance import Chance, public_id
from apps.records.generating.tables import Row
from apps.records.vocabularies import (
    ConductingBody,
    ContributorRole,
    LadderStatus,
    LegalBasis,
    MandateFunction,
    OperationStatus,
    OperationType,
    OrganizationKind,
    PersonnelType,
    SourceType,
    StrengthBasis,
    StrengthScope,
)

MARK = "[synthetic]"
NOTE = "Synthetic: made by a program to try the site with, not a fact and not from any source."
PUBLISHED = "published"
# What ISO 3166-1 leaves to its users, and will never give to a country.
CODES = [
    *(f"Q{letter}" for letter in ascii_uppercase[12:]),
    *(f"X{letter}" for letter in ascii_uppercase),
]
PARAGRAPHS = 12
TEXTS = 200


@dataclass(frozen=True)
class Background:
    """How many of each kind stand behind so many statements, and the rows of each.

    Rows come as `Table` takes them: the primary key first. They are drawn in one fixed order.
    """

    statements: int
    chance: Chance

    @property
    def operations(self) -> int:
        return max(12, self.statements // 2_000)

    @property
    def organizations(self) -> int:
        return max(12, self.statements // 2_000)

    @property
    def people(self) -> int:
        return max(40, self.statements // 100)

    @property
    def sources(self) -> int:
        return max(40, self.statements // 20)

    @property
    def places(self) -> int:
        return max(100, self.statements // 10)

    def country_rows(self) -> Iterator[Row]:
        for number, code in enumerate(CODES, 1):
            name = words.name_of_place(number * 37)
            names = f"{MARK} {name}ia", f"{MARK} {name}ie"
            codes = code, f"{code}A", f"{900 + number}"
            yield number, public_id(1, number), PUBLISHED, NOTE, *codes, *names

    def organization_rows(self) -> Iterator[Row]:
        for number in range(1, self.organizations + 1):
            place = words.name_of_place(number * 11)
            body = self.chance.pick(words.BODIES)
            yield (
                number,
                public_id(2, number),
                PUBLISHED,
                NOTE,
                f"synthetic-body-{number}",
                f"{MARK} {place} {body}",
                f"{place[:2].upper()}{body[0]}{number}",
                self.chance.code(OrganizationKind),
            )

    def membership_rows(self) -> Iterator[Row]:
        key = 0
        for organization in range(1, self.organizations + 1):
            first = self.chance.whole(1, len(CODES))
            for place in range(self.chance.whole(0, 8)):
                key += 1
                country = (first + place) % len(CODES) + 1
                start, end = self.chance.span()
                yield key, NOTE, organization, country, *start, *end

    def person_rows(self) -> Iterator[Row]:
        for number in range(1, self.people + 1):
            name = f"{self.chance.pick(words.FIRST_NAMES)} {words.name_of_place(number)}"
            slug = f"synthetic-person-{number}"
            yield number, public_id(3, number), PUBLISHED, NOTE, slug, f"{MARK} {name}"

    def office_rows(self) -> Iterator[Row]:
        key = 0
        for person in range(1, self.people + 1):
            for _ in range(1 + self.chance.skewed(2)):
                key += 1
                country = self.chance.skewed(len(CODES)) + 1
                start, end = self.chance.span()
                title = f"{MARK} {self.chance.pick(words.OFFICES)} {key}"
                yield key, NOTE, person, title, country, *start, *end

    def operation_rows(self) -> Iterator[Row]:
        for number in range(1, self.operations + 1):
            name = f"{words.OPERATION_NAMES[number % len(words.OPERATION_NAMES)]} {number}"
            start, end = self.chance.span()
            predecessor = self.chance.whole(1, number - 1) if number % 7 == 0 else None
            yield (
                number,
                public_id(4, number),
                PUBLISHED,
                NOTE,
                f"synthetic-operation-{number}",
                f"{MARK} {self.chance.pick(words.OPERATION_KINDS)} {name}",
                f"{MARK} {name}",
                self.chance.code(OperationType),
                self.chance.code(ConductingBody),
                self.chance.several(MandateFunction),
                f"{MARK} {self.chance.pick(words.DEEDS[0]).capitalize()}.",
                self.chance.code(LegalBasis),
                words.name_of_place(self.chance.skewed(self.places)),
                *start,
                *end,
                self.chance.code(OperationStatus),
                predecessor,
            )

    def theatre_rows(self) -> Iterator[Row]:
        key = 0
        for operation in range(1, self.operations + 1):
            first = self.chance.skewed(len(CODES))
            for place in range(self.chance.whole(1, 5)):
                key += 1
                yield key, operation, (first + place) % len(CODES) + 1

    def milestone_rows(self) -> Iterator[Row]:
        key = 0
        for operation in range(1, self.operations + 1):
            for kind in ("initial_operating_capability", "full_operating_capability"):
                key += 1
                yield key, NOTE, operation, kind, *self.chance.day(), *self.chance.day()

    @cached_property
    def contributions(self) -> list[tuple[int, int | None, int | None]]:
        """Operation, and country or organization, of each contributor, by its key less one."""
        found: list[tuple[int, int | None, int | None]] = []
        for operation in range(1, self.operations + 1):
            first = self.chance.skewed(len(CODES))
            for place in range(self.chance.whole(3, 10)):
                found.append((operation, (first + place) % len(CODES) + 1, None))
            if operation % 3 == 0:
                found.append((operation, None, self.chance.whole(1, self.organizations)))
        return found

    def contributor_rows(self) -> Iterator[Row]:
        for key, (operation, country, organization) in enumerate(self.contributions, 1):
            roles = self.chance.several(ContributorRole)
            actor = operation, country, organization
            yield key, public_id(5, key), PUBLISHED, NOTE, *actor, roles

    def ladder_rows(self) -> Iterator[Row]:
        key = 0
        for contributor in range(1, len(self.contributions) + 1):
            for place in range(1, self.chance.whole(1, 4) + 1):
                key += 1
                status = self.chance.even(LadderStatus.values)
                yield key, NOTE, contributor, place, status, *self.chance.day(), *self.chance.day()

    def strength_rows(self) -> Iterator[Row]:
        key = 0
        for contributor, (operation, _, _) in enumerate(self.contributions, 1):
            for _ in range(self.chance.whole(0, 3)):
                key += 1
                least = 10 + 10 * self.chance.skewed(600)
                yield (
                    key,
                    public_id(6, key),
                    PUBLISHED,
                    NOTE,
                    operation,
                    contributor if key % 3 else None,
                    *self.chance.day(),
                    least,
                    least + 10 * self.chance.skewed(30),
                    self.chance.code(StrengthBasis),
                    self.chance.code(StrengthScope),
                    self.chance.code(PersonnelType),
                )

    def source_rows(self) -> Iterator[Row]:
        for number in range(1, self.sources + 1):
            language = int(self.chance.number() < 0.45)
            publisher = words.name_of_place(self.chance.skewed(60))
            title = words.sentence(self.chance, language, self.places).rstrip(".")
            yield (
                number,
                public_id(7, number),
                PUBLISHED,
                NOTE,
                self.chance.code(SourceType),
                f"{MARK} {title}",
                f"{MARK} {publisher} {self.chance.pick(words.PUBLISHERS)}",
                *self.chance.day(),
                f"https://synthetic.invalid/{number}",
                words.LANGUAGES[language],
                PARAGRAPHS,
                sha256(text_of(number).encode()).hexdigest() if number <= TEXTS else "",
            )

    def text_rows(self) -> Iterator[Row]:
        for number in range(1, min(TEXTS, self.sources) + 1):
            yield number, number, text_of(number)


def text_of(source: int) -> str:
    """Return the stored text of a source."""
    return "\n\n".join(paragraph_of(source, place) for place in range(1, PARAGRAPHS + 1))


def paragraph_of(source: int, place: int) -> str:
    return f"{MARK} Paragraph {place} of {source}."
