"""Extensions, in a schema of their own that the reader may use, and the search configurations.

`unaccent` before the stemmer lets "epervier" find "Épervier"; a generated column accepts a
configuration but not the function.
"""

from django.db import migrations

FORWARD = """
CREATE SCHEMA IF NOT EXISTS extensions;
CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA extensions;
CREATE TEXT SEARCH CONFIGURATION extensions.sahelref_en (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION extensions.sahelref_en
    ALTER MAPPING FOR hword, hword_part, word WITH extensions.unaccent, pg_catalog.english_stem;
CREATE TEXT SEARCH CONFIGURATION extensions.sahelref_fr (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION extensions.sahelref_fr
    ALTER MAPPING FOR hword, hword_part, word WITH extensions.unaccent, pg_catalog.french_stem;
"""
BACKWARD = """
DROP TEXT SEARCH CONFIGURATION extensions.sahelref_fr;
DROP TEXT SEARCH CONFIGURATION extensions.sahelref_en;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("revisions", "0001_revisions")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
