"""A disk that fills up: writes are refused before PostgreSQL has no room, and reading goes on."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import Site
from tests.faults.figures import note
from tests.faults.test_load_faults import exchange, get, status_of

pytestmark = pytest.mark.slow

LOGIN = get(b"/admin/login/", b"Content-Length: 0", method=b"POST")


@pytest.fixture
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file system of its own of 400 MB, in memory."""
    place = Path(os.environ["SAHELREF_VAR"]) / "small"
    place.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", "size=400m,mode=755", "tmpfs", str(place)]
    if os.getuid() != 0 or subprocess.run(options, capture_output=True).returncode:
        pytest.skip("only root may mount a file system")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path, left: int) -> Path:
    """Leave `left` bytes free."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free - left)
    return ballast


def test_on_a_nearly_full_disk_writes_are_refused_and_readers_served(small_disk: Path) -> None:
    site = Site(small_disk / "site", SAHELREF_LEAST_FREE_MB="40")
    try:
        assert status_of(exchange(site.port, LOGIN)) == 403  # it came as far as the CSRF token
        ballast = fill(small_disk, left=30_000_000)
        refused = exchange(site.port, LOGIN)
        assert status_of(refused) == 507
        assert b"nearly full" in refused
        assert {site.status(path) for path in ("/", "/api/v1/operations/", "/readyz")} == {200}
        ballast.unlink()
        assert status_of(exchange(site.port, LOGIN)) == 403
    finally:
        site.end()
    note("F07", "disk nearly full (tmpfs)", "writes 507, readers 200; all well when there is room")
