"""How a name is filed, as a function that an index may use: `unaccent` by itself may not.

It never changes for a text, since the dictionary is named and comes with PostgreSQL.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION extensions.sahelref_filed(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT lower(extensions.unaccent('extensions.unaccent'::regdictionary, name))
$$;
"""
BACKWARD = "DROP FUNCTION extensions.sahelref_filed(text);"


class Migration(migrations.Migration):
    dependencies = [("records", "0004_former_slugs")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
