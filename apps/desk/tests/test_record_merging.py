"""Two records that are the same become one for whoever knew either, and can part again."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from apps.desk import record_merging as merging
from apps.desk.tests.conftest import Member, a_published_operation, a_source, address, cite, newest
from apps.records.models import (
    Contributor,
    Country,
    Office,
    Operation,
    Organization,
    Person,
    Statement,
    StrengthFigure,
)
from apps.revisions import verification
from apps.revisions.models import Successor
from apps.revisions.restoring import CannotUndo
from apps.revisions.tests.tampering import tamper
from apps.revisions.writing import revision

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]


def a_published_person(slug: str) -> Person:
    with revision(reason="Made for a test"):
        person = Person.objects.create(slug=slug, name=slug.title(), publication="published")
        source = a_source(title=f"[About {slug}]", publication="published")
        cite(person=person, source=source, publication="published")
    return person


def merge(kept: Any, merged: Any) -> merging.Merging:
    return merging.merge(kept, merged, editor=None, reason="The same")


def undo(kept: Any) -> None:
    merging.undo_merge(merging.merged_into(kept).get(), editor=None, reason="Not the same")


def rows() -> dict[str, list[Any]]:
    """Return all that a merge of people or operations may touch."""
    models = (Person, Operation, Contributor, StrengthFigure, Statement, Office)
    return {m.__name__: list(m._default_manager.order_by("pk").values()) for m in models}


def test_what_refers_to_one_refers_to_the_other_in_one_revision() -> None:
    kept, merged = a_published_person("parly"), a_published_person("f-parly")
    statement = Statement.objects.create(speaker_person=merged, words="Yes")
    before = newest().number
    merging_done = merge(kept, merged)
    statement.refresh_from_db()
    assert statement.speaker_person == kept
    assert kept.citations.count() == 2
    assert merging_done.moved == {"statements": 1, "citations": 1}
    assert not Person.objects.filter(slug="f-parly").exists()
    assert (newest().number, newest().reason) == (before + 1, "The same")


def test_the_old_addresses_lead_to_the_record_and_its_past_stays() -> None:
    kept, merged = a_published_person("parly"), a_published_person("f-parly")
    before, public = newest().number, Client()
    merge(kept, merged)
    for key in ("f-parly", merged.public_id):
        page = public.get(f"/people/{key}/?on=2020-01-01")
        assert (page.status_code, page["Location"]) == (301, "/people/parly/?on=2020-01-01")
        french = public.get(f"/fr/people/{key}/history/")
        assert (french.status_code, french["Location"]) == (301, "/fr/people/parly/history/")
        answer = public.get(f"/api/v1/people/{key}/?fields=name")
        assert answer.status_code == 308
        assert answer["Location"] == "/api/v1/people/parly/?fields=name"
    for path in ("/people/f-parly/", "/api/v1/people/f-parly/"):
        assert public.get(path, {"as_of": before}).status_code == 200


def test_a_record_merged_twice_leads_to_the_last() -> None:
    first, second, third = (a_published_person(name) for name in ("one", "two", "three"))
    merge(second, first)
    merge(third, second)
    assert Client().get("/people/one/")["Location"] == "/people/three/"


def test_a_merge_of_drafts_tells_the_public_nothing() -> None:
    drafts = [Person.objects.create(slug=slug, name=slug) for slug in ("one", "two")]
    merge(*drafts)
    assert Client().get("/people/two/").status_code == 404
    assert not Successor.objects.using("public").exists()


def test_contributors_that_both_operations_have_become_one_with_all_that_hangs_on_them() -> None:
    kept, merged = a_published_operation("Sabre"), a_published_operation("Epervier")
    france = Country.objects.get(iso2="FR")
    for operation in (kept, merged):
        contributor = Contributor.objects.create(operation=operation, country=france)
        contributor.ladder.create(place=1, status="announced")
        StrengthFigure.objects.create(operation=operation, contributor=contributor, least=10)
    contributor.ladder.create(place=2, status="deployed")
    done = merge(kept, merged)
    one = Contributor.objects.get(operation=kept)
    assert [step.status for step in one.ladder.order_by("place")] == ["announced", "deployed"]
    assert one.strengths.count() == 2
    assert {said.partition(":")[0] for said in done.doubled} == {"contributor", "ladder step"}


def test_an_operation_merged_into_its_successor_does_not_precede_itself() -> None:
    merged = a_published_operation("First")
    kept = a_published_operation("Second", predecessor=merged)
    merge(kept, merged)
    kept.refresh_from_db()
    assert kept.predecessor is None


@pytest.mark.parametrize("kind", ["people", "operations"])
def test_undone_all_is_as_it_was(kind: str) -> None:
    make: Any = {"people": a_published_person, "operations": a_published_operation}[kind]
    kept, merged = make("one"), make("two")
    with revision():
        if kind == "people":
            Statement.objects.create(speaker_person=merged, words="Yes")
        else:
            france = Country.objects.get(iso2="FR")
            for operation in (kept, merged):
                Contributor.objects.create(operation=operation, country=france)
    before = rows()
    merge(kept, merged)
    assert rows() != before
    undo(kept)
    assert rows() == before
    assert newest().reason == "Not the same"
    assert Client().get(merged.get_absolute_url()).status_code == 200


def test_what_changed_since_stands_against_undoing_and_is_named() -> None:
    kept, merged = a_published_person("one"), a_published_person("two")
    statement = Statement.objects.create(speaker_person=merged, words="Yes")
    merge(kept, merged)
    Statement.objects.filter(pk=statement.pk).update(words="No")
    with pytest.raises(CannotUndo) as refused:
        undo(kept)
    (stands,) = refused.value.dependents
    assert (stands.tracking.model, stands.row) == (Statement, statement.pk)
    assert (stands.revision, stands.why) == (newest().number, "was changed later")
    assert not Person.objects.filter(slug="two").exists()


def test_undoing_the_revision_of_a_merge_ends_the_redirect_too(desk: Client) -> None:
    kept, merged = a_published_person("one"), a_published_person("two")
    merge(kept, merged)
    assert Client().get("/people/two/").status_code == 301
    address = reverse("admin:revisions_revision_undo", args=[newest().number])
    desk.post(address, {"reason": "Not the same"})
    assert Client().get("/people/two/").status_code == 200
    assert not Successor.objects.exists()


def test_where_a_record_went_on_is_under_the_hash_of_the_revision() -> None:
    kept, merged = a_published_person("one"), a_published_person("two")
    merge(kept, merged)
    assert list(verification.faults()) == []
    tamper("UPDATE revisions_successor_history SET public_id = '000000000000'")
    faults = list(verification.faults())
    assert f"Revision {newest().number} does not match its hash." in faults
    assert any("revisions_successor" in fault for fault in faults)


def test_a_record_is_not_merged_into_itself_nor_a_published_one_into_a_draft() -> None:
    published, draft = a_published_person("one"), Person.objects.create(slug="two", name="Two")
    with pytest.raises(ValidationError, match="the record itself"):
        merge(published, published)
    with pytest.raises(ValidationError, match="merge this into that one"):
        merge(draft, published)


def test_the_desk_shows_what_it_would_do_then_does_it_and_undoes_it(desk: Client) -> None:
    kept, merged = (Organization.objects.create(slug=s, name=s.title()) for s in ("one", "two"))
    Statement.objects.create(speaker_organization=merged, words="Yes")
    place = reverse("admin:records_organization_merge", args=[kept.pk])
    assert place in desk.get(address(kept)).content.decode()
    assert desk.get(place).status_code == 200
    before = newest().number
    page = desk.post(place, {"other": merged.pk, "reason": "Same"})
    assert page.context["planned"].moved == {"statements": 1}
    assert ("name", "One", "Two") in [
        (d.field, d.before, d.after) for d in page.context["planned"].differences
    ]
    assert newest().number == before
    itself = desk.post(place, {"other": kept.pk, "confirmed": "on"})
    assert "other" in itself.context["form"].errors
    desk.post(place, {"other": merged.pk, "reason": "Same", "confirmed": "on"})
    assert (newest().reason, str(newest().editor)) == ("Same", "root")
    number = desk.get(place).context["merged"].get().pk
    desk.post(place, {"undo": number, "reason": "Not the same"})
    assert Organization.objects.filter(slug="two").exists()
    assert not desk.get(place).context["merged"].exists()


def test_a_researcher_merges_drafts_only(member: Member) -> None:
    published = a_published_person("one")
    draft, other = (Person.objects.create(slug=slug, name=slug) for slug in ("two", "three"))
    researcher = member("Researcher")
    place = "admin:records_person_merge"
    assert researcher.get(reverse(place, args=[published.pk])).status_code == 403
    typed = {"other": other.pk, "confirmed": "on"}
    assert researcher.post(reverse(place, args=[draft.pk]), typed).status_code == 302
    assert get_user_model()._default_manager.get(username="researcher") == newest().editor
