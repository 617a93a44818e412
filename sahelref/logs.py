"""What is logged, and in what form: never who asked, nor what for.

A line of a request has its method, path, status and time; no address, no query, no browser.
"""

import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import BadRequest, DisallowedHost, PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase

requests = logging.getLogger("sahelref.requests")

# What a client did wrong: its words stand in the trace, and nobody has to mend the code.
FAULTS_OF_CLIENTS = (BadRequest, DisallowedHost, PermissionDenied, SuspiciousOperation)
LONGEST = 500


class Lines(logging.Formatter):
    """A line each, whatever somebody put into what is logged."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = _plain(record.message)
        return super().formatMessage(record)


class Json(logging.Formatter):
    """A JSON object a line, for programs that read logs."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": _plain(record.getMessage()),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def _plain(message: str) -> str:
    """Escape what would begin a new line or move the cursor, and cut what is too long."""
    shown = message
    if not message.isprintable():
        shown = "".join(each if each.isprintable() else ascii(each)[1:-1] for each in message)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]} ..."


def without_traces_of_clients(record: logging.LogRecord) -> bool:
    """Keep the record, and drop its trace where the client was wrong."""
    if record.exc_info and isinstance(record.exc_info[1], FAULTS_OF_CLIENTS):
        record.exc_info, record.exc_text = None, None
    return True


class RequestLog:
    """Logs each answer at INFO; outermost, so that its time is the whole time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.monotonic()
        response = self.get_response(request)
        tell(str(request.method), request.path, response, began)
        return response


def tell(method: str, path: str, response: HttpResponseBase, began: float) -> None:
    """Log at INFO an answer to what was asked at the moment `began`."""
    if not requests.isEnabledFor(logging.INFO):
        return
    milliseconds = round(1000 * (time.monotonic() - began))
    told = {
        "method": method,
        "path": path,
        "status": response.status_code,
        "milliseconds": milliseconds,
        "revision": response.headers.get("Sahelref-Revision"),
    }
    message = f"{method} {path} {response.status_code} {milliseconds} ms"
    requests.info(message, extra={"told": told})


def configuration(formatter: str, level: str) -> dict[str, Any]:
    """Return Django's LOGGING: to standard error, as `line` or `json`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": Lines,
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            },
            "json": {"()": Json},
        },
        "filters": {
            "clients": {
                "()": "django.utils.log.CallbackFilter",
                "callback": without_traces_of_clients,
            }
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": formatter,
                "filters": ["clients"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
    }
