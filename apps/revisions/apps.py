"""The revisions app: how the records changed, and what the public may read of them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class RevisionsConfig(AppConfig):
    name = "apps.revisions"
    verbose_name = "Revisions"

    def ready(self) -> None:
        from apps.revisions import schemas

        pre_migrate.connect(schemas.prepare_for_migrate, sender=self)
        post_migrate.connect(schemas.build_after_migrate, sender=self)
