"""Second factors: who needs one, how it is set up, and what it lets in."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from apps.desk.accounts import second_factor
from apps.desk.tests.accounts import (
    INDEX,
    LOGIN,
    an_account,
    code_of,
    enrolled,
    log_in,
)
from apps.desk.tests.conftest import Member

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("as_on_a_public_site"),
]


@pytest.mark.parametrize("group", ["Reviewer", "Administrator"])
def test_a_password_alone_opens_no_page_for_who_may_publish(client: Client, group: str) -> None:
    an_account(group=group)
    assert log_in(client)["Location"] == INDEX
    for name in ("index", "account", "password_change", "records_operation_changelist"):
        to_login = client.get(reverse(f"admin:{name}"))
        assert to_login["Location"].startswith(LOGIN)
        assert client.get(to_login["Location"])["Location"].startswith(reverse("admin:enrol"))
    assert client.get(reverse("admin:autocomplete")).status_code == 302


def test_a_researcher_needs_none_and_is_asked_for_one_that_is_set_up(client: Client) -> None:
    user = an_account()
    log_in(client)
    assert client.get(INDEX).status_code == 200
    assert client.get(reverse("admin:enrol")).status_code == 200
    enrolled(user)
    assert client.get(INDEX).status_code == 302


def test_who_must_sets_up_a_second_factor_and_is_in(client: Client) -> None:
    user = an_account(group="Reviewer")
    log_in(client)
    page = client.get(reverse("admin:enrol"))
    assert page.context["picture"].startswith("data:image/svg+xml")
    device = TOTPDevice.objects.get(user=user)
    assert page.context["secret"].replace(" ", "") in device.config_url
    before = client.session.session_key
    done = client.post(reverse("admin:enrol"), {"code": code_of(device)})
    assert len(done.context["codes"]) == second_factor.RECOVERY_CODES
    assert client.session.session_key != before
    assert client.get(INDEX).status_code == 200


def test_a_stolen_password_cannot_set_up_another_second_factor(client: Client) -> None:
    enrolled(an_account(group="Reviewer"))
    log_in(client)
    assert client.get(reverse("admin:enrol")).status_code == 302
    assert client.post(reverse("admin:recovery-codes")).status_code == 302
    assert not StaticToken.objects.exists()


def test_a_code_of_the_app_is_good_once(client: Client) -> None:
    device = enrolled(an_account(group="Reviewer"))
    code = code_of(device)
    for browser, status in ((client, 302), (Client(), 200)):
        log_in(browser)
        answer = browser.post(reverse("admin:verify"), {"code": code})
        assert answer.status_code == status
    assert "was used already" in str(answer.context["form"].errors)


def test_a_recovery_code_is_good_once(client: Client) -> None:
    user = an_account(group="Reviewer")
    enrolled(user)
    (code, *_others) = second_factor.new_recovery_codes(user)
    for browser, status in ((client, 302), (Client(), 200)):
        log_in(browser)
        assert browser.post(reverse("admin:verify"), {"code": code}).status_code == status
    assert StaticToken.objects.count() == second_factor.RECOVERY_CODES - 1


def test_wrong_codes_are_looked_at_ever_more_slowly(client: Client) -> None:
    device = enrolled(an_account(group="Reviewer"))
    log_in(client)
    wrong = f"{(int(code_of(device)) + 500_000) % 10**6:06}"
    client.post(reverse("admin:verify"), {"code": wrong})
    right = client.post(reverse("admin:verify"), {"code": code_of(device)})
    assert "Too many wrong codes" in str(right.context["form"].errors)


def test_after_the_code_one_is_led_on_this_site_only(client: Client) -> None:
    device = enrolled(an_account(group="Reviewer"))
    log_in(client)
    place = f"{reverse('admin:verify')}?next=https://other.example/"
    assert client.post(place, {"code": code_of(device)})["Location"] == INDEX


def test_on_ones_own_machine_it_may_be_left_out(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    an_account(group="Administrator")
    log_in(client)
    assert client.get(INDEX).status_code == 200


def test_an_administrator_helps_who_lost_the_phone(client: Client, member: Member) -> None:
    user = an_account(group="Reviewer")
    enrolled(user)
    chosen = {"action": "remove_second_factor", "_selected_action": [user.pk]}
    member("Administrator").post(reverse("admin:auth_user_changelist"), chosen)
    log_in(client)
    assert client.get(reverse("admin:enrol")).status_code == 200
