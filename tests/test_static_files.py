"""Static files as a site serves them: named by their contents, packed, and collected once."""

import brotli
import pytest

from sahelref import static_files

pytestmark = pytest.mark.slow


@pytest.fixture
def root(settings, tmp_path):
    backend = {"BACKEND": "sahelref.static_files.Storage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}
    settings.STATIC_ROOT = tmp_path
    static_files.collect_when_changed()
    return tmp_path


def test_they_are_packed_and_collected_again_only_when_one_changed(root):
    (sheet,) = root.glob("pages/records.*.css")
    packed = sheet.with_name(f"{sheet.name}.br").read_bytes()
    assert brotli.decompress(packed) == sheet.read_bytes()
    assert len(packed) < len(sheet.read_bytes()) / 2

    (root / "mark").touch()
    static_files.collect_when_changed()
    assert (root / "mark").exists()
    (root / ".collected").write_text("of an earlier state")
    static_files.collect_when_changed()
    assert not (root / "mark").exists()


def test_what_no_page_asks_for_is_left_out(root):
    assert (root / "admin").is_dir()
    assert not list(root.glob("rest_framework"))
    assert not list(root.glob("**/redoc*"))
