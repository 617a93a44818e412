"""Collects the static files when they are not the ones collected last time."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_when_changed(*, clear: bool = True) -> None:
    """Run collectstatic, which takes some seconds, only if a source file or the way changed.

    Without `clear` the old files stay, for pages that were made with them and are still read.
    """
    seal = Path(settings.STATIC_ROOT) / ".collected"
    found = _fingerprint()
    if seal.exists() and seal.read_text() == found:
        return
    # Redoc comes with Swagger's package and is not used: it is blocked by our content policy.
    options = {"clear": clear, "ignore_patterns": ["redoc"]}
    call_command("collectstatic", interactive=False, verbosity=0, **options)
    seal.write_text(found)


def _fingerprint() -> str:
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda entry: entry[0]):
            digest.update(f"{name} {storage.get_modified_time(name)} {storage.size(name)}".encode())
    return digest.hexdigest()
