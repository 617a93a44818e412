"""No draft is ever a candidate, a suggestion, a preview or a value."""

import json
from urllib.parse import urlencode

from apps.records.tests import making
from apps.revisions.writing import revision

MARK = "xyzzyplugh"


def candidates(ask, text: str) -> list[dict]:
    """What reconciliation offers for the text, best first."""
    asked = urlencode({"queries": json.dumps({"q": {"query": text}})})
    return ask(f"reconcile/?{asked}").json["q"]["result"]


def suggestions(ask, text: str) -> list[dict]:
    """What it offers to somebody who is typing the text."""
    return ask(f"reconcile/suggest/entity/?{urlencode({'prefix': text})}").json["result"]


def test_a_draft_is_neither_found_nor_shown(ask, committed_db):
    with revision(reason="Drafts"):
        drafts = [
            making.operation(MARK),
            making.country("XZ", MARK),
            making.organization(MARK),
            making.person(MARK),
        ]
    ids = [draft.public_id for draft in drafts]
    assert (candidates(ask, MARK), suggestions(ask, MARK)) == ([], [])
    for text in (MARK, *ids):
        # The letters of an id are drawn, and may be like the name of something published.
        offered = [*candidates(ask, text), *suggestions(ask, text)]
        assert not {each["id"] for each in offered} & set(ids)
        assert ask(f"reconcile/preview/?id={text}", accept="text/html").status == 404
    extend = urlencode({"extend": json.dumps({"ids": ids, "properties": [{"id": "name"}]})})
    rows = ask(f"reconcile/?{extend}").json["rows"]
    assert rows == {each: {"name": []} for each in ids}


def test_of_two_records_of_one_name_neither_is_certain(ask, committed_db):
    with revision(reason="A namesake"):
        source = making.source(publication="published")
        namesake = making.person("florence-parly-2", name="Florence Parly", publication="published")
        making.citation(source, person=namesake, publication="published")
    result = candidates(ask, "Florence Parly")
    assert [(each["name"], each["match"]) for each in result[:2]] == [("Florence Parly", False)] * 2
    first, *_ = candidates(ask, "florence-parly")
    assert (first["id"] != namesake.public_id, first["match"]) == (True, False)
