"""A secret key for a machine where none is set, made once and kept in a private file."""

import contextlib
import os
import tempfile
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def kept_in(directory: Path) -> str:
    """Return the key in `directory`/secret-key; the first caller makes it (mode 0600)."""
    path = directory / "secret-key"
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        _write_once(path, get_random_secret_key())
    return path.read_text()


def _write_once(path: Path, text: str) -> None:
    """Put `text` at `path` unless another process was first; a reader never sees half of it."""
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    os.unlink(draft)
