"""A disk that fills up: writes are refused before PostgreSQL has no room, and reading goes on."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from apps.records.releases import ReleaseError, make
from sahelref.disk import REFUSAL
from sahelref.embedded import children
from sahelref.embedded.cluster import Cluster, binaries
from sahelref.embedded.paths import CHECKOUT
from sahelref.embedded.tests.looking import wait_for
from tests.faults.conftest import Site, Stopped
from tests.faults.editing import Editor
from tests.faults.figures import note
from tests.faults.test_load_faults import exchange, get, status_of

pytestmark = pytest.mark.slow

LOGIN = get(b"/admin/login/", b"Content-Length: 0", method=b"POST")
# A process of its own: a file whose last bytes found no room cannot be closed by anybody.
UPLOAD = """
import json
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from apps.records.models import Person
settings.ALLOWED_HOSTS = ["*"]
client = Client(raise_request_exception=False)
client.force_login(get_user_model().objects.get(username="admin"))
file = SimpleUploadedFile("people.csv", b"slug,name\\n" + b"never,Never\\n" * 500_000)
answer = client.post("/admin/records/person/import/", {"file": file})
kept = Person.objects.filter(slug="never").exists()
print(json.dumps({"status": answer.status_code, "kept": kept, "words": answer.content.decode()}))
"""
SmallDisk = Callable[[str, str], Path]


@pytest.fixture(scope="module")
def small_disk() -> Iterator[SmallDisk]:
    """Make file systems of their own, by name and size, in memory."""
    with ExitStack() as mounted:

        def mount(name: str, size: str) -> Path:
            place = Path(os.environ["SAHELREF_VAR"]) / name
            place.mkdir()
            options = ["-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(place)]
            command = ["mount", *options]
            if os.getuid() != 0 or subprocess.run(command, capture_output=True).returncode:
                pytest.skip("only root may mount a file system")
            mounted.callback(subprocess.run, ["umount", "--lazy", str(place)], check=True)
            return place

        yield mount


def fill(disk: Path, left: int) -> Path:
    """Leave `left` bytes free."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free - left)
    return ballast


def fill_up(disk: Path) -> Path:
    """Leave nothing free, however much others write meanwhile."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(100_000))
    return ballast


def test_on_a_nearly_full_disk_writes_are_refused_and_readers_served(
    small_disk: SmallDisk, stopped_site: Stopped
) -> None:
    disk = small_disk("small", "400m")
    site = Site(stopped_site.copied("small/site"), SAHELREF_LEAST_FREE_MB="40")
    try:
        assert status_of(exchange(site.port, LOGIN)) == 403  # it came as far as the CSRF token
        ballast = fill(disk, left=30_000_000)
        refused = exchange(site.port, LOGIN)
        assert status_of(refused) == 507
        assert b"nearly full" in refused
        assert {site.status(path) for path in ("/", "/api/v1/operations/", "/readyz")} == {200}
        ballast.unlink()
        assert status_of(exchange(site.port, LOGIN)) == 403
    finally:
        site.end()
    note("F07", "disk nearly full (tmpfs)", "writes 507, readers 200; all well when there is room")


@pytest.mark.faults
def test_a_disk_that_is_full_all_the_same_loses_nothing_and_is_forgiven(
    small_disk: SmallDisk, stopped_site: Stopped
) -> None:
    disk = small_disk("brimful", "400m")
    site = Site(stopped_site.copied("brimful/site"), SAHELREF_LEAST_FREE_MB="0")
    try:
        with Editor(site) as editor:
            editor.wait_for_more(50)
            ballast = fill_up(disk)
            wait_for(lambda: editor.breaks or editor.refusals, 120)
            heard = {site.status(path) for path in ("/", "/statements/", "/healthz")}
            ballast.unlink()
            freed = time.monotonic()
            editor.wait_for_more(5, 60)
            took = time.monotonic() - freed
        assert heard <= {200, 503, 507}
        assert editor.lost() == set()
        assert took < 15
        assert "Every revision matches." in site.manage("verify_history").stdout
        cluster = Cluster.from_environment(site.environment)
        checked = ["--install-missing", "--heapallindexed", "--database=sahelref"]
        address = [f"--host={cluster.layout.sockets}", "--username=postgres"]
        program = str(binaries() / "pg_amcheck")
        children.run_as(cluster.account, [program, *checked, *address])
    finally:
        site.end()
    note(
        "F07",
        "disk full to the last byte under edits",
        f"0 of {len(editor.acknowledged)} acknowledged edits lost; back {took:.1f} s after there"
        " was room; pg_amcheck finds nothing",
    )


def test_an_upload_for_which_there_is_no_room_is_refused_in_words(
    site: Site, small_disk: SmallDisk
) -> None:
    environment = {**site.environment, "TMPDIR": str(small_disk("uploads", "1m"))}
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", UPLOAD]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == {
        "status": 507,
        "kept": False,
        "words": REFUSAL,
    }
    note("F08", "no room for an upload (tmpfs of 1 MB)", "507, no row written")


def test_a_release_for_which_there_is_no_room_is_not_there(
    small_disk: SmallDisk, committed_db: None
) -> None:
    shelf = small_disk("releases", "256k")
    with pytest.raises((OSError, ReleaseError)):
        make("2026.1", "New.", directory=shelf)
    assert list(shelf.iterdir()) == []
    note("F08", "no room for a release (tmpfs of 256 kB)", "refused; nothing of it is left")
