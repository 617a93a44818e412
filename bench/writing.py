"""What history costs a writer: the same writes on the same tables, with its triggers and without.

Both take turns in rounds. The tables are those of the records, so that rows, indexes, constraints
and what is in memory are the same. An edit without history is followed by one with it of the same
row, so that the history ends with what is there; a load is never committed. Among the triggers are
those that run the rules (a published record is cited), which are not history: what history alone
costs is seen beside an edit after which the same rules run over the same row.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bench.databases import Database
from bench.measuring import Ratio
from sahelref.embedded.paths import CHECKOUT

ROUNDS = 6
SAVES = 20
EDITS = 200  # by SQL: a millisecond each, so that many are needed to tell them from chance
LOADED = 20_000
TABLES = ("records_statement", "records_citation")
EDIT = "UPDATE public.records_statement SET addressee = %s WHERE id = %s"
NEWEST = "SELECT max(since_revision) FROM public.records_statement_history WHERE id = %s"
# With a number, the rules run after it over the rows of that revision, as they do at its end.
EDIT_AND_CHECK = """
CREATE FUNCTION pg_temp.edit(written text, key bigint, number bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE public.records_statement SET addressee = written WHERE id = key;
    IF number IS NOT NULL THEN
        PERFORM public.revisions_check(number, ARRAY['records_statement']);
    END IF;
END $$
"""
CALL = "SELECT pg_temp.edit(%s, %s, %s)"
# A server of one's own has a role for its superuser that no other may have: the owner of a table
# may set its triggers aside, but for those of its foreign keys.
SET_ASIDE = "ALTER TABLE public.{table} {how} TRIGGER USER"
COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
"""
# Copies of records with keys and ids of their own: no id that was drawn has a u.
COPIES = {
    "records_statement": """
    CREATE TEMP TABLE records_statement AS
    SELECT * FROM public.records_statement WHERE publication = 'published' ORDER BY id LIMIT {rows};
    UPDATE pg_temp.records_statement
    SET id = id + 1000000000000, public_id = 'u' || substr(public_id, 2);
    """,
    "records_citation": """
    CREATE TEMP TABLE records_citation AS
    SELECT c.* FROM public.records_citation AS c
    JOIN pg_temp.records_statement AS s ON s.id = c.statement_id + 1000000000000;
    UPDATE pg_temp.records_citation
    SET id = id + 1000000000000, statement_id = statement_id + 1000000000000,
        public_id = 'u' || substr(public_id, 2);
    """,
}
# As a browser does it: what the form shows is sent back with one field changed.
SAVING = """
import json, sys, time
from django.contrib.auth import get_user_model
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse
from apps.desk.tests.conftest import filled
from apps.records.models import Statement
setup_test_environment(debug=False)
desk = Client()
desk.force_login(get_user_model().objects.get_or_create(
    username="bench", defaults={"is_superuser": True, "is_staff": True})[0])
for line in sys.stdin:
    seconds = []
    for key in json.loads(line):
        address = reverse("admin:records_statement_change", args=[key])
        form = filled(desk.get(address)) | {"reason": "Bench", "addressee": str(time.time_ns())}
        started = time.perf_counter()
        answer = desk.post(address, form)
        seconds.append(time.perf_counter() - started)
        assert answer.status_code == 302, answer.content
    print(json.dumps(seconds), flush=True)
"""


@dataclass
class Cost:
    """Seconds of the same write with history and without, in the same rounds."""

    what: str
    most: float  # of the goal
    beyond: str = ""  # how it asks more than of what an editor does
    tracked: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> Ratio:
        return Ratio.of(self.tracked, self.plain)

    def __str__(self) -> str:
        return (
            f"{self.what}: {median(self.tracked) * 1000:.1f} ms with history,"
            f" {median(self.plain) * 1000:.1f} ms without, {self.ratio}"
        )


def costs(database: Database) -> list[Cost]:
    """Return what history costs a save, an edit by SQL, rules and all and without, and a load."""
    with database.connect("sahelref") as owner:
        owner.autocommit = True
        owner.execute("SET statement_timeout = 0")
        return [
            _at_the_desk(owner, database),
            _compared(owner, Cost("one UPDATE by SQL", 1.5, "without rules too"), _by_sql(owner)),
            _beside_the_rules(owner),
            _compared(owner, Cost(f"{LOADED:,} cited statements by COPY", 2), _load(owner)),
        ]


def _compared(owner: Any, cost: Cost, write: Callable[[int], float]) -> Cost:
    for number in range(ROUNDS):
        with _without_history(owner):
            cost.plain.append(write(number))
        cost.tracked.append(write(number))
    return cost


@contextmanager
def _without_history(owner: Any) -> Iterator[None]:
    _set_aside(owner, "DISABLE")
    try:
        yield
    finally:
        _set_aside(owner, "ENABLE")


def _set_aside(owner: Any, how: str) -> None:
    for table in TABLES:
        owner.execute(SET_ASIDE.format(table=table, how=how))


def _keys(number: int, many: int) -> list[int]:
    """Return what one round edits: not what the round before did, which is in memory."""
    return [100 + number * many + each for each in range(many)]


def _by_sql(owner: Any) -> Callable[[int], float]:
    def write(number: int) -> float:
        owner.execute(EDIT, ["", 1])  # the first after triggers were set aside is planned anew
        owner.execute(EDIT, ["again", 1])
        return median(_timed(owner, EDIT, key) for key in _keys(number, EDITS))

    return write


def _beside_the_rules(owner: Any) -> Cost:
    """Return what history costs an edit, where the rules run over the same row without it too."""
    cost = Cost("one UPDATE by SQL, beside one with the same rules", 1.5, "the database alone")
    owner.execute(EDIT_AND_CHECK)
    for number in range(ROUNDS):
        keys = [1, *_keys(number, EDITS)]
        for key in keys:
            owner.execute(EDIT, [f"edit {time.time_ns()}", key])  # a revision of this row alone
        revisions = {key: owner.execute(NEWEST, [key]).fetchone()[0] for key in keys}
        with _without_history(owner):
            plain = [_timed(owner, CALL, key, revisions[key]) for key in keys]
        tracked = [_timed(owner, CALL, key, None) for key in keys]
        # The first after triggers were set aside is planned anew.
        cost.plain.append(median(plain[1:]))
        cost.tracked.append(median(tracked[1:]))
    return cost


def _timed(owner: Any, query: str, *given: Any) -> float:
    started = time.perf_counter()
    owner.execute(query, [f"edit {time.time_ns()}", *given])
    return time.perf_counter() - started


def _at_the_desk(owner: Any, database: Database) -> Cost:
    command = [sys.executable, "-W", "ignore", "manage.py", "shell", "-v0", "-c", SAVING]
    with subprocess.Popen(
        command,
        cwd=CHECKOUT,
        env=database.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as desk:
        said, heard = desk.stdin, desk.stdout
        assert said is not None
        assert heard is not None

        def write(number: int) -> float:
            said.write(json.dumps([1, *_keys(number, SAVES)]) + "\n")
            said.flush()
            return median(json.loads(heard.readline())[1:])

        cost = _compared(owner, Cost("an edit (a save at the desk)", 1.5), write)
        said.close()
    return cost


def _load(owner: Any) -> Callable[[int], float]:
    """Return what copies the same rows into the tables, closes the revision and takes all back."""
    rows: dict[str, tuple[str, list[bytes]]] = {}
    for table in TABLES:
        owner.execute(COPIES[table].format(rows=LOADED))
        (columns,) = owner.execute(COLUMNS, [table]).fetchone() or ("",)
        with owner.cursor().copy(f"COPY (SELECT {columns} FROM pg_temp.{table}) TO STDOUT") as out:
            rows[table] = columns, [bytes(block) for block in out]

    def write(_number: int) -> float:
        with owner.transaction(force_rollback=True):
            started = time.perf_counter()
            for table, (columns, blocks) in rows.items():
                with owner.cursor().copy(f"COPY public.{table} ({columns}) FROM STDIN") as into:
                    for block in blocks:
                        into.write(block)
            owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
            return time.perf_counter() - started

    return write
