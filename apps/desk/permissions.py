"""Who may do what at the desk: one table, put in force after every migrate and read by a test.

It is put in force then, and not by a data migration, because the permissions of a model that is
added later exist only after its own migrate. A change made by hand to one of these three groups
lasts until the next migrate: for other wishes make another group.

What a permission cannot say holds row by row (`may_write`): what is published or withdrawn, with
its parts, is changed and deleted by those who may publish. A researcher writes drafts and sends
them to review. To enter the desk an account also needs Django's "staff status".
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import models, router

from apps.desk.publishing import owner_of
from apps.records.vocabularies import Publication
from apps.revisions.models import Revision
from apps.revisions.restoring import Step
from apps.revisions.tracking import REGISTRY

PUBLISH = "desk.publish_record"
IMPORT = "desk.import_record"
CLOSED = (Publication.PUBLISHED, Publication.WITHDRAWN)

VIEW = "view"
ALL = "view add change delete"
TABLE = {
    # group          on: records       accounts         revisions     may besides
    "Researcher":    {"records": ALL, "accounts": "",  "revisions": VIEW, "may": "import"},
    "Reviewer":      {"records": ALL, "accounts": "",  "revisions": VIEW, "may": "import publish"},
    "Administrator": {"records": ALL, "accounts": ALL, "revisions": VIEW, "may": "import publish"},
}  # fmt: skip


def may_publish(user: Any) -> bool:
    return bool(user.has_perm(PUBLISH))


def may_import(user: Any) -> bool:
    """Whether `user` may import tables: of what he may write, and never to publish it."""
    return bool(user.has_perm(IMPORT))


def may_write(user: Any, row: models.Model | None) -> bool:
    """Whether `user`, who may write rows of this type, may write this one; None is any of them."""
    owner = None if row is None else owner_of(row)
    return owner is None or owner.publication not in CLOSED or may_publish(user)


def may_undo(user: Any, steps: Iterable[Step]) -> bool:
    """Whether `user` may write all that undoing a revision writes, public or not."""
    steps = list(steps)
    verbs = {(step.tracking.model, _verb(step)) for step in steps}
    named = [f"{m._meta.app_label}.{verb}_{m._meta.model_name}" for m, verb in verbs]
    return bool(user.has_perms(named)) and (may_publish(user) or not _closed(steps))


def _verb(step: Step) -> str:
    return "delete" if step.after is None else "add" if step.before is None else "change"


def _closed(steps: list[Step]) -> bool:
    """Whether a version was public or withdrawn, or is part of a record that is."""
    written = [(step.tracking, v) for step in steps for v in (step.before, step.after) if v]
    if any(getattr(version, "publication", "") in CLOSED for _, version in written):
        return True
    for tracking in {tracking for tracking, _ in written if tracking.part_of}:
        key = tracking.foreign_key.attname
        owners = {getattr(version, key) for of, version in written if of is tracking}
        records = tracking.parent.model._default_manager
        if records.filter(pk__in=owners, publication__in=CLOSED).exists():
            return True
    return False


def names(group: str) -> set[str]:
    """Return the permissions of `group` by the table, as "records.add_operation"."""
    kinds: dict[str, list[type[models.Model]]] = {
        "records": [*REGISTRY],
        "accounts": [get_user_model(), Group],
        "revisions": [Revision],
    }
    granted = {f"desk.{what}_record" for what in TABLE[group]["may"].split()}
    return granted | {
        f"{model._meta.app_label}.{action}_{model._meta.model_name}"
        for kind, models_of_kind in kinds.items()
        for model in models_of_kind
        for action in TABLE[group][kind].split()
    }


def put_in_force(using: str, **_: Any) -> None:
    """Give the three groups exactly the permissions of the table."""
    if not router.allow_migrate_model(using, Group):
        return
    for label in ("auth", "records", "revisions", "desk"):
        # Django makes those of the apps listed after this one only later.
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    permissions = Permission.objects.using(using).select_related("content_type")
    known = {f"{p.content_type.app_label}.{p.codename}": p for p in permissions}
    for name in TABLE:
        group, _created = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set(known[permission] for permission in names(name))
