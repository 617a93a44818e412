"""The second factor: who needs one, what is asked of whom, and the forms that take the codes."""

from base64 import b32encode
from enum import Enum
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.db import transaction
from django_otp import devices_for_user, verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from apps.desk.permissions import PUBLISH

RECOVERY_CODES = 10
DIGITS = 6


class Asked(Enum):
    """What an account that gave its password has to do before it may work."""

    NOTHING = "nothing"
    CODE = "code"
    ENROLMENT = "enrolment"


def asked_of(user: Any) -> Asked:
    """Return what is asked of a user who has logged in; an enrolled one is always asked."""
    if user.is_verified():
        return Asked.NOTHING
    if is_enrolled(user):
        return Asked.CODE
    return Asked.ENROLMENT if is_required(user) else Asked.NOTHING


def is_required(user: Any) -> bool:
    """Whether the account can publish or manage accounts, so that a password is not enough."""
    powerful = user.has_perm(PUBLISH) or user.has_perm("auth.change_user")
    return bool(settings.SECOND_FACTOR_REQUIRED and powerful)


def is_enrolled(user: Any) -> bool:
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def device_to_enrol(user: Any) -> TOTPDevice:
    """Return the device that is being set up: the same until it is confirmed."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, name="Authenticator", confirmed=False)


def picture_of(device: TOTPDevice) -> str:
    """Return the QR code of a device as a data address, made here and never stored."""
    return str(segno.make(device.config_url).svg_data_uri(scale=5, border=4, light="#fff"))


def secret_of(device: TOTPDevice) -> str:
    """Return the secret as people type it: groups of four."""
    letters = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def new_recovery_codes(user: Any) -> list[str]:
    """Give the user ten codes, each good for one login, instead of all earlier ones."""
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        device, _ = StaticDevice.objects.get_or_create(user=user, name="Recovery codes")
        device.token_set.all().delete()
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def remove(user: Any) -> None:
    """Take the second factor from an account, which is asked to enrol anew."""
    for device in devices_for_user(user, confirmed=None):
        device.delete()


class CodeForm(forms.Form):
    """A code of the app, or where `takes_recovery` one of the recovery codes."""

    code = forms.CharField(
        max_length=20,
        label="Code",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "size": 12}
        ),
    )

    def __init__(self, user: Any, devices: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.devices = user, devices
        self.device: Any = None

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].replace(" ", "").lower()
        is_of_app = code.isdecimal() and len(code) == DIGITS
        kind = TOTPDevice if is_of_app else StaticDevice
        for device in (device for device in self.devices if isinstance(device, kind)):
            allowed, why = device.verify_is_allowed()
            if not allowed:
                raise forms.ValidationError(_wait(why))
            self.device = verify_token(self.user, device.persistent_id, code)
        if self.device is None:
            raise forms.ValidationError(
                "This code is not right, or was used already. Wait for the next one of the app."
            )
        return code


def _wait(why: dict[str, Any]) -> str:
    until = why["locked_until"].strftime("%H:%M:%S")
    return f"Too many wrong codes: the next is looked at from {until} UTC on."
