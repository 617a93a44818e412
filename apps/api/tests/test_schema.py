"""The OpenAPI description: valid, complete, and true of what is answered."""

import json
import re

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from apps.api.examples import answers, listed_at, shown_at
from apps.api.serializers import SERIALIZERS
from apps.records.asking import SHARED
from apps.records.catalogue import CATALOGUE
from apps.records.vocabularies import VOCABULARIES

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def schema():
    return SchemaGenerator().get_schema(request=None, public=True)


def test_the_description_is_valid_openapi_3_1(schema):
    assert schema["openapi"].startswith("3.1")
    validate_schema(schema)


def test_the_description_is_served_in_json_and_yaml(ask):
    assert ask("schema/").json == yaml.safe_load(ask("schema/?format=yaml").text)


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_parameter_of_a_list_is_described(schema, name):
    listed = schema["paths"][f"/api/v1/{name}/"]["get"]["parameters"]
    described = {each["name"] for each in listed if each["in"] == "query"}
    own = set(CATALOGUE[name].filters.base_filters)
    shared = set(SHARED) - ({"q", "on"} - own)
    assert described == own | (shared if SERIALIZERS[name].expansions() else shared - {"expand"})
    assert all(each["description"] for each in listed)


def test_every_operation_tells_its_errors_as_problems(schema):
    for methods in schema["paths"].values():
        for operation in methods.values():
            responses = operation["responses"]
            assert {"200", "400", "406", "503"} <= set(responses)
            for status in {"400", "404", "406", "503"} & set(responses):
                assert list(responses[status]["content"]) == ["application/problem+json"]


def test_nothing_can_be_posted_but_the_questions_of_openrefine(schema):
    posted = {path for path, methods in schema["paths"].items() if list(methods) != ["get"]}
    assert posted == {"/api/v1/reconcile/"}
    assert list(schema["paths"]["/api/v1/reconcile/"]) == ["get", "post"]


@pytest.mark.parametrize("query", ["", "?nothing=1", f"?q={'a' * 5_000}"])
def test_a_method_that_is_not_described_is_refused_as_such_whatever_it_asks(schema, client, query):
    for path, methods in schema["paths"].items():
        address = re.sub(r"{\w+}", "barkhane", path) + query
        for method in {"delete", "patch", "post", "put", "trace"} - set(methods):
            answer = client.generic(method.upper(), address)
            assert (method, answer.status_code) == (method, 405), address


def test_every_vocabulary_is_a_component_with_its_codes(schema):
    components = schema["components"]["schemas"]
    for vocabulary in VOCABULARIES.values():
        if vocabulary.__name__ != "Publication":
            assert components[vocabulary.__name__]["enum"] == vocabulary.values


def holds(schema, component, answer):
    """Assert that an answer is what a component describes, with no field beside those."""
    definition = {"$ref": f"#/components/schemas/{component}", "components": schema["components"]}
    jsonschema.validate(answer, definition, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("name", CATALOGUE)
def test_lists_and_records_are_what_the_description_says(schema, get, name):
    noun = SERIALIZERS[name].noun()
    expand = ",".join(SERIALIZERS[name].expansions())
    facets = ",".join(CATALOGUE[name].facets)
    for query in ("", f"facets={facets}", f"expand={expand}"):
        page = get(f"{name}/?page_size=200&{query}")
        holds(schema, f"{noun}List", page)
        for record in page["results"]:
            holds(schema, noun, record)
            assert set(record) <= set(schema["components"]["schemas"][noun]["properties"])


@pytest.mark.parametrize(
    ("address", "component"),
    [
        ("", "Index"),
        ("changes/", "ChangeList"),
        ("revisions/", "RevisionList"),
        ("vocabularies/", "VocabularyList"),
        ("vocabularies/act/", "Vocabulary"),
        ("releases/", "ReleaseList"),
        ("receipts/?type=operations", "Receipt"),
    ],
)
def test_the_other_answers_are_what_the_description_says(schema, get, address, component):
    holds(schema, component, get(address))


def test_a_problem_is_what_the_description_says(schema, ask):
    for address in ("operations/?statu=x", "nowhere/", "operations/?page_size=x"):
        holds(schema, "Problem", ask(address).json)


def examples(schema):
    """Give every address with one example of a parameter in it."""
    for path, methods in schema["paths"].items():
        for parameter in methods["get"]["parameters"]:
            for example in parameter.get("examples", {}).values():
                value = example["value"]
                text = ",".join(value) if isinstance(value, list) else value
                if parameter["in"] == "path":
                    yield path.format(key=text)
                elif "{" not in path:
                    yield f"{path}?{parameter['name']}={text}"


def test_every_example_of_a_parameter_is_answered(schema, ask):
    addresses = [*examples(schema)]
    assert "/api/v1/contributors/?operation=takuba-task-force" in addresses
    assert "/api/v1/operations/barkhane/" in addresses
    for address in addresses:
        answer = ask(f"http://testserver{address}")
        assert answer.status == 200, answer.text


def unsigned(text):
    """Read an answer without the signature of its cursor, which each server has its own of."""
    return json.loads(re.sub(r"(cursor=[^.\"]*)\.[^\"]*", r"\1", text))


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_list_and_a_record_show_what_the_seed_answers(schema, ask, name):
    for address in (listed_at(CATALOGUE[name]), shown_at(CATALOGUE[name])):
        told = unsigned(ask(address, host="127.0.0.1:8000").text)
        kept = unsigned(json.dumps(answers()[address]))
        assert kept == told, "run `python -m tests.answers`"
    for path in (f"/api/v1/{name}/", f"/api/v1/{name}/{{key}}/"):
        content = schema["paths"][path]["get"]["responses"]["200"]["content"]
        (example,) = content["application/json"]["examples"].values()
        assert example["value"] in answers().values()


def test_the_first_example_of_a_filter_asks_nothing(schema):
    """Swagger fills in the first: all of them at once would find nothing."""
    for name in CATALOGUE:
        for parameter in schema["paths"][f"/api/v1/{name}/"]["get"]["parameters"]:
            shown = list(parameter.get("examples", {}).values())
            assert not shown or shown[0]["value"] in ("", [])
