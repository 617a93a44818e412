"""`manage.py roles`: the SQL that an administrator of a server runs once for this site."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sahelref import databases, roles

AFTERWARDS = """
-- Then give each login its password, in psql:
--     \\password {owner}
--     \\password {app}
--     \\password {reader}
--     \\password {backup}
-- and run `manage.py migrate`, which grants each what it needs and no more.
"""


class Command(BaseCommand):
    help = (
        "Print the SQL that makes the owner's, the app's, the reader's and the backup's role and "
        "the database, for psql and an administrator of the server: "
        'manage.py roles | psql "$ADMINISTRATOR_URL". The names come from DATABASE_URL.'
    )

    def handle(self, **options: Any) -> None:
        if not databases.is_given(os.environ):
            raise CommandError(
                "There is no DATABASE_URL: the embedded server makes its roles at each start."
            )
        if databases.OWNER not in settings.DATABASES:
            raise CommandError("DATABASE_URL, the owner's login, is needed for the names.")
        names: databases.Roles = settings.ROLES
        self.stdout.write(roles.script(names, settings.DATABASES[databases.OWNER]["NAME"]))
        self.stdout.write(AFTERWARDS.format(**vars(names)))
