"""Chooses the format of an answer: `format=` where given, else the Accept header."""

from collections.abc import Mapping
from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from apps.revisions.parameters import BadParameter


class Json(JSONRenderer):
    """One JSON text for one answer: no indentation by Accept, which the ETag would not tell."""

    def get_indent(self, accepted_media_type: str, renderer_context: Mapping[str, Any]) -> None:
        return None


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


class FormatFirst(DefaultContentNegotiation):
    """`format=` decides alone; a format that is not made here is 400, a bad Accept 406."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        wanted = request.query_params.get("format")
        if not wanted:
            return super().select_renderer(request, renderers)
        for renderer in renderers:
            if renderer.format == wanted:
                return renderer, renderer.media_type
        formats = dict.fromkeys(renderer.format for renderer in renderers)
        raise BadParameter("format", wanted, formats)
