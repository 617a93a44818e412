"""No draft is ever a candidate, a suggestion, a preview or a value."""

import json
from urllib.parse import urlencode

from apps.records.tests import making
from apps.revisions.writing import revision

MARK = "xyzzyplugh"


def test_a_draft_is_neither_found_nor_shown(ask, committed_db):
    with revision(reason="Drafts"):
        drafts = [
            making.operation(MARK),
            making.country("XZ", MARK),
            making.organization(MARK),
            making.person(MARK),
        ]
    ids = [draft.public_id for draft in drafts]
    for text in (MARK, *ids):
        asked = urlencode({"queries": json.dumps({"q": {"query": text}})})
        assert ask(f"reconcile/?{asked}").json == {"q": {"result": []}}
        assert ask(f"reconcile/suggest/entity/?prefix={text}").json == {"result": []}
        assert ask(f"reconcile/preview/?id={text}", accept="text/html").status == 404
    extend = urlencode({"extend": json.dumps({"ids": ids, "properties": [{"id": "name"}]})})
    rows = ask(f"reconcile/?{extend}").json["rows"]
    assert rows == {each: {"name": []} for each in ids}


def test_of_two_records_of_one_name_neither_is_certain(ask, committed_db):
    with revision(reason="A namesake"):
        source = making.source(publication="published")
        namesake = making.person("florence-parly-2", name="Florence Parly", publication="published")
        making.citation(source, person=namesake, publication="published")
    asked = urlencode({"queries": json.dumps({"q": {"query": "Florence Parly"}})})
    result = ask(f"reconcile/?{asked}").json["q"]["result"]
    assert [(each["name"], each["match"]) for each in result[:2]] == [("Florence Parly", False)] * 2
    asked = urlencode({"queries": json.dumps({"q": {"query": "florence-parly"}})})
    first, *_ = ask(f"reconcile/?{asked}").json["q"]["result"]
    assert (first["id"] != namesake.public_id, first["match"]) == (True, False)
