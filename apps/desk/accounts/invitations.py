"""An invitation: a link, good once and for three days, by which somebody sets the own password."""

from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_encode

# Seconds by which the clocks of two machines may differ.
SLACK = 60 * 60


class InvitationTokens(PasswordResetTokenGenerator):
    """Django's, but a clock that was put back revives none: what comes from tomorrow is refused."""

    def check_token(self, user: Any, token: str | None) -> bool:
        if not super().check_token(user, token) or token is None:
            return False
        made = base36_to_int(token.partition("-")[0])
        return made <= self._num_seconds(self._now()) + SLACK


tokens = InvitationTokens()


def link_for(user: Any, request: HttpRequest) -> str:
    """Return the address; it ends with the first password set by it, or any other way."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    address = reverse("admin:invitation", args=[uid, tokens.make_token(user)])
    return request.build_absolute_uri(address)


class AcceptInvitation(PasswordResetConfirmView):
    """Django's page for a new password, for who was invited or has forgotten it."""

    token_generator = tokens
    template_name = "desk/invitation.html"
    success_url = reverse_lazy("admin:login")
    title = "Choose your password"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from django.contrib import admin  # the site is made of these views

        return {**admin.site.each_context(self.request), **super().get_context_data(**kwargs)}
