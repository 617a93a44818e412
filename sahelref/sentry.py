"""Where faults of the code are reported, if anywhere: what broke and where, and nothing else.

What Sentry's client would send of a request (address, query, cookies, browser) is never handed to
it, and what an exception says is left out: it may quote a draft or a question. The log has it.
"""

from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.signals import got_request_exception
from django.http import HttpRequest

SETTING = "SAHELREF_SENTRY_DSN"
WANTED = "an address as Sentry gives it to a project: https://key@sentry.example/1"
MISSING = (
    f"{SETTING} needs Sentry's client:"
    " python -m pip install --require-hashes -r requirements-sentry.txt"
)
# What of an event and of a line of its trace is sent.
OF_EVENT = ("event_id", "timestamp", "level", "platform", "release", "transaction", "exception")
OF_FRAME = ("module", "function", "lineno", "in_app")


def dsn(given: str) -> str:
    """Return the address to report to, "" for none.

    Raises ImproperlyConfigured where it is no such address, or where the client is not installed.
    """
    if not given:
        return ""
    if find_spec("sentry_sdk") is None:
        raise ImproperlyConfigured(MISSING)
    from sentry_sdk.utils import BadDsn, Dsn

    try:
        Dsn(given)
    except (BadDsn, ValueError):
        raise ImproperlyConfigured(f"{SETTING} may be {WANTED}.") from None
    return given


def begin(dsn: str, release: str, **options: Any) -> None:
    """Report from now on what no view expected; `options` are the client's own, for a test."""
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        release=f"sahelref@{release}",
        default_integrations=False,
        auto_enabling_integrations=False,
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        auto_session_tracking=False,
        before_send=lambda event, hint: told_of(event),
        **options,
    )
    got_request_exception.connect(_report, dispatch_uid="sentry")


def _report(request: HttpRequest | None = None, **_: Any) -> None:
    import sentry_sdk

    with sentry_sdk.new_scope() as scope:
        match = getattr(request, "resolver_match", None)
        if match:  # the pattern and not the address, which has what was asked for
            scope.set_transaction_name(match.route)
        scope.capture_exception()


def told_of(event: Any) -> Any:
    """Return what may be sent of an event: the kinds of the exceptions and where they were."""
    told = {name: event[name] for name in OF_EVENT if name in event}
    raised = told.get("exception", {}).get("values", [])
    told["exception"] = {"values": [_exception(each) for each in raised]}
    return told


def _exception(raised: dict[str, Any]) -> dict[str, Any]:
    frames = (raised.get("stacktrace") or {}).get("frames", [])
    where = [{name: frame[name] for name in OF_FRAME if name in frame} for frame in frames]
    named = {name: raised.get(name) for name in ("type", "module")}
    return {**named, "stacktrace": {"frames": where}}
