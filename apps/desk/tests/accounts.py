"""Accounts for tests: who has one, how they log in, and their second factors."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "a long pass phrase"
LOGIN = "/admin/login/"
INDEX = "/admin/"


def an_account(name: str = "ada", group: str = "Researcher") -> Any:
    user = get_user_model()._default_manager.create_user(name, password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def log_in(client: Client, name: str = "ada", password: str = PASSWORD, **headers: Any) -> Any:
    return client.post(LOGIN, {"username": name, "password": password, "next": INDEX}, **headers)


def code_of(device: TOTPDevice, steps: int = 0) -> str:
    return f"{totp(device.bin_key, t0=-30 * steps):06}"


def enrolled(user: Any) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, name="Phone")
