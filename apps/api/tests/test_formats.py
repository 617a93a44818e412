"""The same records in every format: NDJSON, JSON-LD, and the files of whole lists."""

import csv
import io
import json
from warnings import catch_warnings

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, XSD
from rest_framework.exceptions import Throttled

from apps.api.serializers import SERIALIZERS
from apps.api.streams import Gate
from apps.api.tests.test_csv import everything
from apps.records.catalogue import CATALOGUE

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

SCHEMA = Namespace("https://schema.org/")
OWN = Namespace("http://testserver/api/v1/context.jsonld#")
SITE = "http://testserver/api/v1"


def lines(answer):
    assert answer.status == 200, answer.text
    return [json.loads(line) for line in answer.text.split("\n")[:-1]]


def rows(answer):
    assert answer.status == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_line_of_ndjson_is_a_record_as_the_list_gives_it(ask, get, name):
    assert lines(ask(f"{name}/?format=ndjson")) == everything(get, f"{name}/?page_size=200")


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_files_hold_what_the_formats_of_the_list_hold(ask, name):
    for kind in ("csv", "ndjson"):
        listed, file = ask(f"{name}/?format={kind}"), ask(f"{name}/export.{kind}")
        assert (file.status, file.text) == (200, listed.text)
        for header in ("Content-Type", "Content-Disposition", "Link"):
            assert file.headers[header] == listed.headers[header]


def test_ndjson_is_asked_for_by_accept_too(ask):
    answer = ask("operations/", accept="application/x-ndjson")
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    assert len(lines(answer)) > 1


def test_a_record_is_one_line_of_ndjson(ask, get):
    assert lines(ask("operations/barkhane/?format=ndjson")) == [get("operations/barkhane/")]


def test_a_file_is_asked_for_with_the_filters_the_order_and_the_fields_of_the_list(ask, get):
    asked = "operation=barkhane&ordering=-source&fields=id,paragraph"
    assert lines(ask(f"citations/export.ndjson?{asked}")) == everything(get, f"citations/?{asked}")
    wanted = [
        (each["id"], str(each["paragraph"])) for each in everything(get, f"citations/?{asked}")
    ]
    assert [tuple(row.values()) for row in rows(ask(f"citations/export.csv?{asked}"))] == wanted


def test_a_file_in_json_lines_expands_what_is_asked_for(ask, get):
    asked = "expand=contributors,theatre"
    assert lines(ask(f"operations/export.ndjson?{asked}")) == everything(
        get, f"operations/?{asked}"
    )


def test_a_file_of_the_past_is_of_the_past_and_says_so(ask):
    answer = ask("operations/export.ndjson?as_of=0")
    assert (answer.status, answer.text) == (200, "")
    assert (
        'filename="sahelref-operations-revision-0.ndjson"' in answer.headers["Content-Disposition"]
    )
    assert rows(ask("operations/export.csv?as_of=0")) == []


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("page_size=5", "page_size"),
        ("cursor=x", "cursor"),
        ("facets=status", "facets"),
        ("format=json", "format"),
        ("statu=ended", "statu"),
        ("status=endet", "status"),
        ("ordering=colour", "ordering"),
        ("fields=colour", "fields"),
    ],
)
def test_a_file_refuses_what_it_does_not_understand_before_its_first_byte(ask, query, parameter):
    for kind in ("csv", "ndjson"):
        answer = ask(f"operations/export.{kind}?{query}")
        assert (answer.status, answer.json["parameter"]) == (400, parameter)


def test_only_so_many_whole_lists_are_sent_at_a_time(ask, client, settings):
    settings.EXPORTS_AT_ONCE = 1
    under_way = client.get("/api/v1/citations/export.csv")
    remaining = iter(under_way.streaming_content)
    assert next(remaining).startswith(b"id,")
    refused = ask("operations/export.csv")
    assert (refused.status, refused.headers["Retry-After"]) == (429, "5")
    assert refused.json["type"] == "/data/#error-too-many-requests"
    list(remaining)
    assert ask("operations/export.csv").status == 200


def test_a_list_that_its_reader_leaves_makes_room_for_another(settings):
    settings.EXPORTS_AT_ONCE = 1
    gate = Gate()
    lines = gate.through(iter(["one\n", "two\n"]))
    next(lines)
    with pytest.raises(Throttled):
        gate.check()
    lines.close()
    gate.check()


def graph(ask, get, address):
    """Return the triples of an answer, read as any program of linked data would."""
    told = ask(address, accept="application/ld+json")
    assert told.headers["Content-Type"] == "application/ld+json"
    assert told.json["@context"] == f"{SITE}/context.jsonld"
    whole = told.json | {"@context": get("context.jsonld")["@context"]}
    with catch_warnings(action="ignore", category=DeprecationWarning):  # rdflib's, of itself
        return Graph().parse(data=json.dumps(whole), format="json-ld")


def test_an_operation_is_an_event_of_schema_org_with_its_own_dates(ask, get):
    found = graph(ask, get, "operations/french-initiative-mali-2013/")
    operation = URIRef(f"{SITE}/operations/french-initiative-mali-2013/")
    assert {OWN.Operation, SCHEMA.Event} <= set(found.objects(operation, RDF.type))
    record = get("operations/french-initiative-mali-2013/")
    assert found.value(operation, SCHEMA.identifier) == Literal(record["id"])
    assert found.value(operation, SCHEMA.name) == Literal(record["name"])
    start = found.value(operation, OWN.start)
    assert found.value(start, OWN.earliest) == Literal("2013-01-01", datatype=XSD.date)
    edtf = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
    assert found.value(start, OWN.edtf) == Literal("2013", datatype=edtf)


def test_a_code_leads_to_the_list_that_defines_it(ask, get):
    found = graph(ask, get, "contributors/?operation=takuba-task-force&country=EE")
    (contributor,) = found.subjects(RDF.type, OWN.Contributor)
    ladder = f"{SITE}/vocabularies/ladder-status/#"
    assert found.value(contributor, OWN.status) == URIRef(f"{ladder}committed")
    steps = found.objects(contributor, OWN.ladder)
    assert URIRef(f"{ladder}committed") in {found.value(step, OWN.status) for step in steps}
    assert found.value(contributor, OWN.country) == URIRef(f"{SITE}/countries/EE/")


def test_a_statement_is_a_quotation_with_its_speaker(ask, get):
    record = next(e for e in everything(get, "statements/") if e["words"] and e["speaker"]["id"])
    found = graph(ask, get, record["api_url"])
    statement = URIRef(record["api_url"])
    assert SCHEMA.Quotation in set(found.objects(statement, RDF.type))
    assert found.value(statement, SCHEMA.text) == Literal(record["words"])
    speaker = found.value(statement, SCHEMA.creator)
    assert speaker == URIRef(record["speaker"]["api_url"])
    assert found.value(speaker, SCHEMA.name) == Literal(record["speaker"]["name"])


def test_a_country_has_its_names_in_two_languages(ask, get):
    found = graph(ask, get, "countries/ML/")
    (country,) = found.subjects(RDF.type, SCHEMA.Country)
    assert {name.language for name in found.objects(country, SCHEMA.name)} == {"en", "fr"}


@pytest.mark.parametrize("name", CATALOGUE)
def test_linked_data_says_of_every_record_what_json_says_and_claims_nothing_empty(ask, get, name):
    found = graph(ask, get, f"{name}/?page_size=200")
    own = OWN[SERIALIZERS[name].noun()]
    records = {URIRef(each["api_url"]) for each in everything(get, f"{name}/?page_size=200")[:200]}
    assert records <= set(found.subjects(RDF.type, own))
    assert Literal("") not in set(found.objects())


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_field_of_a_record_has_a_meaning_in_the_context(get, name):
    context = get("context.jsonld")["@context"]
    serializer = SERIALIZERS[name]
    terms = {**context, **context[serializer.noun()]["@context"]}
    assert set(serializer.names()) <= set(terms)


def test_the_page_of_a_list_is_a_dataset_under_its_licence(ask, get):
    told = ask("operations/?format=jsonld").json
    assert (told["@type"], told["license"]) == (
        "schema:Dataset",
        "https://creativecommons.org/licenses/by/4.0/",
    )
    assert [each["@type"] for each in told["results"]] == [["Operation", "schema:Event"]] * told[
        "count"
    ]
