"""What the database refuses although the form did not: races, and rows below a record."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, IntegrityError, OperationalError, transaction

from apps.desk.refusals import Refusal, refusal
from apps.records.models import Contributor, Country, Operation, StrengthFigure
from apps.revisions.writing import check_now

pytestmark = pytest.mark.django_db


def refused(model: Any, **values: Any) -> DatabaseError:
    """Return what PostgreSQL says to a row that no form has looked at."""
    with pytest.raises(DatabaseError) as caught:
        _created(model, values)
    return caught.value


@transaction.atomic
def _created(model: Any, values: dict[str, Any]) -> None:
    model.objects.create(**values)
    check_now()


@pytest.fixture
def sabre() -> Operation:
    return Operation.objects.create(slug="sabre", name="Sabre")


def test_a_key_taken_in_the_meantime_is_refused_at_its_field(sabre: Operation) -> None:
    found = refusal(refused(Operation, slug="sabre", name="Other"), Operation)
    assert found.field == "slug"
    assert "already exists" in found.message


def test_an_address_that_leads_to_another_record_is_refused_at_its_field() -> None:
    Operation.objects.filter(slug="barkhane").update(slug="operation-barkhane")
    found = refusal(refused(Operation, slug="barkhane", name="Other"), Operation)
    assert found.field == "slug"
    assert "leads to “Barkhane”" in found.message


def test_a_check_speaks_in_the_words_of_its_model(sabre: Operation) -> None:
    fault = refused(StrengthFigure, operation=sabre, least=2, most=1)
    assert refusal(fault, StrengthFigure) == Refusal("The least cannot be above the most.")


def test_a_row_below_the_record_is_named(sabre: Operation) -> None:
    values = {"operation": sabre, "country": Country.objects.get(iso2="ML")}
    Contributor.objects.create(**values)
    assert refusal(refused(Contributor, **values), Operation) == Refusal(
        "Contributor: This contributor to the operation is already entered."
    )


def test_what_is_not_a_refusal_is_raised_again() -> None:
    for fault in (OperationalError("the server is away"), IntegrityError("of no known cause")):
        with pytest.raises(type(fault)):
            refusal(fault, Operation)


def test_a_constraint_of_another_app_is_told_as_the_database_says_it() -> None:
    fault = refused(Group, name="Reviewer")
    assert "auth_group_name_key" in refusal(fault, Operation).message
