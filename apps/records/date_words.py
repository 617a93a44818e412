"""Partial dates in words, English and French; read by dates.py only.

The month names stand here because the locale module changes the whole process.
"""

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Forms:
    """How a noun stands in a phrase: French says "vers le 2 mai" but "vers mai"."""

    about: str
    start: str
    end: str
    since: str
    until: str
    by: str
    at: str
    ever_since: str


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language; every template takes its nouns by position."""

    not_stated: str
    months: tuple[str, ...]
    seasons: tuple[str, ...]
    first: str
    decade: str
    century: str
    day_missing: str
    month_missing: str
    both_missing: str
    roughly: str
    uncertain: str
    days: str
    explained: str
    or_earlier: str
    or_later: str
    forms: tuple[tuple[re.Pattern[str], Forms], ...]

    def human(self, text: str) -> str:
        """Return the words for `text`, a partial date that was read without error."""
        if not text:
            return self.not_stated
        start, _, end = text.partition("/")
        if not end:
            return self._alone(text)
        if start == "..":
            return self._form(end).until.format(self._within(end))
        if end == "..":
            return self._form(start).since.format(self._within(start))
        first = self._form(start).start.format(self._within(start))
        return f"{first} {self._form(end).end.format(self._within(end))}"

    def due(self, text: str) -> str:
        """Return the words for a date by which something is to be: "by autumn 2020"."""
        start, _, end = text.partition("/")
        return self._phrase("by", end) if start == ".." else self.human(text)

    def at(self, text: str) -> str:
        """Return the words as they end a sentence: French says "en mars" and "le 2 mai"."""
        if "/" in text or text[-1:] in "~%":
            return self.due(text)
        return self._phrase("at", text)

    def ever_since(self, text: str) -> str:
        """Return "since autumn 2020", or "by autumn 2020" where it has an end and no start."""
        return self.due(text) if "/" in text else self._phrase("ever_since", text)

    def _phrase(self, form: str, text: str) -> str:
        phrase: str = getattr(self._form(text), form)
        return phrase.format(self._within(text))

    def explain(self, text: str, earliest: date | None, latest: date | None) -> str:
        """Return the words and the days they may mean, or the words where those say it all."""
        human, days = self.human(text), self._days(earliest, latest)
        return human if days in ("", human) else self.explained.format(human, days)

    def _alone(self, text: str) -> str:
        noun = self._noun(text)
        if text[-1] in "~%":
            noun = self._form(text).about.format(noun)
        return self._doubted(noun, text)

    def _within(self, text: str) -> str:
        noun = self._noun(text)
        if text[-1] in "~%":
            noun = self.roughly.format(noun)
        return self._doubted(noun, text)

    def _doubted(self, noun: str, text: str) -> str:
        return self.uncertain.format(noun) if text[-1] in "?%" else noun

    def _form(self, text: str) -> Forms:
        noun = self._noun(text)
        return next(forms for pattern, forms in self.forms if pattern.match(noun))

    def _noun(self, text: str) -> str:
        """Return the words for one end of a date, without its flags."""
        year, month, day = [*text.rstrip("~?%").split("-"), "", ""][:3]
        if "X" in year:
            return self._years(year)
        if month == "XX":
            return (self.both_missing if day else self.month_missing).format(year)
        if not month:
            return year
        if month > "12":
            return self._season(int(month) - 21, int(year))
        if not day:
            return f"{self.months[int(month) - 1]} {year}"
        if day == "XX":
            return self.day_missing.format(f"{self.months[int(month) - 1]} {year}")
        return self._day(date(int(year), int(month), int(day)))

    def _years(self, year: str) -> str:
        first, last = year.replace("X", "0"), year.replace("X", "9")
        return (self.century if year.endswith("XX") else self.decade).format(first, last)

    def _season(self, season: int, year: int) -> str:
        """Name both years of a winter, which begins in December."""
        return f"{self.seasons[season]} {year}" + (f"–{year + 1}" if season == 3 else "")

    def _day(self, day: date) -> str:
        return f"{self._day_and_month(day)} {day.year}"

    def _day_and_month(self, day: date) -> str:
        return f"{self._day_number(day)} {self.months[day.month - 1]}"

    def _day_number(self, day: date) -> str:
        return self.first if day.day == 1 else str(day.day)

    def _days(self, earliest: date | None, latest: date | None) -> str:
        if earliest is None:
            return self.or_earlier.format(self._day(latest)) if latest else ""
        if latest is None:
            return self.or_later.format(self._day(earliest))
        if earliest == latest:
            return self._day(latest)
        return self.days.format(self._shortened(earliest, latest), self._day(latest))

    def _shortened(self, earliest: date, latest: date) -> str:
        """Leave out the month and the year of `earliest` where `latest` says them again."""
        if earliest.year != latest.year:
            return self._day(earliest)
        if earliest.month != latest.month:
            return self._day_and_month(earliest)
        return self._day_number(earliest)


ENGLISH = Language(
    not_stated="not stated",
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    seasons=("spring", "summer", "autumn", "winter"),
    first="1",
    decade="the {0}s",
    century="the years {0} to {1}",
    day_missing="{0} (day not stated)",
    month_missing="{0} (month not stated)",
    both_missing="{0} (month and day not stated)",
    roughly="about {0}",
    uncertain="{0} (uncertain)",
    days="{0} to {1}",
    explained="{0}: {1}",
    or_earlier="{0} or earlier",
    or_later="{0} or later",
    forms=(
        (
            re.compile(""),
            Forms(
                *("about {0}", "from {0}", "to {0}", "from {0}", "until {0}"),
                *("by {0}", "{0}", "since {0}"),
            ),
        ),
    ),
)

FRENCH = Language(
    not_stated="non précisé",
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    seasons=("printemps", "été", "automne", "hiver"),
    first="1er",
    decade="années {0}",
    century="années {0} à {1}",
    day_missing="{0} (jour non précisé)",
    month_missing="{0} (mois non précisé)",
    both_missing="{0} (mois et jour non précisés)",
    roughly="{0} (date approximative)",
    uncertain="{0} (date incertaine)",
    days="du {0} au {1}",
    explained="{0}\N{NO-BREAK SPACE}: {1}",
    or_earlier="{0} ou avant",
    or_later="{0} ou après",
    forms=(
        (
            re.compile("printemps"),
            Forms(
                *("vers le {0}", "du {0}", "au {0}", "à partir du {0}", "jusqu’au {0}"),
                *("d’ici au {0}", "au {0}", "depuis le {0}"),
            ),
        ),
        (
            re.compile(r"[0-9]{1,2}(er)? "),
            Forms(
                *("vers le {0}", "du {0}", "au {0}", "à partir du {0}", "jusqu’au {0}"),
                *("d’ici au {0}", "le {0}", "depuis le {0}"),
            ),
        ),
        (
            re.compile("été|automne|hiver"),
            Forms(
                *("vers l’{0}", "de l’{0}", "à l’{0}", "à partir de l’{0}", "jusqu’à l’{0}"),
                *("d’ici à l’{0}", "à l’{0}", "depuis l’{0}"),
            ),
        ),
        (
            re.compile("années"),
            Forms(
                *("vers les {0}", "des {0}", "aux {0}", "à partir des {0}", "jusqu’aux {0}"),
                *("d’ici aux {0}", "dans les {0}", "depuis les {0}"),
            ),
        ),
        (
            re.compile("avril|août|octobre"),
            Forms(
                *("vers {0}", "d’{0}", "à {0}", "à partir d’{0}", "jusqu’en {0}"),
                *("d’ici à {0}", "en {0}", "depuis {0}"),
            ),
        ),
        (
            re.compile(""),
            Forms(
                *("vers {0}", "de {0}", "à {0}", "à partir de {0}", "jusqu’en {0}"),
                *("d’ici à {0}", "en {0}", "depuis {0}"),
            ),
        ),
    ),
)
