"""Teaching sheets: a worksheet knows no fact, a key knows every one, and none advises. Literature is invented."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import docx
import msgspec
import pytest

from kb.base import open_kb
from kb.extraction import Arm, DesignKind, Dose, Extraction, Finding, PrimaryEndpoint, findings
from kb.factsheet import sheet as factsheet
from kb.publication import Publication
from kb.record import Notice
from kb.rights import QUOTE, Policy
from kb.teaching import SHEETS, Sheet, make, unfit
from kb.teaching.consort import ITEMS
from kb.teaching.questions import QUESTIONS, TOPICS, form
from kb.teaching.spin import MAY_NOT, NO_ABSTRACT, PLAN
from kb.teaching.types import Filled
from kb.teaching.word import write
from kb.teaching.words import NOT_HELD, RETRACTED, cells, told
from kb.teaching.worksheet import MAKE_IT, ONLY_CITED, answers
from kb.teaching.worksheet import NO_ABSTRACT as WITHOUT
from kb.unstated import unstated
from kb.vocabulary import Vocabulary
from kb.wording import BASES, HARMS, benefit_words, changed, number
from tests.web.invented import INVENTED, VOCABULARY, WEAVERS, said

WOVEN, POTTED, KILN, NOTHING = INVENTED
NEVER = re.compile(
    r"\b(prov(e[sn]?|ing)|(?<!cost.)effective(ness)?|works|worked|cures?|cured|safe(ly)?|recommend(ed|s)?|should|must)\b"
    r"|(?<!statistically )\bsignificant(ly)?\b",
    re.IGNORECASE,
)


def with_facts(publication: Publication, **facts: Any) -> Publication:
    return msgspec.structs.replace(publication, facts=msgspec.structs.replace(publication.facts, **facts))


def of_design(design: DesignKind) -> Publication:
    return with_facts(WOVEN, design=said(WEAVERS, "randomly assigned", design))


def cited() -> Publication:
    record = msgspec.structs.replace(WOVEN.record, abstract=None, sections=())
    return msgspec.structs.replace(WOVEN, record=record, facts=Extraction(version="invented"))


def words(part: object) -> Iterator[str]:
    """Every word that a sheet says."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, msgspec.Struct):
        for name in part.__struct_fields__:
            yield from words(getattr(part, name))
    elif isinstance(part, tuple):
        for each in part:
            yield from words(each)


def read(file: bytes) -> str:
    """The words of a Word file."""
    document = docx.Document(BytesIO(file))
    lines = [each.text for each in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    lines += [each.text for section in document.sections for each in section.footer.paragraphs]
    return "\n".join(lines).replace("\u00a0", " ")


@pytest.fixture(scope="module")
def corpus(curated_home: Path) -> tuple[Publication, ...]:
    kb = open_kb(curated_home)
    held = tuple(kb.publications())
    kb.close()
    return held


@pytest.fixture(scope="module")
def curated(corpus: tuple[Publication, ...]) -> tuple[Publication, ...]:
    studies = tuple(each for each in corpus if each.record.curated)
    assert len(studies) >= 200
    return studies


# What is asked


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_form_takes_up_every_topic_once(kind: str) -> None:
    asked = Counter(topic for each in QUESTIONS[kind] for topic in each.topics)  # type: ignore[index]
    assert asked == dict.fromkeys(TOPICS, 1)


def test_every_fact_and_every_slot_belongs_to_one_topic(vocabulary: Vocabulary) -> None:
    everything = Finding(1, 0, 1)
    dose = Dose(*([everything] * 5))
    arm = Finding(Arm("a", n=everything, dose=dose), 0, 1)
    text = Finding("a", 0, 1)
    facts = Extraction(version="invented")
    full = dict.fromkeys(("registration", "conclusion"), text) | {
        "design": Finding("rct", 0, 1),
        "flags": (Finding("pilot", 0, 1),),
        "harms": Finding("reported", 0, 1),
        "harm_events": (text,),
        "primary": Finding(PrimaryEndpoint("a"), 0, 1),
        "method": msgspec.structs.replace(
            facts.method,
            **dict.fromkeys(("randomised", "allocation", "blinding", "provider", "setting"), text),
            arms=(arm,),
            dose=dose,
            techniques=(text,),
            comparators=(Finding("rest", 0, 1),),
        ),
        "sample": msgspec.structs.replace(
            facts.sample,
            **dict.fromkeys(("n", "n_analysed", "n_completed", "trials", "age_mean", "age_sd", "female"), everything),
            **dict.fromkeys(("people", "age", "sex"), text),
            age_range=Finding((1.0, 2.0), 0, 1),
            conditions=(text,),
            populations=(text,),
        ),
    }
    rows = {
        row.label
        for group in factsheet(msgspec.structs.replace(facts, **full), vocabulary)  # type: ignore[arg-type]
        for row in group.rows
    }
    labels = Counter(label for each in TOPICS.values() for label in each.labels)
    assert labels == dict.fromkeys(rows, 1)
    asked: set[str] = set()
    for design in get_args(DesignKind):
        asked |= {each.words for each in unstated(Extraction(version="", design=Finding(design, 0, 1)))}
    asked |= {each.words for each in unstated(Extraction(version=""))}
    assert Counter(slot for each in TOPICS.values() for slot in each.slots) == dict.fromkeys(asked, 1)
    assert {label for each in ITEMS for label in each.labels or ()} <= rows


@pytest.mark.parametrize("name", ["worksheet", "journal-club"])
def test_a_blank_sheet_knows_nothing_but_head_and_form(
    name: str, curated: tuple[Publication, ...], vocabulary: Vocabulary
) -> None:
    """Without its facts, but of the same design, a publication has the very same sheet: so it can hold no answer."""
    for each in curated:
        emptied = msgspec.structs.replace(each, facts=Extraction(version="none", design=each.facts.design))
        kept = msgspec.structs.replace(emptied, record=msgspec.structs.replace(each.record, abstract="No words."))
        assert make(name, each, vocabulary, "full") == make(name, kept, vocabulary, "full")  # type: ignore[arg-type]
        assert make(name, each, vocabulary, "full").key == ()  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["worksheet", "journal-club"])
def test_sheets_of_one_form_differ_in_their_heads_alone(name: str) -> None:
    trial, single = (make(name, of_design(each), VOCABULARY, "full") for each in ("rct", "single_group_pre_post"))  # type: ignore[arg-type]
    assert trial == single


@pytest.mark.parametrize(
    ("design", "kind", "asked"),
    [
        ("rct", "study", "How much of it?"),
        ("case_report", "study", "How much of it?"),
        ("survey", "observed", "Which groups were compared?"),
        ("systematic_review", "review", "How many studies and how many people does it sum up?"),
        ("protocol", "protocol", "Before there are results: what would speak for the treatment, and what against it?"),
    ],
)
def test_questions_fit_the_publication(design: DesignKind, kind: str, asked: str) -> None:
    publication = of_design(design)
    assert form(publication) == kind
    for name in ("worksheet", "key"):
        assert asked in set(words(make(name, publication, VOCABULARY, "full")))  # type: ignore[arg-type]
    assert form(NOTHING) == "study"


# The key


def _key(publication: Publication, vocabulary: Vocabulary) -> tuple[Filled, ...]:
    return make("key", publication, vocabulary, "full").key


def test_a_key_holds_every_stored_fact_and_nothing_else(
    curated: tuple[Publication, ...], vocabulary: Vocabulary
) -> None:
    for each in curated:
        key = _key(each, vocabulary)
        told_here = Counter(answer for filled in key for answer in filled.answers)
        assert told_here == Counter(answers(each, vocabulary, "full")), each.id
        results = [result for filled in key for result in filled.results]
        stored = [finding.value for finding in each.facts.outcomes]
        assert [(one.outcome, one.change, one.benefit, one.basis, one.statistics is None) for one in results] == [
            (one.name, changed(one), benefit_words(one, vocabulary), BASES[one.basis], not (one.p or one.means
             or one.effect or one.interval)) for one in stored
        ]  # fmt: skip
        assert [one.evidence.document for one in results] == [one.document for one in each.facts.outcomes]
        _equal_to_the_facts(each, {answer.label: answer.words for filled in key for answer in filled.answers})


def _equal_to_the_facts(publication: Publication, told_here: dict[str, str]) -> None:
    """Answers held against the facts themselves, past the factsheet that put them into words."""
    facts = publication.facts
    numbers = {
        "Entered": facts.sample.n,
        "Analysed": facts.sample.n_analysed,
        "Trials pooled": facts.sample.trials,
        "Minutes a session": facts.method.dose.minutes,
        "Sessions a week": facts.method.dose.per_week,
        "Weeks": facts.method.dose.weeks,
        "Sessions in all": facts.method.dose.sessions,
    }
    texts = {
        "Blinding": facts.method.blinding,
        "Registration": facts.registration,
        "Age": facts.sample.age,
        "Conclusion": facts.conclusion,
    }
    stated = {name: number(each.value) for name, each in numbers.items() if each}
    stated |= {name: each.value.replace("_", " ") for name, each in texts.items() if each}
    if facts.harms:
        stated["Harms"] = HARMS[facts.harms.value]
    assert {name: told_here.get(name) for name in (*numbers, *texts, "Harms")} == dict.fromkeys(
        (*numbers, *texts, "Harms")
    ) | stated, publication.id


def test_every_word_of_a_key_has_its_evidence(curated: tuple[Publication, ...], vocabulary: Vocabulary) -> None:
    """Where no words are stored the document is named: in the introduction, and at each answer if there are several."""
    several = 0
    for each in curated:
        sheet = make("key", each, vocabulary, "full")
        read_in = {finding.document for _, finding in findings(each.facts) if finding.document}
        assert set(sheet.documents) == read_in
        assert all(name in " ".join(sheet.key_intro) for name in sheet.documents)
        several += len(sheet.documents) > 1
        for filled in sheet.key:
            for one in (*filled.answers, *filled.results):
                where = one.evidence
                assert where.quote or where.document, each.id
                if not where.quote and len(sheet.documents) > 1:
                    assert where.document in told(where, sheet.documents)  # type: ignore[operator]


def test_a_key_says_what_is_not_stated(curated: tuple[Publication, ...], vocabulary: Vocabulary) -> None:
    for each in curated:
        missing = {one for filled in _key(each, vocabulary)[:-2] for one in filled.missing}
        assert {slot.words for slot in unstated(each.facts)} <= missing, each.id
    silent = next(each for each in _key(POTTED, VOCABULARY) if each.ask.startswith("How much"))
    assert silent.missing == ("how long a session was", "how often sessions were", "for how many weeks",
                              "how many sessions in all")  # fmt: skip


def test_a_key_quotes_what_is_stored_and_names_who_read_it() -> None:
    key = _key(WOVEN, VOCABULARY)
    many = next(each for each in key if each.ask == "How many took part?")
    entered = next(each for each in many.answers if each.label == "Entered")
    assert (entered.words, told(entered.evidence, ())) == ("24", "“Twenty-four”; by machine")
    sessions = next(each for filled in key for each in filled.answers if each.label == "Sessions in all")
    assert "worked out from what is stated" in told(sessions.evidence, ())
    potted = make("key", POTTED, VOCABULARY, "full")
    entered = next(each for filled in potted.key for each in filled.answers if each.label == "Entered")
    assert told(entered.evidence, potted.documents) == "in Potter 2014, table 1; corrected by a person"
    assert told(entered.evidence, potted.documents[:1]) == "corrected by a person"


def test_outside_a_key_holds_short_quotes_only() -> None:
    long = with_facts(WOVEN, conclusion=said(WEAVERS, WEAVERS[:240], WEAVERS[:240]))
    for each in words(make("key", long, VOCABULARY, "link_only")):
        assert WEAVERS[: QUOTE + 5] not in each
    assert WEAVERS[:240] in set(words(make("key", long, VOCABULARY, "full")))


def test_a_change_within_a_group_is_told_as_one() -> None:
    sheet = make("key", WOVEN, VOCABULARY, "full")
    outcomes = next(each.results for each in sheet.key if each.results)
    anxiety = next(each for each in outcomes if each.outcome == "anxiety")
    assert cells(anxiety, sheet)[3:5] == ("before–after within a group", "its own start")


def test_a_study_that_need_not_have_a_fact_is_not_said_to_hide_it() -> None:
    report = with_facts(
        of_design("case_report"), method=msgspec.structs.replace(WOVEN.facts.method, comparators=(), arms=())
    )
    versus = next(each for each in _key(report, VOCABULARY) if each.ask == "What was it compared with?")
    assert (versus.missing, versus.silent) == ((), False)
    trial = with_facts(WOVEN, method=report.facts.method)
    versus = next(each for each in _key(trial, VOCABULARY) if each.ask == "What was it compared with?")
    assert versus.missing == ("what it was compared with",)


def test_without_an_abstract_nothing_is_said_of_what_it_leaves_out() -> None:
    """What is not held here is not called "not stated": a teacher would tell a class that the authors left it out."""
    bare = msgspec.structs.replace(WOVEN, record=msgspec.structs.replace(WOVEN.record, abstract=None, sections=()))
    bare = with_facts(bare, conclusion=None, harms=None, harm_events=())
    for name in ("key", "consort"):
        sheet = make(name, bare, VOCABULARY, "full")  # type: ignore[arg-type]
        assert WITHOUT in " ".join((*sheet.intro, *sheet.key_intro))
        file = read(write(sheet, "http://here/", key=True))
        assert NOT_HELD in file.lower()
        said = file.replace("direction not stated", "").replace("does not mean “not stated”", "")
        assert "ot stated" not in said, name
        held = read(write(make(name, WOVEN, VOCABULARY, "full"), "http://here/", key=True))  # type: ignore[arg-type]
        assert "ot stated" in held
        assert NOT_HELD not in held.lower()


# Sheets that do not fit


def test_a_sheet_with_nothing_to_fill_in_says_why() -> None:
    assert unfit(WOVEN, VOCABULARY, "full") == {}
    assert unfit(WOVEN, VOCABULARY, "link_only") == {"spin": MAY_NOT}
    assert unfit(POTTED, VOCABULARY, "full") == {"spin": NO_ABSTRACT}
    assert unfit(cited(), VOCABULARY, "full") == {"key": ONLY_CITED, "spin": NO_ABSTRACT}
    assert set(unfit(of_design("survey"), VOCABULARY, "full")) == {"consort"}


@pytest.mark.parametrize("policy", get_args(Policy))
def test_what_is_said_not_to_fit_is_what_does_not(
    policy: Policy, corpus: tuple[Publication, ...], vocabulary: Vocabulary
) -> None:
    made = (*(of_design(each) for each in get_args(DesignKind)), *INVENTED, cited(), *corpus[::7])
    for each in made:
        sheets = (make(name, each, vocabulary, policy) for name in SHEETS)
        assert {sheet.name: sheet.unfit for sheet in sheets if sheet.unfit} == unfit(each, vocabulary, policy)


def test_what_is_only_cited_has_blank_sheets_and_says_why_there_is_no_key() -> None:
    assert cited().only_cited
    sheets = {name: make(name, cited(), VOCABULARY, "full") for name in SHEETS}
    assert sheets["key"].unfit == ONLY_CITED
    assert sheets["spin"].unfit
    assert sheets["worksheet"].parts
    assert sheets["journal-club"].parts
    assert (sheets["consort"].key, sheets["consort"].key_intro) == ((), (ONLY_CITED, MAKE_IT))


@pytest.mark.parametrize("design", get_args(DesignKind))
def test_the_tick_list_is_for_trials_and_says_so_elsewhere(design: DesignKind) -> None:
    sheet = make("consort", of_design(design), VOCABULARY, "full")
    trial = design in ("rct", "crossover_rct", "cluster_rct", "controlled_allocation_unclear", "quasi_randomised")
    assert (sheet.unfit is None) == trial
    assert bool(sheet.parts) == trial


def test_the_tick_list_keeps_what_is_stated_for_the_key() -> None:
    sheet = make("consort", WOVEN, VOCABULARY, "full")
    emptied = make("consort", with_facts(NOTHING, design=WOVEN.facts.design), VOCABULARY, "full")
    assert sheet.parts == emptied.parts
    key = {each.ask.partition(".")[0]: each for each in sheet.key}
    assert [each.words for each in key["Numbers randomised"].answers] == ["24", "massage: 12"]
    assert key["Registration"].silent
    assert key["Title"].notes == ("The title does not say so.",)
    assert key["Funding"].notes
    assert len(key["Results"].results) == len(WOVEN.facts.outcomes)
    named = msgspec.structs.replace(WOVEN.record, title="Looms: a randomised trial")
    titled = make("consort", msgspec.structs.replace(WOVEN, record=named), VOCABULARY, "full").key[0]
    assert titled.answers[0].evidence.quote == "randomised"


def test_the_search_for_spin_needs_words_that_may_be_shown() -> None:
    shown = make("spin", WOVEN, VOCABULARY, "full")
    assert "".join(each.text for each in shown.passages).replace(" ", "") in _bare(WEAVERS)
    assert [each.text for each in shown.passages if each.conclusion] == ["The weavers would come again."]
    outside = make("spin", WOVEN, VOCABULARY, "link_only")
    assert outside.unfit is not None
    assert outside.unfit.startswith(MAY_NOT)
    assert not [each for each in words(outside) if "weavers with fibromyalgia sleep" in each]
    assert make("spin", POTTED, VOCABULARY, "full").unfit == NO_ABSTRACT
    assert make("spin", of_design("protocol"), VOCABULARY, "full").unfit == PLAN


def _bare(abstract: str) -> str:
    return re.sub(r"[A-Z]{5,}: ", "", abstract).replace(" ", "")


def test_the_search_for_spin_hides_what_our_rules_ask() -> None:
    claim = WEAVERS.replace("The weavers would come again", "Massage was more effective")
    record = msgspec.structs.replace(WOVEN.record, abstract=claim, sections=())
    outcomes = tuple(each for each in WOVEN.facts.outcomes if each.value.basis != "between_groups")
    spun = msgspec.structs.replace(WOVEN, record=record)
    spun = with_facts(spun, outcomes=outcomes, conclusion=said(claim, "Massage was more effective", "x"))
    sheet = make("spin", spun, VOCABULARY, "full")
    asked, counted = sheet.key
    assert "Compared with whom?" in asked.notes[0]
    assert counted.notes[0] == "Results that compare groups: 0 of 3; of these 0 found no difference."
    assert "Compared with whom?" not in " ".join(words(sheet.parts))
    key = make("key", spun, VOCABULARY, "full").key[-1]
    assert asked.notes[0] in key.notes


# On every sheet


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("publication", [KILN, POTTED, NOTHING, cited()], ids=["review", "trial", "bare", "cited"])
def test_what_is_retracted_says_so_on_every_sheet_and_in_every_file(name: str, publication: Publication) -> None:
    gone = msgspec.structs.replace(publication.record, notices=(Notice("retracted", "Taken back, invented."),))
    sheet = make(name, msgspec.structs.replace(publication, record=gone), VOCABULARY, "full")  # type: ignore[arg-type]
    assert sheet.head.retracted
    for keyed in (False, True):
        file = read(write(sheet, "http://here/", key=keyed))
        assert RETRACTED in file
        assert "Retracted. Taken back, invented." in file
    kept = make(name, publication, VOCABULARY, "full") if publication is not KILN else None  # type: ignore[arg-type]
    assert kept is None or not kept.head.retracted


def _ours(sheet: Sheet) -> str:
    """What a sheet says but for head, quotes, the words of facts, and the names of documents."""
    filled = [(each.ask, each.missing, each.notes) for each in sheet.key]
    said = " ".join(words((sheet.title, sheet.intro, sheet.parts, sheet.key_intro, sheet.unfit or "", *filled)))
    for each in sheet.documents:
        said = said.replace(each, "")
    return said


@pytest.mark.parametrize("name", SHEETS)
def test_no_sheet_advises_or_judges(name: str, corpus: tuple[Publication, ...], vocabulary: Vocabulary) -> None:
    for each in corpus:
        found = NEVER.search(_ours(make(name, each, vocabulary, "full")))  # type: ignore[arg-type]
        assert found is None, (each.id, found)


@pytest.mark.parametrize("keyed", [False, True])
@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("publication", [*INVENTED, cited()], ids=lambda each: each.record.title[:20])
def test_a_word_file_says_what_the_sheet_says(name: str, publication: Publication, keyed: bool) -> None:
    sheet = make(name, publication, VOCABULARY, "full")  # type: ignore[arg-type]
    file = read(write(sheet, "http://here/teach", key=keyed))
    assert "http://here/teach" in file
    assert sheet.head.title in file
    for each in words(
        (sheet.parts, sheet.intro, sheet.passages) if sheet.parts and not keyed else (sheet.unfit or "",)
    ):
        assert each in file, each
    key = [(each.ask, each.missing, each.notes) for each in sheet.key] if keyed or not sheet.parts else []
    for each in words(tuple(key)):
        assert each in file, each
    for filled in sheet.key:
        for answer in filled.answers:
            assert (f"{answer.label}: {answer.words}" in file) == bool(key)
        for result in filled.results:
            assert all(each in file for each in cells(result, sheet)) or not key


def test_a_word_file_for_the_class_has_no_key() -> None:
    for name in ("consort", "spin"):
        sheet = make(name, WOVEN, VOCABULARY, "full")  # type: ignore[arg-type]
        blank, keyed = (read(write(sheet, "http://here/", key=each)) for each in (False, True))
        assert "For the teacher" not in blank
        assert "before–after within a group" not in blank
        assert "before–after within a group" in keyed
        assert "For the teacher" in keyed


def _rows(file: bytes) -> Iterator[tuple[list[Any], Any]]:
    """Each row of the tables of a Word file with what is told of it; the names are those of ECMA-376."""
    for table in docx.Document(BytesIO(file)).tables:
        for row in table.rows:
            yield [each.tag.rpartition("}")[2] for each in row._tr.trPr], row


@pytest.mark.parametrize("name", ["worksheet", "key"])
def test_in_a_word_file_no_row_is_cut_and_each_page_has_the_header(name: str) -> None:
    file = write(make(name, WOVEN, VOCABULARY, "full"), "http://here/", key=False)  # type: ignore[arg-type]
    told_of = [tags for tags, _ in _rows(file)]
    assert len(told_of) > 4
    assert all("cantSplit" in each for each in told_of)
    assert ["tblHeader" in each for each in told_of] == [True] + [False] * (len(told_of) - 1)


def test_in_a_word_file_a_table_to_fill_in_and_a_result_with_its_words_stay_on_one_page() -> None:
    def kept(name: str) -> list[bool]:
        file = write(make(name, WOVEN, VOCABULARY, "full"), "http://here/", key=False)  # type: ignore[arg-type]
        return [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for _, row in _rows(file)]

    assert kept("worksheet") == [True] * 8 + [False]
    header, *pairs = kept("key")
    assert header
    assert pairs == [True, False] * (len(pairs) // 2)


def test_in_a_word_file_a_table_has_room_below_and_the_width_of_the_text() -> None:
    for name in ("worksheet", "key"):
        document = docx.Document(BytesIO(write(make(name, WOVEN, VOCABULARY, "full"), "", key=False)))  # type: ignore[arg-type]
        for table in document.tables:
            below = table._tbl.getnext()
            assert below.tag.endswith("}p")
            assert not "".join(below.itertext())
            assert abs(sum(each.width for each in table.columns) - 174 * 36000) < 36000


def test_in_a_word_file_there_are_lines_for_name_and_date_and_a_box_stays_with_its_word() -> None:
    file = write(make("consort", WOVEN, VOCABULARY, "full"), "http://here/", key=False)
    paragraphs = docx.Document(BytesIO(file)).paragraphs
    (named,) = [each for each in paragraphs if each.text.startswith("Name:")]
    assert named.text.count("\t") == 2
    assert [each.leader.name for each in named.paragraph_format.tab_stops] == ["LINES", "LINES"]  # type: ignore[union-attr]
    ticked = [each.text for each in paragraphs if "☐" in each.text]
    assert len(ticked) == len(ITEMS)
    assert all(" " not in each[each.index("☐") :] for each in ticked), "only no-break spaces"


def test_characters_that_a_file_cannot_hold_break_nothing() -> None:
    odd = msgspec.structs.replace(WOVEN.record, title="Looms \x0b and \ufffe threads")
    sheet = make("key", msgspec.structs.replace(WOVEN, record=odd), VOCABULARY, "full")
    assert "Looms  and  threads" in read(write(sheet, "http://here/", key=True))
