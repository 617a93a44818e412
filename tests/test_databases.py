"""The environment decides which databases are used, as whom, and how."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from sahelref import databases

URL = "postgresql://keeper:secret@db.example/facts"


def test_without_a_url_both_use_the_embedded_server_in_roles_of_their_own() -> None:
    chosen = databases.from_environment({"SAHELREF_VAR": "/srv/sahelref"})
    used = {alias: (each["HOST"], each["NAME"], each["USER"]) for alias, each in chosen.items()}
    assert used == {
        "default": ("/srv/sahelref/postgres/sockets", "sahelref", "sahelref"),
        "public": ("/srv/sahelref/postgres/sockets", "sahelref", "sahelref_reader"),
    }


def test_with_one_url_the_public_uses_it_in_the_role_of_the_reader() -> None:
    public = databases.from_environment({"DATABASE_URL": URL})["public"]
    assert (public["HOST"], public["USER"]) == ("db.example", "keeper")
    assert "-c role=keeper_reader " in public["OPTIONS"]["options"]
    assert "-c default_transaction_read_only=on" in public["OPTIONS"]["options"]


def test_with_two_urls_the_public_uses_its_own_as_it_is() -> None:
    environment = {"DATABASE_URL": URL, "PUBLIC_DATABASE_URL": "postgresql://guest@replica/facts"}
    public = databases.from_environment(environment)["public"]
    assert (public["HOST"], public["USER"]) == ("replica", "guest")
    assert "options" not in public["OPTIONS"]


def test_a_public_url_alone_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL is not"):
        databases.from_environment({"PUBLIC_DATABASE_URL": URL})


@pytest.mark.parametrize(
    "url", ["postgresql://keeper@/facts?host=/run/pg", "postgresql://keeper@%2Frun%2Fpg/facts"]
)
def test_a_url_may_name_a_socket(url: str) -> None:
    assert databases.from_environment({"DATABASE_URL": url})["default"]["HOST"] == "/run/pg"


def test_options_in_a_url_are_kept_and_win() -> None:
    url = f"{URL}?sslmode=require&connect_timeout=9&options=-c%20lock_timeout%3D1s"
    options = databases.from_environment({"DATABASE_URL": url})["default"]["OPTIONS"]
    assert (options["sslmode"], options["connect_timeout"]) == ("require", 9)
    assert options["options"].endswith("-c lock_timeout=1s")


@pytest.mark.parametrize(
    ("environment", "role"),
    [
        ({}, "sahelref_reader"),
        ({"DATABASE_URL": URL}, "keeper_reader"),
        ({"DATABASE_URL": URL, "PUBLIC_DATABASE_URL": "postgresql://guest@h/d"}, "guest"),
    ],
)
def test_the_role_that_reads(environment: dict[str, str], role: str) -> None:
    assert databases.reader_role(environment) == role
