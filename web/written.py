"""A curator's note as HTML: a little Markdown, and nothing else.

No HTML of the note's own gets through (`html` off), headings and pictures are not made (a page has its own order, and
loads nothing from elsewhere), and what is left is cleaned against a list of what may be there (OWASP ASVS 5.0, 1.3.1).
This is the one place of the pages where text becomes markup.
"""

from __future__ import annotations

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_READER = MarkdownIt("commonmark", {"html": False}).disable(["heading", "lheading", "image", "hr", "code"])
_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "br"}


@lru_cache(maxsize=4096)
def written(note: str | None) -> Markup:
    """`note` as markup; nothing where there is none."""
    made = _READER.render(note or "")
    return Markup(
        nh3.clean(
            made,
            tags=_TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="noreferrer nofollow",
        ).strip()
    )
