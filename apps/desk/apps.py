"""The desk: Django's admin, where researchers write; nothing here is public."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate


class DeskConfig(AppConfig):
    name = "apps.desk"
    verbose_name = "Desk"
    default = True

    def ready(self) -> None:
        from apps.desk import permissions

        post_migrate.connect(permissions.put_in_force, sender=self)


class DeskAdminConfig(admin_apps.AdminConfig):
    """Stands for "django.contrib.admin" in the settings, with our own front page."""

    default = False  # of this module
    default_site = "apps.desk.site.DeskSite"
