"""The words that results are told with, as tables: cues of change, and the small words around names.

A cue says a direction of the measure (`up`, `down`), a change for the patient without a direction
(`improved`, `worsened`), a plain difference, or sameness. What it means in its sentence (negated, as a
verb, before a noun) is worked out in `claims`.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Part = Literal["verb", "noun", "adjective", "same", "effective"]
Sense = Literal["up", "down", "improved", "worsened", "differs", "changed", "none"]


class Cue(NamedTuple):
    """A word that tells of a result."""

    word: str
    part: Part
    sense: Sense


_ROWS: tuple[tuple[Part, Sense, str], ...] = (
    ("verb", "down", "decreased reduced declined lowered diminished dropped fell lessened alleviated relieved"),
    ("verb", "down", "shortened subsided receded eased abated attenuated suppressed decreasing reducing lowering"),
    ("verb", "down", "resolved disappeared halved inhibited prevented eliminated minimised minimized"),
    ("verb", "down", "alleviating relieving reduces decreases reduce alleviate relieve lessen diminish"),
    ("verb", "up", "increased rose raised elevated enhanced prolonged lengthened increasing enhancing increases"),
    ("verb", "up", "doubled tripled heightened boosted"),
    ("verb", "improved", "improved ameliorated improving improve improves ameliorate ameliorates benefited benefitted"),
    ("verb", "improved", "normalised normalized recovered restored promoted accelerated"),
    ("verb", "worsened", "worsened deteriorated aggravated impaired worsen deteriorate"),
    ("verb", "changed", "changed altered change alter affect affected influence influenced"),
    ("verb", "differs", "differed differ"),
    ("noun", "down", "reduction reductions decrease decreases decline declines decrement alleviation lowering"),
    ("noun", "up", "increase increases rise elevation enhancement increment"),
    ("noun", "improved", "improvement improvements amelioration benefit benefits"),
    ("noun", "worsened", "worsening deterioration"),
    ("noun", "changed", "change changes effect effects"),
    ("noun", "differs", "difference differences interaction interactions"),
    ("effective", "improved", "effective beneficial efficacious helpful superior better outperformed"),
    ("effective", "worsened", "inferior"),
    ("effective", "up", "likely"),
    ("effective", "improved", "maintained sustained persisted"),
    ("adjective", "down", "lower less fewer shorter smaller earlier lowest shortest fewest smallest"),
    ("adjective", "up", "higher greater more longer larger highest longest greatest largest"),
    ("adjective", "improved", "better superior best"),
    ("adjective", "worsened", "worse poorer inferior worst"),
    ("adjective", "differs", "different"),
    ("same", "none", "similar comparable unchanged equal equivalent same significant insignificant stable alike"),
    ("same", "none", "nonsignificant non-significant unaffected constant"),
)


def _by_word() -> dict[str, tuple[Cue, ...]]:
    cues = [Cue(word, part, sense) for part, sense, words in _ROWS for word in words.split()]
    return {cue.word: tuple(each for each in cues if each.word == cue.word) for cue in cues}


CUES = _by_word()
# That a measure stays as it was, and that an effect lasts.
UNCHANGED = ("unchanged", "stable", "constant")
KEPT = ("maintained", "sustained", "persisted")


def adverb(word: str) -> bool:
    """Whether a word is an adverb by its ending: "significantly"."""
    return len(word) > 4 and word.endswith("ly") and word not in _NO_ADVERB


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NO_ADVERB = _set("family daily weekly monthly hourly early elderly supply assembly anomaly friendly")
BE = _set(
    """
    was were is are be been being remained remain became become stayed seemed appeared
    """
)
AUXILIARY = BE | _set("had has have did does do not n't never neither")
MODAL = _set("may might could can should would will must cannot")
# "was found to decrease" tells a result, "in order to decrease" an aim.
FOUND_TO = _set(
    """
    found shown observed tended seems seem appears appear seemed appeared proved proven failed
    reported seen began demonstrated
    """
)
# Verbs between who reports and what is reported: "the group showed a decrease".
REPORTING = _set(
    """
    showed shown shows show revealed reveals demonstrated indicated found find reported experienced had have
    exhibited observed noted saw detected displayed reviewed obtained recorded confirmed gained achieved
    presented yielded produced resulted led suggested made rated assigned underwent reached caused induced
    provided sustained performed
    """
)
# "... was observed": tells a result as much as "significant" does.
SEEN = _set(
    """
    observed found noted seen detected reported recorded demonstrated identified shown evident apparent
    """
)
NEGATION = _set(
    "no without not nor neither lack absence none never failed non-significantly nonsignificantly insignificantly "
    "non-significant nonsignificant insignificant"
)
PREPOSITION = _set(
    """
    in on at by for with within from to after before during between among amongst across over under through
    throughout following despite compared relative versus vs than as per via until since upon toward towards
    immediately post regarding concerning into against around about besides
    """
)
OBJECT_OF = _set("in of for on regarding concerning")
# Words before a name that are no part of it.
LEADING = _set(
    """
    the a an their his her its our this these those that such any some both each another further additional
    significant significantly statistically marked markedly substantial slight small large great greater
    clinically meaningful relevant considerable also only even and or of patients' participants' patient's in
    for on to with immediate overall positive good respective same corresponding statistical highly more much
    very first main moderate modest important strong beneficial furthermore moreover inter intra hoc then universal
    initial obvious between-group robust clear rapid dramatic sharp gradual progressive sustained notable
    remarkable minimal consistent intergroup subsequent estimated observed average terms almost relation
    treating managing
    """
)
# What may stand between a noun of change and the "in" of its names.
PASSED = _set(
    """
    and or respect regard related relating terms all % per cent had two three four group groups treatment
    treatments therapy time interventions post-treatment massage control usual care standard sham placebo
    exercise waiting list points point cm mm kg change changes not nonsignificant non-significant
    """
)
# Words no name goes over, beside verbs, negations and the like.
ENDING = _set(
    """
    there tended continued seems seem appears appear including included such except excluding based according
    relating using only
    especially particularly respectively = < > again afterwards thereafter
    """
)
CONJUNCTION = _set("and or nor & plus")
SUBORDINATE = _set(
    """
    while whereas although though but however yet when which who whose where that because whether if
    """
)
PERSON = _set(
    """
    patients patient participants participant subjects subject individuals women woman men man people persons
    children child adults infants neonates newborns mothers parents nurses physicians therapists students
    volunteers athletes controls cases those others group groups cohort sample respondents population
    populations tertiles quartiles we they he she it them us females males girls boys babies caregivers workers
    runners who dogs rats mice animals rabbits users
    """
)
TIME = _set(
    """
    baseline week weeks month months day days year years hour hours minute minutes min time times period session
    sessions treatment treatments intervention interventions therapy study trial follow-up followup end phase
    visit pretest posttest post-test pre-test assessment assessments measurement point points trials studies
    months' analysis analyses comparison comparisons procedure course post-treatment post-intervention addition
    contrast particular general conclusion terms favor favour response massage control placebo intervals
    evaluation examination experiment program programme condition conditions rest surgery week's percent
    percentage
    """
)
# Words that end no name ("three weeks"), although they may stand in one ("six-minute walk test").
NOT_LAST = (TIME - _set("time times point points condition conditions")) | _set(
    """
    acupuncture physiotherapy exercise exercises surgery arm drug drugs placebo sham technique techniques device treated
    """
)
NEVER_NAMED = PERSON | _set("residence accident causes recruitment eligibility characteristics")
# Words that make no name by themselves: a row called "scores" tells a reader nothing.
BARE = (
    PERSON
    | TIME
    | _set(
        """
    scores score values value levels level results result data rates rate number one two three four five six
    there which what it this these that findings changes change differences difference effect effects
    improvement improvements reduction significance significant statistically extent degree trend interaction
    respectively same most least many few each evidence use interest fact part order majority half dose arm arms
    side events adverse age sex gender demographics characteristics p n sd ci mean median percent rest standard
    comparator magnitude size sizes alone ratio odds hazard risk relation potential findings comparing achieving
    importance
    range short long term short-term long-term mm cm kg mg ml bpm tests
    interactions measurements changes gains figures links link themes theme associations association relationship
    relationships depth detail difficult
    """
    )
)
# "more likely", "less effective", "more patients" name no measure.
NO_MEASURE = PERSON | _set(
    """
    likely effective often frequently than pronounced efficient positively severe apparent prominent marked
    evident expensive costly cost-effective common frequent accurate prone rapidly quickly significant so
    favorable favourable satisfied
    """
)
LESSER = _set("smaller lesser less lower poorer worse")
# What a lesser change of one arm is against the other.
TURNED: dict[Sense, Sense] = {"up": "down", "down": "up", "improved": "worsened", "worsened": "improved"}
# "Lower back", "longer term": no comparatives.
BODY = _set(
    """
    back limb limbs extremity extremities leg legs body abdomen abdominal jaw term trapezius lumbar urinary
    education
    """
)
# "Pain at rest" is one name, "pain at follow-up" is a name and a time.
ACTIVITY = _set(
    """
    rest movement motion activity night palpation walking flexion extension abduction work exertion sitting
    standing
    """
)
