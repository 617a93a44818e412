"""Functions of PostgreSQL that models and their questions use and Django has no name for."""

from typing import Any

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


KEYS: Any = ArrayField(models.BigIntegerField())


class UpTo(models.Aggregate):
    """The keys of the rows as an array; NULL where there are more than `most`."""

    template = "CASE WHEN count(*) <= %(most)s THEN array_agg(%(expressions)s) END"
    output_field = KEYS
    arity = 1
