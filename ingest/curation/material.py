"""Documents that entries were read in, for whoever has them: texts to compare with, identifiers, and labels.

None of it belongs to the corpus, and nothing of it is kept. A folder may hold: JSON lines with a `pmid` and texts,
perhaps with labels under `gold`; CSV with columns `pmid` and `abstract`; archives of JATS articles; lists of PubMed
citations; and plain texts that have the name of an entry (`weaver-2011-massage.txt`).
"""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from ingest.errors import MaterialError

_PMID = re.compile(r'(?:PMID:?\s*-?\s*|"pmid": ?"|pubmed\.ncbi\.nlm\.nih\.gov/)(\d{4,9})\b', re.IGNORECASE)
_CITED = re.compile(r'pub-id-type="pmid"[^>]*>\s*(\d{4,9})\s*<')  # in the reference list of a JATS article
_TAG = re.compile(r"<[^>]*>")
_FOLDERS = ("eval", "cases/domain", "cases/csl")  # where the project's own material has documents of the field

Comparison = Literal["between", "within", "unclear"]


class Row(msgspec.Struct, frozen=True):
    """A labelled outcome; what is in `alternatives` is as right."""

    outcome: str
    direction: str
    comparison: Comparison
    contrast: str | None = None
    direction_alternatives: tuple[str, ...] = ()
    comparison_alternatives: tuple[str, ...] = ()


class LabelledArm(msgspec.Struct, frozen=True):
    """A group of people, and how many."""

    n: int | None = None


class LabelledDose(msgspec.Struct, frozen=True):
    """The dose as the abstract states it."""

    session_min: float | None = None
    sessions_per_week: float | None = None
    weeks: float | None = None
    sessions_total: float | None = None


class Labels(msgspec.Struct, frozen=True):
    """What other people found in an abstract; `n_total` is None where it states none."""

    randomised: bool | None = None
    n_total: int | None = None
    n_total_alternatives: tuple[int, ...] = ()
    arms: tuple[LabelledArm, ...] = ()
    dose: LabelledDose = LabelledDose()
    outcomes: tuple[Row, ...] = ()


class Material(NamedTuple):
    """Texts and labels by "pmid:1", "pmcid:PMC1" or the stem of an entry's file; every PMID that occurs anywhere.

    `whole`: it is all that the corpus was read in, so that a PMID which does not occur is a mistake.
    """

    texts: Mapping[str, str]
    labels: Mapping[str, Labels]
    pmids: frozenset[str]
    whole: bool


class _Piece(NamedTuple):
    keys: tuple[str, ...]
    text: str
    labels: Labels | None = None
    cited: tuple[str, ...] = ()


def read_material(folders: tuple[Path, ...]) -> Material:
    """All that lies in `folders`; what is in no form named above is passed over."""
    texts: dict[str, str] = {}
    labels: dict[str, Labels] = {}
    pmids: set[str] = set()
    for path in chain.from_iterable(map(_files, folders)):
        for piece in _read(path):
            own = (key[5:] for key in piece.keys if key.startswith("pmid:"))
            pmids.update(_PMID.findall(piece.text), own, piece.cited)
            for key in piece.keys:
                texts[key] = f"{texts.get(key, '')}\n{piece.text}"
                if piece.labels is not None:
                    labels[key] = piece.labels
    whole = any((folder / each).is_dir() for folder in folders for each in _FOLDERS)
    return Material(texts, labels, frozenset(pmids), whole)


def _files(folder: Path) -> Iterator[Path]:
    known = [folder / each for each in _FOLDERS if (folder / each).is_dir()]
    return (path for each in known or [folder] for path in sorted(each.rglob("*")) if path.is_file())


def _read(path: Path) -> tuple[_Piece, ...]:
    """All that a file has; raises `MaterialError` for one that is not in the form that its name tells."""
    try:
        return tuple(_pieces(path))
    except (ValueError, TypeError, AttributeError, OSError, EOFError, tarfile.TarError, zlib.error) as error:
        raise MaterialError(path, str(error)) from error


def _pieces(path: Path) -> Iterator[_Piece]:
    if path.name.endswith(".jsonl"):
        return _lines(path)
    if path.name.endswith(".csv"):
        return _table(path)
    if path.name.endswith(".tar.gz"):
        return _archive(path)
    if path.name.endswith((".txt", ".txt.gz", ".json")):
        read = gzip.open if path.suffix == ".gz" else open
        with read(path, "rt", encoding="utf-8", errors="replace") as file:
            return iter((_Piece((path.stem,), file.read()),))
    return iter(())


def _lines(path: Path) -> Iterator[_Piece]:
    with path.open(encoding="utf-8") as file:
        for row in (json.loads(line) for line in file if line.strip()):
            gold = row.pop("gold", None)
            yield _Piece(
                tuple(_keys(row)),
                "\n".join(_strings(row)),
                msgspec.convert(gold, Labels, strict=False) if isinstance(gold, dict) and "n_total" in gold else None,
            )


def _keys(row: Mapping[str, Any]) -> Iterator[str]:
    if str(row.get("pmid") or "").isdigit():
        yield f"pmid:{row['pmid']}"
    for name in ("id", "pmcid"):
        if str(row.get(name, "")).startswith("PMC"):
            yield f"pmcid:{row[name]}"


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def _table(path: Path) -> Iterator[_Piece]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if str(row.get("pmid") or "").isdigit():
                yield _Piece((f"pmid:{row['pmid']}",), row.get("abstract") or "")


def _archive(path: Path) -> Iterator[_Piece]:
    with tarfile.open(path) as articles:
        for member in articles:
            content = articles.extractfile(member)
            if content is not None and member.name.endswith(".nxml"):
                article = content.read().decode("utf-8", "replace")
                text = html.unescape(_TAG.sub(" ", article))
                yield _Piece((f"pmcid:{Path(member.name).stem}",), text, cited=tuple(_CITED.findall(article)))
