"""PostgreSQL writes the bytes that the serializers write: of every record, however awkward."""

import json
import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db.models import prefetch_related_objects
from rest_framework import serializers

from apps.api.compile import Shown, compiled, expression
from apps.api.negotiation import Json, Written
from apps.api.serializers import SERIALIZERS
from apps.api.serializers.base import lookups
from apps.api.serializers.citations import SourceSerializer
from apps.records.catalogue import CATALOGUE
from apps.records.ladders import with_status_on
from apps.records.models import TARGETS, Citation
from apps.records.tests.awkward import commit_awkward_records
from apps.revisions.public import reading

pytestmark = pytest.mark.slow

SITE = "https://sahelref.example:8443"


def both(name, as_of="", **asked):
    """Return the JSON of all records of a type: as the serializer writes it, and as PostgreSQL."""
    model, kind = CATALOGUE[name].model, SERIALIZERS[name]
    serializer = kind(context={"site": SITE, **asked})
    with reading(as_of):
        records = list(model.objects.order_by("pk"))
        prefetch_related_objects(records, *dict.fromkeys(lookups(serializer)))
        plain = [Json().render(serializer.to_representation(record)) for record in records]
        rows = model.objects.order_by("pk").annotate(shown=expression(kind, Shown.by(serializer)))
        return plain, [
            Json().render(Written(text)) for text in rows.values_list("shown", flat=True)
        ]


def assert_equal(name, as_of="", **asked):
    plain, compiled = both(name, as_of, **asked)
    assert plain, f"there are {name} to compare"
    for expected, made in zip(plain, compiled, strict=True):
        assert json.loads(made) == json.loads(expected)
        assert made == expected


def ways_of_showing(name):
    """Give every way of showing a type: as it is, each expansion, all of them, each field alone."""
    kind = SERIALIZERS[name]
    return [
        {},
        *({"expand": (each,)} for each in kind.expansions()),
        {"expand": tuple(kind.expansions())},
        *({"fields": (each,)} for each in kind.names()),
        {"fields": tuple(reversed(kind.names())), "expand": tuple(kind.expansions()[:1])},
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("name", CATALOGUE)
def test_every_seeded_record_has_the_same_bytes_however_it_is_shown(name):
    for asked in ways_of_showing(name):
        assert_equal(name, **asked)


@pytest.fixture
def awkward(committed_db):
    commit_awkward_records()


def test_awkward_records_have_the_same_bytes_now_and_then(awkward):
    assert {name for name in TARGETS if Citation.objects.filter(**{f"{name}__isnull": False})} == {
        *TARGETS
    }
    for name in CATALOGUE:
        expand = tuple(SERIALIZERS[name].expansions())
        for as_of in ("", "1", "2", "3"):
            assert_equal(name, as_of)
            assert_equal(name, as_of, expand=expand)


def test_a_past_state_is_written_as_it_was_before_it_was_changed(ask, awkward):
    now, then = ask("operations/barkhane/").json, ask("operations/barkhane/?as_of=1").json
    assert now["name"] != then["name"] == "Barkhane"


@pytest.mark.django_db
@pytest.mark.parametrize("name", CATALOGUE)
def test_the_bytes_of_an_answer_are_those_of_a_renderer(ask, name):
    expand = ",".join(SERIALIZERS[name].expansions())
    for address in (f"{name}/", f"{name}/?page_size=2&expand={expand}", f"{name}/?q=xyzzy"):
        answer = ask(address)
        assert answer.text.encode() == Json().render(answer.json)
        assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.django_db
def test_fields_come_in_the_order_of_the_serializer_and_not_of_the_question(get):
    barkhane = get("operations/barkhane/?fields=end,name,id&expand=contributors")
    assert list(barkhane) == ["id", "name", "end", "contributors"]


@pytest.mark.django_db
def test_addresses_begin_with_the_host_that_was_asked(ask, settings):
    settings.ALLOWED_HOSTS = ["*"]
    barkhane = ask("operations/barkhane/", host="sahelref.example:8443").json
    assert barkhane["api_url"] == "http://sahelref.example:8443/api/v1/operations/barkhane/"
    assert barkhane["page_url"] == "http://sahelref.example:8443/operations/barkhane/"


class Shouted(serializers.CharField):
    def to_representation(self, value):
        return super().to_representation(value).upper()


def with_title(field):
    """Return a serializer of sources that writes the title with `field`."""
    return type("TitledSerializer", (SourceSerializer,), {"title": field})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "field",
    [
        Shouted(),
        serializers.SerializerMethodField(),
        serializers.IntegerField(),
        serializers.CharField(source="key"),
        serializers.ListField(),
    ],
    ids=lambda field: type(field).__name__,
)
def test_a_field_that_writes_in_a_way_of_its_own_is_left_to_the_serializer(field):
    kind = with_title(field)
    assert expression(kind, Shown(SITE)) is None
    assert expression(kind, Shown(SITE, fields=("url",))) is not None


@pytest.mark.django_db
def test_a_type_that_cannot_be_compiled_is_answered_all_the_same(ask, get, monkeypatch):
    compiled = get("sources/")
    key = compiled["results"][0]["id"]
    monkeypatch.setitem(SERIALIZERS, "sources", with_title(Shouted()))
    cache.clear()  # an answer is kept until the next revision, and other code is none
    shouted = get("sources/")
    assert shouted["results"][0]["title"] == compiled["results"][0]["title"].upper()
    assert get(f"sources/{key}/") == shouted["results"][0]
    assert list(shouted["results"][0]) == list(compiled["results"][0])


@pytest.mark.django_db
@pytest.mark.parametrize("name", CATALOGUE)
def test_every_type_is_compiled_with_every_expansion(name):
    kind = SERIALIZERS[name]
    for expand in ((), *((each,) for each in kind.expansions()), tuple(kind.expansions())):
        assert expression(kind, Shown(SITE, expand=expand)) is not None


@pytest.mark.django_db
def test_what_citations_are_ordered_by_is_not_looked_up_again():
    sql, _ = compiled(SERIALIZERS["statements"](context={"site": SITE}))
    assert len(re.findall('(?:FROM|JOIN) "records_source"', sql)) == 1


@pytest.mark.parametrize("certain", [False, True])
def test_the_status_of_a_day_has_the_same_bytes(awkward, certain):
    day = date(2020, 12, 1)
    kind, shown = SERIALIZERS["contributors"], Shown(SITE, on=(day, certain))
    serializer = kind(context=shown._asdict())
    with reading(""):
        rows = CATALOGUE["contributors"].model.objects.order_by("pk")
        records = list(with_status_on(rows, day, certain=certain))
        prefetch_related_objects(records, *dict.fromkeys(lookups(serializer)))
        plain = [Json().render(serializer.to_representation(record)) for record in records]
        texts = rows.annotate(shown=expression(kind, shown)).values_list("shown", flat=True)
        assert [Json().render(Written(text)) for text in texts] == plain
    assert any(record.status_on_day for record in records)
