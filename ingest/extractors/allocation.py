"""How the order of allocation was made or kept from those who enrolled, as written.

The wording is that of CONSORT for Abstracts and of PEDro's item 3: a generated list, a
drawn lot, blocks and strata, sealed envelopes, a distant office.
"""

from __future__ import annotations

from ingest.extractors.design_cues import any_of
from ingest.extractors.own import speaks_of_itself
from ingest.extractors.reading import Reading
from ingest.extractors.stems import search
from kb.extraction import Finding

_RANDOMISATION = r"(?:randomi[sz](?:ation|ing)|random allocation|allocation)"
_LIST = r"(?:lists?|sequences?|numbers?|tables?|schedules?|codes?)"
_BY = r"(?:by|for|according to|on the basis of) [^.;,:()]{2,60}?(?= to receive| and randomi| and were|[.;,:()]|$)"
_CUES = any_of(
    r"\bcomputer(?:i[sz]ed)?[- ]?(?:generated|based|produced|assisted|derived)?(?: [\w-]{1,20}){0,4}?"
    rf" (?:{_LIST}|{_RANDOMISATION})\b|\bcomputer(?:i[sz]ed)?[- ]?(?:generated )?random(?:[- ]\w{{1,15}})?\b",
    rf"\b(?:web|internet|software|telephone)[- ](?:based|generated)?(?: [\w-]{{1,15}}){{0,2}}? ?{_RANDOMISATION}\b",
    rf"\brandomi[sz]ation[- ](?:allocation |assignment )?{_LIST}\b"
    r"|\brandom[- ](?:allocation |assignment )?(?:numbers?(?: tables?)?|digits?|tables?|lists?|codes?)\b"
    r"(?! dial)",
    r"\b(?:tables?|lists?|sequences?) of random(?:ly)?(?: [\w-]{1,15}){0,2} numbers\b",
    r"\b(?:(?:sequentially |consecutively )?numbered,? |sealed,? |opaque,? |closed,? |identical,? ){1,4}(?:and )?"
    r"(?:sealed |opaque |closed )?(?:envelopes?|containers?)\b",
    r"\bsealed[- ]envelope(?: \w{1,15})?",
    r"\b(?:(?:permuted|random(?:ly)?|variable|varying|balanced|mixed|computer-generated)[- ]){0,2}block(?:s|ed|ing)?"
    rf"[- ](?:{_RANDOMISATION}|design|sizes?|method|allocation)\b|\b(?:permuted|random|varying) blocks?\b"
    r"|\bblocks of (?:\w+|\d)\b",
    rf"\bstratified[ -](?:block[ -]|permuted[ -]block[ -])?{_RANDOMISATION}\b|\bstratified {_BY}",
    r"\brandomi[sz]ation was (?:\w{1,15} )?(?:blocked|centrali[sz]ed|minimi[sz]ed|computeri[sz]ed)\b",
    r"(?<!cost )(?<!cost-)\bminimi[sz]ation(?: (?:method|procedure|program\w*|algorithm|technique|criteria))?\b(?! of)",
    r"\b(?:coin[- ]?toss(?:ing)?|toss(?:ing)? (?:of )?a coin|flip(?:ping)? (?:of )?a coin"
    r"|coin flip|throw(?:ing)? (?:a )?dice"
    r"|draw(?:ing)?(?: of)? (?:the )?lots?|lottery(?: method)?|draw(?:ing)? (?:of )?(?:cards|straws))\b",
    rf"\bcentral(?:i[sz]ed|ly)?(?: [\w-]{{1,15}}){{0,2}}? {_RANDOMISATION}\b"
    r"|\binteractive (?:voice|web)[- ]?\w{0,6} response\w*(?: (?:technology|system))?",
    r"\b(?:allocation|assignment|randomi[sz]ation)(?: sequence)? (?:was |were )?conceal(?:ed|ment)\b"
    r"|\bconcealed(?: random)? allocation\b|\bconcealment of allocation\b",
    r"\b(?:simple|adaptive|urn|pairwise|matched[- ]pair) randomi[sz]ation\b",
    r"\balternat(?:e|ing|ely) (?:allocat|assign)\w+|\b(?:odd|even)[- ](?:and|or|numbered)[ -]\w+"
    r"|\bby (?:date of birth|record number|day of the week|birth ?date)\b",
)
# A sentence on allocation holds one of these; a lottery or a computer may be there for other reasons.
_ABOUT = any_of(r"random|allocat|assign|conceal|envelope")
# Parts of one account ("a computer-generated list, kept in sealed envelopes") lie no farther apart than this.
_NEAR = 70


def allocation(reading: Reading) -> Finding[str] | None:
    """The first account of it in a sentence of the study's own, from its first cue to its last."""
    for sentence in reading.sentences:
        if not search(_ABOUT, reading.abstract, sentence.start, sentence.end):
            continue
        if not speaks_of_itself(reading.abstract, sentence):
            continue
        span: tuple[int, int] | None = None
        for cue in _CUES.finditer(reading.abstract, sentence.start, sentence.end):
            if span is not None and cue.start() - span[1] > _NEAR:
                break
            span = (span[0] if span else cue.start(), cue.start() + len(cue.group().rstrip()))
        if span:
            return Finding(reading.abstract[slice(*span)], *span, rule="method:allocation")
    return None
