"""A record answers to every address it was published under, and no other may take it."""

import pytest
from django.db import IntegrityError, transaction

from apps.records.models import Operation, Person
from apps.records.tests import making
from apps.revisions.writing import check_now

pytestmark = pytest.mark.django_db


def rename(model, old, new):
    model.objects.filter(slug=old).update(slug=new)


def test_a_published_record_answers_to_its_former_address():
    rename(Operation, "barkhane", "operation-barkhane")
    (found,) = Operation.objects.with_key("barkhane")
    assert found.key == "operation-barkhane"
    assert found.answers_to("barkhane")


def test_an_address_taken_again_is_no_longer_a_former_one():
    for old, new in (("barkhane", "second"), ("second", "third"), ("third", "barkhane")):
        rename(Operation, old, new)
    assert Operation.objects.get(slug="barkhane").former_slugs == ["second", "third"]


def test_a_draft_may_be_renamed_without_a_trace():
    making.operation("first-try")
    rename(Operation, "first-try", "second-try")
    assert not Operation.objects.with_key("first-try").exists()


def test_no_other_record_takes_an_address_that_still_leads_somewhere():
    rename(Operation, "barkhane", "operation-barkhane")
    making.operation("other")
    for take in (
        lambda: making.operation("barkhane"),
        lambda: rename(Operation, "other", "barkhane"),
    ):
        with pytest.raises(IntegrityError, match="was that of another record"):
            committed(take)


@transaction.atomic
def committed(write):
    write()
    check_now()


def test_a_filter_understands_a_former_address():
    before = making.found("contributors", "operation=takuba-task-force")
    rename(Operation, "takuba-task-force", "takuba")
    assert making.found("contributors", "operation=takuba-task-force") == before != []


def test_records_of_another_type_may_share_an_address():
    rename(Operation, "barkhane", "operation-barkhane")
    assert making.person("barkhane") in Person.objects.with_key("barkhane")
