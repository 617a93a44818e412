"""What a controlled list is: codes that say what they mean, in English and in French.

Models take their choices from these lists, and the codebook is printed from them.
"""

import re
from typing import ClassVar, Self, TypeAlias

from django.db import models
from django.utils.functional import lazy
from django.utils.translation import get_language

# The length of every column that stores a code.
CODE_LENGTH = 40

OURS = "sahelref’s own definition"

# Code, English label and definition, French label and definition, source; then what TextChoices
# takes off the end as the label.
Term: TypeAlias = tuple[str, str, str, str, str, str, str]

_SPACE_BESIDE_FRENCH_MARKS = re.compile(r" (?=[;:!?»])|(?<=«) ")


def whichever_is_read(english: str, french: str) -> str:
    """Return the text in the reader's language: the French one on a French page."""
    return french if (get_language() or "en").startswith("fr") else english


in_the_readers_language = lazy(whichever_is_read, str)


def _typeset(french: str) -> str:
    """Return the text with no-break spaces where French sets them before `; : ! ?` and in « »."""
    return _SPACE_BESIDE_FRENCH_MARKS.sub("\N{NO-BREAK SPACE}", french)


def term(
    code: str,
    label_en: str,
    definition_en: str,
    label_fr: str,
    definition_fr: str,
    source: str,
) -> Term:
    """Return one member of a list; `source` is where its definition or its place comes from."""
    label_fr, definition_fr = _typeset(label_fr), _typeset(definition_fr)
    label = in_the_readers_language(label_en, label_fr)
    return code, label_en, definition_en, label_fr, definition_fr, source, label


def not_stated(
    definition_en: str = "The source does not say.",
    definition_fr: str = "La source ne le dit pas.",
) -> Term:
    """Return the member for a source that is silent, which is neither unknown nor none."""
    return term(
        "not_stated", "Not stated", definition_en, "Non précisé", definition_fr, source=OURS
    )


def other(
    definition_en: str = "The source says it, but no other code fits; the note says what it is.",
    definition_fr: str = "La source le dit, mais aucun autre code ne convient ; la note précise.",
) -> Term:
    """Return the member for what the source states and the list does not hold."""
    return term("other", "Other", definition_en, "Autre", definition_fr, source=OURS)


class Vocabulary(models.TextChoices):
    """A controlled list; the docstring of each list is its English description in the codebook.

    `label` follows the language of the reader, and is English where none is active, so that
    migrations always hold the English label.
    """

    title_en: ClassVar[str]
    title_fr: ClassVar[str]
    about_en: ClassVar[str]
    about_fr: ClassVar[str]

    label_en: str
    label_fr: str
    definition_en: str
    definition_fr: str
    source: str

    def __new__(cls, code: str, *texts: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label_en, member.definition_en = texts[:2]
        member.label_fr, member.definition_fr = texts[2:4]
        (member.source,) = texts[4:]
        return member

    def __init_subclass__(cls, *, title_en: str, title_fr: str, about_fr: str) -> None:
        """Take the texts of the list itself, which in the body of the class would be members."""
        super().__init_subclass__()
        cls.title_en, cls.title_fr = title_en, _typeset(title_fr)
        cls.about_en, cls.about_fr = " ".join((cls.__doc__ or "").split()), _typeset(about_fr)

    @property
    def definition(self) -> str:
        """The definition in the language of the reader."""
        return in_the_readers_language(self.definition_en, self.definition_fr)

    @classmethod
    def entries(cls) -> list[dict[str, str]]:
        """Return the list as the codebook prints it, in the order of the list."""
        columns = ("label_en", "label_fr", "definition_en", "definition_fr", "source")
        return [
            {"code": member.value} | {column: getattr(member, column) for column in columns}
            for member in cls
        ]


def within(field: str, vocabulary: type[Vocabulary]) -> models.Q:
    """Return the condition that a column holds a code of the list; NULL passes a CHECK."""
    return models.Q(**{f"{field}__in": vocabulary.values})


def all_within(field: str, vocabulary: type[Vocabulary]) -> models.Q:
    """Return the condition that an array holds only codes of the list; an empty one passes."""
    return models.Q(**{f"{field}__contained_by": vocabulary.values})
