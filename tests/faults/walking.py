"""Visits every address that the public can find: by links, sitemaps and the API's own links."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

LINK = re.compile(r"""\s(?:href|src|action)="([^"]+)"|<loc>([^<]+)</loc>|"(https?://[^"\\\s]+)\"""")
STARTS = ("/", "/fr/", "/api/v1/", "/sitemap.xml", "/robots.txt", "/api/v1/schema/")
# What leads on without end: other orders, pages and days of what was visited.
ENDLESS = re.compile(r"[?&](cursor|ordering|as_of|on|q|page|year|since|until)=|@\d")


def walk(
    get: Callable[[str], tuple[int, str]], most: int = 1500, starts: Iterable[str] = STARTS
) -> Iterator[tuple[str, int, str]]:
    """Give address, status and body of each page found, each once, at most `most`."""
    waiting, seen = list(starts), set(starts)
    for _ in range(most):
        if not waiting:
            return
        path = waiting.pop(0)
        status, body = get(path)
        yield path, status, body
        found = dict.fromkeys(each for each in addresses_in(path, body) if each not in seen)
        seen.update(found)
        waiting += found


def addresses_in(path: str, body: str) -> Iterator[str]:
    """Return the addresses of this site that `body`, found at `path`, names; no static files."""
    for groups in LINK.findall(body):
        target = urlsplit(urldefrag(urljoin(f"http://here{path}", unescape("".join(groups))))[0])
        address = target.path + (f"?{target.query}" if target.query else "")
        ours = target.hostname in ("here", "127.0.0.1", "localhost", "testserver")
        if ours and not address.startswith(("/static/", "/admin/")) and not ENDLESS.search(address):
            yield address
