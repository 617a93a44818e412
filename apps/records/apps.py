"""The records app: what is known, and the rules it keeps."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "apps.records"
    verbose_name = "Records"

    def ready(self) -> None:
        from apps.records import rules, withdrawals

        rules.register_all()
        withdrawals.register_all()
