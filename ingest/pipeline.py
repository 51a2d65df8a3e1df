"""The journey of a payload: keep, parse, match, extract, put; at the end refresh the index, and report.

Failures are values: what cannot be read goes to quarantine with its reason, and the run goes on. Records
are stored in small batches, each told of only after it is committed, so a run may be killed at any moment
and repeated: what was told is there, what is there is not done twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

import msgspec

from ingest.errors import UnreadablePayloadError
from ingest.extractors import VERSION, extract
from ingest.matching import find_home, join
from ingest.parsers import Unreadable, parse
from ingest.report import Problem, Report, Tally
from ingest.sources import Refusal
from kb.base import WritableKnowledgeBase
from kb.errors import KnowledgeBaseError
from kb.publication import merge
from kb.record import Payload, Record, is_retracted
from kb.store import Change, Held, Put

Clock = Callable[[], datetime]
Watch = Callable[[str, Change], None]

_BATCH = 50  # records a transaction: its commit waits for the disk
_REPORT = "Report it with the document; `touchstone ingest quarantine retry` reads it again after an upgrade."
_MEND = "Mend the record in its document, and ingest it again."


class _Kept(NamedTuple):
    """A payload that is in the store: what its source calls it, and its digest, worked out once."""

    key: str
    digest: str


def ingest(
    payloads: Iterable[Payload | Refusal],
    kb: WritableKnowledgeBase,
    *,
    clock: Clock,
    watch: Watch | None = None,
    job: str | None = None,
) -> Report:
    """Take in `payloads` and refresh the index. `watch` is told of each record's publication once it is committed."""
    started, tally = clock(), Tally()
    for payload in payloads:
        tally.payloads += 1
        if isinstance(payload, Refusal):
            tally.problems.append(Problem(payload.key, payload.reason, payload.remedy, kept=False))
        else:
            _take_in(payload, kb, clock, tally, watch)
    return _finish(started, tally, kb, clock, job)


def retry(kb: WritableKnowledgeBase, *, clock: Clock, watch: Watch | None = None) -> Report:
    """Read everything in quarantine again: after a parser was mended, or a limit raised."""
    digests = dict.fromkeys(entry.payload for entry in kb.store.quarantined())
    return ingest((kb.store.payload(each) for each in digests), kb, clock=clock, watch=watch)


def reextract(kb: WritableKnowledgeBase, *, clock: Clock, watch: Watch | None = None) -> Report:
    """Read every publication's text again with the present extractors; what people said stays on top."""
    started, tally = clock(), Tally()
    ids = kb.store.ids()
    for at in range(0, len(ids), _BATCH):
        read = [(each.id, extract(each.record, kb.vocabulary)) for each in kb.store.publications(ids[at : at + _BATCH])]
        with kb.store.together():
            done = [kb.store.reread(id, machine, clock()) for id, machine in read]
        _tell(done, tally, watch)
    return _finish(started, tally, kb, clock)


def reparse(kb: WritableKnowledgeBase, *, clock: Clock, watch: Watch | None = None) -> Report:
    """Read again, with the present parsers, every document that a record rests on as it now stands.

    What else stands in it is passed over: another document was later, nobody wanted it, or it waits in quarantine.
    """
    started, tally = clock(), Tally()
    for digest in kb.store.documents():
        payload = kb.store.payload(digest)
        kept = _Kept(payload.key, digest)
        tally.payloads += 1
        try:
            for batch in _batches(_read(payload, kb), payload.key):
                with kb.store.together():
                    ours = [each for each in batch if _rests_on(each, kept, kb)]
                    done = [_put_or_set_aside(each, kept, kb, clock, tally) for each in ours]
                _tell(done, tally, watch)
        except UnreadablePayloadError as error:
            tally.problems.append(Problem(payload.key, error.reason, error.remedy, kept=True))
    return _finish(started, tally, kb, clock)


def _finish(started: datetime, tally: Tally, kb: WritableKnowledgeBase, clock: Clock, job: str | None = None) -> Report:
    indexed = kb.refresh()
    report = Report(
        started_at=started,
        seconds=(clock() - started).total_seconds(),
        payloads=tally.payloads,
        created=tally.created,
        updated=tally.updated,
        unchanged=tally.unchanged,
        indexed=indexed,
        revision=kb.store.revision,
        problems=tuple(tally.problems),
        merged=tuple(tally.merged),
        retracted=tuple(tally.retracted),
        unsure=tuple(tally.unsure),
        job=job,
        rehearsal=kb.rehearsal,
    )
    kb.store.log_run(started, msgspec.json.encode(report).decode(), job)
    return report


def _take_in(payload: Payload, kb: WritableKnowledgeBase, clock: Clock, tally: Tally, watch: Watch | None) -> None:
    kb.store.keep(payload)
    kept, before = _Kept(payload.key, payload.digest), len(tally.problems)
    format: str | None = None
    try:
        for batch in _batches(_read(payload, kb), payload.key):
            with kb.store.together():
                done = [_put_or_set_aside(each, kept, kb, clock, tally) for each in batch]
            _tell(done, tally, watch)
            format = format or next((each.format for each in batch if isinstance(each, Record)), None)
    except UnreadablePayloadError as error:
        _set_aside(kept, payload.key, error.reason, error.remedy, kb, clock, tally)
        format = None
    still = {each.key for each in tally.problems[before:]}
    with kb.store.together():
        if format:
            kb.store.taken_in(kept.digest, format)
        kb.store.mended(kept.digest, clock(), still=still)


def _rests_on(each: Record | Unreadable, kept: _Kept, kb: WritableKnowledgeBase) -> bool:
    """Whether this is the document in which the record as it now stands was read."""
    held = kb.store.held(each) if isinstance(each, Record) else None
    return held is not None and held.payload == kept.digest


def _read(payload: Payload, kb: WritableKnowledgeBase) -> Iterator[Record | Unreadable]:
    yield from parse(payload, kb.vocabulary)


def _tell(done: Iterable[Put | None], tally: Tally, watch: Watch | None) -> None:
    """Count what is committed now, and tell of it."""
    for each in done:
        if each is not None:
            tally.count(each.change)
            if watch:
                watch(each.publication, each.change)


def _batches(items: Iterator[Record | Unreadable], key: str) -> Iterator[list[Record | Unreadable]]:
    """`items` by the `_BATCH`; what came before a parser gave up is yielded first.

    Raises `UnreadablePayloadError` also where a parser of ours broke: its fault must not end the run.
    """
    while True:
        batch: list[Record | Unreadable] = []
        broken: Exception | None = None
        try:
            batch.extend(islice(items, _BATCH))
        except Exception as error:
            broken = error
        if batch:
            yield batch
        if isinstance(broken, UnreadablePayloadError):
            raise broken
        if broken is not None:
            raise UnreadablePayloadError(key, _fault(broken), _REPORT) from broken
        if len(batch) < _BATCH:
            return


def _fault(error: Exception) -> str:
    return f"a fault of Touchstone's own ({type(error).__name__}: {str(error)[:200]})"


def _put_or_set_aside(
    each: Record | Unreadable, kept: _Kept, kb: WritableKnowledgeBase, clock: Clock, tally: Tally
) -> Put | None:
    if isinstance(each, Unreadable):
        _set_aside(kept, each.key, each.reason, each.remedy or _MEND, kb, clock, tally)
        return None
    try:
        return put(each, kept.digest, kb, clock(), tally)
    except KnowledgeBaseError:
        raise
    except Exception as error:  # a reader of ours broke on this text: it is kept, named, and the rest arrive
        _set_aside(kept, f"{kept.key}, {each.source}:{each.key}", _fault(error), _REPORT, kb, clock, tally)
        return None


def put(record: Record, payload: str, kb: WritableKnowledgeBase, at: datetime, tally: Tally) -> Put | None:
    """Match, merge and extract one record, and store it; a record already held as it is costs one look-up.

    None for an annotation of a publication that is not here.
    """
    held = kb.store.held(record)
    record = _with_its_abstract(record, held, kb)
    if held and held.digest == record.digest and held.extractor == VERSION:
        return Put(Change.UNCHANGED, held.publication, kb.store.revision)
    home = find_home(record, held.publication if held else None, kb.store)
    if home is None:
        return None
    for gone in home.joined:
        join(kb, home.publication, gone, at, said_by="machine", reason=f"{record.source}:{record.key} is of both")
        tally.merged.append(f"{gone} -> {home.publication}")
    for each in home.links(record, at):
        kb.store.link(each)
        if each.kind == "proposed":
            tally.unsure.append(f"{each.one} ~ {each.other}")
    members = kb.store.members(home.publication) if home.joined else home.members
    others = [each for each in members if (each.source, each.key) != (record.source, record.key)]
    merged, _ = merge([*others, record])
    machine = extract(merged, kb.vocabulary)
    done = kb.store.put(record, publication=home.publication, machine=machine, payload=payload, at=at)
    if members and not held:
        tally.merged.append(f"{record.source}:{record.key} -> {home.publication}")
    if _retracted([record]) and not _retracted(members):
        tally.retracted.append(home.publication)
    return done


def _with_its_abstract(record: Record, held: Held | None, kb: WritableKnowledgeBase) -> Record:
    """`record` with the abstract of its last version, where this one leaves it out: what an export omits is not gone.

    PubMed alone is believed when it no longer has one.
    """
    if held is None or record.abstract is not None or record.source == "pubmed":
        return record
    members = kb.store.members(held.publication)
    before = next(each for each in members if (each.source, each.key) == (record.source, record.key))
    return msgspec.structs.replace(record, abstract=before.abstract, sections=before.sections)


def _retracted(records: Iterable[Record]) -> bool:
    return is_retracted(notice for record in records for notice in record.notices)


def _set_aside(
    kept: _Kept, key: str, reason: str, remedy: str, kb: WritableKnowledgeBase, clock: Clock, tally: Tally
) -> None:
    kb.store.quarantine(payload=kept.digest, key=key, reason=reason, remedy=remedy, at=clock())
    tally.problems.append(Problem(key, reason, remedy, kept=True))
