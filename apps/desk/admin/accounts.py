"""Accounts at the desk: made without a password, by an invitation."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from apps.desk.accounts import second_factor
from apps.desk.accounts.invitations import link_for
from apps.desk.sessions import sessions_of

POWERS = ("is_superuser", "user_permissions")


class InvitedForm(forms.ModelForm):
    """A new account; its password is set by whom it is for."""

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "groups")

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        self.instance.is_staff = True
        user: User = super().save(commit)
        return user


# The libraries' own pages of devices would show secrets; what is needed are the actions below.
admin.site.unregister([get_user_model(), TOTPDevice, StaticDevice])


@admin.register(get_user_model())
class AccountAdmin(UserAdmin):
    """Nobody but a superuser makes one, or touches the account of one."""

    add_form = InvitedForm
    add_fieldsets = ((None, {"fields": InvitedForm.Meta.fields, "classes": ["wide"]}),)
    actions = ["invite", "end_sessions", "remove_second_factor"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        return fixed if request.user.is_superuser else (*fixed, *POWERS)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        self._tell_link(request, obj)
        return super().response_add(request, obj, post_url_continue)

    @admin.action(description="Invite: make a link to set a new password", permissions=["change"])
    def invite(self, request: HttpRequest, chosen: "QuerySet[Any]") -> None:
        for user in self._touchable(request, chosen):
            self._tell_link(request, user)

    @admin.action(description="End all sessions", permissions=["change"])
    def end_sessions(self, request: HttpRequest, chosen: "QuerySet[Any]") -> None:
        for user in self._touchable(request, chosen):
            number, _ = sessions_of(user).delete()
            self.message_user(request, f"{user}: {number} sessions ended.", messages.SUCCESS)

    @admin.action(description="Remove the second factor (a lost phone)", permissions=["change"])
    def remove_second_factor(self, request: HttpRequest, chosen: "QuerySet[Any]") -> None:
        for user in self._touchable(request, chosen):
            second_factor.remove(user)
            self.message_user(request, f"{user}: to be set up anew.", messages.SUCCESS)

    def _touchable(self, request: HttpRequest, chosen: "QuerySet[Any]") -> list[Any]:
        return [user for user in chosen if self.has_change_permission(request, user)]

    def _tell_link(self, request: HttpRequest, user: Any) -> None:
        said = (
            f"Give {user} this link, good once and for three days, to set a password:"
            f" {link_for(user, request)}"
        )
        self.message_user(request, said, messages.WARNING)


def _may_touch(request: HttpRequest, user: Any) -> bool:
    return user is None or request.user.is_superuser or not user.is_superuser
