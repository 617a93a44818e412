"""Writes apps/api/answers.json: what the seed answers at one list and one record of each type.

    python -m tests.answers

The OpenAPI description shows them as examples; a test says when the server answers otherwise.
"""

import json
from typing import Any
from urllib.request import urlopen

from tests.browser.screenshots import CHECKOUT, served

ANSWERS = CHECKOUT / "apps" / "api" / "answers.json"
WRITTEN_FOR = "http://127.0.0.1:8000"


def answers(site: str) -> dict[str, Any]:
    """Return the answers by their addresses below /api/v1/."""
    api, found = f"{site}/api/v1/", {}
    for endpoint in read(api)["endpoints"]:
        if endpoint["files"]:
            listed = f"{endpoint['name']}/?page_size=1&as_of=1"
            found[listed] = read(api + listed)
            (record,) = found[listed]["results"]
            found[f"{record['api_url'].removeprefix(api)}?as_of=1"] = record
    return found


def read(address: str) -> Any:
    with urlopen(address) as answer:
        return json.load(answer)


def main() -> None:
    with served() as site:
        told = json.dumps(answers(site), ensure_ascii=False, indent=1).replace(site, WRITTEN_FOR)
    ANSWERS.write_text(f"{told}\n", "utf-8")


if __name__ == "__main__":
    main()
