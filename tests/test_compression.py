"""Answers are compressed as the client accepts it, and their validators stay strong."""

import gzip

import brotli
import pytest

from sahelref.compression import accepted

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

OPENED = {"br": brotli.decompress, "gzip": gzip.decompress}
ADDRESSES = [
    "/api/v1/operations/",
    "/api/v1/citations/export.csv",
    "/api/v1/citations/export.ndjson",
    "/operations/",
]


def body(response):
    return response.getvalue()


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.9", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("gzip;q=0, *", "br"),
        ("gzip;q=2", ""),
        ("deflate, zstd", ""),
        (";;,,;q=", ""),
    ],
)
def test_the_coding_is_the_one_that_the_client_likes_best(header, coding):
    assert accepted(header) == coding


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("coding", OPENED)
def test_a_compressed_answer_holds_the_same_bytes(client, address, coding):
    plain = client.get(address)
    packed = client.get(address, headers={"accept-encoding": coding})
    assert packed.headers["Content-Encoding"] == coding
    small, whole = body(packed), body(plain)
    assert OPENED[coding](small) == whole
    assert len(small) < len(whole)
    assert packed.headers.get("Content-Length", str(len(small))) == str(len(small))
    for response in (plain, packed):
        assert "Accept-Encoding" in response.headers["Vary"]


@pytest.mark.parametrize("address", ["/api/v1/operations/", "/api/v1/citations/export.csv", "/"])
def test_each_coding_has_a_strong_validator_of_its_own_that_is_understood(client, address):
    seen = {}
    for coding in ("identity", *OPENED):
        headers = {"accept-encoding": coding}
        etag = client.get(address, headers=headers).headers["ETag"]
        again = client.get(address, headers={**headers, "if-none-match": etag})
        assert (again.status_code, again.headers["ETag"]) == (304, etag)
        assert "Content-Encoding" not in again.headers
        assert "Accept-Encoding" in again.headers["Vary"]
        seen[coding] = etag
    assert len(set(seen.values())) == 3
    assert not any(etag.startswith("W/") for etag in seen.values())


def test_who_has_one_coding_and_asks_for_another_gets_it(client):
    etag = client.get("/api/v1/operations/", headers={"accept-encoding": "gzip"}).headers["ETag"]
    headers = {"accept-encoding": "br", "if-none-match": etag}
    assert client.get("/api/v1/operations/", headers=headers).status_code == 200


def test_a_head_tells_of_the_coding_too(client):
    headers = {"accept-encoding": "gzip"}
    got, head = (ask("/api/v1/operations/", headers=headers) for ask in (client.get, client.head))
    for name in ("Content-Encoding", "Content-Length", "ETag", "Vary"):
        assert head.headers[name] == got.headers[name]


def test_a_stream_is_not_held_back(client):
    response = client.get("/api/v1/citations/export.csv", headers={"accept-encoding": "gzip"})
    first = next(iter(response.streaming_content))
    response.close()
    assert gzip.zlib.decompressobj(31).decompress(first).startswith(b"id,source,")


def test_the_desk_is_left_alone_because_its_pages_hold_secrets(client):
    response = client.get("/admin/login/", headers={"accept-encoding": "gzip, br"})
    assert "Content-Encoding" not in response.headers


def test_small_answers_are_left_as_they_are(client):
    response = client.get("/healthz", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in response.headers
