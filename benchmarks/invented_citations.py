"""Invented citations, as many as are asked for, and damaged copies among them: the same number gives the same ones."""

from __future__ import annotations

import random
from collections.abc import Iterator

import msgspec

from kb.record import Contributor, Record

_SYLLABLES = (
    "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bra cle dri flo gru sta tre pli sko spu".split()
)
_USUAL = (
    "effect of massage on pain in patients with chronic treatment therapy a randomized controlled trial study the for "
    "and systematic review women back neck muscle quality life pressure symptoms anxiety after during outcomes"
).split()


def invented(count: int, seed: int = 1) -> Iterator[Record]:
    """`count` records; each tenth is a damaged copy of an earlier one."""
    chance = random.Random(seed)
    rare = ["".join(chance.choices(_SYLLABLES, k=chance.randrange(2, 5))) for _ in range(20_000)]
    names = ["".join(chance.choices(_SYLLABLES, k=chance.randrange(2, 4))).title() for _ in range(5_000)]
    journals = [f"Journal of {chance.choice(rare)} {chance.choice(rare)}".title() for _ in range(500)]
    kept: list[Record] = []
    for number in range(count):
        if kept and chance.random() < 0.1:
            yield _damaged(chance.choice(kept), str(number), chance)
            continue
        words = [chance.choice(_USUAL if chance.random() < 0.6 else rare) for _ in range(chance.randrange(8, 16))]
        page = chance.randrange(1, 1_500)
        record = Record(
            source="invented",
            key=str(number),
            format="invented",
            title=" ".join(words).capitalize(),
            contributors=tuple(Contributor(chance.choice(names), "A") for _ in range(chance.randrange(1, 7))),
            container=chance.choice(journals),
            year=chance.randrange(1990, 2026),
            volume=str(chance.randrange(1, 90)),
            issue=str(chance.randrange(1, 12)),
            pages=f"{page}-{page + chance.randrange(3, 15)}",
        )
        if len(kept) < 10_000:
            kept.append(record)
        yield record


def _damaged(record: Record, key: str, chance: random.Random) -> Record:
    title = record.title
    at = chance.randrange(len(title))
    changes = (
        {"title": title[:at] + title[at + 1 :]},
        {"title": title.upper() + "."},
        {"year": (record.year or 2000) + 1},
        {"pages": (record.pages or "").partition("-")[0]},
        {"pages": None, "issue": None},
        {"contributors": record.contributors[:1]},
        {"volume": f"{record.volume} Suppl"},
    )
    damaged: Record = msgspec.structs.replace(record, key=key, **chance.choice(changes))
    return damaged
