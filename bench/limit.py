"""The limit: fixed queries whose ready JSON is passed on by asyncpg; nothing could do less.

BENCH_QUERIES names a file of the queries by address, BENCH_SOCKETS the directory of the server.
"""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import asyncpg

from apps.revisions.public import PLANNING

QUERIES = json.loads(Path(os.environ["BENCH_QUERIES"]).read_text())
START = {"type": "http.response.start", "status": 200}
HEADERS = [(b"content-type", b"application/json")]


class Pools:
    """The connections of this process by the schema they search, made by its first request."""

    made: dict[str, Any] = {}

    @classmethod
    async def get(cls, schema: str) -> Any:
        if schema not in cls.made:
            cls.made[schema] = await asyncpg.create_pool(
                host=os.environ["BENCH_SOCKETS"],
                user="sahelref_reader",
                database="sahelref",
                min_size=1,
                max_size=4,
                server_settings={
                    **PLANNING,
                    "search_path": f"{schema}, extensions",
                    "sahelref.as_of": "2",
                },
            )
        return cls.made[schema]


async def application(scope: Any, receive: Any, send: Any) -> None:
    schema, query = QUERIES[scope["path"]]
    pool = await Pools.get(schema)
    # A client that leaves must not cancel the query: the connection would never come back.
    rows = await asyncio.shield(pool.fetch(query))
    body = "".join(('{"results":[', ",".join(row["shown"] for row in rows[:50]), "]}")).encode()
    await send({**START, "headers": HEADERS})
    await send({"type": "http.response.body", "body": body})
