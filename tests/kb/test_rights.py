"""What of an abstract may leave. The literature is invented."""

from __future__ import annotations

import msgspec
import pytest

from kb.extraction import Arm, Extraction, Finding, Method, Outcome, findings
from kb.publication import FieldSource, Publication, merge
from kb.record import Record
from kb.rights import EXCERPT, QUOTE, Policy, is_open, outside, policy, quotation, repeats, told


@pytest.mark.parametrize(
    ("rights", "licence", "allowed"),
    [
        ({}, None, "link_only"),
        ({"default": "excerpt"}, None, "excerpt"),
        ({"default": "excerpt", "pubmed": "full"}, None, "full"),
        ({"medline": "full"}, None, "link_only"),
        ({}, "CC BY 4.0", "full"),
        ({}, "https://creativecommons.org/licenses/by/4.0/", "full"),
        ({}, "Copyright 2011 by the Loom Press.", "link_only"),
    ],
)
def test_a_policy_per_source(rights: dict[str, Policy], licence: str | None, allowed: Policy, invented: Record) -> None:
    record = msgspec.structs.replace(invented, rights=licence)
    read = Extraction(version="1")
    sources = (FieldSource("title", "medline", "1"), FieldSource("abstract", "pubmed", "1"))
    held = Publication(id="w", revision=1, record=record, sources=sources, members=(), machine=read, facts=read)
    assert policy(held, rights) == allowed


def test_how_much_leaves() -> None:
    text = "Weavers wove. " * 60
    assert outside(text, "full") == text
    assert outside(text, "link_only") is None
    assert outside(None, "full") is None
    part = outside(text, "excerpt")
    assert part
    assert part.endswith(" …")
    assert len(part) <= EXCERPT + 2
    assert text.startswith(part[:-2])


@pytest.mark.parametrize(
    ("statement", "granted"),
    [
        ("cc by-nc-nd", True),
        ("CC0", True),
        ("CC BY-SA 4.0; info:eu-repo/semantics/openAccess", True),
        ("© 2011 The invented authors. Open access, invented. https://creativecommons.org/licenses/by/4.0/", True),
        ("This is distributed under the terms of the Creative Commons Attribution 4.0 International License", True),
        (
            (
                "An open access article under the Creative Commons Attribution-NonCommercial License, provided the use "
                "is not commercial and no changes are made. Material not included in the licence needs permission."
            ),
            True,
        ),
        (
            (
                "Under the Creative Commons Attribution 4.0 License. The CC0 waiver (creativecommons.org/"
                "publicdomain/zero/1.0/) applies to the data, unless otherwise stated."
            ),
            True,
        ),
        ("Not under a Creative Commons licence", False),
        ("Not under a Creative Commons Attribution licence", False),
        ("Metadata only is CC0; full text and abstract: all rights reserved", False),
        ("CC0 for the metadata", False),
        ("The metadata is under CC0 1.0.", False),
        ("This isn’t CC BY", False),
        ("A licence other than CC BY", False),
        ("The Creative Commons Attribution licence does not apply here", False),
        ("Published under CC BY, except the abstract", False),
        ("CC BY 4.0. The abstract is not included.", False),
        ("CC BY after an embargo of 12 months", False),
        ("info:eu-repo/semantics/restrictedAccess; CC BY 4.0", False),
        ("See creativecommons.org for what a licence is", False),
        ("Creative Commons", False),
        ("", False),
        (None, False),
    ],
)
def test_a_licence_frees_a_text_and_words_about_licences_do_not(statement: str | None, granted: bool) -> None:
    assert is_open(statement) == granted


def test_a_licence_is_of_the_record_that_gave_the_abstract(invented: Record) -> None:
    """A repository's record is free, and the abstract came from elsewhere: nothing is freed."""
    listed = msgspec.structs.replace(
        invented, source="oai", key="z", format="oai_dc", abstract=None, rights="CC BY 4.0"
    )
    read = Extraction(version="1")

    def held(*members: Record) -> Publication:
        record, sources = merge(members)
        return Publication(
            id="w", revision=1, record=record, sources=sources, members=members, machine=read, facts=read
        )

    assert policy(held(invented, listed), {}) == "link_only"
    assert held(invented, listed).record.rights is None
    assert held(listed).record.rights == "CC BY 4.0"
    own = msgspec.structs.replace(invented, rights="CC BY 4.0")
    both = held(own, msgspec.structs.replace(listed, rights="All rights reserved"))
    assert policy(both, {}) == "full"
    assert [each.source for each in both.sources if each.field == "rights"] == ["pubmed"]


LONG = "The invented weavers slept as long as they had ever slept and their hands were warm from morning to evening"


def test_facts_leave_in_no_more_words_than_a_short_quote() -> None:
    facts = Extraction(
        version="a version that is as long as it likes, " * 4,
        method=Method(arms=(Finding(Arm(LONG, "intervention", n=Finding(12)), 0, 5),)),
        outcomes=(Finding(Outcome("sleep", "up", "between_groups", versus=LONG, effect=LONG), 3, 9),),
        conclusion=Finding(LONG, 10, 90, document="a document, named whole " * 9),
    )
    for allowed in ("excerpt", "link_only"):
        outer = told(facts, allowed)  # type: ignore[arg-type]
        assert LONG[: QUOTE + 1] not in str(outer)
        assert outer.version == facts.version
        assert [(p, f.start, f.end, f.document) for p, f in findings(outer)] == [
            (p, f.start, f.end, f.document) for p, f in findings(facts)
        ]
        assert outer.conclusion
        assert LONG.startswith(outer.conclusion.value[:-2])
    assert told(facts, "full") == facts
    assert quotation("Short.", "link_only") == "Short."


def test_talk_that_repeats_the_abstract_is_known() -> None:
    assert repeats(f"Somebody wrote: {LONG}", f"Before. {LONG}. After.")
    assert not repeats("Somebody asked whether the invented weavers slept, and nobody knew.", LONG)
    assert not repeats(LONG, None)
