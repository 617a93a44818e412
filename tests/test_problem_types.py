"""Every error of the API is explained where its `type` leads."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from apps.api import errors
from apps.pages.views.documents import ERRORS

KINDS = {kind for kind, _ in errors.KINDS.values()} | {
    errors.UNKNOWN_PARAMETER,
    errors.BAD_PARAMETER,
}


def test_the_page_explains_the_kinds_of_error_that_there_are_and_no_others() -> None:
    assert set(ERRORS) == KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", ["", "/fr"])
def test_the_type_of_a_problem_leads_to_its_explanation(db: None, kind: str, language: str) -> None:
    parts = urlsplit(errors.EXPLAINED.format(kind=kind))
    page = Client().get(f"{language}{parts.path}").content.decode()
    assert page.count(f'id="{parts.fragment}"') == 1


def test_browsers_find_an_icon_at_the_root() -> None:
    answer = Client().get("/favicon.ico")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/x-icon"
    assert b"".join(answer)[:4] == b"\0\0\1\0"  # type: ignore[call-overload]
