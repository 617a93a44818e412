"""A revision is closed by one update, and its digests by a function of the tracked models."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('revisions', '0003_successors'),
    ]

    operations = [
        migrations.RunSQL(
            (Path(__file__).parent.parent / "sql" / "revisions.sql").read_text(),
            migrations.RunSQL.noop,
        ),
    ]
