"""Only the transaction that opened a revision may add to it, and the app writes none by itself."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("revisions", "0001_revisions")]

    operations = [
        migrations.RunSQL(
            (Path(__file__).parent.parent / "sql" / "revisions.sql").read_text(),
            migrations.RunSQL.noop,
        ),
    ]
