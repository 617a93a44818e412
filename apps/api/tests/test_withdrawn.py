"""Where a record was withdrawn the API answers 410 and why; of its past it tells what it may."""

from urllib.parse import quote

import pytest
from drf_spectacular.generators import SchemaGenerator

from apps.api.tests.test_drafts import MARK
from apps.records.catalogue import CATALOGUE
from apps.records.models import Citation, Country, Operation, Person
from apps.records.tests import making
from apps.records.tests.making import WITHDRAWN
from apps.revisions.models import Revision
from apps.revisions.tests.conftest import newest
from apps.revisions.tests.test_hiding import AGAIN, WITHHELD, withdraw
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

PUBLISHED = {"publication": "published"}


@pytest.fixture
def sabre(committed_db):
    """Publish an operation in a revision of its own."""
    with revision(reason="Add Sabre"):
        operation = making.operation("sabre", **PUBLISHED)
        making.citation(making.source(**PUBLISHED), operation=operation, **PUBLISHED)
    return operation


def test_a_withdrawn_record_is_gone_with_the_reason_and_where_its_past_is(ask, get, sabre):
    before = newest()
    withdraw(sabre, **WITHDRAWN)
    gone = ask("operations/sabre/")
    assert (gone.status, gone.headers["Content-Type"]) == (410, "application/problem+json")
    made_at = gone.json.pop("withdrawn_at")
    assert made_at == Revision.objects.get(number=before + 1).made_at.isoformat().replace(
        "+00:00", "Z"
    )
    last = f"http://testserver/api/v1/operations/{sabre.public_id}/?as_of={before}"
    assert {name: value for name, value in gone.json.items() if name != "withdrawn_at"} == {
        "type": "/data/#error-withdrawn",
        "title": "Gone",
        "status": 410,
        "detail": f"Withdrawn on {made_at[:10]}, revision {before + 1}. It was entered twice.",
        "instance": "/api/v1/operations/sabre/",
        "reason": "It was entered twice.",
        "revision": before + 1,
        "past_hidden": False,
        "last_state": last,
    }
    assert get(last)["name"] == "Sabre"


def test_it_is_gone_by_each_of_its_names_and_by_its_id(ask, sabre):
    Operation.objects.filter(pk=sabre.pk).update(slug="operation-sabre")
    withdraw(sabre, **WITHDRAWN)
    for key in ("sabre", "operation-sabre", sabre.public_id):
        assert ask(f"operations/{key}/").status == 410, key
    assert ask("organizations/sabre/").status == 404


def test_a_country_is_gone_however_its_code_is_written(ask, committed_db):
    with revision(reason="Add a country"):
        country = making.country("XT", **PUBLISHED)
        making.citation(making.source(**PUBLISHED), country=country, field="name_en", **PUBLISHED)
    with revision(reason="No such country"):
        country.citations.update(**WITHDRAWN)
        Country.objects.filter(pk=country.pk).update(**WITHDRAWN)
    assert {ask(f"countries/{code}/").status for code in ("XT", "xt")} == {410}


def test_a_withheld_record_is_gone_in_every_revision_and_its_name_is_not_told(ask, get, sabre):
    before = newest()
    withdraw(sabre, **WITHHELD)
    for asked in ("", "?as_of=1", f"?as_of={before}", f"?as_of={newest()}"):
        gone = ask(f"operations/{sabre.public_id}/{asked}")
        assert (gone.status, gone.json["past_hidden"], gone.json["last_state"]) == (410, True, None)
        assert "Sabre" not in gone.text
    assert "sabre" not in ask("withdrawals/").text.lower()


def test_what_was_withdrawn_and_is_public_again_was_gone_in_between(ask, sabre):
    withdraw(sabre, **WITHDRAWN)
    between = newest()
    withdraw(sabre, **AGAIN)
    assert ask("operations/sabre/").status == 200
    assert ask(f"operations/sabre/?as_of={between}").status == 410


def test_before_it_was_first_public_it_is_not_found(ask, sabre):
    before = newest() - 1
    withdraw(sabre, **WITHDRAWN)
    assert ask(f"operations/sabre/?as_of={before}").status == 404


def test_the_withdrawals_are_listed_for_those_who_keep_copies(get, sabre):
    before = newest()
    withdraw(sabre, **WITHHELD)
    listed = get("withdrawals/")
    (told,) = [each for each in listed["results"] if each["type"] == "operations"]
    assert told.pop("withdrawn_at")
    assert told == {
        "type": "operations",
        "id": sabre.public_id,
        "reason": "It was entered twice.",
        "revision": before + 1,
        "past_hidden": True,
        "api_url": f"http://testserver/api/v1/operations/{sabre.public_id}/",
    }
    assert listed["count"] == 2
    assert get("withdrawals/?page_size=1")["next"]


def test_a_day_is_asked_of_what_is_withdrawn_in_vain(ask, sabre):
    withdraw(sabre, **WITHDRAWN)
    assert ask("operations/sabre/?on=2020-01-01").status == 410


def test_to_say_that_it_is_gone_takes_as_many_queries_whatever_is_withdrawn(ask, sabre):
    withdraw(sabre, **WITHDRAWN)
    alone = ask("operations/sabre/").queries
    with revision(reason="Add more"):
        others = [making.operation(f"other-{number}", **PUBLISHED) for number in range(20)]
        source = making.source(**PUBLISHED)
        for other in others:
            making.citation(source, operation=other, **PUBLISHED)
    for other in others:
        withdraw(other, **WITHDRAWN)
    assert ask("operations/sabre/").queries == alone


@pytest.fixture
def withheld(committed_db):
    """Publish a marked record of every type, then withhold those that the others name.

    The others are withdrawn as usual; that they named what is withheld hides their past too.
    Return the revision that published all, and the keys of the records.
    """
    with revision(reason=f"Publish {MARK}"):
        planted = publish_all()
    shown = newest()
    with revision(reason="A court decided"):
        for record in planted.values():
            state = WITHHELD if record._meta.model_name in WITHHOLDING else WITHDRAWN
            type(record).objects.filter(pk=record.pk).update(**state)
        Citation.objects.filter(excerpt=MARK).update(**WITHDRAWN)
    keys = [key for record in planted.values() for key in (record.key, record.public_id)]
    return shown, list(dict.fromkeys(keys))


WITHHOLDING = ("operation", "person", "organization", "source")


def publish_all():
    said = {"name": f"{MARK} body", "note": MARK, **PUBLISHED}
    source = making.source(title=MARK, note=MARK, url=f"https://example.org/{MARK}", **PUBLISHED)
    operation = making.operation(MARK, **said)
    person, mali = making.person(f"{MARK}-person", **said), Country.objects.get(iso2="ML")
    contributor = making.contributor(operation, mali, note=MARK, **PUBLISHED)
    spoken = {"speaker_label": "", "speaker_person": person, "words": MARK, "note": MARK}
    planted = {
        "operation": operation,
        "person": person,
        "organization": making.organization(f"{MARK}-body", **said),
        "contributor": contributor,
        "strength": making.strength(operation, least=31337, note=MARK, **PUBLISHED),
        "statement": making.statement(**spoken, **PUBLISHED),
    }
    parts = {
        "office": person.offices.create(title=MARK, country=mali),
        "milestone": operation.milestones.create(kind="full_operating_capability", note=MARK),
        "ladder_step": contributor.ladder.create(place=1, status="deployed", condition=MARK),
    }
    operation.theatre.add(mali)
    for name, target in {**planted, **parts}.items():
        cite = {name: target, "excerpt": MARK, "as_written": MARK, "note": MARK}
        making.citation(source, **cite, **PUBLISHED)
    return {**planted, "source": source}


def addresses(keys, number):
    """Return every address of the schema, asked as of a revision and as of now."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    lists = [path.removeprefix("/api/v1/") for path in paths if "{" not in path]
    keyed = [path.removeprefix("/api/v1/") for path in paths if "{" in path]
    ids = [key for key in keys if len(key) == 12]
    query = quote(f'{{"q": {{"query": "{MARK}"}}}}')
    told = [
        *(f"{path}?" for path in lists),
        *(f"{path}?format=csv" for path in lists),
        *(f"{name}/?q={MARK}" for name in CATALOGUE),
        *(f"{name}/?facets={','.join(entry.facets)}" for name, entry in CATALOGUE.items()),
        *(f"{name}/?id={','.join(ids)}" for name in CATALOGUE),
        *(f"{path.format(key=key, kind='entity')}?" for path in keyed for key in keys),
        *(f"receipts/?type={name}" for name in CATALOGUE),
        f"reconcile/?queries={query}",
        f"reconcile/suggest/entity/?prefix={MARK}",
        *(f"reconcile/{shown}/?id={key}" for shown in ("preview", "view") for key in ids),
    ]
    return [*told, *(f"{address}&as_of={number}" for address in told)]


def test_it_was_all_there_before_it_was_withheld(ask, committed_db):
    with revision(reason=f"Publish {MARK}"):
        publish_all()
    for name in CATALOGUE:
        told = ask(f"{name}/export.ndjson").text
        assert MARK in told or name == "countries", name
    for address in (
        f"changes/?since={newest() - 1}",
        "revisions/",
        f"reconcile/suggest/entity/?prefix={MARK}",
    ):
        assert MARK in ask(address).text, address


def test_no_answer_of_any_revision_holds_anything_of_what_is_withheld(ask, withheld):
    shown, keys = withheld
    asked = addresses(keys, shown)
    assert len(asked) > 300
    for address in asked:
        answer = ask(address)
        assert answer.status in (200, 400, 404, 410), address
        said = f"{answer.text} {answer.headers}"
        # An error says again what was asked, and the links of a list lead to the same question.
        said = said.replace(f"q={MARK}", "") if answer.status == 200 else said.replace(MARK, "")
        assert MARK not in said, address
        assert "31337" not in said, address


def test_what_is_withheld_is_in_no_count(get, withheld):
    shown, _keys = withheld
    for name, entry in CATALOGUE.items():
        before, then = get(f"{name}/?as_of={shown - 1}"), get(f"{name}/?as_of={shown}")
        now = entry.model._default_manager.filter(publication="published").count()
        assert {before["count"], then["count"]} == {now}, name


def test_a_name_that_was_looked_up_before_is_forgotten(ask, sabre):
    before = newest()
    person = Person.objects.first()
    query = quote('{"q": {"query": "Sabre"}}')
    address = f"reconcile/?queries={query}&as_of={before}"
    assert sabre.public_id in ask(address).text
    assert ask(f"operations/sabr/?as_of={before}").json["suggestion"] == "sabre"
    assert person is not None
    withdraw(sabre, **WITHHELD)
    assert sabre.public_id not in ask(address).text
    assert ask(f"operations/sabr/?as_of={before}").json.get("suggestion") != "sabre"
