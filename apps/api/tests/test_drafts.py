"""Nothing of a draft, of an editor or of a stored text is ever in an answer."""

from hashlib import sha256

import pytest
from django.contrib.auth import get_user_model
from drf_spectacular.generators import SchemaGenerator

from apps.records.catalogue import CATALOGUE
from apps.records.models import (
    Citation,
    Membership,
    Milestone,
    Office,
    Operation,
    SourceText,
)
from apps.records.tests import making
from apps.revisions.models import Revision, Successor
from apps.revisions.tracking import trackings
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

MARK = "xyzzyplugh"


@pytest.fixture
def secrets(committed_db):
    """Plant a marked draft in every model; return the texts that no answer may hold."""
    editor = get_user_model()._default_manager.create_user(f"{MARK}-editor")
    with revision(editor=editor, reason=f"{MARK} of drafts alone"):
        planted = plant_records()
        plant_parts(planted)
    with revision(editor=editor, reason="Say more of Barkhane"):
        Operation.objects.filter(slug="barkhane").update(focus_area="the Sahel")
        read = making.source(text_sha256=sha256(MARK.encode()).hexdigest(), publication="published")
        SourceText.objects.create(source=read, text=MARK)
    return [MARK, *(record.public_id for record in planted.values())]


def plant_records():
    said = {"name": f"{MARK} draft", "note": MARK}
    source = making.source(title=MARK, note=MARK, url=f"https://example.org/{MARK}")
    operation = making.operation(MARK, **said)
    country = making.country("XZ", MARK, note=MARK)
    contributor = making.contributor(operation, country, note=MARK)
    barkhane = Operation.objects.get(slug="barkhane")
    return {
        "source": source,
        "operation": operation,
        "country": country,
        "organization": making.organization(f"{MARK}-body", **said),
        "person": making.person(f"{MARK}-person", **said),
        "contributor": contributor,
        "contributor of a published operation": making.contributor(barkhane, country, note=MARK),
        "strength": making.strength(barkhane, least=31337, note=MARK),
        "statement": making.statement(speaker_label=MARK, summary=MARK, note=MARK),
        "citation": making.citation(source, operation=operation, as_written=MARK, note=MARK),
        "citation of a published record": making.citation(
            source, operation=barkhane, as_written=MARK, note=MARK
        ),
    }


def plant_parts(planted):
    operation, country = planted["operation"], planted["country"]
    operation.theatre.add(country)
    Milestone.objects.create(operation=operation, kind="full_operating_capability", note=MARK)
    planted["contributor"].ladder.create(place=1, status="deployed", condition=MARK)
    Membership.objects.create(organization=planted["organization"], country=country, note=MARK)
    Office.objects.create(person=planted["person"], title=MARK, country=country)
    planted["statement"].operations.add(operation)
    planted["statement"].countries.add(country)


def addresses(asked):
    """Return every address of the schema, with what is asked put to each in turn."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    lists = [path.removeprefix("/api/v1/") for path in paths if "{" not in path]
    keyed = [path.removeprefix("/api/v1/") for path in paths if "{" in path]
    newest = Revision.objects.latest("number").number
    return [
        *(f"{path}?{query}" for path in lists for query in ("", f"as_of={newest}", "format=csv")),
        *(f"{name}/?q={MARK}" for name in CATALOGUE),
        *(f"{name}/?facets={','.join(entry.facets)}" for name, entry in CATALOGUE.items()),
        *(f"{name}/?id={key}" for name in CATALOGUE for key in asked if len(key) == 12),
        *(path.format(key=key, kind="entity") for path in keyed for key in asked),
        *(f"operations/{key}/?as_of={newest}" for key in asked),
        "operations/barkhane/?expand=contributors,strengths",
        *(f"receipts/?type={name}" for name in CATALOGUE),
        *(f"reconcile/?queries={{%22q%22:{{%22query%22:%22{key}%22}}}}" for key in asked),
        *(f"reconcile/suggest/entity/?prefix={key}" for key in asked),
        *(f"reconcile/{shown}/?id={key}" for shown in ("preview", "view") for key in asked),
        "schema/",
    ]


def test_a_draft_is_planted_in_every_model(secrets):
    for tracking in (each for each in trackings() if each.model is not Successor):
        rows = tracking.model._default_manager
        assert rows.exists(), tracking.table
        if hasattr(tracking.model, "publication"):
            assert rows.filter(publication="draft").exists(), tracking.table


def test_no_answer_holds_anything_of_a_draft(ask, secrets):
    for address in addresses(secrets):
        answer = ask(address)
        assert answer.status in (200, 400, 404), address
        # The links of a list lead to the same question; they may say what the address says.
        links = answer.headers.get("Link", "")
        assert [secret for secret in secrets if secret in links and secret not in address] == []
        others = {name: text for name, text in answer.headers.items() if name != "Link"}
        held = [secret for secret in secrets if secret in f"{answer.text} {others}"]
        # An error says again what was asked, and nothing else of it.
        assert [secret for secret in held if secret not in address or answer.status == 200] == []


def test_drafts_are_not_counted(get, secrets):
    for name, entry in CATALOGUE.items():
        published = entry.model._default_manager.filter(publication="published").count()
        assert get(f"{name}/")["count"] == published


def test_a_draft_is_as_absent_as_what_never_was(ask, secrets):
    draft = Citation.objects.filter(publication="draft").first()
    there, never = ask(f"citations/{draft.public_id}/"), ask("citations/000000000000/")
    assert there.status == never.status == 404
    assert there.text.replace(draft.public_id, "000000000000") == never.text
    assert there.queries == never.queries


def test_a_draft_cannot_be_asked_about(ask, secrets):
    refused = ask(f"contributors/?operation={MARK}")
    never = ask("contributors/?operation=abcdefghij")
    assert refused.text.replace(MARK, "abcdefghij") == never.text
