"""What a page tells to programs is no script to a browser: its content policy says nothing."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.slow

LISTEN = """
    window.reports = [];
    document.addEventListener(
        "securitypolicyviolation", (report) => window.reports.push(report.violatedDirective));
"""


@pytest.mark.parametrize(
    "path", ["/", "/data/", "/operations/takuba-task-force/", "/countries/ML/"]
)
def test_a_browser_has_no_complaint_about_a_block_of_data(
    live_server: LiveServer, page: Page, path: str
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.add_init_script(LISTEN)
    page.goto(f"{live_server.url}{path}")
    block = page.locator('script[type="application/ld+json"]')
    node = block.evaluate("element => JSON.parse(element.textContent)")
    assert node["@context"] == "https://schema.org"
    assert page.evaluate("window.reports") == []
    assert complaints == []


def test_a_script_that_is_no_data_would_be_reported(live_server: LiveServer, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{live_server.url}/about/")
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {text: 'x = 1'}))"
    )
    assert page.evaluate("typeof x") == "undefined"
    assert any("Content Security Policy" in complaint for complaint in complaints)
