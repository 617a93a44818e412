"""Releases as programs find and fetch them."""

from hashlib import sha256

import pytest

from apps.api.tests.test_errors import problem
from apps.records.releases import make

pytestmark = pytest.mark.slow

FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture
def release(settings, tmp_path, db):
    settings.RELEASES_DIR = tmp_path
    return make("2026.1", "The first.")


def test_without_releases_the_list_is_empty(ask, settings, tmp_path, db):
    settings.RELEASES_DIR = tmp_path / "nowhere"
    assert ask("releases/").json == {"count": 0, "next": None, "previous": None, "results": []}


def test_a_release_is_listed_with_all_its_files(get, release):
    (listed,) = get("releases/")["results"]
    assert listed == get(listed["api_url"])
    assert (listed["name"], listed["revision"], listed["notes"]) == ("2026.1", 1, "The first.")
    assert {file["path"] for file in listed["files"]} | {"index.json"} == {
        path.name for path in release.iterdir()
    }


def test_every_file_is_served_with_its_hash_as_validator(ask, get, release):
    for file in get("releases/2026.1/")["files"]:
        if file["path"] == "sahelref.sqlite":
            continue
        answer = ask(file["url"])
        assert answer.status == 200, file
        assert sha256(answer.text.encode()).hexdigest() == file["sha256"]
        assert answer.headers["ETag"] == f'"{file["sha256"]}"'
        assert answer.headers["Cache-Control"] == FOR_EVER


def test_the_database_file_is_served_whole(client, release):
    answer = client.get("/data/releases/2026.1/sahelref.sqlite")
    assert answer.getvalue() == (release / "sahelref.sqlite").read_bytes()
    assert answer.headers["Content-Type"] == "application/vnd.sqlite3"
    assert 'filename="sahelref-2026.1-sahelref.sqlite"' in answer.headers["Content-Disposition"]


def test_a_parquet_file_is_served_whole(client, settings, tmp_path, db):
    settings.RELEASES_DIR = tmp_path
    release = make("2026.1", "The first.", with_parquet=True)
    answer = client.get("/data/releases/2026.1/operations.parquet")
    held = (release / "operations.parquet").read_bytes()
    assert answer.getvalue() == held
    assert answer.headers["ETag"] == f'"{sha256(held).hexdigest()}"'
    assert answer.headers["Content-Type"] == "application/vnd.apache.parquet"
    assert "sahelref-2026.1-operations.parquet" in answer.headers["Content-Disposition"]


def test_the_index_is_served_too(ask, get, release):
    index = ask("http://testserver/data/releases/2026.1/index.json")
    assert index.json["name"] == "2026.1"
    assert sha256(index.text.encode()).hexdigest() == get("releases/2026.1/")["index_sha256"]


@pytest.mark.parametrize("address", ["releases/", "releases/2026.1/"])
def test_the_list_is_not_sent_again_to_who_has_it(ask, release, address):
    first = ask(address)
    assert ask(address, if_none_match=first.headers["ETag"]).status == 304


def test_a_file_is_not_sent_again_to_who_has_it(ask, get, release):
    (file, *_) = get("releases/2026.1/")["files"]
    answer = ask(file["url"], if_none_match=f'"{file["sha256"]}"')
    assert (answer.status, answer.text, answer.headers["Cache-Control"]) == (304, "", FOR_EVER)


def test_a_compressed_file_says_no_length_but_its_own(client, release):
    answer = client.get("/data/releases/2026.1/citations.csv", headers={"accept-encoding": "gzip"})
    body = answer.getvalue()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers.get("Content-Length", str(len(body))) == str(len(body))


def test_other_sites_may_read_the_files(ask, release):
    answer = ask(
        "http://testserver/data/releases/2026.1/operations.csv", origin="https://newsroom.example"
    )
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path",
    [
        "2026.1/nothing.csv",
        "2026.1/../secret",
        "2026.1/..%2f..%2fsecret",
        "2026.1/%2e%2e%2fsecret",
        "../secret",
        "..%2f/secret",
        ".hidden/index.json",
        "2026.1/.hidden",
        "2027.1/index.json",
        ".hidden/",
    ],
)
def test_nothing_but_the_files_of_a_release_is_served(ask, release, path):
    (release / ".hidden").write_text("secret")
    (release.parent / "secret").write_text("secret")
    (release.parent / ".hidden").mkdir()
    (release.parent / ".hidden" / "index.json").write_text('{"secret": 1}')
    answer = ask(f"http://testserver/data/releases/{path}")
    assert answer.status in (301, 404), answer.text
    assert '{"secret"' not in answer.text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_file_cannot_be_changed(ask, release, method):
    assert ask("http://testserver/data/releases/2026.1/LICENSE", method).status == 405


def test_a_release_that_is_not_there_is_a_problem(ask, release):
    assert "2027.1" in problem(ask("releases/2027.1/"), 404, "not-found")["detail"]


def test_neither_list_nor_file_asks_the_database(ask, release):
    assert ask("releases/").queries == ask("releases/2026.1/").queries == 0
    assert ask("http://testserver/data/releases/2026.1/LICENSE").queries == 0
