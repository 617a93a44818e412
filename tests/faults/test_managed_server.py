"""The roles on a server of somebody else, whose administrator is no superuser."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest

from sahelref.embedded import children
from sahelref.embedded.cluster import Cluster, binaries
from sahelref.embedded.paths import CHECKOUT
from tests.faults.conftest import Site

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="makes roles on the embedded server"),
]
# As managed servers give it to their customers.
MANAGER = """
    CREATE ROLE manager LOGIN NOSUPERUSER CREATEROLE CREATEDB;
    GRANT CONNECT ON DATABASE postgres TO manager;
"""
LOOK = """
from django.test import Client
from django.conf import settings
from sahelref import logins
settings.ALLOWED_HOSTS = ["*"]
print(list(logins.faults()), Client().get("/operations/").status_code)
"""


def psql(cluster: Cluster, user: str, script: str) -> None:
    """Run a script as a role; anything that fails fails the test."""
    program = [str(binaries() / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres"]
    address = [f"--host={cluster.layout.sockets}", f"--username={user}"]
    children.run_as(cluster.account, [*program, *address], script)


def manage(variables: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *arguments],
        cwd=CHECKOUT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_one_command_makes_the_roles_without_a_superuser(site: Site) -> None:
    """Then `migrate` gives each what it needs, and a site starts that finds no right too many."""
    cluster = Cluster.from_environment(site.environment)
    psql(cluster, "postgres", MANAGER)

    def login(role: str) -> str:
        return f"postgresql://{role}@/atlas?host={quote(str(cluster.layout.sockets), safe='')}"

    owner = {"DATABASE_URL": login("atlas")}
    script = manage(owner, "roles")
    for _ in range(2):  # run again, it changes nothing that is right
        psql(cluster, "manager", script)
    manage(owner, "migrate", "-v0")
    served = {
        "APP_DATABASE_URL": login("atlas_app"),
        "PUBLIC_DATABASE_URL": login("atlas_reader"),
    }
    assert manage(served, "shell", "-v0", "-c", LOOK) == "[] 200\n"
