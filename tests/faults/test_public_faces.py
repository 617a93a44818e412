"""The public faces as a process of their own: the same answers, without a desk or its logins."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from sahelref.embedded.paths import CHECKOUT, Layout
from tests.faults.conftest import Site
from tests.faults.figures import note
from tests.faults.walking import walk

pytestmark = pytest.mark.slow

DOCS = "/api/v1/docs/?script="


@pytest.fixture(scope="module")
def public_site(site: Site) -> Iterator[Site]:
    """One that has nothing but the reader's login, on the database of `site`."""
    sockets = Layout(site.var / "postgres").sockets
    url = f"postgresql://sahelref_reader@/sahelref?host={sockets}"
    public = Site(site.var, SAHELREF_FACES="public", PUBLIC_DATABASE_URL=url)
    yield public
    public.end()


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="takes the embedded server's socket")
class TestThePublicFaces:
    def test_every_public_address_is_answered_as_by_the_whole_site(
        self, site: Site, public_site: Site
    ) -> None:
        visited = 0
        for path, status, body in walk(site.get, most=400):
            assert public_site.get(path) == (status, body), path
            assert status == 200, path
            visited += 1
        assert visited >= 300

    def test_no_answer_has_a_cookie(self, public_site: Site) -> None:
        for path in ("/", "/fr/", "/api/v1/operations/", "/nowhere/", "/admin/", "/version", DOCS):
            assert "Set-Cookie" not in public_site.headers(path)

    @pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/auth/user/"])
    def test_there_is_no_desk(self, public_site: Site, path: str) -> None:
        assert public_site.status(path) == 404

    def test_it_says_that_it_is_ready(self, public_site: Site) -> None:
        assert public_site.status("/readyz") == 200

    @pytest.mark.parametrize(
        ("users", "said"),
        [
            ("User.objects", "settings.DATABASES is improperly configured"),
            ("User.objects.using('public')", "does not exist"),
        ],
    )
    def test_it_cannot_ask_for_what_is_not_public_whatever_the_code_does(
        self, public_site: Site, users: str, said: str
    ) -> None:
        code = f"from django.contrib.auth.models import User; print({users}.count())"
        asked = public_site.manage("shell", "-c", code)
        assert asked.returncode != 0
        assert said in asked.stderr


@pytest.mark.faults
def test_the_whole_suite_of_pages_and_api_passes_without_a_desk() -> None:
    """In a run of its own, with tests/public_settings.py."""
    suites = ["apps/pages/tests", "apps/api/tests", "-m", "not slow and not faults"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *suites],
        cwd=CHECKOUT,
        env={
            **os.environ,
            "SAHELREF_FACES": "public",
            "DJANGO_SETTINGS_MODULE": "tests.public_settings",
        },
        capture_output=True,
        text=True,
    )
    (passed,) = re.findall(r"^(\d+ passed.*) in ", done.stdout, re.MULTILINE) or [""]
    assert done.returncode == 0, done.stdout[-10_000:]
    note("roles", "the tests of pages and API with SAHELREF_FACES=public", passed)
