"""Who works at the desk in the tests, and how they fill its forms."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from apps.records.models import Citation, Operation, Source, SourceText
from apps.records.vocabularies import Publication
from apps.revisions.models import Revision
from apps.revisions.writing import revision

ARTICLE = (
    "The minister said “they will stay” on Monday.\n\n"
    "A force of 60 instructors was promised.\n\n"
    "Nothing else was said."
)
Member = Callable[[str], Client]


@pytest.fixture(autouse=True)
def team_of_one(settings: Any) -> None:
    """Let one person write and publish; test_reviewing.py has the rule for more of them."""
    settings.APPROVER_MAY_BE_AUTHOR = True


@pytest.fixture
def as_on_a_public_site(settings: Any) -> None:
    """Ask those who publish for a second factor, as SAHELREF_HTTPS does."""
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def member() -> Member:
    """Log in somebody of a group, or the administrator of the whole site for ""."""

    def log_in(group: str) -> Client:
        users = get_user_model()._default_manager
        name = group.lower() or "root"
        user = users.create(username=name, is_staff=True, is_superuser=not group)
        if group:
            user.groups.add(Group.objects.get(name=group))
        return logged_in(user)

    return log_in


def logged_in(user: Any) -> Client:
    """Return a browser of somebody who gave the password and the code of an enrolled device."""
    client = Client()
    client.force_login(user)
    device = TOTPDevice.objects.create(user=user, name="Test")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client


@pytest.fixture
def desk(member: Member) -> Client:
    """The browser of the site's administrator."""
    return member("")


def address(record: Any, role: str = "change") -> str:
    return reverse(f"admin:records_{record._meta.model_name}_{role}", args=[record.pk])


def list_of(model: Any, role: str = "changelist") -> str:
    return reverse(f"admin:records_{model._meta.model_name}_{role}")


def filled(page: Any) -> dict[str, Any]:
    """Return what a browser would send for the form on `page` if nothing were typed."""
    context = page.context
    forms = [context["adminform"].form]
    for below in context["inline_admin_formsets"]:
        forms += [below.formset.management_form, *below.formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in values.items() if value is not None}


def errors(page: Any) -> dict[str, list[str]]:
    """Return the errors that the form of the record shows, by field; "__all__" for the rest."""
    assert page.status_code == 200, "the form was accepted"
    form = page.context["adminform"].form
    return {name: [str(error) for error in found] for name, found in form.errors.items()}


def passage(prefix: str, source: Source, **typed: Any) -> dict[str, Any]:
    """Return the fields of the first citation below a record, filled in."""
    values = {"source": source.pk, "paragraph": 1, "excerpt": "a force of", "field": "name"}
    return {f"{prefix}-0-{name}": value for name, value in {**values, **typed}.items()}


def newest() -> Revision:
    made = Revision.objects.newest()
    assert made is not None
    return made


def a_source(**values: Any) -> Source:
    return Source.objects.create(**{"title": "[A report]", "paragraphs": 9, **values})


def an_article(text: str = ARTICLE) -> Source:
    """Make a source with a stored text of three paragraphs, in a revision of its own."""
    with revision(reason="Pasted"):
        source = a_source(title="[An article]", paragraphs=3, language="en")
        stored = SourceText.objects.create(source=source, text=text)
        Source.objects.filter(pk=source.pk).update(text_sha256=stored.sha256)
    return source


def a_published_operation(name: str = "Sabre", **values: Any) -> Operation:
    """Make a published operation with one published citation, in a revision of its own."""
    with revision(reason="Made for a test"):
        source = a_source(publication=Publication.PUBLISHED)
        operation = Operation.objects.create(
            slug=name.lower(), name=name, publication=Publication.PUBLISHED, **values
        )
        cite(operation=operation, source=source, publication=Publication.PUBLISHED)
    return operation


def cite(**values: Any) -> Citation:
    return Citation.objects.create(
        **{"paragraph": 1, "excerpt": "a force of", "field": "name", **values}
    )
