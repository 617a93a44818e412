"""What only the desk needs of a request: a session, a user, messages. Readers have none of it.

The rest of the middleware of the desk (CSRF, axes) does nothing unless it is asked to.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase
from django_otp.middleware import OTPMiddleware


class AtTheDesk:
    """Lets a request of the public faces pass as it is."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(settings.DESK_PATHS):
            response: HttpResponseBase = super().__call__(request)  # type: ignore[misc]
            return response
        passed: HttpResponseBase = self.get_response(request)
        return passed


class Sessions(AtTheDesk, SessionMiddleware):
    pass


class Users(AtTheDesk, AuthenticationMiddleware):
    pass


class SecondFactors(AtTheDesk, OTPMiddleware):
    pass


class Messages(AtTheDesk, MessageMiddleware):
    pass
