"""The corpus held against the documents that its entries were read in: words, identifiers, and what others labelled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from ingest.curation.checks import Problem, records_of
from ingest.curation.files import EntryFile, File
from ingest.curation.labelled import Compared, compared
from ingest.curation.material import Labels, Material
from ingest.curation.words import LIMIT, longest_run, words

_PMCID = re.compile(r"\bPMC\d+")


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """How much could be compared. `longest` is the most words in a row that an entry shares with its document."""

    entries: int
    texts: int
    longest: int
    labelled: int
    rows: int
    rows_of: int

    def text(self) -> str:
        """The figures, for a person."""
        return (
            f"compared with the text of its document: {self.texts} of {self.entries} studies, "
            f"at most {self.longest} words in a row the same\n"
            f"compared with labels: {self.labelled} studies, {self.rows} of their {self.rows_of} outcomes"
        )


def disagreements(files: Iterable[File], material: Material) -> Iterator[Problem]:
    """What in `files` is not as the documents of `material` have it, or is in their words."""
    for file in files:
        for record in records_of(file):
            pmid = record.value_of("pmid")
            if pmid and material.whole and pmid not in material.pmids and not _seen_elsewhere(file, pmid, material):
                yield Problem(file.path, f"pmid {pmid}: occurs in no document of the material")
        if isinstance(file, EntryFile):
            common = _common(file, material)
            if len(common) >= LIMIT:
                yield Problem(file.path, f'in the words of the document: "{" ".join(common)}"')
            labels = _labels(file, material)
            if labels is not None:
                yield from (Problem(file.path, each) for each in _compared(file, labels).problems)


def comparison(files: Iterable[File], material: Material) -> Comparison:
    """How much of `files` the documents of `material` let us compare."""
    entries = [each for each in files if isinstance(each, EntryFile)]
    labelled = [(each, labels) for each in entries if (labels := _labels(each, material)) is not None]
    rows = [_compared(each, labels) for each, labels in labelled]
    return Comparison(
        entries=len(entries),
        texts=sum(bool(_text(each, material)) for each in entries),
        longest=max((len(_common(each, material)) for each in entries), default=0),
        labelled=len(labelled),
        rows=sum(each.rows for each in rows),
        rows_of=sum(each.of for each in rows),
    )


def _seen_elsewhere(file: File, pmid: str, material: Material) -> bool:
    """Whether it was read in PubMed's own record of this number, or its document is named and not in the material."""
    if not isinstance(file, EntryFile):
        return False
    document = file.entry.document
    if f"pubmed.ncbi.nlm.nih.gov/{pmid}" in document.id:
        return True
    return document.numbers is not None and not any(
        f"pmcid:{each}" in material.texts for each in _PMCID.findall(document.numbers)
    )


def _labels(file: EntryFile, material: Material) -> Labels | None:
    """The labels of the abstract, where it was the abstract that was read."""
    read = file.entry.document.kind == "abstract"
    return material.labels.get(f"pmid:{file.entry.citation.pmid}") if read else None


def _compared(file: EntryFile, labels: Labels) -> Compared:
    read = file.record.curated
    return compared(file.entry.study, [each.value for each in read.outcomes] if read else [], labels)


def _common(file: EntryFile, material: Material) -> tuple[str, ...]:
    return longest_run(tuple(map(words, _our_words(file))), words(_text(file, material)))


def _text(file: EntryFile, material: Material) -> str:
    """The text of an entry's document, empty where the material has none."""
    citation = file.entry.citation
    keys = (f"pmid:{citation.pmid}", f"pmcid:{citation.pmcid}", file.path.stem)
    return "\n".join(material.texts[each] for each in keys if each in material.texts)


def _our_words(file: EntryFile) -> Iterator[str]:
    """Everything that is said in a file, its remarks too, but for the citation and the names of measures."""
    entry, study = file.entry, file.entry.study
    yield from (line for line in file.text.splitlines() if line.startswith("#"))
    yield from filter(None, (entry.summary, entry.document.what, study.blinding, study.age, study.sex))
    yield from (each.name for each in study.arms)
    yield from (" ".join(filter(None, (each.name, each.effect))) for each in study.outcomes)
