"""Two who coded one source are compared and made one in a real browser, by keyboard."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from apps.desk.models import Coding
from apps.records.models import Citation, Source
from apps.records.tests import making
from apps.revisions.writing import revision
from tests.browser.accessibility import serious
from tests.browser.desk import log_in

pytestmark = pytest.mark.slow


@pytest.fixture
def coded(live_server: LiveServer) -> str:
    """A source from which two coders, who have finished, made a statement each."""
    source = Source.objects.create(title="[An article]", paragraphs=3)
    for place, (name, act) in enumerate((("ben", "announce"), ("carla", "assess")), start=1):
        coder = get_user_model()._default_manager.create_user(name)
        Coding.objects.create(source=source, coder=coder, place=place, finished_at=timezone.now())
        with revision(editor=coder, reason="Coded"):
            statement = making.statement(words="We stay", act=act)
            passage = {"paragraph": 1, "excerpt": "stay", "field": "act"}
            Citation.objects.create(source=source, statement=statement, **passage)
    return live_server.url + reverse("admin:records_source_coding", args=[source.pk])


def test_two_records_are_made_one_by_keyboard(
    live_server: LiveServer, coded: str, page: Page
) -> None:
    complaints = log_in(page, live_server.url, "anna")
    page.goto(coded)
    assert serious(page) == []
    page.locator("input[name=act][value=first]").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Make one record of these").focus()
    page.keyboard.press("Enter")
    page.get_by_text("One record now").wait_for()
    citation = Citation.objects.get(excerpt="stay")
    assert citation.statement is not None
    assert citation.statement.act == "assess"
    assert complaints == []


def test_axe_finds_nothing_where_two_are_chosen_or_a_record_is_withdrawn(
    live_server: LiveServer, coded: str, page: Page
) -> None:
    log_in(page, live_server.url, "anna")
    Coding.objects.all().delete()
    page.goto(coded)
    assert serious(page) == []
    page.goto(live_server.url + reverse("admin:records_operation_changelist") + "?q=barkhane")
    page.locator("input[name=_selected_action]").first.check()
    page.locator("select[name=action]").select_option("withdraw")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("Public reason").wait_for()
    assert serious(page) == []
