"""Compresses answers with brotli or gzip, streamed ones too, and keeps their ETags strong.

A compressed answer is another representation: its ETag is that of the plain one with the coding
at its end ("abc-br"), and a client that sends it back in If-None-Match is understood.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Protocol, cast

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

# Fast enough to be made for every answer: a page of a list takes about a millisecond.
BROTLI_QUALITY = 4
GZIP_LEVEL = 6
GZIP_WINDOW = 31  # zlib's word for the gzip format with the largest window
# Below this many bytes compression makes nothing smaller.
WORTHWHILE = 400
COMPRESSIBLE = re.compile(r"text/|application/(.*\b(json|xml|yaml|ndjson|javascript)\b|vnd\.oai)")


class Compressor(Protocol):
    """Takes pieces of a body and gives what is ready of it."""

    def add(self, piece: bytes) -> bytes: ...
    def flush(self) -> bytes: ...
    def finish(self) -> bytes: ...


class Brotli:
    def __init__(self) -> None:
        self._made = brotli.Compressor(quality=BROTLI_QUALITY)
        self.add, self.flush, self.finish = (
            self._made.process,
            self._made.flush,
            self._made.finish,
        )


class Gzip:
    def __init__(self) -> None:
        self._made = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, GZIP_WINDOW)
        self.add, self.finish = self._made.compress, self._made.flush

    def flush(self) -> bytes:
        return self._made.flush(zlib.Z_SYNC_FLUSH)


# In the order of preference between codings that a client likes equally.
CODINGS: dict[str, Callable[[], Compressor]] = {"br": Brotli, "gzip": Gzip}


class Compression:
    """Compresses what the client accepts; the desk is left alone, for its pages hold secrets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(settings.DESK_PATHS):
            return self.get_response(request)
        coding = accepted(request.headers.get("Accept-Encoding", ""))
        known = request.META.get("HTTP_IF_NONE_MATCH", "")
        if coding and known:
            request.META["HTTP_IF_NONE_MATCH"] = without_coding(known, coding)
        response = self.get_response(request)
        patch_vary_headers(response, ["Accept-Encoding"])
        if response.status_code == 304:
            _name_as_known(response, known, coding)
        elif coding and _is_worthwhile(response):
            _compress(response, coding)
        return response


@lru_cache
def accepted(header: str) -> str:
    """Return the coding to use for an Accept-Encoding header (RFC 9110, 12.5.3); "" for none."""
    likings = dict(_likings(header))
    other = likings.get("*", 0.0)
    best = max(CODINGS, key=lambda coding: likings.get(coding, other))
    return best if likings.get(best, other) > 0 else ""


def _likings(header: str) -> Iterator[tuple[str, float]]:
    for part in header.lower().split(","):
        coding, _, parameter = part.partition(";")
        quality = re.fullmatch(r"\s*q\s*=\s*(0(\.\d{0,3})?|1(\.0{0,3})?)\s*", parameter)
        if not parameter or quality:
            yield coding.strip(), float(quality[1]) if quality else 1.0


def with_coding(etag: str, coding: str) -> str:
    return f'{etag[:-1]}-{coding}"'


def without_coding(etags: str, coding: str) -> str:
    return etags.replace(f'-{coding}"', '"')


def _name_as_known(response: HttpResponseBase, known: str, coding: str) -> None:
    """Give a 304 the ETag of the representation that the client has."""
    if etag := response.headers.get("ETag"):
        named = with_coding(etag, coding)
        response.headers["ETag"] = named if coding and named in known else etag


def _is_worthwhile(response: HttpResponseBase) -> bool:
    if "Content-Encoding" in response.headers:
        return False
    if not COMPRESSIBLE.match(response.headers.get("Content-Type", "")):
        return False
    return response.streaming or len(cast(HttpResponse, response).content) >= WORTHWHILE


def _compress(response: HttpResponseBase, coding: str) -> None:
    if isinstance(response, StreamingHttpResponse):
        pieces = cast(Iterable[bytes], response.streaming_content)
        response.streaming_content = compressed(pieces, CODINGS[coding]())
        response.headers.pop("Content-Length", None)
    else:
        whole = cast(HttpResponse, response)
        compressor = CODINGS[coding]()
        whole.content = compressor.add(whole.content) + compressor.finish()
        response.headers["Content-Length"] = str(len(whole.content))
    response.headers["Content-Encoding"] = coding
    if etag := response.headers.get("ETag"):
        response.headers["ETag"] = with_coding(etag, coding)


def compressed(pieces: Iterable[bytes], compressor: Compressor) -> Iterator[bytes]:
    """Give each piece as soon as it is there, so that the first is not held back."""
    for piece in pieces:
        yield compressor.add(piece) + compressor.flush()
    yield compressor.finish()
