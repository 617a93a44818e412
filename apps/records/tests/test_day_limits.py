"""A long list from a day on, or until one: its pages hold what the whole does, in its order."""

import pytest

from apps.records import asking
from apps.records.tests import making

pytestmark = pytest.mark.django_db

DATES = (
    *("2018-05-03", "2019", "2020", "2020-06", "2020-06-14", "2020-06-15", "2020-06-16"),
    *("2020/2022", "../2020-07", "2020-06-15/..", "2021", "2021", "202X", ""),
)


@pytest.fixture
def long_lists(monkeypatch):
    """Let two records be more than are sorted."""
    monkeypatch.setattr(asking, "CAP", 1)
    for said in DATES:
        making.statement(said=said)


@pytest.mark.parametrize("ordering", ["said", "-said"])
@pytest.mark.parametrize(
    "asked",
    [
        "said_from=2020-06-15",
        "said_from=2021",
        "said_from=2020-06-15&match=certain",
        "said_until=2020-06-15",
        "said_from=2020-06&said_until=2020",
        "said_from=2030",
        "said_until=2000",
    ],
)
def test_pages_forth_and_back_are_the_whole_list(asked, ordering, long_lists):
    query = f"{asked}&ordering={ordering}"
    expected = [record.pk for record in making.whole("statements", query)]
    pages = [making.asked("statements", f"{query}&page_size=2")]
    while pages[-1].next:
        pages.append(making.asked("statements", f"{query}&page_size=2&cursor={pages[-1].next}"))
    keys = [[record.pk for record in page.records] for page in pages]

    assert sum(keys, []) == expected
    for number, page in reversed(list(enumerate(pages))[1:]):
        back = making.asked("statements", f"{query}&page_size=2&cursor={page.previous}")
        assert [record.pk for record in back.records] == keys[number - 1]


def test_what_lies_across_the_day_is_looked_for_alone(long_lists, django_assert_max_num_queries):
    """Among a million the order would be walked from its beginning to the day."""
    with django_assert_max_num_queries(8) as asked:
        making.asked("statements", "said_from=2020-06-15&ordering=said&page_size=3")
    pages = [query["sql"] for query in asked.captured_queries if "LIMIT 4" in query["sql"]]

    assert "= ANY (ARRAY(" in pages[0]
    assert '"said_earliest" < ' in pages[0]
