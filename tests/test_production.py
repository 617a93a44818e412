"""Settings that no public site may have stop the start with a message, not a trace."""

import os
import subprocess
import sys

import pytest

from sahelref import production
from sahelref.embedded.paths import CHECKOUT

GOOD = {"debug": False, "secret_key": "k3y-" * 10 + "0123456789", "hosts": ["sahelref.example"]}


def test_a_site_as_it_should_be_has_no_fault():
    assert list(production.faults(**GOOD)) == []


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"debug": True}, "DJANGO_DEBUG"),
        ({"secret_key": "short"}, "DJANGO_SECRET_KEY is weak"),
        ({"secret_key": "ab" * 40}, "DJANGO_SECRET_KEY is weak"),
        ({"secret_key": "django-insecure-" + "0123456789" * 5}, "DJANGO_SECRET_KEY is an example"),
        ({"hosts": ["*"]}, "DJANGO_ALLOWED_HOSTS"),
        ({"hosts": [".example"]}, "DJANGO_ALLOWED_HOSTS"),
        ({"hosts": []}, "DJANGO_ALLOWED_HOSTS"),
    ],
)
def test_each_fault_is_named(wrong, named):
    (fault,) = production.faults(**{**GOOD, **wrong})
    assert named in fault


@pytest.mark.slow
@pytest.mark.parametrize(
    "wrong",
    [
        {"DJANGO_DEBUG": "1"},
        {"DJANGO_SECRET_KEY": "changeme"},
        {"DJANGO_ALLOWED_HOSTS": "*"},
        {"PUBLIC_DATABASE_URL": "postgresql://reader@db.example/facts"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_command_ends_with_the_message_alone(wrong):
    environment = {
        **os.environ,
        "SAHELREF_HTTPS": "1",
        "DJANGO_ALLOWED_HOSTS": "a.example",
        **wrong,
    }
    refused = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert refused.returncode == 1
    assert next(iter(wrong)) in refused.stderr
    assert "Traceback" not in refused.stderr
