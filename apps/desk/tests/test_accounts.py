"""Accounts: what a password alone opens, lockout, sessions, invitations."""

import re
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

from apps.desk.models import DeskSession
from apps.desk.tests.accounts import (
    INDEX,
    LOGIN,
    PASSWORD,
    an_account,
    log_in,
)
from apps.desk.tests.conftest import Member, logged_in

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("as_on_a_public_site"),
]


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
    of_ada, of_nobody = (log_in(client, name, "wrong") for name in ("ada", "bob"))
    assert of_ada.status_code == of_nobody.status_code
    assert b"errornote" in of_ada.content
    told = re.sub(rb'(csrfmiddlewaretoken" value=")[^"]*', rb"\1", of_ada.content)
    other = re.sub(rb'(csrfmiddlewaretoken" value=")[^"]*', rb"\1", of_nobody.content)
    assert told.replace(b"ada", b"bob") == other


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
