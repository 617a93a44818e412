"""Accounts: what a password alone opens, lockout, second factors, sessions, invitations."""

from contextlib import suppress
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from apps.desk.accounts import second_factor
from apps.desk.models import DeskSession
from apps.desk.tests.conftest import Member, logged_in

pytestmark = pytest.mark.django_db

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


# A1


def test_eight_wrong_passwords_lock_one_name_from_one_address_and_nobody_else(
    client: Client,
) -> None:
    an_account("ada")
    an_account("bob")
    statuses = [log_in(client, password="wrong").status_code for _ in range(20)]
    assert (statuses[:7], set(statuses[7:])) == ([200] * 7, {429})
    locked = log_in(client)
    assert locked.status_code == 429
    assert b"not let in from your address for 15 minutes" in locked.content
    assert log_in(Client(), REMOTE_ADDR="10.0.0.2").status_code == 302
    assert log_in(Client(), "bob").status_code == 302


def test_twenty_names_from_one_address_lock_no_other(client: Client) -> None:
    an_account("ada")
    for number in range(20):
        assert log_in(client, f"nobody-{number}", "wrong").status_code == 200
    assert log_in(client).status_code == 302


def test_an_unknown_name_is_answered_as_a_wrong_password_is(client: Client) -> None:
    an_account("ada")
    answers = [log_in(client, name, "wrong").content for name in ("ada", "nobody")]
    shown = [answer.partition(b'id="content-main"')[0].count(b"errornote") for answer in answers]
    assert shown[0] == shown[1]


# A2, A3


def test_a_login_gives_the_session_a_new_key(client: Client) -> None:
    an_account()
    client.get(LOGIN)
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = str(session.session_key)
    client.cookies["sessionid"] = before
    log_in(client)
    assert client.cookies["sessionid"].value != before
    assert not DeskSession.objects.filter(session_key=before).exists()


def test_a_logout_a_new_password_and_a_closed_account_end_sessions_at_once() -> None:
    user = an_account()
    first, second, third = Client(), Client(), Client()
    for browser in (first, second, third):
        log_in(browser)
        assert browser.get(INDEX).status_code == 200
    old = first.cookies["sessionid"].value
    first.post(reverse("admin:logout"))
    first.cookies["sessionid"] = old
    assert first.get(INDEX).status_code == 302
    new = "another long pass phrase"
    typed = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    second.post(reverse("admin:password_change"), typed)
    assert (second.get(INDEX).status_code, third.get(INDEX).status_code) == (200, 302)
    get_user_model()._default_manager.filter(pk=user.pk).update(is_active=False)
    assert second.get(INDEX).status_code == 302


def test_sessions_are_listed_and_can_be_ended(client: Client) -> None:
    an_account()
    other, stranger = Client(), Client()
    log_in(client, headers={"User-Agent": "This browser"})
    log_in(other, headers={"User-Agent": "Another browser"})
    an_account("bob")
    log_in(stranger, "bob")
    page = client.get(reverse("admin:account"))
    assert [s.agent for s in page.context["sessions"]] == ["Another browser", "This browser"]
    key = other.cookies["sessionid"].value
    assert key not in page.content.decode()
    number = page.context["sessions"][0].number
    client.post(reverse("admin:end-sessions"), {"number": number})
    assert [b.get(INDEX).status_code for b in (client, other, stranger)] == [200, 302, 200]
    log_in(other)
    client.post(reverse("admin:end-sessions"))
    assert [b.get(INDEX).status_code for b in (client, other, stranger)] == [200, 302, 200]


# A4, A5, A6, A16


def addresses() -> list[str]:
    """Return every address of the desk that needs no argument, the lists and forms of records."""
    found = []
    for resolver in admin.site.get_urls():
        for pattern in getattr(resolver, "url_patterns", [resolver]):
            with suppress(NoReverseMatch):
                found.append(reverse(f"admin:{pattern.name}"))
    return found


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://other.example"}, {"Origin": "null"}],
    ids=["no token", "foreign origin", "null origin"],
)
def test_no_address_of_the_desk_takes_a_post_that_its_own_page_did_not_send(
    headers: dict[str, str],
) -> None:
    user = get_user_model()._default_manager.create_superuser("root")
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = logged_in(user).cookies
    taken = [a for a in addresses() if browser.post(a, headers=headers).status_code != 403]
    assert len(addresses()) > 40
    assert taken == []


def test_an_administrator_neither_becomes_a_superuser_nor_touches_one(member: Member) -> None:
    root = get_user_model()._default_manager.create_superuser("root")
    administrator = member("Administrator")
    own = get_user_model()._default_manager.get(username="administrator")
    place = reverse("admin:auth_user_change", args=[own.pk])
    typed = {"username": "administrator", "is_staff": "on", "is_active": "on", "is_superuser": "on"}
    typed |= {"date_joined_0": "2026-01-01", "date_joined_1": "10:00"}
    assert administrator.post(place, typed).status_code == 302
    own.refresh_from_db()
    assert not own.is_superuser
    assert (
        administrator.post(reverse("admin:auth_user_change", args=[root.pk]), typed).status_code
        == 403
    )
    chosen = {"action": "invite", "_selected_action": [root.pk]}
    page = administrator.post(reverse("admin:auth_user_changelist"), chosen, follow=True)
    assert "invitation" not in page.content.decode()


# A7


@pytest.mark.parametrize("password", ["x7Kq9!pZ", "password1234", "123456789012"])
def test_a_short_a_common_and_a_numeric_password_are_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


def test_a_long_pass_phrase_is_taken_and_kept_by_argon2() -> None:
    phrase = "correct horse battery staple " * 5
    validate_password(phrase)
    user = get_user_model()._default_manager.create_user("ada", password=phrase)
    assert identify_hasher(user.password).algorithm == "argon2"
    assert user.check_password(phrase)


# A8


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


# Invitations


def invited(administrator: Client) -> str:
    """Make an account and return the link for it."""
    group = Group.objects.get(name="Researcher")
    typed = {"username": "new", "groups": [group.pk]}
    page = administrator.post(reverse("admin:auth_user_add"), typed, follow=True)
    (said,) = (str(m) for m in page.context["messages"] if "invitation" in str(m))
    return said.rpartition(" ")[2]


def test_an_invitation_is_good_once(client: Client, member: Member) -> None:
    link = invited(member("Administrator"))
    form = client.get(link, follow=True)
    new = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    weak = dict.fromkeys(new, "short")
    assert client.post(form.request["PATH_INFO"], weak).context["form"].errors
    assert client.post(form.request["PATH_INFO"], new)["Location"] == LOGIN
    assert log_in(client, "new")["Location"] == INDEX
    assert client.get(INDEX).status_code == 200
    again = Client().get(link, follow=True)
    assert b"was used already" in again.content


def test_an_invitation_ends_after_three_days(client: Client, member: Member, settings: Any) -> None:
    link = invited(member("Administrator"))
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert b"was used already" in client.get(link, follow=True).content
