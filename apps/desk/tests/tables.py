"""How the tests take tables out of the desk and put them in."""

import csv
from io import StringIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.desk.tests.conftest import list_of


def exported(desk: Client, model: Any, kind: str = "csv", query: str = "") -> bytes:
    page = desk.get(
        f"{reverse(f'admin:records_{model._meta.model_name}_export', args=[kind])}{query}"
    )
    assert page.status_code == 200
    return bytes(page.content)


def upload(desk: Client, model: Any, content: bytes | str, name: str = "rows.csv") -> Any:
    """Upload a file and return the page that shows what it would do, or what is wrong with it."""
    content = content.encode() if isinstance(content, str) else content
    typed = {"file": SimpleUploadedFile(name, content)}
    return desk.post(list_of(model, "import"), typed, follow=True)


def plan_of(page: Any) -> Any:
    assert "plan" in page.context, page.context["form"].errors
    return page.context["plan"]


def carry_out(desk: Client, page: Any, **typed: Any) -> Any:
    return desk.post(page.request["PATH_INFO"], {"reason": "Read again", **typed}, follow=True)


def said(page: Any) -> str:
    return " ".join(str(message) for message in page.context["messages"])


def table(*rows: dict[str, Any]) -> str:
    """Write a CSV file with the columns of the first row."""
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def rows_in(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode(), newline="")))
