"""Measures imports: 10,000 contributors, and every hostile file, in seconds and memory.

    python -m pytest bench/importing.py -s

Each hostile file is read in a process of its own, so that its memory is its own.
"""

import os
import resource
import subprocess
import sys
import time

import pytest

from apps.desk.importing import uploads
from apps.desk.tests.hostile import CASES

ROWS = int(os.environ.get("ROWS", 10_000))

READ = """
import os, resource, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "sahelref.settings"
import django; django.setup()
from apps.desk.importing import uploads
from apps.desk.importing.tables import MOST_BYTES, FileRefused
from apps.desk.tests.hostile import CASES
from apps.records.models import Person
name, make, _ = CASES[sys.argv[1]]
content = open(sys.argv[2], "rb").read() if len(sys.argv) > 2 else make()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
started = time.perf_counter()
try:
    if len(content) <= MOST_BYTES:
        uploads.read(Person, name, content)
except FileRefused as refused:
    pass
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(f"{time.perf_counter() - started:6.2f} s, peak {peak:4} MB (from {before})")
"""


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file(name, tmp_path):
    made = tmp_path / "file"
    made.write_bytes(CASES[name][1]())
    command = [sys.executable, "-c", READ, name, str(made)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    print(f"\n{name:36} {done.stdout.strip()}", end="")


def test_ten_thousand_contributors(committed_db):
    from django.contrib.auth import get_user_model

    from apps.desk.importing.plans import preview
    from apps.records.models import Contributor, Country, Operation

    editor = get_user_model().objects.create_superuser("root")
    codes = list(Country.objects.values_list("iso2", flat=True))
    operations = [Operation(slug=f"o-{n}", name="O") for n in range(ROWS // len(codes) + 1)]
    Operation.objects.bulk_create(operations)
    rows = [f"{o.slug},{code},troops\n" for o in operations for code in codes][:ROWS]
    content = ("operation,country,roles\n" + "".join(rows)).encode()
    timed("preview", lambda: preview(Contributor, uploads.read(Contributor, "", content), editor))
    file = uploads.keep(Contributor, "rows.csv", content, editor)
    timed("import", lambda: uploads.import_once(file, Contributor, "Bench", over_newer=False))
    assert Contributor.objects.filter(operation__name="O").count() == ROWS
    wrong = content.replace(b"troops", b"nothing")
    timed("all wrong", lambda: preview(Contributor, uploads.read(Contributor, "", wrong), editor))
    clash = b"operation,organization,country,roles\n" + b"".join(
        row.replace(b",", b",g5-sahel,", 1) for row in content.splitlines(keepends=True)[1:]
    )
    timed("all refused", lambda: preview(Contributor, uploads.read(Contributor, "", clash), editor))


def timed(what, work):
    started = time.perf_counter()
    work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"\n{what:12} {ROWS:,} rows {time.perf_counter() - started:6.1f} s, peak {peak} MB", end=""
    )
