"""An upgrade while the site serves: the old code goes on, on the new schema, without an error."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sahelref.embedded.paths import CHECKOUT
from tests.faults.conftest import CopiedVar, Site
from tests.faults.editing import Editor
from tests.faults.figures import note
from tests.faults.loading import MIXED, Clients

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="migrates the embedded server"),
]
OBJECTS = "    objects: ClassVar = OperationQuerySet.as_manager()\n"
REMARK = '    remark = models.TextField(blank=True, db_default="")\n\n'
ADD = """
from apps.records.models import Operation
Operation.objects.create(name="Written by the old code", slug="written-by-the-old-code")
"""


@pytest.fixture
def running(copied_var: CopiedVar, tmp_path: Path) -> Iterator[Site]:
    """A site on a copy of a database: its schema may change."""
    site = Site(copied_var(f"upgraded-{tmp_path.name}"))
    yield site
    site.end()


class NextRelease:
    """A copy of the checkout with a field more, and what makes the migration for it."""

    def __init__(self, directory: Path, site: Site) -> None:
        self.directory, self.environment = directory, site.environment
        leave = shutil.ignore_patterns(".*", "var", "__pycache__", "tests", "docs", "bench")
        shutil.copytree(CHECKOUT, directory, ignore=leave, dirs_exist_ok=True)
        model = directory / "apps" / "records" / "models" / "operations.py"
        text = model.read_text()
        assert OBJECTS in text
        model.write_text(text.replace(OBJECTS, REMARK + OBJECTS))
        self.manage("makemigrations", "records", "--name=remark", "-v0")

    def manage(self, *arguments: str) -> str:
        """Run a command of the new code on the database of the site, and return what it said."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=self.directory,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def columns(site: Site) -> set[tuple[str, str]]:
    with site.connect() as owner:
        rows = owner.execute(
            "SELECT table_schema, table_name FROM information_schema.columns"
            " WHERE column_name = 'remark'"
        ).fetchall()
    return set(rows)


def test_the_old_code_reads_and_writes_on_the_new_schema(running: Site, tmp_path: Path) -> None:
    release = NextRelease(tmp_path / "next", running)
    release.manage("migrate", "-v0")
    assert columns(running) == {
        ("public", "records_operation"),
        ("public", "records_operation_history"),
        ("published", "records_operation"),
        ("as_of", "records_operation"),
    }
    assert {path: running.status(path) for path in MIXED} == dict.fromkeys(MIXED, 200)
    written = running.manage("shell", "-v0", "-c", ADD)
    assert written.returncode == 0, written.stderr
    assert "Every revision matches." in release.manage("verify_history")


@pytest.mark.faults
def test_a_migrate_that_adds_is_felt_by_no_reader_and_no_editor(
    running: Site, tmp_path: Path
) -> None:
    release = NextRelease(tmp_path / "next", running)
    with Clients(running.port, 6) as clients, Editor(running) as editor:
        clients.wait_for_more(60)
        release.manage("migrate", "-v0")
        clients.wait_for_more(60)
        editor.wait_for_more(5)
    assert set(clients.statuses) == {200}
    assert editor.refusals == []
    assert editor.lost() == set()
    note(
        "F11",
        "migrate (a field more) under 6 readers and an editor",
        f"0 errors in {len(clients.answers)} answers and {len(editor.acknowledged)} edits;"
        f" the longest wait {max(answer.seconds for answer in clients.answers):.1f} s",
    )
