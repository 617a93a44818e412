"""The language of a page is that of its address: French below /fr/, English everywhere else.

Neither a cookie nor Accept-Language is asked, so that an address names one text and caches need
know nothing of languages. The API and the desk are in English.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

OF_NO_LANGUAGE = (*settings.DESK_PATHS, "/api/")


class LanguageOfAddress:
    """Answers in the language that the address names, errors of every layer included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request.path_info)
        with translation.override(language):
            response = self.get_response(request)
        if has_language(request.path_info):
            response.headers.setdefault("Content-Language", language)
        return response


def has_language(path: str) -> bool:
    return not (path.startswith(OF_NO_LANGUAGE) or settings.STATELESS_PATHS.match(path))


def language_of(path: str) -> str:
    """Return the code of the language that `path` is written in."""
    first = path.removeprefix("/").partition("/")[0]
    named = first in dict(settings.LANGUAGES) and first != settings.LANGUAGE_CODE
    return first if named else settings.LANGUAGE_CODE
