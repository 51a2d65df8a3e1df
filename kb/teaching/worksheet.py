"""The worksheet for the class, and the teacher's key to it: the same questions, one without and one with our facts."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kb.conclusion_check import prompts
from kb.extraction import Extraction, Finding, Outcome, findings
from kb.factsheet import sheet as factsheet
from kb.publication import Publication
from kb.rights import Policy
from kb.teaching.head import evidence, head
from kb.teaching.questions import QUESTIONS, TOPICS, Question, form
from kb.teaching.types import Answer, Filled, Part, Result, Sheet
from kb.teaching.words import NOT_HELD_SHORT, NOT_STATED
from kb.unstated import unstated
from kb.vocabulary import Vocabulary
from kb.wording import BASES, TIMEPOINTS, benefit_words, changed, compared_with, concept_name, sign, statistics

INTRO = (
    "Read the abstract or the paper first. “Not stated” is an answer. Where a question does not fit, write “does not "
    "apply”."
)
ONLY_CITED = "Only the citation is held here, and nobody has read the document for this knowledge base yet."
MAKE_IT = "So there is no key: find the document by the head of this sheet, and make the key from it."
NO_ABSTRACT = (
    "No abstract is held here. What is missing below is not among the facts held here, and that says nothing of what "
    "the abstract or the paper leaves out: look there."
)
NOT_LOOKED = "Where on the body, how hard and with which strokes is not looked for."
NOT_SILENT = "The document itself may tell these: that they are not held here does not mean “not stated” or “not done”."
NOT_DONE = "“Not stated” does not mean “not done”: the full text may tell, and a reading may have missed it."
NOT_ASKED = "Nothing is held here, and a study of this design need not have it."
OPEN = "There is no one answer. What can be asked:"
NO_PROMPT = "None of our rules raises a question to the conclusion. That does not say that it follows."


def worksheet(publication: Publication, vocabulary: Vocabulary, policy: Policy) -> Sheet:
    """The blank sheet. It hangs on the record's head and its form, and on no other fact."""
    asked = tuple(each.blank for each in QUESTIONS[form(publication)])
    cited = ("Only the citation is held here: the class needs the document.",) if publication.only_cited else ()
    return Sheet(
        name="worksheet",
        title="Worksheet",
        head=head(publication),
        intro=(INTRO, *cited),
        parts=(Part(None, asked),),
    )


def no_key(publication: Publication) -> str | None:
    """Why there is no key."""
    return ONLY_CITED if publication.only_cited else None


def key(publication: Publication, vocabulary: Vocabulary, policy: Policy) -> Sheet:
    """The key: what is stored of each question, and from where. `policy` is that of the abstract."""
    if unfit := no_key(publication):
        return Sheet(name="key", title="Teacher’s key", head=head(publication), unfit=unfit, instead=MAKE_IT)
    rows = answers(publication, vocabulary, policy)
    questions = QUESTIONS[form(publication)]
    missing = "“Not stated” is an answer." if publication.record.abstract else NO_ABSTRACT
    return Sheet(
        name="key",
        title="Teacher’s key",
        head=head(publication),
        intro=(f"The questions of the worksheet, with what this knowledge base holds. {missing}",),
        key=tuple(_filled(each, rows, publication, vocabulary, policy) for each in questions),
        key_intro=readers(publication.facts),
        documents=documents(publication.facts),
        abstract=bool(publication.record.abstract),
    )


def answers(publication: Publication, vocabulary: Vocabulary, policy: Policy) -> tuple[Answer, ...]:
    """Every stored fact but the outcomes, in words."""
    return tuple(
        Answer(row.label, row.value, evidence(row.finding, publication, policy))
        for group in factsheet(publication.facts, vocabulary)
        for row in group.rows
        if row.value is not None and row.finding is not None
    )


def results(publication: Publication, vocabulary: Vocabulary, policy: Policy) -> tuple[Result, ...]:
    """The ledger, in words."""
    return tuple(_result(each, publication, vocabulary, policy) for each in publication.facts.outcomes)


def documents(facts: Extraction) -> tuple[str, ...]:
    """The documents in which people read `facts`."""
    return tuple(dict.fromkeys(each.document for _, each in findings(facts) if each.document))


def readers(facts: Extraction) -> tuple[str, ...]:
    """Who read `facts`, and in what: what a teacher should know before trusting a key."""
    read = [each for _, each in findings(facts)]
    machine, named = sum(each.state == "machine" for each in read), documents(facts)
    if not read:
        return ("No fact is held here.",)
    who = f"A machine read {machine} of these {len(read)} facts (“by machine”), and nobody has checked them yet."
    if not machine:
        who = f"Each of these {len(read)} facts was read or checked by a person."
    elif machine == len(read):
        who = f"A machine read all {len(read)} facts (“by machine”), and nobody has checked them yet."
    where = f" Read in {', '.join(named)}." if named else ""
    return (f"{who}{where} Hold the key against the document before the class does.",)


def conclusion(publication: Publication, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What can be asked of the conclusion: questions, and no verdict."""
    if publication.facts.conclusion is None:
        return ()
    if not publication.record.abstract:
        return ("No abstract is held here, so that the conclusion was not held against the results by rule.",)
    asked = tuple(each.question for each in prompts(publication.record.abstract, publication.facts, vocabulary))
    return (OPEN, *asked) if asked else (NO_PROMPT,)


def _filled(
    question: Question, rows: tuple[Answer, ...], publication: Publication, vocabulary: Vocabulary, policy: Policy
) -> Filled:
    labels = {label for each in question.topics for label in TOPICS[each].labels}
    slots = {slot for each in question.topics for slot in TOPICS[each].slots}
    left_out = unstated(publication.facts)
    missing = tuple(each.words for each in left_out if each.words in slots)
    if "missing" in question.topics:
        missing = tuple(f"{each.words} ({each.term})" if each.term else each.words for each in left_out)
    filled = Filled(
        ask=question.blank.ask,
        answers=tuple(each for each in rows if each.label in labels),
        results=results(publication, vocabulary, policy) if "outcomes" in question.topics else (),
        missing=missing,
        notes=tuple(_notes(question, publication, vocabulary)),
    )
    if filled.silent and slots and not slots & _asked(publication.facts):
        return msgspec.structs.replace(filled, notes=(NOT_ASKED,))
    return filled


def _asked(facts: Extraction) -> set[str]:
    """The slots that a study of this design can have."""
    return {each.words for each in unstated(Extraction(version=facts.version, design=facts.design))}


def _notes(question: Question, publication: Publication, vocabulary: Vocabulary) -> Iterator[str]:
    """What is ours to say: no sentence of it is a fact of the record."""
    plan = form(publication) == "protocol"
    if "question" in question.topics:
        yield from _question(publication, vocabulary)
    if "outcomes" in question.topics and not publication.facts.outcomes:
        yield "A protocol: it has no results yet." if plan else "No outcome is held here."
    if question.topics == ("quality",):
        yield "This is not looked for. See what the document says of how well the studies were done."
    if "missing" in question.topics:
        yield from (NOT_DONE if publication.record.abstract else NOT_SILENT, NOT_LOOKED)
    if "follows" in question.topics:
        yield from ("There is no one answer: for the class to say.",) if plan else conclusion(publication, vocabulary)


def _question(publication: Publication, vocabulary: Vocabulary) -> Iterator[str]:
    """The parts of the question as the facts have them; the authors' own sentence is not stored."""
    facts, missing = publication.facts, NOT_STATED if publication.record.abstract else NOT_HELD_SHORT
    yield "The authors’ own sentence is not held here. Its parts, from the facts:"
    measured = [each.value.concept for each in facts.outcomes if each.value.concept]
    parts = {
        "in whom": [concept_name(each.value, vocabulary) for each in facts.sample.conditions],
        "what": [concept_name(each.value, vocabulary) for each in facts.method.techniques],
        "compared with": [_comparator(each.value, vocabulary) for each in facts.method.comparators],
        "looking at": [concept_name(each, vocabulary) for each in measured],
    }
    yield "; ".join(f"{name}: {', '.join(dict.fromkeys(each)) or missing}" for name, each in parts.items()) + "."


def _comparator(kind: str, vocabulary: Vocabulary) -> str:
    found = vocabulary.comparator(kind)
    return found.name if found else kind.replace("_", " ")


def _result(finding: Finding[Outcome], publication: Publication, vocabulary: Vocabulary, policy: Policy) -> Result:
    outcome = finding.value
    instrument = vocabulary.instrument(outcome.instrument) if outcome.instrument else None
    within = outcome.basis == "within_group"
    return Result(
        outcome=outcome.name,
        instrument=instrument.name if instrument and instrument.name != outcome.name else None,
        arm=outcome.arm,
        sign=sign(outcome),
        change=changed(outcome),
        benefit=benefit_words(outcome, vocabulary),
        basis=BASES[outcome.basis],
        compared_with="its own start" if within else compared_with(outcome, vocabulary),
        when=TIMEPOINTS.get(outcome.timepoint),
        statistics=statistics(outcome),
        evidence=evidence(finding, publication, policy),
    )
