"""A researcher logs in with a real browser: cookies, CSRF and content policy as they are."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.slow


def test_the_first_administrator_logs_in_and_sets_up_a_second_factor_without_a_complaint(
    live_server: LiveServer, page: Page, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    get_user_model()._default_manager.create_superuser("admin", password="a long pass phrase")
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("console", note)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("img", name="QR code").wait_for()
    device = TOTPDevice.objects.get()
    page.get_by_label("Code").fill(f"{totp(device.bin_key):06}")
    page.get_by_role("button", name="Set up").click()
    page.get_by_role("link", name="go on to the desk").click()
    expect(page).to_have_url(f"{live_server.url}/admin/")
    page.get_by_role("button", name="Log out").wait_for()
    assert complaints == []
