"""Clocks that jump: what had expired stays so, and what was made a moment ago still holds."""

from datetime import datetime, timedelta

import pytest
from django.db.models import F
from django.test import Client

from apps.desk.accounts.invitations import InvitationTokens
from apps.desk.models import DeskSession
from apps.desk.tests.accounts import INDEX, an_account, log_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


class Shifted(InvitationTokens):
    """Tokens of a machine whose clock is wrong by `shift`."""

    def __init__(self, shift: timedelta) -> None:
        super().__init__()
        self.shift = shift

    def _now(self) -> datetime:
        return datetime.now() + self.shift


@pytest.mark.parametrize(
    ("shift", "holds"),
    [
        (timedelta(days=-365), False),
        (timedelta(minutes=-10), True),
        (timedelta(days=2), True),
        (timedelta(days=4), False),
    ],
    ids=str,
)
def test_an_invitation_holds_for_three_days_and_not_before_it_was_made(
    shift: timedelta, holds: bool
) -> None:
    ada = an_account("ada")
    assert Shifted(shift).check_token(ada, InvitationTokens().make_token(ada)) is holds


@pytest.mark.parametrize(
    ("shift", "status"),
    [
        (timedelta(days=-365), 302),
        (timedelta(minutes=-10), 200),
        (timedelta(days=365), 302),
    ],
    ids=str,
)
def test_a_session_lasts_a_working_day_whatever_the_clock_does(
    client: Client, shift: timedelta, status: int
) -> None:
    """A clock that jumps by `shift` and a session that ends so much earlier are the same."""
    an_account("ada")
    log_in(client)
    assert client.get(INDEX).status_code == 200
    DeskSession.objects.update(expire_date=F("expire_date") - shift)
    assert client.get(INDEX).status_code == status
