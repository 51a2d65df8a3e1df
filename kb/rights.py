"""What of an abstract may leave the installation. Facts and short quotes may; the text belongs to its publisher.

NLM holds no copyright of abstracts and gives no permission (nlm.nih.gov/databases/download.html), so the default
is `link_only`: citation, facts and a link. Whoever runs an installation may say otherwise for a source in
`touchstone.toml`; text under a Creative Commons licence may leave whole. Exports and, where `public = true`, pages
obey; people inside read the stored text, for that is how a fact is checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from kb.publication import Publication

Policy = Literal["full", "excerpt", "link_only"]

EXCERPT = 300  # characters: two or three sentences
_OPEN = re.compile(r"\bCC[ -](?:BY|0)\b|creativecommons\.org|creative commons", re.IGNORECASE)


def policy(publication: Publication, rights: Mapping[str, Policy]) -> Policy:
    """The policy for the abstract of `publication`, by the source it came from; `rights` may name a `default`."""
    if _OPEN.search(publication.record.rights or ""):
        return "full"
    source = next((each.source for each in publication.sources if each.field == "abstract"), "")
    return rights.get(source, rights.get("default", "link_only"))


def outside(abstract: str | None, allowed: Policy) -> str | None:
    """As much of `abstract` as may leave: all, its first sentences, or nothing."""
    if abstract is None or allowed == "link_only":
        return None
    if allowed == "full" or len(abstract) <= EXCERPT:
        return abstract
    return abstract[: max(abstract.rfind(" ", 0, EXCERPT), EXCERPT // 2)] + " …"
