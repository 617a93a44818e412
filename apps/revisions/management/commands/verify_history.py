"""Proves that no revision and no version was changed after it was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.revisions.models import Revision
from apps.revisions.verification import faults


class Command(BaseCommand):
    help = "Recompute the chain of revisions; name the first that does not match its hash."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(faults())
        if found:
            raise CommandError("\n".join(found))
        newest = Revision.objects.newest()
        head = f"{newest.number}, hash {newest.hash}" if newest else "0: nothing was written yet"
        self.stdout.write(f"Every revision matches. The newest is {head}.")
