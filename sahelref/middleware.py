"""What every answer of the site carries whatever its face, static files and errors included."""

import re
from collections.abc import Callable

from csp.constants import HEADER, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
OPEN_TO_ALL = re.compile(settings.CORS_URLS_REGEX)


class ContentPolicy(CSPMiddleware):
    """Sends the policy of the settings, made once; one of its own where an answer changes it.

    No page has a nonce: none runs a script that stands in it.
    """

    changes = {"_csp_config", "_csp_update", "_csp_replace", "_csp_exempt"}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        self.policy = build_policy()

    def process_request(self, request: HttpRequest) -> None:
        """Leave out the nonce."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if settings.DEBUG or not self.changes.isdisjoint(vars(response)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.policy)
        return response


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
