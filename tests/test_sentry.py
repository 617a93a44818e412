"""Faults of the code are reported where a setting says so, and with them nothing of who asked."""

import os
import subprocess
import sys

import pytest
import sentry_sdk
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import got_request_exception
from django.db import IntegrityError
from sentry_sdk.transport import Transport

from apps.records.models import Operation
from sahelref import sentry

DSN = "https://key@sentry.example/1"
SECRETS = ("198.51.100.77", "aname", "Browser", "sessionvalue", "a draft", "referer.example")


class Kept(Transport):
    """Sends nothing; keeps the bytes that would be sent."""

    sent: list[bytes] = []

    def capture_envelope(self, envelope):
        self.sent.append(envelope.serialize())


@pytest.fixture
def sent(monkeypatch):
    """Report to a list."""
    monkeypatch.setattr(Kept, "sent", [])
    sentry.begin(DSN, "0.1.0", transport=Kept)
    yield Kept.sent
    got_request_exception.disconnect(dispatch_uid="sentry")
    sentry_sdk.get_client().close()
    sentry_sdk.init()


@pytest.fixture
def broken(monkeypatch):
    """Let every question for operations fail with what must not be told."""

    def fail(*args, **kwargs):
        raise IntegrityError("Failing row contains (a draft, aname).")

    monkeypatch.setattr(Operation.objects.__class__, "get_queryset", fail)


@pytest.mark.parametrize("address", ["/operations/", "/api/v1/operations/"])
def test_a_fault_is_reported_once_and_nothing_of_who_asked(sent, broken, client, db, address):
    client.raise_request_exception = False
    client.cookies["sessionid"] = "sessionvalue"
    headers = {"user-agent": "Browser", "referer": "https://referer.example/"}
    answer = client.get(f"{address}?q=aname", REMOTE_ADDR="198.51.100.77", headers=headers)
    assert answer.status_code == 500
    (envelope,) = sent
    told = envelope.decode()
    assert "IntegrityError" in told
    assert "sahelref@0.1.0" in told
    assert "test_sentry" in told  # where it was raised
    assert not [secret for secret in SECRETS if secret in told]


def test_what_a_client_did_wrong_is_not_reported(sent, client, db):
    assert client.get("/operations/?statu=x").status_code == 400
    assert client.get("/nowhere/").status_code == 404
    assert sent == []


@pytest.mark.parametrize("given", ["sentry.example", "https://sentry.example/1", "https://[/1"])
def test_an_address_of_no_project_is_refused(given):
    with pytest.raises(ImproperlyConfigured, match="SAHELREF_SENTRY_DSN may be"):
        sentry.dsn(given)


def test_a_client_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(sentry, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements-sentry\.txt"):
        sentry.dsn(DSN)


@pytest.mark.slow
@pytest.mark.parametrize(("given", "imported"), [("", "False"), (DSN, "True")])
def test_a_site_without_the_setting_never_loads_it(given, imported):
    code = "import sahelref.wsgi, sys; print('sentry_sdk' in sys.modules)"
    environment = {**os.environ, "SAHELREF_SENTRY_DSN": given}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == imported
