"""Learn `ingest/extractors/models/roles.npz`: the conditional random field of `ingest.extractors.roles`.

    python benchmarks/train_roles.py [--shared ../shared]             learn and save
    python benchmarks/train_roles.py --try-folds 5 [--penalty 2]      figures by cross-validation, nothing saved

Learnt from `roles_train.jsonl` (sentences without their headings, a role each) and from the labelled
abstracts among the files of other tasks, their labels taken away as `ingest.extractors.labels` reads them;
from none that roles or whole records are measured on. Beside each abstract a piece of it is learnt from,
because abstracts also come without a conclusion or a background, or as a sentence or two.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.crf import Chains, fitted  # noqa: E402
from benchmarks.tasks.rows import name_of, rows  # noqa: E402
from benchmarks.training import in_bytes, save  # noqa: E402
from ingest.extractors.labels import ROLES, parts  # noqa: E402
from ingest.extractors.models import Linear  # noqa: E402
from ingest.extractors.models import rows as rows_of  # noqa: E402
from ingest.extractors.roles import BLOCKS, assign, features, step  # noqa: E402
from ingest.extractors.sentences import split  # noqa: E402

BITS, SEEN_OFTEN, ITERATIONS = 17, 3, 80
MORE = (
    "design",
    "direction_train",
    "sample_size",
    "pico_breast",
    "pico_ebmnlp_dev",
    "primary_endpoint",
    "outcomes_evidenceoutcomes",
)
HELD_OUT = ("roles_dev", "roles_piboso_dev", "domain_gold_dev", "domain_gold_more", "domain_abstracts", "direction_val")
LONGEST = 26  # sentences of an abstract
WEIGHT_OF_PIECES = 0.5


class Labelled(NamedTuple):
    """The sentences of an abstract and the role of each, as a number that never falls."""

    key: str
    sentences: tuple[str, ...]
    roles: tuple[int, ...]


def given(path: Path) -> Iterator[Labelled]:
    """The abstracts of a file of sentences with roles, but for the few whose sections are out of order."""
    for row in rows(path):
        yield Labelled(
            name_of(row), tuple(row["sentences"]), tuple(ROLES.index(each.lower()) for each in row["labels"])
        )


def read_off(text: str, key: str) -> Labelled | None:
    """The sentences and roles of an abstract whose labels settle them (but for a title); None if they do not."""
    cut = parts(text)
    if not cut or any(len(each.roles) > 1 for each in cut[1:]) or len(cut[0].roles) > 2:
        return None
    found = [
        (text[start:end], ROLES.index(each.roles[0]))
        for each in cut
        if len(each.roles) == 1
        for start, end in split(text, each.start, each.end)
    ]
    texts, roles = zip(*found, strict=True) if found else ((), ())
    enough = {ROLES.index("methods"), ROLES.index("results")} <= set(roles) and len(roles) <= LONGEST
    return Labelled(key, texts, roles) if enough else None


def abstracts(folder: Path) -> Iterator[tuple[str, str]]:
    """(key, text) of the abstracts of other tasks and of MEDLINE records, without those held out."""
    names = [folder / f"{name}.jsonl" for name in (*HELD_OUT, "roles_train")]
    seen = {str(row.get("pmid")) for path in names for row in rows(path)}
    texts = [
        (str(row.get("pmid")), row.get("text") or row.get("abstract") or "")
        for name in MORE
        for row in rows(folder / f"{name}.jsonl")
    ]
    for key, text in [*texts, *medline(folder / "raw_medline.txt")]:
        if not {key, text[:80]} & seen:
            seen |= {key, text[:80]}
            yield key, text


def medline(path: Path) -> Iterator[tuple[str, str]]:
    """(PMID, abstract) of the records of a MEDLINE file."""
    for record in re.split(r"\n\s*\n", path.read_text("utf-8")):
        key, text = re.search(r"^PMID- (\d+)", record, re.M), re.search(r"^AB  - (.+(?:\n {6}.+)*)", record, re.M)
        if key and text:
            yield key[1], " ".join(text[1].split())


def orderly(each: Labelled) -> bool:
    """Whether the roles never step back."""
    return each.roles == tuple(sorted(each.roles))


def piece(whole: Labelled, chance: random.Random) -> Labelled:
    """One to five sentences in a row, or the abstract without its first or its last sections."""
    count, roles = len(whole.roles), sorted(set(whole.roles))
    if len(roles) < 2 or chance.random() < 0.5:
        start = chance.randrange(count)
        end = start + chance.choice([1, 1, 2, 3, 4, 5])
    else:
        cut = chance.randrange(1, len(roles))
        at = whole.roles.index(roles[cut])
        start, end = (at, count) if chance.random() < 0.5 else (0, at)
    return Labelled(whole.key, whole.sentences[start:end], whole.roles[start:end])


def learnt(wholes: Sequence[Labelled], penalty: float) -> Linear:
    """The model of these abstracts, a column a block and role, its weights rounded to bytes."""
    from scipy.sparse import csr_matrix

    chance = random.Random(20)
    pieces = [piece(each, chance) for each in wholes]
    chains = [*wholes, *pieces]
    mask = 2**BITS - 1
    items = [
        np.unique(rows_of(features(text, i, len(each.roles)), mask))
        for each in chains
        for i, text in enumerate(each.sentences)
    ]
    seen = Counter(row for item in items for row in item.tolist())
    place = np.full(2**BITS, -1)
    kept = np.array(sorted(row for row, times in seen.items() if times >= SEEN_OFTEN))
    place[kept] = np.arange(len(kept))
    columns = [place[item][place[item] >= 0] for item in items]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.concatenate(columns)
    matrix = csr_matrix((np.ones(len(flat), dtype=np.float32), flat, ends), shape=(len(items), len(kept)))
    data = Chains(
        matrix,
        np.array([len(each.roles) for each in chains]),
        np.array([role for each in chains for role in each.roles]),
        np.array([1.0] * len(wholes) + [WEIGHT_OF_PIECES] * len(pieces)),
    )
    weights, steps = fitted(data, len(ROLES), penalty=penalty, iterations=ITERATIONS)
    table = np.zeros((2**BITS, weights.shape[1]))
    table[kept] = weights
    for role, scores in zip(ROLES, steps, strict=True):
        table[rows_of([step(role)], mask)[0], : len(ROLES)] = scores
    return in_bytes([f"{block} {role}" for block in BLOCKS for role in ROLES], table, np.zeros(weights.shape[1]))


def right(model: Linear, tested: Sequence[Labelled]) -> str:
    """The share of sentences with the right role, of five and of four classes, as a line."""
    five = four = total = 0
    for each in tested:
        found = assign(each.sentences, [ROLES] * len(each.roles), model)
        for wanted, role in zip(each.roles, found, strict=True):
            total += 1
            five += ROLES[wanted] == role
            four += max(wanted, 1) == max(ROLES.index(role or "background"), 1)
    return f"5 classes {five / total:.4f}, 4 classes {four / total:.4f} of {total}"


def main() -> int:
    """Learn, or try."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    cli.add_argument("--try-folds", type=int, default=0)
    cli.add_argument("--only-fold", type=int)
    cli.add_argument("--penalty", type=float, default=2.0)
    told = cli.parse_args()
    folder = told.shared / "eval"
    main_part = list(given(folder / "roles_train.jsonl"))
    more = [each for key, text in abstracts(folder) if (each := read_off(text, key)) and orderly(each)]
    print(f"{len(main_part)} abstracts with roles, {len(more)} with labels", flush=True)
    chance = random.Random(21)
    for fold in range(told.try_folds) if told.only_fold is None else [told.only_fold]:
        tested = [each for each in main_part if crc32(each.key.encode()) % told.try_folds == fold]
        rest = [each for each in main_part if crc32(each.key.encode()) % told.try_folds != fold and orderly(each)]
        model = learnt(rest + more, told.penalty)
        print(f"fold {fold}: {right(model, tested)}", flush=True)
        print(f"        pieces: {right(model, [piece(each, chance) for each in tested])}", flush=True)
    if not told.try_folds:
        print(save(learnt([*filter(orderly, main_part), *more], told.penalty), "roles"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
