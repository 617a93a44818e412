"""The table of permissions, against what people can in fact do."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from apps.desk import permissions
from apps.desk.tests.conftest import (
    Member,
    a_published_operation,
    a_source,
    address,
    cite,
    errors,
    filled,
    list_of,
)
from apps.records.models import Operation

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("group", permissions.TABLE)
def test_a_group_has_exactly_the_permissions_of_the_table(group: str) -> None:
    held = Group.objects.get(name=group).permissions.select_related("content_type")
    assert {f"{p.content_type.app_label}.{p.codename}" for p in held} == permissions.names(group)


def test_the_table_grants_what_it_says() -> None:
    researcher, reviewer, administrator = (permissions.names(group) for group in permissions.TABLE)
    assert {f"records.{verb}_operation" for verb in permissions.ALL.split()} < researcher
    assert "revisions.view_revision" in researcher
    assert reviewer - researcher == {"desk.publish_record"}
    assert {name.split("_")[1] for name in administrator - reviewer} == {"user", "group"}


def test_every_model_of_the_records_is_in_the_table() -> None:
    in_database = set(
        Permission.objects.filter(content_type__app_label="records").values_list(
            "codename", flat=True
        )
    )
    granted = {name.removeprefix("records.") for name in permissions.names("Researcher")}
    assert in_database == {name for name in granted if "." not in name}


def test_putting_the_table_in_force_again_mends_the_groups() -> None:
    researchers = Group.objects.get(name="Researcher")
    researchers.permissions.add(Permission.objects.get(codename="publish_record"))
    researchers.permissions.remove(Permission.objects.get(codename="add_operation"))
    permissions.put_in_force(using="default")
    held = researchers.permissions.values_list("codename", flat=True)
    assert "publish_record" not in held
    assert "add_operation" in held
    assert Group.objects.count() == len(permissions.TABLE)


def _draft() -> Operation:
    return Operation.objects.create(slug="a-draft", name="A draft")


@pytest.mark.parametrize(
    ("group", "may_publish", "may_manage"),
    [("Researcher", False, False), ("Reviewer", True, False), ("Administrator", True, True)],
)
def test_what_a_group_can_do(
    member: Member, group: str, may_publish: bool, may_manage: bool
) -> None:
    browser, draft, published = member(group), _draft(), a_published_operation()
    can = {True: 200, False: 403}
    assert browser.get(list_of(Operation)).status_code == 200
    assert browser.get(list_of(Operation, "add")).status_code == 200
    assert browser.get(address(draft, "delete")).status_code == 200
    assert browser.get(address(published)).status_code == 200
    assert ("this-change" in browser.get(address(published)).content.decode()) is may_publish
    assert browser.get(address(published, "delete")).status_code == can[may_publish]
    assert browser.get(reverse("admin:revisions_revision_changelist")).status_code == 200
    for model in (get_user_model(), Group):
        name = f"admin:auth_{model._meta.model_name}_changelist"
        assert browser.get(reverse(name)).status_code == can[may_manage]


def test_a_researcher_is_not_offered_to_publish_and_cannot_force_it(member: Member) -> None:
    researcher, draft = member("Researcher"), _draft()
    page = researcher.get(address(draft))
    offered = page.context["adminform"].form.fields["publication"].choices
    assert [state for state, _ in offered] == ["draft", "in_review"]
    forced = researcher.post(address(draft), filled(page) | {"publication": "published"})
    assert list(errors(forced)) == ["publication"]
    actions = researcher.get(list_of(Operation)).content.decode()
    assert "send_to_review" in actions
    assert 'value="publish"' not in actions


def test_a_researcher_cannot_write_to_what_is_published(member: Member) -> None:
    researcher, published = member("Researcher"), a_published_operation()
    assert researcher.post(address(published), {"name": "New"}).status_code == 403
    assert researcher.post(address(published, "delete"), {"post": "yes"}).status_code == 403
    part = published.milestones.create(kind="initial_operating_capability")
    source = a_source(publication="published")
    cite(milestone=part, field="kind", source=source, publication="published")
    assert researcher.post(address(part), {"note": "New"}).status_code == 403


def test_nobody_writes_a_revision(desk: Client) -> None:
    a_published_operation()
    number = reverse("admin:revisions_revision_change", args=[1])
    assert desk.get(number).status_code == 200
    assert desk.post(number, {"reason": "Other"}).status_code == 403
    for role in ("add", "delete"):
        args = [] if role == "add" else [1]
        name = reverse(f"admin:revisions_revision_{role}", args=args)
        assert desk.get(name).status_code == 403


def test_who_is_not_staff_sees_nothing(client: Client) -> None:
    assert client.get(list_of(Operation)).status_code == 302
