"""Writing past the triggers, as an owner of the tables with bad intent could."""

import re

from django.db import connections


def tamper(statement):
    """Run `statement` on its table with the triggers off."""
    table = re.search(r"(?:UPDATE|FROM|INTO|TABLE) (\w+)", statement)[1]
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
