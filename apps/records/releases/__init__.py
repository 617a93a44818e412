"""Releases: a revision frozen under a name, as files that anyone can take away and check.

`make` makes one (the command `release`); `listed` and `named` tell of those that were made, to
every face.
"""

from apps.records.releases.making import INDEX, ReleaseError, faults, make
from apps.records.releases.shelf import Release, ReleaseFile, listed, named

__all__ = ["INDEX", "Release", "ReleaseError", "ReleaseFile", "faults", "listed", "make", "named"]
