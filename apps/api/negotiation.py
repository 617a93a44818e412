"""Chooses the format of an answer: `format=` where given, else the Accept header."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from apps.revisions.parameters import BadParameter


class Written(str):
    """JSON of one record, as PostgreSQL made it."""

    __slots__ = ()


class Json(JSONRenderer):
    """One JSON text for one answer: no indentation by Accept, which the ETag would not tell.

    What is written already, a record or the `results` of a list, which come last, is passed on.
    """

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        render = partial(
            super().render,
            accepted_media_type=accepted_media_type,
            renderer_context=renderer_context,
        )
        if isinstance(data, Written):
            return in_utf8(data)
        if not _holds_written(data):
            return render(data)
        around = render({name: value for name, value in data.items() if name != "results"})
        return around[:-1] + b',"results":[' + in_utf8(",".join(data["results"])) + b"]}"

    def get_indent(self, accepted_media_type: str, renderer_context: Mapping[str, Any]) -> None:
        return None


def _holds_written(data: Any) -> bool:
    results = data.get("results") if isinstance(data, dict) else None
    return isinstance(results, list) and bool(results) and isinstance(results[0], Written)


def in_utf8(json: str) -> bytes:
    """Return JSON that PostgreSQL made, as the renderer of DRF makes it."""
    encoded = json.encode()
    # A text is looked through in no time, its bytes are not; and hardly any has either.
    return passed_on(encoded) if "\u2028" in json or "\u2029" in json else encoded


def passed_on(json: bytes) -> bytes:
    """Return JSON in UTF-8 with the two escapes that the renderer of DRF makes as well."""
    return json.replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029")


class Csv(BaseRenderer):
    """Says that CSV can be had; the core writes it and the view streams it."""

    media_type = "text/csv"
    format = "csv"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Any = None,
    ) -> bytes:
        raise NotImplementedError("a view that offers CSV streams it")


class Ndjson(Json):
    """A record a line; a view that offers it streams its lists."""

    media_type = "application/x-ndjson"
    format = "ndjson"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return super().render(data, accepted_media_type, renderer_context) + b"\n"


class FormatFirst(DefaultContentNegotiation):
    """`format=` decides alone; a format that is not made here is 400, a bad Accept 406."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        wanted = request.query_params.get("format")
        if not wanted:
            return _liked_best(request.META.get("HTTP_ACCEPT", ""), renderers)
        for renderer in renderers:
            if renderer.format == wanted:
                return renderer, renderer.media_type
        formats = dict.fromkeys(renderer.format for renderer in renderers)
        raise BadParameter("format", wanted, formats)


def _liked_best(accept: str, renderers: Sequence[BaseRenderer]) -> tuple[BaseRenderer, str]:
    """Return the renderer that `accept` likes best (RFC 9110, 12.5.1), the first of equals.

    Raises NotAcceptable where it likes none.
    """
    ranges = _ranges(accept)
    liking = {renderer: _liking(renderer.media_type, ranges) for renderer in renderers}
    best = max(renderers, key=lambda renderer: liking[renderer])
    if not liking[best]:
        raise NotAcceptable(available_renderers=renderers)
    return best, best.media_type


@lru_cache
def _ranges(accept: str) -> tuple[tuple[str, float], ...]:
    return tuple(_range(text) for text in (accept.strip() or "*/*").split(","))


def _range(text: str) -> tuple[str, float]:
    """Return a media range without its parameters, and how much it is liked: 1 if not said."""
    media_range, *parameters = (part.strip().lower() for part in text.split(";"))
    said = dict(part.partition("=")[::2] for part in parameters)
    try:
        return media_range, min(max(float(said.get("q", "1")), 0.0), 1.0)
    except ValueError:
        return media_range, 1.0


def _liking(media_type: str, ranges: Iterable[tuple[str, float]]) -> float:
    """Return how much a media type is liked: what the narrowest range that holds it says."""
    for holding in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        if said := [liked for media_range, liked in ranges if media_range == holding]:
            return max(said)
    return 0.0


class OnlyOne(DefaultContentNegotiation):
    """The address names the format: neither `format=` nor the Accept header is asked."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type
