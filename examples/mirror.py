"""Keep a copy of sahelref in SQLite. Run it again whenever you like: it asks for what changed.

    python mirror.py http://127.0.0.1:8000 sahelref.sqlite3

Each run ends at one revision of the whole database and prints its number. The table `record` has
every record as the API gives it: SELECT body ->> 'name' FROM record WHERE type = 'operations'
"""

import json
import re
import sqlite3
import sys
from urllib.request import urlopen


def update(db, api):
    """Bring the copy to the newest revision, all of it or nothing; return the number."""
    ((known,),) = db.execute("PRAGMA user_version")
    index = json.load(urlopen(f"{api}/"))
    now = index["revision"]
    with db:
        rows = sorted(set(stale(db, f"{api}/changes/?since={known}&as_of={now}"))) if known else []
        db.executemany("DELETE FROM record WHERE type = ? AND id = ?", rows)
        db.executemany("DELETE FROM mention WHERE type = ? AND id = ?", rows)
        for type in [each["name"] for each in index["endpoints"] if each["files"]]:
            ids = [id for each, id in rows if each == type]
            parts = [ids[start : start + 200] for start in range(0, len(ids), 200)]
            for part in parts if known else [[]]:
                wanted = f"&id={','.join(part)}" if known else ""
                save(db, type, urlopen(f"{api}/{type}/export.ndjson?as_of={now}{wanted}"))
        db.execute(f"PRAGMA user_version = {now}")
    return now


def stale(db, address):
    """Give what changed, and what shows the name of something that changed."""
    while address:
        page = json.load(urlopen(address))
        for change in page["results"]:
            yield change["type"], change["id"]
            yield from db.execute("SELECT type, id FROM mention WHERE of = ?", [change["id"]])
        address = page["next"]


def save(db, type, lines):
    """Keep each record, and which other records it names. Those not given are gone."""
    for body in map(bytes.decode, lines):
        id, *others = re.findall(r'"id": ?"(\w{12})"', body)
        db.execute("INSERT INTO record VALUES (?, ?, ?)", [type, id, body])
        mentions = [(of, type, id) for of in others]
        db.executemany("INSERT OR IGNORE INTO mention VALUES (?, ?, ?)", mentions)


if __name__ == "__main__":
    site, file = sys.argv[1:]
    with sqlite3.connect(file) as copy:
        copy.execute("CREATE TABLE IF NOT EXISTS record (type, id, body, PRIMARY KEY (type, id))")
        copy.execute(
            "CREATE TABLE IF NOT EXISTS mention (of, type, id, PRIMARY KEY (of, type, id))"
        )
        print("revision", update(copy, f"{site.rstrip('/')}/api/v1"))
