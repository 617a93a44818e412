"""A site whose logins may do more than they should is not started."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections

from sahelref import databases, logins
from sahelref.embedded import children
from sahelref.embedded.cluster import Cluster, binaries
from sahelref.embedded.paths import CHECKOUT, Layout


def as_owner(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


def test_the_logins_of_the_tests_are_as_they_should_be(committed_db: None) -> None:
    assert list(logins.faults()) == []


@pytest.mark.parametrize(
    ("granted", "said"),
    [
        ("UPDATE ON records_operation_history TO {app}", "may rewrite history (UPDATE public.rec"),
        ("DELETE ON revisions_revision TO {app}", "may rewrite history (DELETE public.revisions_"),
        ("SELECT ON auth_user TO {reader}", "too many rights (SELECT public.auth_user)"),
        ("INSERT ON published.records_country TO {reader}", "too many rights (INSERT published."),
    ],
)
def test_a_right_too_many_is_named(committed_db: None, granted: str, said: str) -> None:
    as_owner(f"GRANT {granted.format(**vars(settings.ROLES))}")
    (fault,) = logins.faults()
    assert said in fault
    assert "manage.py roles" in fault


def test_a_reader_that_owns_the_tables_is_refused(committed_db: None) -> None:
    as_owner(f'GRANT CREATE ON SCHEMA public TO "{settings.ROLES.reader}"')
    as_owner(f'ALTER TABLE records_country OWNER TO "{settings.ROLES.reader}"')
    assert "too many rights" in "".join(logins.faults())


@pytest.fixture
def superuser(committed_db: None) -> Iterator[str]:
    """The URL of a login that may do anything on the server of the tests."""
    if databases.is_given(os.environ):
        pytest.skip("makes a superuser on the embedded server only")
    cluster = Cluster(Layout.from_environment(os.environ))
    psql = [str(binaries() / "psql"), f"--host={cluster.layout.sockets}", "-qUpostgres", "postgres"]
    children.run_as(cluster.account, psql, "CREATE ROLE boss LOGIN SUPERUSER;")
    name = connections["owner"].settings_dict["NAME"]
    yield f"postgresql://boss@/{name}?host={cluster.layout.sockets}"
    children.run_as(cluster.account, psql, "DROP OWNED BY boss; DROP ROLE boss;")


@pytest.mark.slow
@pytest.mark.parametrize("faces", ["all", "public"])
def test_a_superuser_does_not_serve(superuser: str, faces: str) -> None:
    urls = {"APP_DATABASE_URL": superuser, "PUBLIC_DATABASE_URL": superuser}
    refused = subprocess.run(
        [sys.executable, "manage.py", "serve", "--port=1"],
        cwd=CHECKOUT,
        env={**os.environ, **urls, "SAHELREF_FACES": faces},
        capture_output=True,
        text=True,
    )
    assert refused.returncode == 1
    assert "superuser" in refused.stderr
    assert "Traceback" not in refused.stderr
