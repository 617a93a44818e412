"""The page of the API's description works under the content policy, in a real browser."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["operations", "contributors", "statements"])
def test_a_reader_tries_the_api_out_without_a_complaint_of_the_browser(
    live_server: LiveServer, page: Page, name: str
) -> None:
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/api/v1/docs/")
    operation = page.locator(f"#operations-{name}-{name}_list")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    status = operation.locator(".live-responses-table .response-col_status").last
    status.wait_for()
    assert status.inner_text().startswith("200")
    body = operation.locator(".live-responses-table .response-col_description pre").first
    assert '"results": [\n    {' in body.inner_text(), "what is filled in finds something"
    assert page.context.cookies() == []
    assert complaints == []
    assert all(url.startswith((live_server.url, "data:")) for url in asked)
