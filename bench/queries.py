"""The queries behind our own answers: for the limit to answer, and their plans to be reviewed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from apps.revisions.public import PLANNING
from bench.databases import Database
from bench.questions import Question
from sahelref.embedded.paths import CHECKOUT

ASKING = """
import json, sys
from django.conf import settings
from django.db import connections
from django.test import Client
settings.ALLOWED_HOSTS = ["*"]
public = connections["public"]
public.force_debug_cursor = True
found = {}
for name, address in json.load(sys.stdin).items():
    public.queries_log.clear()
    answer = Client().get(address, headers={"accept": "application/json"})
    assert answer.status_code == 200, (address, answer.status_code, answer.content[:300])
    found[name] = [query["sql"] for query in public.queries_log if " FROM " in query["sql"]]
json.dump(found, sys.stdout)
"""


def asked(database: Database, questions: list[Question]) -> dict[str, list[str]]:
    """Return the SQL that our answer to each question took, by the name of the question."""
    addresses = {q.name: q.addresses["ours"] for q in questions if q.headers[0].endswith("json")}
    environment = {**database.environment, "SAHELREF_CACHE_URL": "dummycache://"}
    made = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "shell", "-v0", "-c", ASKING],
        cwd=CHECKOUT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "sahelref.settings"},
        input=json.dumps(addresses),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, list[str]] = json.loads(made.stdout)
    return found


def of_the_limit(
    found: dict[str, list[str]], questions: list[Question]
) -> dict[str, tuple[str, str]]:
    """Return schema and query of what makes the JSON of each answer, by address of the limit."""
    limited = [question for question in questions if "limit" in question.addresses]
    return {
        question.addresses["limit"]: (
            schema_of(question.name),
            next(query for query in found[question.name] if ' AS "shown"' in query),
        )
        for question in limited
    }


def schema_of(name: str) -> str:
    """Return the schema of the views that a question reads."""
    return "as_of" if "as of" in name else "published"


def plans(database: Database, found: dict[str, list[str]], directory: Path) -> None:
    """Write the plan of every query as the reader runs it, a file a question."""
    directory.mkdir(parents=True, exist_ok=True)
    with database.connect() as connection:
        for name, queries in found.items():
            texts = [_plan(connection, query, name) for query in queries]
            file = directory / f"{name.replace(' ', '-').replace(',', '')}.txt"
            file.write_text("\n\n".join(texts) + "\n")


def _plan(connection: Any, query: str, question: str) -> str:
    connection.execute(f"SET search_path = {schema_of(question)}, extensions")
    connection.execute("SET sahelref.as_of = '2'")
    for name, value in PLANNING.items():
        connection.execute(f"SET {name} = '{value}'")
    rows = connection.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS, TIMING OFF) {query}")
    lines = "\n".join(_short(row[0]) for row in rows.fetchall())
    connection.rollback()
    return lines


def _short(line: str) -> str:
    return line if len(line) < 300 else f"{line[:300]} ..."
