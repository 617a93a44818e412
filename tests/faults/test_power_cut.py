"""Everything dies at once, and what is on the disk is all that there is."""

import os
import subprocess
from pathlib import Path

import pytest

from sahelref.embedded import accounts, children
from sahelref.embedded.cluster import Cluster, binaries
from sahelref.embedded.paths import Layout
from sahelref.embedded.strays import is_alive
from sahelref.embedded.tests.looking import wait_for
from tests.faults.conftest import CopiedVar, Site
from tests.faults.editing import Editor
from tests.faults.figures import note

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="cuts off the embedded server"),
]
DURABLE = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")


def cut_off(site: Site) -> None:
    """Kill every process of the site; none has time to put anything right."""
    processes = site.processes()
    for process in processes:
        process.suspend()
    for process in processes:
        process.kill()
    wait_for(lambda: not any(map(is_alive, processes)))
    site.end()


def sound_pages(layout: Layout) -> str:
    """Return what PostgreSQL says of the checksums of a stopped server's pages."""
    account = accounts.account_for(layout.data)
    program = str(binaries() / "pg_checksums")
    children.run_as(account, [program, "--check", f"--pgdata={layout.data}"])
    return "0 bad"


def test_after_a_power_cut_the_disk_has_every_acknowledged_edit(copied_var: CopiedVar) -> None:
    site = Site(copied_var("cut-off"))
    with site.connect() as owner:
        settings = {name: owner.execute(f"SHOW {name}").fetchone()[0] for name in DURABLE}
    assert settings == dict.fromkeys(DURABLE, "on")
    with Editor(site) as editor:
        editor.wait_for_more(20)
        cut_off(site)
        editor.stopping.set()

    saved = site.var.with_name("after-the-cut")
    subprocess.run(["cp", "-a", str(site.var), str(saved)], check=True)
    after = Site(saved)
    try:
        assert editor.lost(after) == set()
        assert "Every revision matches." in after.manage("verify_history").stdout
        assert after.status("/operations/") == 200
    finally:
        after.end()
    note(
        "F20",
        "power cut: every process killed at once, a copy of the disk started",
        f"0 of {len(editor.acknowledged)} edits lost; {sound_pages(layout_of(saved))} pages",
    )


def layout_of(var: Path) -> Layout:
    return Cluster.from_environment({"SAHELREF_VAR": str(var)}).layout
