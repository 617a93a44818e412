"""Markdown as a part of a page: headings that can be linked to, tables that can be heard."""

from collections.abc import Iterable, Iterator

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

# Tags in the text are text, and what would be loaded from elsewhere stays a link.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
LOWEST = 6


def as_html(text: str, below: int = 0) -> SafeString:
    """Return the HTML of `text`; its headings begin one level below `below`."""
    tokens = list(_captioned(MARKDOWN.parse(text)))
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and not below:
            token.attrSet("id", slugify(tokens[place + 1].content))
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + below, LOWEST)}"
        token.attrs.pop("style", None)  # of an aligned column, which the content policy blocks
    return mark_safe(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}))


def _captioned(tokens: Iterable[Token]) -> Iterator[Token]:
    """Give each table the heading that it stands under as its caption, for those who hear it."""
    heading, inside = "", False
    for token in tokens:
        if inside:
            heading = token.content
        inside = token.type == "heading_open"
        yield token
        if token.type == "table_open":
            yield Token("caption_open", "caption", 1, attrs={"class": "vh"})
            yield Token("text", "", 0, content=heading)
            yield Token("caption_close", "caption", -1)
