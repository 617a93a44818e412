"""What is asked of each peer: the same records by each one's own address."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

Ids = Callable[[Any], list[str]]

# A word that very many statements have.
COMMON = "force"
NEWEST = "_sort_desc=said_earliest&_size=50&_shape=objects&_nofacet=1&_nocount=1"


@dataclass(frozen=True)
class Question:
    """One row of the table; `addresses` by peer.

    The peers are checked to give the same records; not `compared` where counts are all that is
    asked for. Datasette has its own order and its own stemmer, but for what is in the `same` order.
    """

    name: str
    addresses: dict[str, str] = field(default_factory=dict)
    compared: bool = True
    same: bool = False
    headers: tuple[str, ...] = ("Accept: application/json",)


def questions(statement: str, rare: str) -> list[Question]:
    """Return the rows; `statement` is the public id of a published one, `rare` a word of few."""
    api, naive, table = "/api/v1/statements/", "/naive/", "/sahelref/statements.json"
    return [
        Question(
            "list of 50",
            {"ours": api, "limit": "/list", "naive": naive, "datasette": f"{table}?{NEWEST}"},
        ),
        Question(
            "detail",
            {
                "ours": f"{api}{statement}/",
                "limit": "/detail",
                "naive": f"{naive}{statement}/",
                "datasette": f"/sahelref/statements/{statement}.json?_shape=objects",
            },
        ),
        Question(
            "filtered list",
            {
                "ours": f"{api}?act=announce",
                "limit": "/filtered",
                "naive": f"{naive}?act=announce",
                "datasette": f"{table}?act=announce&{NEWEST}",
            },
        ),
        Question(
            "search, rare word",
            {
                "ours": f"{api}?q={quote(rare)}",
                "limit": "/rare",
                "datasette": f"{table}?_search={quote(rare)}&{NEWEST}",
            },
        ),
        Question(
            "search, common word",
            {
                "ours": f"{api}?q={COMMON}",
                "limit": "/common",
                "datasette": f"{table}?_search={COMMON}&{NEWEST}",
            },
        ),
        Question("list as of revision 2", {"ours": f"{api}?as_of=2", "limit": "/as_of"}),
        Question(
            "change feed",
            {
                "ours": "/api/v1/changes/?since=2",
                "naive": "/naive-changes/?since=2",
                "datasette": "/sahelref/changes.json?revision__gt=2&_sort=id&_size=50"
                "&_shape=objects&_nofacet=1&_nocount=1",
            },
            same=True,
        ),
        Question(
            "facet counts",
            {
                "ours": f"{api}?facets=act,stance&page_size=1",
                "datasette": "/sahelref/statements.json?_facet=act&_facet=stance&_size=1",
            },
            compared=False,
        ),
        Question(
            "page of the list",
            {
                "ours": "/statements/",
                "datasette": f"/sahelref/statements?{NEWEST.replace('&_shape=objects', '')}",
            },
            headers=("Accept: text/html",),
        ),
    ]


def ids_of(answer: Any) -> list[str]:
    """Return the public ids in an answer of any peer; raises KeyError for what is none."""
    lists = [answer[name] for name in ("results", "rows") if name in answer]
    records = lists[0] if lists else [answer]
    if records and isinstance(records[0], list):  # Datasette gives one row so
        records = [dict(zip(answer["columns"], row, strict=True)) for row in records]
    return [record.get("public_id") or record["id"] for record in records]
