"""Records, their identifiers, and the publications they are merged into. All literature is invented."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extraction import Extraction
from kb.publication import merge, slug
from kb.record import Contributor, Identifier, Notice, Record, identifier


@pytest.mark.parametrize(
    ("scheme", "text", "value"),
    [
        ("doi", "https://doi.org/10.5555/ABC.", "10.5555/abc"),
        ("doi", "doi: 10.5555/x", "10.5555/x"),
        ("doi", "11.5555/x", None),
        ("pmid", "0012", "12"),
        ("pmid", "12a", None),
        ("pmcid", "123", "PMC123"),
        ("pmcid", "pmc123", "PMC123"),
        ("registration", "NCT00000000", "NCT00000000"),
    ],
)
def test_identifiers_have_their_shapes(scheme: str, text: str, value: str | None) -> None:
    found = identifier(scheme, text)  # type: ignore[arg-type]
    assert (found.value if found else None) == value


def test_a_record_survives_json_and_its_digest_tells_content(invented: Record) -> None:
    again = msgspec.json.decode(msgspec.json.encode(invented), type=Record)
    assert (again, again.digest) == (invented, invented.digest)
    assert msgspec.structs.replace(invented, pages="2-9").digest != invented.digest


def test_each_field_comes_from_the_most_trusted_record_that_states_it(invented: Record) -> None:
    cited = Record(
        source="citation",
        key="c",
        format="citation_text",
        title="Massage of lower back in weavers",
        contributors=(Contributor("Weever"),),
        year=2011,
        issue="4",
        volume="33",
        identifiers=(Identifier("pmcid", "PMC5"),),
        commentary=("Talk.",),
        notices=(Notice("correction", "Erratum."),),
    )
    merged, sources = merge([cited, invented])
    winners = {each.field: each.source for each in sources}
    assert (merged.title, merged.volume, merged.issue) == (invented.title, "3", "4")
    assert (winners["title"], winners["issue"], winners["abstract"]) == ("pubmed", "citation", "pubmed")
    assert merged.identifiers == (*invented.identifiers, Identifier("pmcid", "PMC5"))
    assert (merged.commentary, len(merged.notices)) == (("Talk.",), 1)


def test_a_curated_reading_is_taken_from_the_corpus_even_where_pubmed_states_the_rest(invented: Record) -> None:
    curated = Extraction(version="person")
    entry = Record(source="corpus", key="1", format="corpus", title="Ours", curated=curated, summary="Our words.")
    merged, _ = merge([invented, entry])
    assert (merged.title, merged.curated, merged.summary) == (invented.title, curated, "Our words.")


@given(st.permutations(range(4)))
def test_merging_does_not_depend_on_order(order: list[int]) -> None:
    formats = ("citation_text", "medline", "corpus", "pubmed_xml")
    records = [Record(source="s", key=str(n), format=formats[n], title=f"T{n}", volume=str(n)) for n in range(4)]
    assert merge([records[n] for n in order]) == merge(records)


@pytest.mark.parametrize(
    ("title", "family", "year", "expected"),
    [
        ("The massage of a weaver's back", "Weaver", 2011, "weaver-2011-massage-weavers-back"),
        ("Häufige Massage", "Müller-Lüdenscheid", 1999, "mullerludenscheid-1999-haufige-massage"),
        ("Sleep", None, None, "anonymous-undated-sleep"),
        ("按摩", "Li", 2020, "li-2020-4b834145"),
    ],
)
def test_slugs_are_readable_and_ascii(title: str, family: str | None, year: int | None, expected: str) -> None:
    contributors = (Contributor(family),) if family else ()
    record = Record(source="s", key="k", format="medline", title=title, contributors=contributors, year=year)
    assert slug(record) == expected
