"""Two who code one source: blind until both have finished, then compared and made one."""

from typing import Any

import pytest
from django.test import Client

from apps.desk.coding.blindness import made_from
from apps.desk.models import Coding
from apps.desk.tests.accounts import an_account
from apps.desk.tests.conftest import (
    a_published_operation,
    address,
    an_article,
    filled,
    list_of,
    logged_in,
    newest,
)
from apps.records.models import Citation, Operation, Source, Statement, StrengthFigure
from apps.records.tests import making
from apps.revisions.writing import revision

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]

WORDS = "they will stay"


class Team:
    """An article that Anna and Ben code."""

    def __init__(self) -> None:
        self.article = an_article()
        self.users = [an_account("anna"), an_account("ben")]
        self.anna, self.ben = (logged_in(user) for user in self.users)
        for place, user in enumerate(self.users, start=1):
            Coding.objects.create(source=self.article, coder=user, place=place)

    @property
    def page(self) -> str:
        return address(self.article, "coding")

    def states(self, coder: int, paragraph: int = 1, **values: Any) -> Statement:
        """Let a coder make a statement from a paragraph."""
        excerpt = {1: WORDS, 2: "60 instructors"}[paragraph]
        with revision(editor=self.users[coder], reason="Coded"):
            statement = making.statement(**{"words": WORDS, "act": "announce", **values})
            cite(self.article, paragraph, excerpt, statement=statement, field="words")
        return statement

    def finish(self) -> None:
        for browser in (self.anna, self.ben):
            browser.post(self.page, {"do": "finish"})


def cite(source: Source, paragraph: int, excerpt: str, **supported: Any) -> Citation:
    return Citation.objects.create(source=source, paragraph=paragraph, excerpt=excerpt, **supported)


@pytest.fixture
def team() -> Team:
    return Team()


def body(browser: Client, path: str) -> str:
    return browser.get(path).content.decode()


def test_a_reviewer_chooses_two_people_and_no_one_twice(desk: Client) -> None:
    article, anna, ben = an_article(), an_account("anna"), an_account("ben")
    page = address(article, "coding")
    again = desk.post(page, {"do": "assign", "first": anna.pk, "second": anna.pk})
    assert "Two people code a source, not one of them twice." in again.content.decode()
    desk.post(page, {"do": "assign", "first": anna.pk, "second": ben.pk})
    assert [coding.coder for coding in article.codings.all()] == [anna, ben]


def test_a_researcher_chooses_nobody(team: Team) -> None:
    assert team.anna.post(team.page, {"do": "end"}).status_code == 403
    assert team.article.codings.count() == 2


def test_neither_is_shown_the_drafts_of_the_other(team: Team) -> None:
    theirs = team.states(0, words="Anna reads it so")
    (citation,) = made_from(team.article, team.users[0].pk)[1:]
    assert team.ben.get(address(theirs)).status_code == 302
    assert team.ben.get(address(citation)).status_code == 302
    for path in (
        list_of(Statement),
        list_of(Citation),
        address(team.article, "read"),
        f"{address(team.article, 'read')}".replace("read", "cite")
        + "?paragraph=1&for=existing&selection=Monday&q=Anna",
        "/admin/revisions/revision/",
    ):
        assert "Anna reads it so" not in body(team.ben, path), path
        assert "Coded" not in body(team.ben, path), path
    assert "Anna reads it so" in body(team.anna, list_of(Statement))


def test_the_form_does_not_say_that_the_other_made_the_same(team: Team) -> None:
    team.states(0, summary="They will stay there.")
    form = filled(team.ben.get(list_of(Statement, "add")))
    typed = {"words": WORDS, "summary": "They will stay there.", "act": "announce"}
    speaker = {"speaker_label": "Unnamed officials", "all_the_same": ""}
    assert team.ben.post(list_of(Statement, "add"), form | typed | speaker).status_code == 302
    assert Statement.objects.filter(words=WORDS).count() == 2


def test_who_does_not_code_the_source_sees_both(team: Team, desk: Client) -> None:
    statement = team.states(0)
    assert desk.get(address(statement)).status_code == 200


def test_what_one_publishes_the_other_sees(team: Team) -> None:
    operation = a_published_operation()
    with revision(editor=team.users[0], reason="Coded"):
        cite(team.article, 1, "on Monday", operation=operation, field="name")
    assert team.ben.get(address(operation)).status_code == 200


def test_nothing_is_compared_before_both_have_finished(team: Team) -> None:
    team.states(0), team.states(1)
    team.anna.post(team.page, {"do": "finish"})
    assert "Side by side" not in body(team.anna, team.page)
    team.ben.post(team.page, {"do": "finish"})
    assert "Side by side" in body(team.anna, team.page)


def test_records_of_one_kind_and_passage_stand_side_by_side_and_others_alone(team: Team) -> None:
    one, other = team.states(0, act="announce"), team.states(1, act="assess")
    alone = team.states(1, paragraph=2)
    team.finish()
    comparison = team.anna.get(team.page).context["comparison"]
    (pair,) = comparison.pairs
    assert (pair.first.record, pair.second.record) == (one, other)
    assert [line.name for line in pair.lines if line.differs] == ["act"]
    assert comparison.only_first == []
    assert [each.record for each in comparison.only_second] == [alone]


def test_of_two_from_one_paragraph_the_likest_are_matched(team: Team) -> None:
    said = [team.states(0, summary=text) for text in ("First thing", "Second thing")]
    read = [team.states(1, summary=text) for text in ("Second thing", "First thing")]
    team.finish()
    pairs = team.anna.get(team.page).context["comparison"].pairs
    matched = {(pair.first.record, pair.second.record) for pair in pairs}
    assert matched == {(said[0], read[1]), (said[1], read[0])}


def test_agreement_is_told_by_field(team: Team) -> None:
    for acts in (("announce", "announce"), ("assess", "announce"), ("assess", "assess")):
        for coder, act in enumerate(acts):
            team.states(coder, summary=f"{acts}", act=act)
    team.finish()
    agreements = team.anna.get(team.page).context["comparison"].agreements
    (act,) = [each for each in agreements if each.field == "act"]
    assert (act.units, act.same) == (3, 2)
    # Coincidences: 2 announce, 2 assess, 1 of each mixed: alpha = 1 - 5 * 2 / (3 * 3).
    assert act.alpha == pytest.approx(1 - 5 * 2 / (2 * 3 * 3), abs=0.0005)
    (words,) = [each for each in agreements if each.field == "words"]
    assert (words.same, words.alpha) == (3, None)


def test_figures_agree_the_more_the_nearer_they_are(team: Team) -> None:
    operation = a_published_operation()
    for coder, numbers in ((0, (60, 500)), (1, (61, 500))):
        with revision(editor=team.users[coder], reason="Coded"):
            for place, number in enumerate(numbers):
                figure = StrengthFigure.objects.create(operation=operation, least=number)
                excerpt = ("60 instructors", "was promised")[place]
                cite(team.article, 2, excerpt, strength=figure, field="least")
    team.finish()
    agreements = team.anna.get(team.page).context["comparison"].agreements
    (least,) = [each for each in agreements if each.field == "least"]
    assert least.same == 1
    assert 0.99 < least.alpha < 1


def test_two_are_made_one_with_the_citations_of_both_in_one_revision(team: Team) -> None:
    one = team.states(0, act="announce", summary="Anna")
    other = team.states(1, act="assess", summary="Ben")
    cite(team.article, 1, "on Monday", statement=other, field="said")
    operation = making.operation("sabre")
    one.operations.add(operation)
    team.finish()
    before = newest().number
    named = {"first_id": one.public_id, "second_id": other.public_id}
    chosen = {"act": "second", "summary": "first", "operations": "first"}
    team.anna.post(team.page, {"do": "merge", **named, **chosen, "reason": "Ben is right"})
    assert (newest().number, newest().reason) == (before + 1, "Ben is right")
    one.refresh_from_db()
    assert not Statement.objects.filter(pk=other.pk).exists()
    assert (one.act, one.summary, list(one.operations.all())) == ("assess", "Anna", [operation])
    excerpts = one.citations.values_list("excerpt", flat=True)
    assert sorted(excerpts) == ["on Monday", WORDS]


def test_what_is_chosen_of_many_is_what_the_one_record_has(team: Team) -> None:
    one, other = team.states(0), team.states(1)
    one.operations.add(making.operation("sabre"))
    other.operations.add(serval := making.operation("serval"))
    team.finish()
    named = {"first_id": one.public_id, "second_id": other.public_id}
    team.anna.post(team.page, {"do": "merge", **named, "operations": "second"})
    assert list(one.operations.all()) == [serval]


def test_two_that_do_not_stand_side_by_side_are_not_made_one(team: Team) -> None:
    one, other = team.states(0), team.states(1, paragraph=2)
    named = {"first_id": one.public_id, "second_id": other.public_id}
    assert team.anna.post(team.page, {"do": "merge", **named}).status_code == 404
    team.finish()
    assert team.anna.post(team.page, {"do": "merge", **named}).status_code == 404
    assert Statement.objects.filter(pk=other.pk).exists()


def test_ended_everything_is_shown_to_both(team: Team, desk: Client) -> None:
    theirs = team.states(0)
    desk.post(team.page, {"do": "end"})
    assert team.ben.get(address(theirs)).status_code == 200


def test_two_new_operations_of_one_name_are_compared_but_for_their_addresses(team: Team) -> None:
    for coder, slug in enumerate(("sabre", "operation-sabre")):
        with revision(editor=team.users[coder], reason="Coded"):
            operation = making.operation(slug, name="Sabre")
            cite(team.article, 1, WORDS, operation=operation, field="name")
    team.finish()
    (pair,) = team.anna.get(team.page).context["comparison"].pairs
    assert isinstance(pair.first.record, Operation)
    assert not [line.name for line in pair.lines if line.differs]
