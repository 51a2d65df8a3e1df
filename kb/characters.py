"""Which characters a document can hold: Word files and feeds are XML, and texts come from anywhere."""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_xml(text: str) -> str:
    """`text` without the characters that XML has no place for (XML 1.0, 2.2)."""
    return _NOT_IN_XML.sub("", text)
