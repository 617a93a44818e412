"""Synthetic records of any number, to try the site at a size that no research has reached yet.

Each says that it is synthetic: in its public id, in what is shown of it first, and in its note.
The same number and seed give the same rows. Read by `manage.py generate`, tests and bench/.
"""

from apps.records.generating.making import MARK, HoldsRecords, generate, tidy

__all__ = ["MARK", "HoldsRecords", "generate", "tidy"]
