"""The environment decides which databases are used, as whom, and how."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from sahelref import databases

URL = "postgresql://keeper:secret@db.example/facts"
APP = {"APP_DATABASE_URL": "postgresql://editor@db.example/facts"}
PUBLIC = {"PUBLIC_DATABASE_URL": "postgresql://guest@replica/facts"}


def test_without_a_url_both_use_the_embedded_server_in_roles_of_their_own() -> None:
    chosen = databases.from_environment({"SAHELREF_VAR": "/srv/sahelref"})
    used = {alias: (each["HOST"], each["NAME"], each["USER"]) for alias, each in chosen.items()}
    assert used == {
        "default": ("/srv/sahelref/postgres/sockets", "sahelref", "sahelref_app"),
        "public": ("/srv/sahelref/postgres/sockets", "sahelref", "sahelref_reader"),
        "owner": ("/srv/sahelref/postgres/sockets", "sahelref", "sahelref"),
    }


@pytest.mark.parametrize(
    ("alias", "role", "setting"),
    [
        ("default", "keeper_app", "statement_timeout=15s"),
        ("public", "keeper_reader", "default_transaction_read_only=on"),
    ],
)
def test_with_one_url_each_steps_down_to_a_role_of_its_own(
    alias: str, role: str, setting: str
) -> None:
    chosen = databases.from_environment({"DATABASE_URL": URL})
    connection = chosen[alias]
    assert (connection["HOST"], connection["USER"]) == ("db.example", "keeper")
    assert f"-c role={role} " in connection["OPTIONS"]["options"]
    assert f"-c {setting}" in connection["OPTIONS"]["options"]
    assert "role=" not in chosen["owner"]["OPTIONS"]["options"]


def test_who_has_a_login_of_its_own_uses_it_as_it_is() -> None:
    chosen = databases.from_environment({"DATABASE_URL": URL, **APP, **PUBLIC})
    used = {alias: (each["HOST"], each["USER"]) for alias, each in chosen.items()}
    assert used == {
        "default": ("db.example", "editor"),
        "public": ("replica", "guest"),
        "owner": ("db.example", "keeper"),
    }
    assert "options" not in chosen["public"]["OPTIONS"]


def test_a_site_runs_without_the_login_of_the_owner() -> None:
    assert set(databases.from_environment({**APP, **PUBLIC})) == {"default", "public"}


def test_the_public_faces_have_nothing_but_the_login_of_the_reader() -> None:
    chosen = databases.from_environment({"SAHELREF_FACES": "public", **PUBLIC})
    assert (chosen["default"], chosen["public"]["USER"]) == ({}, "guest")
    assert set(chosen) == {"default", "public"}


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"SAHELREF_FACES": "public", "DATABASE_URL": URL}, "needs PUBLIC_DATABASE_URL"),
        ({"SAHELREF_FACES": "desk"}, "may be all or public"),
        ({"APP_DATABASE_URL": URL}, "PUBLIC_DATABASE_URL is needed as well"),
    ],
)
def test_what_makes_no_site_is_refused(environment: dict[str, str], said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=said):
        databases.from_environment(environment)


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
    ("asked", "threshold"),
    [("", 1), ("?prepare_threshold=5", 5), ("?prepare_threshold=None", None)],
)
def test_a_url_may_say_that_no_plan_is_kept(asked: str, threshold: int | None) -> None:
    url = {"PUBLIC_DATABASE_URL": PUBLIC["PUBLIC_DATABASE_URL"] + asked}
    options = databases.from_environment({"DATABASE_URL": URL, **url})["public"]["OPTIONS"]
    assert options["prepare_threshold"] == threshold


@pytest.mark.parametrize(
    ("environment", "roles"),
    [
        ({}, ("sahelref", "sahelref_app", "sahelref_reader", "sahelref_backup")),
        ({"DATABASE_URL": URL}, ("keeper", "keeper_app", "keeper_reader", "keeper_backup")),
        ({"DATABASE_URL": URL, **PUBLIC}, ("keeper", "keeper_app", "guest", "keeper_backup")),
        ({"DATABASE_URL": URL, **APP}, ("keeper", "editor", "keeper_reader", "keeper_backup")),
    ],
)
def test_the_roles_are_named_by_the_urls_or_after_the_owner(
    environment: dict[str, str], roles: tuple[str, ...]
) -> None:
    assert databases.roles(environment) == databases.Roles(*roles)
