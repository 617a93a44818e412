"""Partial dates: the one parser, what a date may mean in days, and its words in two languages.

The text is a subset of the Extended Date/Time Format (EDTF, ISO 8601-2:2019, level 1):

    2020, 2020-01, 2020-01-19     a year, a month, a day
    201X, 20XX                    a decade, a century: some day of it
    2020-XX, 2020-01-XX           a month or a day that is not known
    2020-21 ... 2020-24           spring, summer, autumn, winter
    2020-01~  2020-01?  2020-01%  approximate, uncertain, both: flags, which widen nothing
    2013/2014, ../2013, 2014/..   between two dates; no bound on one side

Years run from 1000 to 2999: each has four digits and a slip such as 0202 or 9202 is refused.
EDTF leaves the months of a season open. Ours are meteorological and northern: 2020-23 is
1 September to 30 November 2020, and winter 2020-24 is 1 December 2020 to the end of February 2021.

The subset may grow and must not shrink: history keeps every text that was ever accepted.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from apps.records.date_words import ENGLISH, FRENCH, Language

MAX_LENGTH = 40
ALLOWED = (
    "2020, 2020-01, 2020-01-19, 2020-23 (autumn), 201X, 2020-01~ (about), 2013/2014 or ../2013"
)

_ONE = (
    r"([12][0-9](XX|[0-9]X)"
    r"|[12][0-9]{3}(-(2[1-4]|XX(-XX)?|(0[1-9]|1[0-2])(-(XX|0[1-9]|[12][0-9]|3[01]))?))?)[~?%]?"
)
# Python and PostgreSQL read this pattern alike, so that a CHECK can hold it. It knows the shape
# of a partial date; that there is no 30 February and no end before its start, only the parser does.
SHAPE = rf"^({_ONE}(/({_ONE}|[.]{{2}}))?|[.]{{2}}/{_ONE})?$"
SEASON_BEGINS = {"21": 3, "22": 6, "23": 9, "24": 12}
_SHAPE = re.compile(SHAPE)


class PartialDateError(ValueError):
    """A text that is not a partial date; the message names the text and what is allowed."""

    def __init__(self, text: str, fault: str = "is not a date that can be read here") -> None:
        seen = repr(text[:MAX_LENGTH]) + ("..." if len(text) > MAX_LENGTH else "")
        super().__init__(f"{seen} {fault}. Write one like {ALLOWED}.")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as its source, and the first and last day that it may mean.

    `earliest` and `latest` are included; None means no bound (an open interval). The empty text is
    the falsy "not stated" and has neither bound. Two are equal when their texts are. There is no
    order, because "2020" is neither before nor after "2020-03": compare bounds.
    Raises PartialDateError, and nothing else, for a text that is not in the subset.
    """

    text: str = ""
    earliest: date | None = field(init=False, compare=False, repr=False)
    latest: date | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        earliest, latest = _bounds(self.text)
        object.__setattr__(self, "earliest", earliest)
        object.__setattr__(self, "latest", latest)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Return the date that `text` writes; raises PartialDateError. Equal texts may share it."""
        return _parsed(text)

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def approximate(self) -> bool:
        """Whether the source says "about" (~ or %), of either end where there are two."""
        return "~" in self.text or "%" in self.text

    @property
    def uncertain(self) -> bool:
        """Whether the date itself is in doubt (? or %), of either end where there are two."""
        return "?" in self.text or "%" in self.text

    def human(self, language: str) -> str:
        """Return "autumn 2020" or "automne 2020"; `language` is a code, English unless "fr..."."""
        return _language(language).human(self.text)

    def due(self, language: str) -> str:
        """Return "by autumn 2020" where it has an end and no start, else as `human`."""
        return _language(language).due(self.text)

    def at(self, language: str) -> str:
        """Return the words to end a sentence with: "March 2021" or "en mars 2021"."""
        return _language(language).at(self.text)

    def ever_since(self, language: str) -> str:
        """Return "since March 2021" or "depuis mars 2021"; "by March 2021" for ../2021-03."""
        return _language(language).ever_since(self.text)

    def explain(self, language: str) -> str:
        """Return "autumn 2020: 1 September to 30 November 2020", for beside a form field."""
        return _language(language).explain(self.text, self.earliest, self.latest)

    def possibly_between(self, since: date | None, until: date | None) -> bool:
        """Whether it may be a day from `since` to `until`, both included; None is no limit.

        A date that is not stated may be any day. Raises ValueError if `since` is after `until`.
        """
        check_order(since, until)
        return _not_after(self.earliest, until) and _not_after(since, self.latest)

    def certainly_between(self, since: date | None, until: date | None) -> bool:
        """Whether every day it may mean is from `since` to `until`, both included.

        None is no limit. A date that is not stated is certain nowhere, not even without limits.
        Raises ValueError if `since` is after `until`.
        """
        check_order(since, until)
        after = since is None or (self.earliest is not None and since <= self.earliest)
        before = until is None or (self.latest is not None and self.latest <= until)
        return bool(self) and after and before


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted from one partial date to another, the days of both included.

    Certain from the latest start to the earliest end; possible from the earliest start to the
    latest end. What is missing never makes anything certain and never excludes anything:

        start or end                  certain                  possible
        2020-01 as start              from 31 January 2020     from 1 January 2020
        2020-01 as end                until 1 January 2020     until 31 January 2020
        blank (not stated), either    never                    no limit on that side
        ../2013 as start              from 31 December 2013    no limit on that side
        2014/.. as start              never                    from 1 January 2014
        2014/.. as end                until 1 January 2014     no limit on that side
        ../2013 as end                never                    until 31 December 2013

    So a blank end is not "still going on": that is not certain on any day. What a source of
    20 January 2020 reports as going on has the end 2020-01-20/.. : certain until that day,
    possible ever after. A start of 2020 with an end of 2020 is possible all year, certain never.
    """

    start: PartialDate
    end: PartialDate

    def possibly_on(self, day: date) -> bool:
        """Whether it may have gone on on `day`."""
        return _not_after(self.start.earliest, day) and _not_after(day, self.end.latest)

    def certainly_on(self, day: date) -> bool:
        """Whether it went on on `day`, whichever days its start and end were."""
        start, end = self.start.latest, self.end.earliest
        return start is not None and end is not None and start <= day <= end


def check_order(since: date | None, until: date | None) -> None:
    """Raise ValueError for a range that ends before it begins: no answer to it is right."""
    if since and until and since > until:
        raise ValueError(f"The range {since} to {until} ends before it begins.")


def _not_after(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first <= last


@lru_cache(maxsize=4096)
def _parsed(text: str) -> PartialDate:
    return PartialDate(text)


def _bounds(text: str) -> tuple[date | None, date | None]:
    """Return the first and last day that `text` may mean; raises PartialDateError."""
    if len(text) > MAX_LENGTH:
        raise PartialDateError(text, f"is longer than {MAX_LENGTH} characters")
    if not _SHAPE.fullmatch(text):
        raise PartialDateError(text)
    start, _, end = text.partition("/")
    try:
        earliest, latest = _one(start)[0], _one(end or start)[1]
    except ValueError:
        raise PartialDateError(text, "is not a day of the calendar") from None
    if not _not_after(earliest, latest):
        raise PartialDateError(text, "ends before it starts")
    return earliest, latest


def _one(text: str) -> tuple[date | None, date | None]:
    """Return the bounds of one end; raises ValueError for 30 February."""
    if text in ("", ".."):
        return None, None
    year, month, day = [*text.rstrip("~?%").split("-"), "XX", "XX"][:3]
    if month == "XX":
        return date(int(year.replace("X", "0")), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    if month > "12":
        return _months(int(year), SEASON_BEGINS[month], 3)
    if day == "XX":
        return _months(int(year), int(month), 1)
    exact = date(int(year), int(month), int(day))
    return exact, exact


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """Return the first day of `month` and the last of the `count` months that begin with it."""
    years, months = divmod(month - 1 + count, 12)
    return date(year, month, 1), date(year + years, months + 1, 1) - timedelta(days=1)


def _language(code: str) -> Language:
    return FRENCH if code.lower().startswith("fr") else ENGLISH
