"""What must hold of every file of the corpus before it ships, and of all of them together.

That an entry has the right form, known ids and no contradiction is told by the parser itself; here stand the rules of
the house on words, names and doubles. What only a comparison with documents can show is told in `against`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ingest.curation.files import CitationFile, EntryFile, File, ListFile
from ingest.curation.words import words
from kb.lists import ReadingList, lookup_key
from kb.publication import slug
from kb.record import Record

LONGEST_SUMMARY = 400  # characters, and two sentences: what was done, and what was found
# What no count of one study can say, in no name or figure: no page says it. "Significant" is of statistics.
_VERDICT = (
    r"(?<!cost.)effective\w*|efficac\w*|prove[sdn]?|cure[sd]?|safe\w*|recommend\w*|(?<!statistically )significant\w*"
)
# And words of advice, which a summary of facts has no use for.
_ADVICE = r"should|must|advis\w*|suggest\w*|works?|helps?|helpful|beneficial|promising|superior"
_NO_NAME = re.compile(rf"\b(?:{_VERDICT})\b", re.IGNORECASE)
_NO_SUMMARY = re.compile(rf"\b(?:{_VERDICT}|{_ADVICE})\b", re.IGNORECASE)
_NAME = re.compile(r"[a-z]+(?:-[a-z]+)*-\d{4}(?:-[a-z]+)+")
_SENTENCE = re.compile(r"[.!?](?:\s|$)")
_PLACEHOLDER = re.compile(r"#\s*\?")  # what `touchstone corpus draft` asks to be confirmed
_WAITS = 'what stands before "# ?" waits to be confirmed'
_RANDOMISED = ("rct", "crossover_rct", "cluster_rct")


class Problem(NamedTuple):
    """What is wrong in a file, told so that it can be mended."""

    path: Path
    what: str


def problems(files: Iterable[File]) -> Iterator[Problem]:
    """Everything that is wrong with `files`, as far as they show it themselves."""
    held = tuple(files)
    if not held:
        yield Problem(Path(), "there is no corpus here: no studies/*.toml, no citations, no lists")
    named = frozenset(name for each in held for record in records_of(each) for name in _names(record))
    yield from _doubles(held)
    for each in held:
        yield from (Problem(each.path, what) for what in _wrong(each, named))


def _wrong(file: File, named: frozenset[str]) -> Iterator[str]:
    """What is wrong with one file, of a corpus whose publications have these names."""
    if isinstance(file, EntryFile):
        yield from _entry(file)
    elif isinstance(file, CitationFile):
        yield from _citations(file)
    elif isinstance(file, ListFile):
        unknown = (each.study for each in file.reading_list.items if lookup_key(each.study) not in named)
        yield from (f"{each}: is not in the corpus" for each in unknown)
        if found := _NO_NAME.findall(" ".join(_notes(file.reading_list))):
            yield f"no verdict in a note ({', '.join(found)})"
    else:
        yield file.reason
        if waiting(file.text):
            yield _WAITS


def _notes(reading_list: ReadingList) -> Iterator[str]:
    """What a list says."""
    yield reading_list.note
    yield from (each.note for each in reading_list.sections if each.note)
    yield from (said for item in reading_list.items for said in (item.note, item.question) if said)


def _names(record: Record) -> Iterator[str]:
    """What a list may call a publication by."""
    yield slug(record)
    yield from (f"{each.scheme}:{each.value}" for each in record.identifiers)


def waiting(text: str) -> bool:
    """Whether something in a file still waits for a person, as a draft does."""
    return _PLACEHOLDER.search(text) is not None


def _doubles(files: Iterable[File]) -> Iterator[Problem]:
    """Publications that stand in the corpus twice, by identifier or by title and year."""
    seen: defaultdict[str, list[Path]] = defaultdict(list)
    for file in files:
        for record in records_of(file):
            keys = {f"{each.scheme} {each.value}" for each in record.identifiers if each.scheme != "registration"}
            for key in (*sorted(keys), f"title {record.year} {' '.join(words(record.title))}"):
                seen[key].append(file.path)
    for key, paths in seen.items():
        if len(paths) > 1:
            yield Problem(paths[-1], f"{key}: stands in {paths[0].name} already")


def records_of(file: File) -> tuple[Record, ...]:
    """What a file holds; of an entry only the record itself, and not the titles under which it is also cited."""
    if isinstance(file, EntryFile):
        return (file.record,)
    return file.records if isinstance(file, CitationFile) else ()


def _entry(file: EntryFile) -> Iterator[str]:
    entry, study = file.entry, file.entry.study
    if not _NAME.fullmatch(file.path.stem) or f"-{entry.citation.year}-" not in file.path.stem:
        yield "the name of the file is not author-year-words"
    if waiting(file.text):
        yield _WAITS
    if found := _NO_SUMMARY.findall(entry.summary):
        yield f"summary: no verdict and no advice ({', '.join(found)})"
    for number, row in enumerate(study.outcomes, start=1):
        if found := _NO_NAME.findall(" ".join(filter(None, (row.name, row.effect)))):
            yield f"study.outcomes {number}: no verdict in the name of a measure or its effect ({', '.join(found)})"
    if len(_SENTENCE.findall(entry.summary)) > 2 or len(entry.summary) > LONGEST_SUMMARY:
        yield f"summary: longer than two sentences or {LONGEST_SUMMARY} characters"
    if study.design in _RANDOMISED and not (study.randomised and len(study.arms) > 1):
        yield "study: a randomised trial has `randomised = true` and at least two arms"
    if study.design == "protocol" and study.outcomes:
        yield "study.outcomes: a protocol has no results"
    if study.design != "protocol" and not study.outcomes and study.harms is None:
        yield "study.outcomes: an entry states results; without them it is a citation (citations/)"


def _citations(file: CitationFile) -> Iterator[str]:
    for each in file.records:
        named = f"{each.title[:60]} ({each.year})"
        if each.abstract or each.summary or each.curated:
            yield f"{named}: a citation makes no claim, and repeats no abstract"
        if not each.identifiers:
            yield f"{named}: has no identifier"
