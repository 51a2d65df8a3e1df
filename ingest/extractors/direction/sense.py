"""Which way a sentence says that the outcome went: the features of a learnt model.

Neither rules nor words alone suffice: the rules of `cues` and `values` know who is compared with whom, the
pairs of neighbouring signs know the wordings that no table foresees. Both are features, and labelled sentences
weigh them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.extractors.direction.cues import SENSES, Cue, cues
from ingest.extractors.direction.figures import APART, CROSSING, NOT_SIGNIFICANT, SIGNIFICANT
from ingest.extractors.direction.marking import ARMS, NUMBER, OUTCOME, Word, marked, wider
from ingest.extractors.direction.question import Question, stem, tokens
from ingest.extractors.direction.values import compared

_SIGNS = (SIGNIFICANT, NOT_SIGNIFICANT, APART, CROSSING)
# A measure that is better when it is lower; "improved" then means that it fell.
_ADVERSE = frozenset(
    stem(each)
    for each in (
        "pain mortality death depression anxiety stress fatigue symptom symptoms severity nausea vomiting bleeding "
        "infection disability distress risk complication complications adverse failure recurrence incidence time "
        "duration length stay weight pressure cholesterol glucose hba1c bmi fat triglyceride ldl blood loss relapse "
        "score scores index insomnia cough itch pruritus fall falls injury error errors cost costs need consumption "
        "requirement inflammation crp insulin lesion lesions fracture tumor hypertension hypotension exacerbation "
        "craving smoking intake alcohol bias delay resistance dyspnea headache edema swelling burden"
    ).split()
)
_FAVOURED = frozenset(
    stem(each)
    for each in (
        "quality function survival knowledge adherence satisfaction strength performance capacity ability recovery "
        "success response remission range flow volume hdl score scores walking balance cognition memory growth "
        "satisfied accuracy compliance mobility health wellbeing vision acuity sleep density relief efficacy "
        "improvement pregnancy birth healing cure oxygen saturation self-efficacy activity fev1 confidence rate"
    ).split()
)


def features(text: str, asked: Question) -> list[str]:
    """What the models read of the sentence `text`."""
    words = wider(marked(text, asked), asked)
    told = cues(words)
    about = _about(asked.outcome.text)
    pvalue = _nearest_sign(words)
    found = list(_runs([each.sign for each in words]))
    for cue in told:
        found += _of_cue(cue, about, pvalue)
    figures = compared(words, pvalue)
    found += figures
    found += _main(told, about, pvalue, figures)
    found += [f"out:{each}" for each in about] + [f"p:{pvalue}"]
    found += [f"has:{mark}" for mark in (*ARMS, OUTCOME) if any(each.sign == mark for each in words)]
    return found


def _runs(signs: Sequence[str]) -> Iterator[str]:
    kept = [each for i, each in enumerate(signs) if not (each == NUMBER and i and signs[i - 1] == NUMBER)]
    for size in (1, 2):
        for i in range(len(kept) - size + 1):
            yield " ".join(kept[i : i + size])


def _about(outcome: str) -> list[str]:
    """What the outcome's own words say: the way it points if it is itself a change, and what is good."""
    found = [each.group().lower() for each in tokens(outcome)]
    senses = sorted({f"is_{SENSES[each]}" for each in found if each in SENSES})
    stems = {stem(each) for each in found}
    good = "adverse" if stems & _ADVERSE else "favoured" if stems & _FAVOURED else "plain"
    return [good, *senses]


def _nearest_sign(words: Sequence[Word]) -> str:
    """The sign of significance that comes first behind the outcome, else the last before it."""
    at = next((i for i, each in enumerate(words) if each.sign == OUTCOME), 0)
    behind = [each.sign for each in words[at:] if each.sign in _SIGNS]
    before = [each.sign for each in words[:at] if each.sign in _SIGNS]
    return behind[0] if behind else before[-1] if before else "-"


def _of_cue(cue: Cue, about: list[str], pvalue: str) -> Iterable[str]:
    near = 0 if cue.distance < 4 else 1 if cue.distance < 9 else 2 if cue.distance < 20 else 3
    told = f"{cue.effective}{'!' * cue.denied}"
    yield f"cue:{told}"
    known = (cue.whose != "-") + (cue.against != "-")
    yield f"cue:{told}:known{known}"
    yield f"cue:{told}:known{known}:{near}"
    yield f"cue:{told}:{near}"
    yield f"cue:{told}:{pvalue}"
    yield f"cue:{cue.sense}:{cue.denied}:{cue.whose}:{cue.against}"
    for each in about:
        yield f"cue:{told}:{each}"


def _main(told: list[Cue], about: list[str], pvalue: str, figures: list[str]) -> Iterable[str]:
    """The cue nearest to the outcome, what most cues say, and how the figures agree."""
    values = [each for each in figures if each.count(":") == 1]
    cue = min(told, key=lambda each: (each.distance, each.at)) if told else None
    said = f"{cue.effective}{'!' * cue.denied}" if cue else "none"
    yield f"main:{said}"
    for each in (pvalue, *about, *values):
        yield f"main:{said}:{each}"
    for each in values:
        for kind in about:
            yield f"{each}:{kind}"
    if cue is not None:
        yield f"main:{cue.effective}:{(cue.whose != '-') + (cue.against != '-')}:{about[0]}"
    ways = [each.effective.rstrip("?") for each in told if not each.denied and each.distance < 20]
    for name, up, down in (("way", "up", "down"), ("worth", "good", "bad")):
        lead = ways.count(up) - ways.count(down)
        tally = up if lead > 0 else down if lead < 0 else "even"
        yield f"tally:{name}:{tally}"
        yield f"tally:{name}:{tally}:{about[0]}"
    yield "all:" + ",".join(sorted({f"{each.effective}{'!' * each.denied}" for each in told}))
