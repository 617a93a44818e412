"""Researchers at the desk in a browser: how they log in, and what the browser complained of."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from playwright.sync_api import ConsoleMessage, Page

PASS_PHRASE = "a long pass phrase"


def log_in(page: Page, site: str, name: str, group: str = "") -> list[str]:
    """Make somebody of `group` ("" may do everything), log in, and return the coming complaints."""
    user = get_user_model()._default_manager.create_user(
        name, password=PASS_PHRASE, is_staff=True, is_superuser=not group
    )
    if group:
        user.groups.add(Group.objects.get(name=group))
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("console", note)
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASS_PHRASE)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Log out").wait_for()
    return complaints
