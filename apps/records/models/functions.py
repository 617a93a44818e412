"""Functions of PostgreSQL that models and their questions use and Django has no name for."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Filed(models.Func):
    """A name as an index files it: in small letters and without accents.

    A function of ours (migration 0005), because an index takes no `unaccent`, which might change.
    """

    function = "extensions.sahelref_filed"
    output_field = models.TextField()
    arity = 1


class IsAnyOf(models.Func):
    """Whether a value is in an array, which is made once.

    PostgreSQL may run the query of an IN that is cut off again for each row it looks at.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = models.BooleanField()
    arity = 2


class Keys(models.Func):
    """An array of primary keys, of the text that `UpTo` gives: `{3,14,15}`."""

    template = "(%(expressions)s)::bigint[]"
    output_field = ArrayField(models.BigIntegerField())
    arity = 1


class UpTo(models.Aggregate):
    """The keys of the rows as the text of an array; NULL where there are more than `most`.

    A text, because they only go back to the database: of thousands each would be made a number
    here, and be checked and written out again.
    """

    template = "CASE WHEN count(*) <= %(most)s THEN array_agg(%(expressions)s)::text END"
    output_field = models.TextField()
    arity = 1
