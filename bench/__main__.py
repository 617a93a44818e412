"""`python -m bench`: measures every size that is asked for and writes RESULTS.md."""

import argparse
import sys
from urllib.request import Request, urlopen

from bench import checking, exporting, measuring, pages, queries, report, servers, writing
from bench.databases import Database
from bench.measuring import CONNECTIONS
from bench.questions import Question, questions
from bench.report import Size
from sahelref.embedded.paths import CHECKOUT

HOT = "/api/v1/statements/"
CSV = {
    "ours": "/api/v1/statements/?format=csv",
    "datasette": "/sahelref/statements.csv?_stream=on",
}
# Of the places that some statements name, one that few do.
RARE = """
SELECT word FROM (
    SELECT DISTINCT (regexp_match(words, '(?:near|around) ([A-Z][a-z]+)'))[1] AS word
    FROM published.records_statement WHERE words <> '' AND id < 3000
) AS named
WHERE word IS NOT NULL AND (
    SELECT count(*) FROM (
        SELECT FROM published.records_statement
        WHERE search @@ plainto_tsquery('extensions.sahelref_en', word) LIMIT 51
    ) AS found
) BETWEEN 5 AND 50
ORDER BY length(word) DESC, word LIMIT 1
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--statements", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=int, default=1, help="of one measurement")
    parser.add_argument(
        "--connections",
        type=int,
        nargs="+",
        default=list(CONNECTIONS),
        help="at the largest size; at the others the middle one",
    )
    given = parser.parse_args()
    for program in ("wrk", "nginx"):
        if not servers.found(program):
            print(f"{program} is not here: apt install it, or name it by {program.upper()}.")
    if not servers.found("wrk"):
        sys.exit("Nothing can be timed without wrk.")
    sizes: list[Size] = []
    # Growth is read at the middle number, and goals at the largest size.
    middle = [given.connections[len(given.connections) // 2]]
    for statements in given.statements:
        at = given.connections if statements == given.statements[-1] else middle
        asked = argparse.Namespace(**{**vars(given), "connections": at})
        sizes.append(measured(Database(statements), asked))
        told = report.write(sizes, given.rounds, given.seconds)
    print(told)


def measured(database: Database, given: argparse.Namespace) -> Size:
    """Return all that is measured at one size."""
    size = Size(database.statements)
    with database.running():
        asked = questions(_a_statement(database), _a_rare_word(database))
        found = queries.asked(database, asked)
        directory = CHECKOUT / "bench" / "plans" / str(database.statements)
        queries.plans(database, found, directory)
        print(f"{database.statements:,}: plans are in {directory}", flush=True)
        limits = queries.of_the_limit(found, asked)
        with servers.started(database, limits, b"") as ports:
            size.pages = pages.walk(database, _at(ports["ours"], ""))
            size.after_edit = pages.after_an_edit(database, _at(ports["ours"], ""))
            print(f"{database.statements:,}: {pages.told(size.pages)}", flush=True)
            for question in asked:
                _measure(size, question, ports, database, given)
            _measure_hot(size, ports, database, given)
            for peer, address in CSV.items():
                measuring.wait_for_one(_at(ports[peer], "/"), ())
                size.exports[peer] = exporting.export(_at(ports[peer], address), ports[peer])
        size.writes = writing.costs(database)
    return size


def _at(port: int, address: str) -> str:
    return f"http://127.0.0.1:{port}{address}"


def _a_statement(database: Database) -> str:
    with database.connect() as connection:
        row = connection.execute(
            "SELECT public_id FROM published.records_statement ORDER BY id LIMIT 1"
        ).fetchone()
    assert row is not None
    return str(row[0])


def _a_rare_word(database: Database) -> str:
    """Return a name of a place that five to fifty statements have."""
    with database.connect() as connection:
        connection.execute("SET statement_timeout = 0")  # looked for once, on a cold disk
        (word,) = connection.execute(RARE).fetchone() or ("",)
    return str(word)


def _measure(
    size: Size,
    question: Question,
    ports: dict[str, int],
    database: Database,
    given: argparse.Namespace,
) -> None:
    there = {peer: path for peer, path in question.addresses.items() if peer in ports}
    addresses = {peer: _at(ports[peer], path) for peer, path in there.items()}
    size.checked[question.name] = checking.check(question, addresses, database)
    headers = dict.fromkeys(addresses, question.headers)
    try:
        size.rates[question.name] = _rounds(addresses, headers, given)
    except measuring.Unmeasurable as error:
        size.checked[question.name].append(f"**not measured**: {str(error).splitlines()[-4:]}")
    print(f"{database.statements:,}: {question.name}", flush=True)


def _measure_hot(
    size: Size, ports: dict[str, int], database: Database, given: argparse.Namespace
) -> None:
    """Measure the answer that is kept ready, and that it is known, against the file of nginx."""
    accept: tuple[str, ...] = ("Accept: application/json",)
    ours = _at(ports["hot"], HOT)
    body = checking.fetched(ours, accept)
    addresses = {"hot": ours, "datasette": _at(ports["datasette"], _datasette_list())}
    if "nginx" in ports:
        (database.var / "nginx" / "files" / "hot").write_bytes(body)
        addresses["nginx"] = _at(ports["nginx"], "/hot")
        if checking.fetched(addresses["nginx"], accept) != checking.fetched(ours, accept):
            raise checking.WrongAnswer("nginx and the hot answer differ.")
    headers = dict.fromkeys(addresses, accept)
    size.rates["hot answer"] = _rounds(addresses, headers, given)
    known: dict[str, str] = {peer: addresses[peer] for peer in addresses if peer != "datasette"}
    etags: dict[str, tuple[str, ...]] = {
        peer: (*accept, f"If-None-Match: {_etag(known[peer])}") for peer in known
    }
    size.rates["304"] = _rounds(known, etags, given)


def _rounds(
    addresses: dict[str, str], headers: dict[str, tuple[str, ...]], given: argparse.Namespace
) -> report.Rates:
    at = tuple(given.connections)
    return measuring.rounds(addresses, headers, given.rounds, given.seconds, at)


def _datasette_list() -> str:
    return questions("", "")[0].addresses["datasette"]


def _etag(address: str) -> str:
    request = Request(address, headers={"Accept": "application/json"})
    with urlopen(request, timeout=120) as answer:
        return str(answer.headers["ETag"])


if __name__ == "__main__":
    main()
