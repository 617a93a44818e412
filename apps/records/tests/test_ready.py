"""A query that is put together once gives what each asker asked for, and tells what it was."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from apps.records import ready
from apps.records.expressions import Literal
from apps.records.models import Country
from apps.revisions.public import reading

pytestmark = pytest.mark.django_db

MARK = "a code"


def named():
    """Return a query for the country of a code, with text that stands for no value in it."""
    countries = Country.objects.filter(iso2=MARK).annotate(said=Literal("100 %, $1"))
    return ready.made(countries.values_list("name_en", "said"))


@pytest.mark.parametrize("planned", [True, False])
def test_each_asker_gets_what_was_asked_for(planned):
    with reading():
        query = named()
        for code, name in (("FR", "France"), ("ML", "Mali"), ("XX", None)):
            rows = ready.rows(query, {MARK: code}, planned=planned)
            assert rows == ([(name, "100 %, $1")] if name else [])


def test_what_was_asked_is_told_with_its_values_and_can_be_asked_again():
    public = connections["public"]
    countries = Country.objects.filter(iso2=MARK).values_list("name_en")
    with reading(), CaptureQueriesContext(public) as asked:
        rows = ready.rows(ready.made(countries), {MARK: "FR"})
        told = asked.captured_queries[-1]["sql"]
        with public.cursor() as cursor:
            cursor.execute(told)
            assert cursor.fetchall() == rows == [("France",)]
