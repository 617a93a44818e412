"""Which of many records match a question: found first, then sorted, where they are few enough."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Count, Model, QuerySet

from apps.records import ready
from apps.records.models.functions import UpTo
from apps.revisions.public import reading_publicly

# How many are counted, and told one by one.
CAP = 10_000
# As many as are found as soon as they would be remembered.
FEW = 200
# Stands for the words in a query that is ready.
WORDS = "the words"
COUNTED = """
SELECT count(*), CASE WHEN count(*) <= {most} THEN array_agg(id)::text END
FROM ({rows}) AS found (id)
"""


@dataclass(frozen=True)
class Matches:
    """How many records match, up to one beyond the cap, and their keys as the text of an array.

    Beyond the cap it is not said which: they are too many to be sorted.
    """

    count: int
    keys: str

    @property
    def many(self) -> bool:
        """Whether they take longer to find than to remember."""
        return self.count > FEW


def matches_among(chosen: QuerySet[Any]) -> Matches:
    """Return which records `chosen` holds."""
    cut = chosen.order_by()[: CAP + 1]
    found = cut.aggregate(count=Count("pk"), keys=UpTo("pk", most=CAP))
    return Matches(found["count"], found["keys"] or "{}")


def matches_of_words(model: type[Model], words: str) -> Matches:
    """Return which records have `words`, in a query that is ready where the public reads."""
    objects: Any = model._default_manager
    if not reading_publicly():
        return matches_among(objects.matching(words))
    # Planned each time: how often the words come decides how they are best found.
    ((count, keys),) = ready.rows(_having_words(model), {WORDS: words}, planned=False)
    return Matches(count, keys or "{}")


@cache
def _having_words(model: Any) -> ready.Ready:
    found = model.objects.matching(WORDS).order_by().values_list("pk")[: CAP + 1]
    sql, parameters = ready.made(found)
    return COUNTED.format(most=CAP, rows=sql), parameters
