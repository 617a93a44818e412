"""Every page of the desk answers, offers search for every relation, and counts its queries."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import User
from django.db import connection, models
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.desk.citing import CitedRowForm
from apps.desk.passages import reading_address
from apps.desk.tests.conftest import a_source, address, filled, list_of
from apps.records.models import (
    Citation,
    Contributor,
    Country,
    LadderStep,
    Membership,
    Milestone,
    Office,
    Operation,
    Organization,
    Person,
    Record,
    Source,
    SourceText,
    Statement,
    StrengthFigure,
)
from apps.revisions.models import Successor
from apps.revisions.tracking import REGISTRY

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

PAGES = {model: page for model, page in admin.site._registry.items() if model in REGISTRY}
NAMES = [model.__name__ for model in PAGES]
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son\w+=")


def test_every_record_and_part_has_a_page() -> None:
    below = {inline.model for page in PAGES.values() for inline in page.inlines}
    assert {*REGISTRY} - {Successor} == {*PAGES, *below}
    assert {model for model in REGISTRY if issubclass(model, Record)} <= {*PAGES}


@pytest.mark.parametrize("model", PAGES, ids=NAMES)
def test_every_page_answers_without_inline_scripts(desk: Client, model: Any) -> None:
    row = model.objects.first()
    assert row, f"the seed has no {model.__name__}"
    found = [list_of(model), *(address(row, role) for role in ("change", "history", "delete"))]
    if PAGES[model].has_add_permission(_request(desk)):
        found.append(list_of(model, "add"))
    for place in [*found, f"{list_of(model)}?q=mali", f"{list_of(model)}?cited=no"]:
        page = desk.get(place, follow=True)
        assert page.status_code == 200, place
        assert not INLINE_SCRIPT.search(page.content.decode()), place


def test_the_front_page_says_what_is_waiting(desk: Client) -> None:
    Operation.objects.create(slug="a", name="A")
    Operation.objects.create(slug="b", name="B", publication="in_review")
    Operation.objects.create(slug="c", name="C", publication="in_review")
    (operations,) = [
        row
        for row in desk.get(reverse("admin:index")).context["waiting"]
        if row["opts"].model is Operation
    ]
    assert (operations["draft"], operations["in_review"]) == (1, 2)


def test_the_front_page_begins_with_what_to_read_on(desk: Client) -> None:
    public, reading, next_one = (a_source(title=name) for name in ("Public", "Begun", "Pasted"))
    for source in (public, reading, next_one):
        stored = SourceText.objects.create(source=source, text="Words.")
        Source.objects.filter(pk=source.pk).update(text_sha256=stored.sha256, paragraphs=1)
    Source.objects.filter(pk=public.pk).update(publication="published")
    a_source(title="Without its text")
    page = desk.get(reverse("admin:index"))
    assert [*page.context["being_read"]] == [next_one, reading]
    assert reading_address(reading.pk) in page.content.decode()


def test_records_are_listed_as_they_are_worked_on(desk: Client) -> None:
    apps = desk.get(reverse("admin:index")).context["app_list"]
    assert apps[0]["app_label"] == "records"
    listed = [row["model"] for row in apps[0]["models"]]
    assert (listed[0], listed[1], listed[-1]) == (Source, Operation, Citation)


def test_rows_that_are_there_are_folded_but_not_one_that_is_to_be_mended(desk: Client) -> None:
    barkhane = Operation.objects.get(slug="barkhane")
    place = address(barkhane)
    folded = desk.get(place).content.decode()
    rows = barkhane.citations.count() + barkhane.contributors.count() + barkhane.strengths.count()
    assert folded.count('<details class="folded">') == rows
    wrong = filled(desk.get(place)) | {"citations-0-excerpt": ""}
    again = desk.post(place, wrong).content.decode()
    assert again.count('<details class="folded" open>') == 1


@pytest.mark.parametrize("model", PAGES, ids=NAMES)
def test_no_form_shows_bounds_search_columns_or_forgets_a_field(desk: Client, model: Any) -> None:
    page = PAGES[model]
    shown = set(flatten_fieldsets(page.get_fieldsets(_request(desk), model.objects.first())))
    written = {f.name for f in model._meta.local_concrete_fields if f.editable and f.name != "id"}
    assert written <= shown
    assert not [name for name in shown if name.endswith(("_earliest", "_latest"))]
    assert "search" not in shown


def relations() -> Iterator[tuple[Any, str, bool]]:
    """Give every relation of a form or of rows below one, and whether it is searched for."""
    for page in PAGES.values():
        yield from _relations(page, page.get_fieldsets(_request(None)))
        for inline in page.get_inline_instances(_request(None)):
            yield from _relations(inline, inline.get_fieldsets(_request(None)))


def _relations(page: Any, fieldsets: Any) -> Iterator[tuple[Any, str, bool]]:
    names = set(flatten_fieldsets(fieldsets)) - {*page.readonly_fields}
    for field in page.model._meta.get_fields():
        if field.name in names and isinstance(field, models.ForeignKey | models.ManyToManyField):
            yield page.model, field.name, field.name in page.autocomplete_fields


def test_every_relation_is_searched_for() -> None:
    assert [(model, name) for model, name, searched in relations() if not searched] == []
    forms = [inline.form for page in PAGES.values() for inline in page.inlines]
    assert any(issubclass(form, CitedRowForm) for form in forms)


def test_the_search_for_every_relation_finds_rows_in_a_fixed_number_of_queries(
    desk: Client,
) -> None:
    for model, name, _searched in set(relations()):
        place = {"app_label": "records", "model_name": model._meta.model_name, "field_name": name}
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = desk.get(reverse("admin:autocomplete"), place)
        assert found.json()["results"], (model, name)
        assert len(queries) <= 6, (model, name, len(queries))


def test_a_search_folds_accents_and_survives_what_is_not_text(desk: Client) -> None:
    place = {"app_label": "records", "model_name": "operationcountry", "field_name": "country"}
    Country.objects.create(
        iso2="XB", iso3="XBB", numeric="998", name_en="Côte d’Essai", name_fr="Côte d’Essai"
    )
    for term in ("cote d", "Côte"):
        found = desk.get(reverse("admin:autocomplete"), place | {"term": term}).json()["results"]
        assert "Côte d’Essai" in [row["text"] for row in found]
    assert desk.get(reverse("admin:autocomplete"), place | {"term": "\0"}).status_code == 200


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _country(number: int) -> Country:
    two = f"{LETTERS[number // 26]}{LETTERS[number % 26]}"
    return Country(iso2=two, iso3=f"{two}X", numeric=f"{number:03}", name_en=two, name_fr=two)


def _is_taken(row: Any) -> bool:
    """Whether the seed has this country already."""
    codes = models.Q(iso2=getattr(row, "iso2", "")) | models.Q(numeric=getattr(row, "numeric", ""))
    return isinstance(row, Country) and Country.objects.filter(codes).exists()


def _rows() -> dict[Any, Callable[[int], Any]]:
    """Return how to make row number n of each type, all on the same relations."""
    operation = Operation.objects.create(slug="of-rows", name="Of rows")
    organization = Organization.objects.create(slug="of-rows", name="Of rows")
    person = Person.objects.create(slug="of-rows", name="Of rows")
    country, source = Country.objects.get(iso2="ML"), a_source(paragraphs=None)
    contributor = Contributor.objects.create(operation=operation, country=country)
    operations = [Operation(slug=f"operation-{n}", name="X") for n in range(400)]
    Operation.objects.bulk_create(operations)
    cited = {"source": source, "excerpt": "x", "field": "roles"}
    return {
        Operation: lambda n: Operation(slug=f"n-{n}", name="N", predecessor=operation),
        Organization: lambda n: Organization(slug=f"n-{n}", name="N"),
        Person: lambda n: Person(slug=f"n-{n}", name="N"),
        Source: lambda n: Source(title=f"N {n}"),
        Contributor: lambda n: Contributor(operation=operations[n], organization=organization),
        LadderStep: lambda n: LadderStep(contributor=contributor, place=n + 1, status="announced"),
        Milestone: lambda n: Milestone(
            operation=operation, kind="initial_operating_capability", expected=str(1000 + n)
        ),
        Membership: lambda n: Membership(
            organization=organization, country=country, start=str(1000 + n)
        ),
        Office: lambda n: Office(
            person=person, title=str(n), country=country, organization=organization
        ),
        StrengthFigure: lambda n: StrengthFigure(
            operation=operation, contributor=contributor, least=n
        ),
        Statement: lambda n: Statement(speaker_person=person, words=f"N {n}"),
        Citation: lambda n: Citation(**cited, contributor=contributor, paragraph=n + 1),
        Country: _country,
    }


@pytest.mark.parametrize("model", PAGES, ids=NAMES)
def test_a_list_of_200_takes_as_many_queries_as_one_of_20(desk: Client, model: Any) -> None:
    make = _rows()[model]
    fitting = [number for number in range(400) if not _is_taken(make(number))]
    counts = []
    for numbers in (fitting[:20], fitting[20:180]):
        model.objects.bulk_create([make(number) for number in numbers])
        desk.get(list_of(model), {"all": ""})
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(list_of(model), {"all": ""}).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def _request(desk: Client | None) -> Any:
    """Return a request of somebody who may do everything."""
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True)
    return request
