"""Text for the formats in which programs look for mark-up of pages: RIS and BibTeX.

Readers of these formats, ours among them, take `<i>` for italics and `&lt;` for a less-than sign, since other
programs write them so. A text that holds such a thing as plain characters is written with entities.
"""

from __future__ import annotations

import html
import re

from kb.exporters.reference import line

_LIKE_A_TAG = re.compile(r"</?[A-Za-z]")


def text(value: str) -> str:
    """`value` on one line, so that a reader who takes away mark-up and entities finds it as it is."""
    said = line(value)
    if "&" in said and html.unescape(said) != said:
        said = said.replace("&", "&amp;")
    return _LIKE_A_TAG.sub(lambda found: "&lt;" + found.group()[1:], said)
