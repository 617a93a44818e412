"""What every answer of the site carries whatever its face, static files and errors included."""

import re
from collections.abc import Callable

from csp.constants import UNSAFE_INLINE
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
OPEN_TO_ALL = re.compile(settings.CORS_URLS_REGEX)


class HeadersByFace:
    """Add the headers that no layer within adds to all answers.

    The content policy is loosened for the admin alone: its stock forms carry inline styles. What
    may be fetched from any site (CORS) may also be embedded by any; nothing else may.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        headers = response.headers
        headers["Permissions-Policy"] = PERMISSIONS
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        if not getattr(response, "xframe_options_exempt", False):
            headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        everyone = OPEN_TO_ALL.match(request.path)
        headers["Cross-Origin-Resource-Policy"] = "cross-origin" if everyone else "same-origin"
        if request.path.startswith(settings.DESK_PATHS):
            response._csp_update = {"style-src": [UNSAFE_INLINE]}  # type: ignore[attr-defined]
        return response
