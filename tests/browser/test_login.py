"""A researcher logs in with a real browser: cookies, CSRF and content policy as they are."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.slow


def test_a_researcher_logs_in_at_the_desk_without_a_complaint_of_the_browser(
    live_server: LiveServer, page: Page
) -> None:
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
    page.get_by_role("button", name="Log out").wait_for()
    assert page.url == f"{live_server.url}/admin/"
    assert complaints == []
