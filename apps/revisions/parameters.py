"""The one error for a parameter that cannot be answered; every face shows it in its own form."""

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from django.core.exceptions import BadRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

# Characters of one value.
LONGEST = 4_000


class BadParameter(BadRequest):
    """A query parameter whose name or value is not understood.

    `allowed` says what would be right: a sentence, or the list of values. `suggestion` is the
    nearest allowed value, or "" where none is near.
    """

    def __init__(
        self,
        name: str,
        value: str,
        allowed: str | Promise | Iterable[str],
        reason: str = "",
        suggestion: str = "",
    ) -> None:
        self.name, self.value = name, value
        choices = [] if isinstance(allowed, str | Promise) else list(allowed)
        self.allowed = str(allowed) if isinstance(allowed, str | Promise) else ", ".join(choices)
        near = get_close_matches(value if reason == "" else name, choices, n=1)
        self.suggestion = suggestion or (near[0] if near else "")
        self.reason = reason or _("“%(value)s” is not a value of `%(name)s`.") % {
            "value": value[:100],
            "name": name,
        }
        super().__init__(f"{self.reason} Allowed: {self.allowed}.")


class RepeatedParameter(BadParameter):
    """A parameter of one value that is given several: whichever was read, another was meant."""

    def __init__(self, name: str, texts: Sequence[str]) -> None:
        given = {"name": name[:100], "count": len(texts)}
        reason = _("`%(name)s` is given %(count)d times.") % given
        super().__init__(name, texts[-1], _("one value"), reason)


class UnknownParameter(BadParameter):
    """A parameter that no filter here answers to; ignoring it would answer another question."""

    def __init__(self, name: str, value: str, allowed: Iterable[str]) -> None:
        reason = _("`%(name)s` is not a parameter here.") % {"name": name[:100]}
        super().__init__(name, value, allowed, reason)


def composed(name: str, text: str) -> str:
    """Return `text` with each accent in its letter (NFC), as it is stored. Raises BadParameter."""
    if "\0" in text:
        raise BadParameter(name, text.replace("\0", "␀"), _("text without NUL characters"))
    if len(text) > LONGEST:
        reason = _("`%(name)s` has %(count)d characters.") % {"name": name, "count": len(text)}
        allowed = _("at most %(most)d characters") % {"most": LONGEST}
        raise BadParameter(name, text, allowed, reason)
    return unicodedata.normalize("NFC", text)
