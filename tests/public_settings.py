"""The settings of the public faces alone, for a run of the tests.

The tests themselves make records, and so have every login; the site that they visit has no desk,
and a query of it for anything but the public's database fails.
"""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.http import HttpRequest, HttpResponseBase

from sahelref import databases
from sahelref.settings import *  # noqa: F403
from sahelref.settings import FACES, MIDDLEWARE, env

if FACES != "public":
    raise ImproperlyConfigured("These settings are for SAHELREF_FACES=public.")

DATABASES = databases.from_environment({**env.ENVIRON, "SAHELREF_FACES": "all"})
MIDDLEWARE = ["tests.public_settings.OnlyThePublicDatabase", *MIDDLEWARE]


class OnlyThePublicDatabase:
    """Refuses every query of a request that a process with the reader's login could not make."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with ExitStack() as watched:
            for alias in ("default", databases.OWNER):
                watched.enter_context(connections[alias].execute_wrapper(refuse))
            return self.get_response(request)


def refuse(execute: Any, sql: str, *_: Any) -> Any:
    raise AssertionError(f"The public faces have no login for this: {sql}")
