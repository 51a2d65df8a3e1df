r"""A reading list in Markdown: citation, design, n and outcomes, to paste into a handout or a wiki.

Rules: CommonMark 0.31: any ASCII punctuation may be escaped with a backslash; here what could begin emphasis, a
link, mark-up or an entity is. Each item begins with the title in bold, so that no value begins a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kb.exporters.outcomes import outcome_lines
from kb.exporters.reference import Reference, line
from kb.record import Notice
from kb.vocabulary import Vocabulary
from kb.wording import NOTICES, authors, number, volume_and_pages

_MARKS = re.compile(r"([\\`*_\[\]<>&#|~!$])")
IN_LINK = str.maketrans({each: f"%{ord(each):02X}" for each in "<>()\\ \"'"})
_MOST = 6  # authors


def write(references: Iterable[Reference], vocabulary: Vocabulary) -> Iterator[str]:
    """The references as a numbered list."""
    yield "# Reading list\n"
    for place, each in enumerate(references, start=1):
        indent = " " * (len(str(place)) + 2)
        head, *rest = _lines(each, vocabulary)
        yield f"\n{place}. {head}\n" + "".join(f"{indent}- {said}\n" for said in rest)


def escaped(value: str) -> str:
    """`value` as Markdown that shows it."""
    return _MARKS.sub(r"\\\1", line(value))


def _lines(reference: Reference, vocabulary: Vocabulary) -> Iterator[str]:
    record, facts = reference.record, reference.facts
    yield _citation(reference)
    yield from map(_notice, record.notices)
    design = vocabulary.design(facts.design.value) if facts.design else None
    size = f"n = {number(facts.sample.n.value)}" if facts.sample.n else "n not stated"
    yield f"Design: {escaped(design.name) if design else 'not stated'}; {size}"
    outcomes = outcome_lines(facts, vocabulary)
    yield from (f"{escaped(each.heading)}: {escaped(each.text)}" for each in outcomes)
    if not outcomes:
        yield "Outcomes: not stated"
    if record.summary:
        yield f"Summary: {escaped(record.summary)}"


def _citation(reference: Reference) -> str:
    record = reference.record
    when = ";".join(filter(None, (str(record.year or "undated"), escaped(volume_and_pages(record) or ""))))
    parts = (
        f"**{escaped(record.title)}**",
        escaped(authors(record.contributors, _MOST) or ""),
        f"*{escaped(record.container)}* {when}" if record.container else when,
        linked(reference.url),
    )
    return ". ".join(filter(None, parts))


def _notice(notice: Notice) -> str:
    day = f" on {notice.dated.isoformat()}" if notice.dated else ""
    listed = f" (listed by {escaped(notice.listed_by)})" if notice.listed_by else ""
    said = f"**{NOTICES[notice.kind].upper()}**{day}: {escaped(notice.text)}{listed} {linked(notice.link)}"
    return said.rstrip()


def linked(address: str | None) -> str:
    """A link to a page; an address of another kind is text, for Markdown would run `<javascript:...>`."""
    if address and address.startswith(("https://", "http://")):
        return f"<{line(address).translate(IN_LINK)}>"
    return escaped(address or "")
