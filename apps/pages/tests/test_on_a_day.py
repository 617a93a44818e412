"""`?on=` on the page of a record: what was true that day, certainly and possibly told apart."""

import re

import pytest

from apps.pages.tests.conftest import cited, countries, newest
from apps.pages.tests.test_timeline_pages import contributing
from apps.records.models import LadderStep, Membership, Milestone, Office, Source
from apps.records.tests import making
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

DAY = "2020-01-15"


def held(page):
    """Return the table of the day: for each row what is certain and what is only possible."""
    table = re.search(r'id="on-that-day">.*?</table>', page.html, re.S)
    cells = re.findall(
        r'<tr><th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>', table[0], re.S
    )
    return {words(name): (words(certain), words(possible)) for name, certain, possible in cells}


def words(html):
    return " ".join(re.sub(r"<button.*?</button>|<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        ("2019", "2021", "was running on 15 January 2020."),
        ("", "", "may have been running on 15 January 2020: no source says when it began or ended"),
        ("2019", "", "may have been running on 15 January 2020: no source says when it ended."),
        ("", "2021", "may have been running on 15 January 2020: no source says when it began."),
        ("2020", "2021", "may have been running on 15 January 2020: its dates are not known to"),
        ("2020-02", "", "had not begun on 15 January 2020."),
        ("2013", "2019", "had ended by 15 January 2020."),
    ],
)
def test_an_operation_says_whether_it_ran(publish, visit, start, end, sentence):
    publish(making.operation, "ran", start=start, end=end, cite="name start end")
    assert f"Ran {sentence}" in visit("/operations/ran/", on=DAY)


def test_each_contributor_stands_where_it_stood_that_day(publish, source, visit):
    operation = publish(making.operation, "stood")
    certain, open_one, undated, later = countries(source, 4)
    contributing(source, operation, certain, ("announced", "2019"), ("deployed", "2020-01-10"))
    contributing(source, operation, open_one, ("announced", "2019"), ("deployed", "2020-01"))
    contributing(source, operation, undated, ("announced", ""), ("deployed", "2020-03"))
    contributing(source, operation, later, ("announced", "2020-02"))
    table = held(visit("/operations/stood/", on=DAY))
    assert table["Testland A"] == ("Deployed, since 10 January 2020", "nothing else")
    assert table["Testland B"] == (
        "nothing",
        "Announced, since 2019 Deployed, since January 2020",
    )
    assert table["Testland C"] == ("nothing", "Announced, date not stated")
    assert table["Testland D"] == ("nothing", "nothing")


def test_figures_and_milestones_of_that_day_are_told_apart(publish, source, visit):
    operation = publish(making.operation, "figured")
    for number, date in ((1000, DAY), (2000, ""), (3000, "2020-01"), (4000, "2019")):
        publish(making.strength, operation, least=number, most=number, date=date, cite="least date")
    with revision(reason="Reached"):
        milestone = Milestone.objects.create(
            operation=operation, kind="initial_operating_capability", reached="2019-12"
        )
        cited(source, milestone, "kind reached")
    table = held(visit("/operations/figured/", on=DAY))
    assert "1,000" in table["Personnel"][0]
    assert [n for n in ("1,000", "2,000", "3,000", "4,000") if n in table["Personnel"][1]] == [
        "2,000",
        "3,000",
    ]
    assert table["Initial operating capability"][0] == "reached December 2019"


def test_both_clocks_answer_together(publish, source, visit):
    operation = publish(making.operation, "clocked")
    (country,) = countries(source, 1)
    contributing(source, operation, country, ("announced", "2019"))
    before = newest()
    LadderStep.objects.filter(contributor__operation=operation).update(status="committed")
    now = visit("/operations/clocked/", on=DAY)
    then = visit("/operations/clocked/", on=DAY, as_of=before)
    assert held(now)["Testland A"][0].startswith("Committed")
    assert held(then)["Testland A"][0].startswith("Announced")
    assert f"This is what revision {before} said of that day." in then
    assert f'name="as_of" value="{before}"' in then.html
    assert f'name="on" value="{DAY}"' in then.html
    assert f'href="/operations/clocked/?as_of={before}"' in then.html


def test_a_pinned_address_keeps_the_day(publish, visit):
    publish(making.operation, "pinned")
    answer = visit(f"/operations/pinned@{newest()}/", on=DAY)
    assert f"on={DAY}" in answer.response.url
    assert f"as_of={newest()}" in answer.response.url


def test_countries_organizations_and_people_tell_what_they_held(publish, source, visit):
    member, past = countries(source, 2)
    grouping = publish(making.organization, "grouping")
    person = publish(making.person, "someone")
    with revision(reason="Tenures"):
        for country, start, end in ((member, "2014", "2020-06/.."), (past, "2014", "")):
            membership = Membership.objects.create(
                organization=grouping, country=country, start=start, end=end
            )
            cited(source, membership, "country start end")
        office = Office.objects.create(
            person=person, title="Minister", country=member, start="2019", end="2021"
        )
        cited(source, office, "title person country start end")
    country = held(visit(f"/countries/{member.iso2}/", on=DAY))
    assert country["Member of"] == ("Grouping", "nothing else")
    assert country["People in office"] == ("Someone, Minister", "nothing else")
    assert held(visit("/organizations/grouping/", on=DAY))["Members"] == (
        "Testland A",
        "Testland B",
    )
    assert held(visit("/people/someone/", on=DAY))["In office"][0] == "Minister"
    assert "Nothing recorded of Someone held on 1 January 1990." in visit(
        "/people/someone/", on="1990-01-01"
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (DAY, "This was said on 15 January 2020."),
        ("2020-01", "This may have been said on 15 January 2020: its date leaves it open."),
        ("2019", "This was not said on 15 January 2020."),
    ],
)
def test_a_statement_says_whether_it_was_made_that_day(publish, visit, said, sentence):
    statement = publish(making.statement, said=said, cite="summary said")
    assert sentence in visit(f"/statements/{statement.public_id}/", on=DAY)


@pytest.mark.parametrize(
    "address",
    [
        "/operations/barkhane/?on=2020",
        "/operations/barkhane/?on=yesterday",
        "/countries/FR/?on=2020-02-30",
        "/people/florence-parly/?on=2020-01-15&on=2020-01-16",
    ],
)
def test_a_day_that_cannot_be_answered_is_refused_by_name(seed_page, address):
    page = seed_page(address)
    assert page.status == 400
    assert "on" in re.findall(r"<code>(\w+)</code>|`(\w+)`", page.html)[0]


def test_an_empty_form_asks_for_the_page_as_it_is(seed_page):
    page = seed_page("/operations/barkhane/?on=&as_of=")
    assert page.status == 200
    assert 'role="note"' not in page.html


UNDATED = ("/", "/sources/", "/search/?q=mali", "/changes/", "/operations/barkhane/history/",
           "/about/", "/data/", "/changes/1/")  # fmt: skip


@pytest.mark.parametrize("address", UNDATED)
def test_where_a_day_changes_nothing_the_page_says_so_and_keeps_it(address, seed_page):
    page = seed_page(f"{address}{'&' if '?' in address else '?'}on=2020-01-15")
    assert page.status == 200
    assert "The day you ask about, 15 January 2020, changes nothing on this page." in page
    assert 'href="/statements/?on=2020-01-15"' in page.html
    assert '<input type="hidden" name="on" value="2020-01-15">' in page.html
    assert "changes nothing" not in seed_page(address)


def test_a_source_takes_a_day_too(seed_page):
    source = Source.objects.get()
    assert "changes nothing on this page" in seed_page(source.get_absolute_url(), on="2020-01-15")


@pytest.mark.parametrize(
    "address", ["/sources/", "/search/", "/changes/", "/sources/f80xybx6ztdh/"]
)
def test_a_day_that_cannot_be_is_refused_there_too(address, seed_page):
    page = seed_page(address, on="2020-02-31")
    assert page.status == 400
    assert "2020-02-31" in page


def test_a_list_tells_the_certain_from_the_possible_in_words(publish, visit):
    publish(making.operation, "sure", start="2019-05", end="2021")
    publish(making.operation, "perhaps", start="2019-05")
    page = visit("/operations/", on="2020-01-15", q="sure or perhaps")
    assert "Sure certainly" in page
    assert "Perhaps possibly" in page
    assert "Sure certainly" not in visit("/operations/", q="sure")


def test_links_of_a_list_of_a_day_lead_to_records_on_the_day(seed_page):
    page = seed_page("/operations/", on="2020-01-15", as_of=1)
    assert 'href="/operations/barkhane/?on=2020-01-15"' in page.html
    source = seed_page("/sources/", on="2020-01-15")
    assert 'href="/sources/f80xybx6ztdh/?on=2020-01-15"' in source.html
    assert 'href="/sources/?ordering=title&amp;on=2020-01-15"' in source.html
    assert "sources/?on" not in source.html.split("JSON</a>")[0].rsplit("<li>", 1)[1]
