"""The documents in docs/ that pages and API give to readers, with the addresses of the site."""

import re
from collections.abc import Callable

from django.conf import settings

DOCUMENTS = settings.BASE_DIR / "docs"
MIRROR = settings.BASE_DIR / "examples" / "mirror.py"
WRITTEN_FOR = "http://127.0.0.1:8000"
# The file of each guide, by the name that its address has.
GUIDES = {
    "tutorial": "api-tutorial.md",
    "policy": "api-policy.md",
    "releases-and-receipts": "releases.md",
    "reconciliation": "reconciliation.md",
}
# What links in the guides lead to: by the target as written, the name of the page at the site.
LINKED = {file: name for name, file in GUIDES.items()} | {"../examples/mirror.py": "mirror"}
LINK = re.compile(r"\]\(([^)#:]+)")


def guide(name: str, site: str, address_of: Callable[[str], str]) -> str:
    """Return the Markdown of a guide as it reads at `site`, an address without a path.

    `address_of` gives the address of a guide, or of the script "mirror", by its name.
    """
    text = (DOCUMENTS / GUIDES[name]).read_text("utf-8").replace(WRITTEN_FOR, site)
    return LINK.sub(lambda link: f"]({address_of(LINKED[link[1]])}", text)
