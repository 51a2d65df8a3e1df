"""Reading questions: concepts, words, phrases, field words, operators; and that no text at all is an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.index.tree import And, Concept, Has, Maybe, Named, Node, Not, Or, Phrase, Prefix, Range, Word
from kb.question import LONGEST, Reading, read, rungs
from kb.question.syntax import DEEPEST
from kb.text import stem, stems
from kb.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def musts(question: str, **options: bool) -> list[Node]:
    """What a question requires, concepts without the words that named them."""
    parts = read(question, VOCABULARY, **options).parts  # type: ignore[arg-type]
    return [part.must for part in parts if part.kind != "hint"]


def chips(question: str) -> dict[str, str]:
    """What was understood by its words, and the question without it."""
    return {each.text: each.without for each in read(question, VOCABULARY).understood}


def W(word: str) -> Word:
    return Word(stem(word))


MASSAGE, SLEEP = Concept("massage_unspecified"), Concept("sleep")
REFLEXOLOGY, ACUPRESSURE = Concept("reflexology"), Concept("acupressure")


@pytest.mark.parametrize(
    ("question", "concepts"),
    [
        ("does massage help people with fibromyalgia sleep?", {"massage_unspecified", "fibromyalgia", "sleep"}),
        ("FMS and massage", {"massage_unspecified", "fibromyalgia"}),
        ("fm massage", {"massage_unspecified", "fibromyalgia"}),
        ("fibrositis", {"fibromyalgia"}),
        ("Swedish massage for anxiety", {"swedish", "anxiety"}),
        ("my back hurts", {"back_pain"}),
        ("labor pains", {"labour_pain"}),
        ("randomised trials of cupping", {"rct", "cupping"}),
    ],
)
def test_concepts_are_understood_under_all_their_names(question: str, concepts: set[str]) -> None:
    assert concepts <= set(read(question, VOCABULARY).concepts)


@pytest.mark.parametrize("question", ["cardiac massage", "uterine massage", "carotid sinus massage"])
def test_other_senses_are_words_and_no_concept(question: str) -> None:
    assert "massage_unspecified" not in read(question, VOCABULARY).concepts
    assert W("massage") in musts(question)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("does massage help people?", [MASSAGE]),
        ("massage by Weaver", [MASSAGE, W("weaver")]),
        ('"gliding strokes"', [Phrase(stems("gliding strokes"))]),
        ('"gliding', [W("gliding")]),
        ("self-taught", [W("self"), W("taught")]),
        ("looms -kilns", [W("looms"), Not(W("kilns"))]),
        ("looms -kilns clay", [W("looms"), Not(W("kilns")), W("clay")]),
        ('-"warp and weft"', [Not(Phrase(stems("warp and weft")))]),
        ("--looms", [W("looms")]),
        ("loom*", [Prefix("loom")]),
        ("massage +looms", [MASSAGE, W("looms")]),
        ("+pressure", [W("pressure")]),
        ("looms+kilns", [W("looms"), W("kilns")]),
        ("therapy*", [Prefix("therap")]),
        ("looms AND kilns", [W("looms"), W("kilns")]),
        ("looms OR kilns", [Or((W("looms"), W("kilns")))]),
        ("looms or kilns", [Or((W("looms"), W("kilns")))]),
        ("looms OR", [W("looms")]),
        ("OR OR looms", [W("looms")]),
        ("looms NOT kilns", [W("looms"), Not(W("kilns"))]),
        ("NOT NOT looms", [W("looms")]),
        ("NOT (looms OR kilns)", [Not(Or((W("looms"), W("kilns"))))]),
        ("clay (looms OR kilns warp)", [W("clay"), Or((W("looms"), And((W("kilns"), W("warp")))))]),
        ("(looms", [W("looms")]),
        ("looms) kilns", [W("looms"), W("kilns")]),
        ("author:field", [Word("field", "author")]),
        ('author:"T Field"', [Word("field", "author")]),
        ("year:2005, looms", [Range("year", 2005, 2005), W("looms")]),
        ('condition:"zebra fish"', [W("zebra"), W("fish")]),
        ("dying*", [Prefix("dying")]),
        ("2005", [W("2005")]),
        ('journal:"annals of looms"', [Phrase(stems("annals of looms"), "container")]),
        ("title:looms", [Word(stem("looms"), "title")]),
        ("year:1996", [Range("year", 1996, 1996)]),
        ("year:1996..2005", [Range("year", 1996, 2005)]),
        ("year:1996-2005", [Range("year", 1996, 2005)]),
        ("year:..2005", [Range("year", None, 2005)]),
        ("n:>50", [Range("n", 51)]),
        ("n:<=50", [Range("n", None, 50)]),
        ("N:>=50", [Range("n", 50)]),
        ("outcome:sleep", [Has("outcome", "sleep")]),
        ('technique:"myofascial release"', [Has("technique", "myofascial_release")]),
        ("condition:FMS", [Has("condition", "fibromyalgia")]),
        ("harms:not_stated", [Has("harms", "not_stated")]),
        ("design:rct", [Or(tuple(Has("design", each) for each in ("rct", "crossover_rct", "cluster_rct")))]),
        ("-design:protocol looms", [Not(Or((Has("design", "protocol"),))), W("looms")]),
        ("pmid:990000001 looms", [Named("pmid:990000001"), W("looms")]),
        ("doi:10.5555/Weavers", [Named("doi:10.5555/weavers")]),
        ("11814384", [Named("pmid:11814384")]),
        ("PMID: 990000001", [Named("pmid:990000001")]),
        ("10.5555/Weavers", [Named("doi:10.5555/weavers")]),
        ("colour:blue", [W("colour"), W("blue")]),
    ],
)
def test_the_language(question: str, expected: list[Node]) -> None:
    assert musts(question) == expected


def test_concepts_are_understood_on_both_sides_of_an_operator() -> None:
    reading = read("(reflexology OR acupressure) NOT pregnancy", VOCABULARY)
    assert set(reading.concepts) == {"reflexology", "acupressure"}
    assert [each.text for each in reading.understood if each.excluded] == ["pregnancy"]


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("year:soon looms", "“year:soon” was not understood"),
        ("design:castle", "“design:castle” was not understood"),
        ("ab*", "“ab*” is too short"),
        ("what is the", "everything is shown"),
        ("massage " * 1_250, str(LONGEST)),
    ],
)
def test_what_is_not_understood_is_said(question: str, note: str) -> None:
    assert note in " ".join(read(question, VOCABULARY).notes)


def test_a_field_word_that_is_not_understood_is_searched_as_words() -> None:
    assert musts("design:castle") == [W("castle")]


def test_literal_reads_no_concept() -> None:
    assert musts("massage fibromyalgia", literal=True) == [W("massage"), W("fibromyalgia")]


@pytest.mark.parametrize(
    "question",
    [
        *("is deep tissue massage dangerous", "is massage safe", "contraindications massage", "bruising after massage"),
        *("risks of massage", "what are the risks of having a massage", "can massage hurt", "massage risks"),
        *("can massage hurt my baby", "can massage hurt my back", "why am I sore after a massage", "is cupping risky"),
        *("can massage make pain worse", "can massage aggravate sciatica", "can massage cause bruising"),
        *("is it safe in pregnancy", "dangers", "contraindications", "massage safe looms"),
    ],
)
def test_who_asks_for_harm_asks_for_adverse_events(question: str) -> None:
    reading = read(question, VOCABULARY)
    assert ("outcome", "adverse_events") in [(each.kind, each.concept) for each in reading.understood]


@pytest.mark.parametrize(
    "question",
    [
        *(
            "does my back hurt",
            "can massage help when my knees hurt",
            "massage to reduce the risk of falls",
            "fall risk",
        ),
        *("massage for bruises", "massage for pain that gets worse at night", "is massage worse than exercise"),
        *("does massage help sore muscles", "soreness after massage", "risk", "worse", "bruising", "risk of stroke"),
        *("are looms dangerous", "safety of kilns in pregnancy"),
    ],
)
def test_words_that_mean_harm_only_beside_a_treatment_are_left_alone_elsewhere(question: str) -> None:
    assert "adverse_events" not in read(question, VOCABULARY).concepts


@pytest.mark.parametrize(
    "text", ["Massage is safe.", "a dangerous road", "Risks of massage", "Thai and Swedish nurses"]
)
def test_names_of_questions_do_not_count_in_texts(text: str) -> None:
    assert {each.concept for each in VOCABULARY.mentions(text)} <= {"massage_unspecified", "nurses"}


@pytest.mark.parametrize(
    ("question", "comparator", "without"),
    [
        ("massage compared with relaxation", "relaxation", "massage"),
        ("massage compared to relaxation for anxiety", "relaxation", "massage for anxiety"),
        ("massage versus exercise", "exercise_or_stretching", "massage"),
        ("massage vs. a placebo", "light_touch_or_sham_massage", "massage"),
        ("is massage better than rest", "rest_or_reading_or_music", "is massage better"),
        ("massage rather than painkillers", "drug", "massage"),
        ("massage against usual care", "usual_care", "massage"),
        ("acupressure vs light pressure massage", "light_touch_or_sham_massage", "acupressure"),
    ],
)
def test_what_is_compared_with_is_a_comparator(question: str, comparator: str, without: str) -> None:
    reading = read(question, VOCABULARY)
    assert Has("comparator", comparator) in [each.must for each in reading.parts]
    assert [each.without for each in reading.understood if each.kind == "comparator"] == [without]
    assert not {"relaxation_state", comparator} & set(reading.concepts)


@pytest.mark.parametrize(
    "question",
    ["massage for relaxation", "relaxation compared with massage", "massage against pain", "than", "vs looms"],
)
def test_what_stands_elsewhere_is_no_comparator(question: str) -> None:
    assert "comparator" not in {each.kind for each in read(question, VOCABULARY).understood}


def test_a_comparator_is_loosened_as_words_are() -> None:
    reading = read("massage compared with relaxation", VOCABULARY)
    assert names(reading) == ["all", "concepts", "any"]
    assert [each.text for each in rungs(reading)[1].spared] == ["compared with relaxation"]


SWEDISH, THAI, CUPPING = Concept("swedish"), Concept("thai"), Concept("cupping")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("swedish or thai", [Or((SWEDISH, THAI))]),
        ("swedish or thai massage", [Or((SWEDISH, THAI))]),
        ("reflexology, acupressure, or cupping", [Or((REFLEXOLOGY, ACUPRESSURE, CUPPING))]),
        ("massage for sleep or anxiety", [MASSAGE, Or((SLEEP, Concept("anxiety")))]),
        ("reflexology or reflexology", [REFLEXOLOGY]),
        ("massage or sleep", [Or((MASSAGE, SLEEP))]),
        ("reflexology, acupressure", [REFLEXOLOGY, ACUPRESSURE]),
        ("reflexology and acupressure or cupping", [REFLEXOLOGY, Or((ACUPRESSURE, CUPPING))]),
        ("massage or looms", [Or((MASSAGE, W("looms")))]),
        ("looms or massage", [Or((W("looms"), MASSAGE))]),
        ("dry needling or massage", [Or((And((W("dry"), W("needling"))), MASSAGE))]),
        ("massage or exercise for back pain", [Or((MASSAGE, W("exercise"))), Concept("back_pain")]),
        ("massage or medication", [Or((MASSAGE, W("medication")))]),
        ("massage, exercise or medication", [Or((MASSAGE, W("exercise"), W("medication")))]),
        ("exercise or massage for sleep", [Or((W("exercise"), MASSAGE)), SLEEP]),
        ("does massage reduce anxiety or improve sleep", [MASSAGE, Or((Concept("anxiety"), SLEEP))]),
        (
            "massage for sleep, relaxation or anxiety",
            [MASSAGE, Or((SLEEP, Concept("relaxation_state"), Concept("anxiety")))],
        ),
        ("neck or back pain", [Or((Concept("neck_pain"), Concept("back_pain")))]),
        ("knee or hip osteoarthritis", [Or((Concept("knee_osteoarthritis"), Concept("hip_osteoarthritis")))]),
        ("old looms or kilns of clay", [Or((W("looms"), W("kilns"))), W("clay")]),
        (
            "massage compared with rest or exercise",
            [MASSAGE, Or((Has("comparator", "rest_or_reading_or_music"), Has("comparator", "exercise_or_stretching")))],
        ),
        ("is massage good or bad for sleep", [MASSAGE, SLEEP]),
        ("whether or not massage helps", [MASSAGE]),
        ("or massage or", [MASSAGE]),
        ("reflexology vs acupressure", [REFLEXOLOGY, ACUPRESSURE]),
    ],
)
def test_or_means_either_whatever_stands_beside_it(question: str, expected: list[Node]) -> None:
    assert musts(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "does massage help fibromyalgia?",
            {"massage": "does help fibromyalgia?", "fibromyalgia": "does massage help ?"},
        ),
        ("FMS massage FMS", {"FMS": "massage", "massage": "FMS, FMS"}),
        ("author:field year:1996..2005", {"field": "year:1996..2005", "1996..2005": "author:field"}),
        ("looms NOT reflexology", {"looms": "NOT reflexology", "reflexology": "looms"}),
        ("looms -reflexology", {"looms": "-reflexology", "reflexology": "looms"}),
        (
            "cardiac nurses massage",
            {"cardiac": "nurses massage", "nurses": "cardiac, massage", "massage": "cardiac nurses"},
        ),
        ("back NOT sleep pain", {"back": "NOT sleep pain", "sleep": "back, pain", "pain": "back NOT sleep"}),
        (
            "massage with dry looms",
            {"massage": "with dry looms", "dry": "massage with looms", "looms": "massage with dry"},
        ),
        ('massage "dry looms"', {"massage": '"dry looms"', '"dry looms"': "massage"}),
        ("massage +pressure", {"massage": "+pressure", "+pressure": "massage"}),
        ("how many sessions of massage", {"massage": "how many sessions of"}),
        ("11814384", {"11814384": ""}),
        ("reflexology OR acupressure", {"reflexology": "OR acupressure", "acupressure": "reflexology"}),
    ],
)
def test_a_chip_can_be_taken_away(question: str, expected: dict[str, str]) -> None:
    assert chips(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "does massage help FMS?",
        "(reflexology OR acupressure) author:field -pregnancy",
        "swedish or thai for pain",
        "reflexology, acupressure or cupping",
        "is massage better than exercise for anxiety",
        "massage compared with relaxation -pregnancy",
    ],
)
def test_every_chip_taken_away_leaves_all_others(question: str) -> None:
    before = read(question, VOCABULARY)
    for chip in before.understood:
        after = read(chip.without, VOCABULARY)
        kept = [(each.kind, each.concept, each.excluded) for each in before.understood if each != chip]
        assert [(each.kind, each.concept, each.excluded) for each in after.understood] == kept


@pytest.mark.parametrize(
    ("question", "either"),
    [
        ("swedish or thai", ["thai"]),
        ("reflexology, acupressure or cupping for sleep", ["acupressure", "cupping"]),
        ("massage or exercise for back pain", ["exercise"]),
        ("(looms OR massage) sleep", ["massage"]),
        ("(looms kilns OR massage) OR sleep", ["massage", "sleep"]),
        ("massage and sleep", []),
    ],
)
def test_what_is_understood_says_where_or_stands_before_it(question: str, either: list[str]) -> None:
    assert [each.text for each in read(question, VOCABULARY).understood if each.either] == either


@pytest.mark.parametrize(
    ("question", "required"),
    [
        ("how many sessions of massage for low back pain", ["low back pain", "massage"]),
        ("how deep should the pressure be for fibromyalgia", ["fibromyalgia"]),
        ("what pressure is best in massage for fibromyalgia", ["fibromyalgia", "massage"]),
        ("how long should a massage last for sleep", ["massage", "sleep"]),
        ("is 20 minutes of massage twice a week enough for sleep", ["massage", "sleep"]),
        ("relief of sleep problems by looms", ["looms", "sleep problems"]),
        ("massage for weavers with fibromyalgia", ["fibromyalgia", "massage"]),
        ("massage for weavers with fibromyalgia and looms", ["fibromyalgia", "massage"]),
        ('massage for "weavers" with fibromyalgia', ["fibromyalgia", "massage", "weavers"]),
        ("massage for +weavers with fibromyalgia", ["fibromyalgia", "massage", "weavers"]),
        ("massage for weavers", ["massage", "weavers"]),
        ("massage for sleep of weavers", ["massage", "sleep", "weavers"]),
        ("cupping minutes author:field", ["cupping"]),
    ],
)
def test_words_of_dose_and_words_beside_a_treatment_and_its_condition_only_rank(
    question: str, required: list[str]
) -> None:
    reading = read(question, VOCABULARY)
    first = rungs(reading)[0]
    wanted = [part for part in reading.parts if part.kind not in ("hint", "filter") and part not in first.spared]
    assert sorted(part.text for part in wanted) == required


@pytest.mark.parametrize(
    ("question", "required"),
    [
        ("massage sessions", [W("massage"), W("sessions")]),
        ("what pressure", [W("pressure")]),
    ],
)
def test_a_literal_search_requires_every_word_that_says_something(question: str, required: list[Node]) -> None:
    reading = read(question, VOCABULARY, literal=True)
    assert [part.must for part in reading.parts] == required
    assert reading.understood == ()


@pytest.mark.parametrize(
    ("question", "population"),
    [
        ("massage for my mother's sore knees", False),
        ("massage for my father", False),
        ("massage for mothers", True),
        ("massage for depressed mothers", True),
    ],
)
def test_somebodys_own_mother_is_no_study_of_mothers(question: str, population: bool) -> None:
    assert ("population" in {each.kind for each in read(question, VOCABULARY).understood}) is population


def test_a_question_may_mean_what_is_no_kind_of_its_concept() -> None:
    assert musts("massage knee pain") == [MASSAGE, Or((Concept("knee_pain"), Concept("knee_osteoarthritis")))]
    assert {"knee_osteoarthritis"}.isdisjoint(read("knee pain", VOCABULARY).concepts)


def test_what_is_understood_names_the_question_with_the_broader_concept() -> None:
    (chip,) = read("foot reflexology", VOCABULARY).understood
    assert chip.wider == ("reflexology", "reflexology")


def test_a_misspelt_word_is_mended_and_said() -> None:
    reading = read("masage for weavers", VOCABULARY, mend={"masage": "massage"}.get)
    assert reading.concepts == ("massage_unspecified",)
    assert reading.notes == ("“masage” was read as “massage”.",)
    assert read("masage", VOCABULARY, literal=True, mend={"masage": "massage"}.get).notes == ()


def names(reading: Reading) -> list[str]:
    return [each.name for each in rungs(reading)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("", ["all"]),
        ("massage", ["all"]),
        ("looms", ["all"]),
        ("massage looms", ["all", "concepts", "any"]),
        ("massage sleep", ["all", "any"]),
        ("looms year:2001", ["all"]),
    ],
)
def test_a_question_is_loosened_step_by_step(question: str, expected: list[str]) -> None:
    assert names(read(question, VOCABULARY)) == expected


def test_field_words_and_exclusions_are_never_loosened() -> None:
    for rung in rungs(read("massage looms year:2001 -kilns", VOCABULARY)):
        required = rung.tree.required if isinstance(rung.tree, Maybe) else rung.tree
        assert isinstance(required, And)
        assert {Range("year", 2001, 2001), Not(W("kilns"))} <= set(required.parts)


def test_hints_are_scored_and_never_required() -> None:
    (rung,) = rungs(read("does massage help people?", VOCABULARY))
    assert isinstance(rung.tree, Maybe)
    assert W("help") in rung.tree.optional.parts  # type: ignore[union-attr]
    assert rungs(read("help", VOCABULARY))[0].tree == W("help")


def test_words_side_by_side_raise_where_they_stand_so() -> None:
    assert read("warp weft of looms", VOCABULARY).pairs == ((stem("warp"), stem("weft")),)
    assert read("low back pain", VOCABULARY).pairs == (("low", "back"), ("back", "pain"))
    assert read("-(warp weft)", VOCABULARY).pairs == ()


def test_brackets_beyond_the_deepest_are_passed_over() -> None:
    assert musts("(" * (DEEPEST + 5) + "looms") == [W("looms")]
    assert musts("(" * (DEEPEST - 1) + "looms" + ")" * (DEEPEST - 1) + " kilns") == [W("looms"), W("kilns")]


HOSTILE = [
    "",
    '"',
    'massage "unfinished',
    "the of and",
    "author:",
    "field: : ::",
    "massage " * 1_250,
    "a\x00b\x07",
    "*",
    "?????*",
    "[a TO z]",
    "NOT NOT NOT NOT massage",
    "((((((((",
    "-",
    "--massage",
    '-""',
    "massage~5",
    "\ud800",
    "ﬁbromyalgia ﷽ 𝓶𝓪𝓼𝓼𝓪𝓰𝓮",
    "'; DROP TABLE record; --",
    "<script>alert(1)</script>",
    "10.1234/",
    "0",
    "NOT " * 70 + "massage",
    "doi:10.1000/\udcff",
    'condition:"\udcff" author:"',
    "(" * 290 + "massage",
    "(a OR " * 50,
    "sup* a* massag*",
    'year:9999999999999999999999 n:> author:* design:() title:"',
    "-" * 300,
    " OR ".join(["massage"] * 60),
    "massage or " * 90,
    "massage versus " * 60,
    "than " * 200,
    "make " * 200 + "worse",
    "massage compared with the the the the a",
    "sleep, " * 140 + "or pain",
    "risk of the " * 80 + "massage",
    "\x01 hurt massage \x01",
]


@pytest.mark.parametrize("question", HOSTILE)
def test_nothing_a_person_types_is_an_error(question: str) -> None:
    rungs(read(question, VOCABULARY))


SIGNS = st.sampled_from(
    ['"', "(", ")", "-", "*", " ", " OR ", " AND ", " NOT ", "author:", "year:", "massage", "FMS", ".."]
)


@given(st.one_of(st.text(max_size=400), st.lists(SIGNS, max_size=40).map("".join)))
def test_any_text_is_read(question: str) -> None:
    reading = read(question, VOCABULARY)
    assert rungs(reading)
    for chip in reading.understood:
        read(chip.without, VOCABULARY)
