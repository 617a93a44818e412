"""An index that the history of a table does without."""

from django.db import models


class IndexOfNow(models.Index):
    """An index of a tracked table alone, for what only the present is asked so often.

    Each other index of the table is one of its history too (history.py), and of every edit twice.
    """
