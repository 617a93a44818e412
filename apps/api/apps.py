"""The API app: what programs read."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "apps.api"
    verbose_name = "API"

    def ready(self) -> None:
        from apps.api import schema_fields  # noqa: F401  drf-spectacular finds what is imported
