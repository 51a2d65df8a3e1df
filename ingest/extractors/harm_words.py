"""The wording of harms: that some occurred, that none did, that none serious did; and what they are called.

"No difference in side effects" denies a difference, "any side effects were noted" denies nothing, and adverse events
that a review found "not reported" are a gap and no denial. Own lists, from wordings met in abstracts.
"""

from __future__ import annotations

import re

from ingest.extractors.design_cues import any_of
from kb.extraction import HarmState

_EVENT = r"(?:(?:drug )?events?|effects?|reactions?|outcomes?|experiences?|incidents?|responses?)"
HARM = (
    rf"\b(?:(?:adverse|side|untoward|unwanted|undesirable|undesired|negative side|harmful|ill)[ -](?:\w+ )?{_EVENT}"
    r"|(?:deleterious|adverse|negative|harmful) (?:consequences|impacts?)|side-?effects?|complications?|harms?\b"
    r"|safety (?:issues?|concerns?|problems?))"
)
_INJURED = r"(?:injur(?:y|ies))"
_NO = (
    r"\b(?:no|without|nor|free of|neither|zero|absence of|lack of|(?:not|never) (?:\w+ ){0,3}any)\b"
    r"(?![^.;]{0,40}\b(?:differen|delivery))"
)
_MINOR = r"(?:minor|mild|transient|temporary|slight)"
_GRAVE = r"(?:serious|severe|major|significant|important|grave|life-threatening)"
# What is a harm by its name alone, whoever says it.
SORE = (
    r"(?:bruis(?:es?|ing)|ecchymos[ei]s|ha?ematomas?|(?<!onset muscle )soreness|discomfort|dizziness|fainting|syncope"
    r"|skin (?:irritation|redness|reactions?|burns?|rash)|erythema|blisters?|allergic reactions?)"
)
# What may as well be a symptom that the treatment is for: a harm only where the sentence calls it one.
_SYMPTOM = (
    r"(?:nausea|vomiting|headaches?|fatigue|tiredness|drowsiness|somnolence|itching|pruritus|bleeding|swelling|numbness"
    r"|tingling|stiffness|tenderness|cramps?|spasms?|dry mouth|constipation|diarrh?o?ea|infections?|rash|redness"
    r"|irritation|ulceration|burns?|falls?|hypotension|bradycardia|palpitations|anxiety|light-?headedness|dry skin"
    r"|(?:increased?|increases? in|worse|more|aggravated|aggravation of|exacerbation of|worsening of|gastrointestinal"
    r"|local|needling)"
    r" (?:the )?(?:pain|symptoms|disturbances|upset))"
)
_INJURY = (
    r"(?:(?:cerebral |brain ?stem |vertebral artery |spinal cord |arterial |carotid )?(?:isch(?:a)?emi\w{1,3}|strokes?"
    r"|dissections?|fractures?|ha?ematomas?|pneumothorax|ruptures?|infarctions?|paralysis|paraplegia|thrombosis))"
)
_LEAD = (
    rf"(?:{_MINOR}|moderate|local|slightly|post-?treatment|muscle|muscular|skin|some|subcutaneous|neck|back|severe"
    r"|temporarily|increased|short-lived|grade \d|minimal|gastrointestinal)"
)
EVENTS = re.compile(rf"\b(?:{_LEAD} (?:(?:and|or) {_LEAD} )?){{0,2}}(?:{SORE}|{_SYMPTOM}|{_INJURY})\b", re.IGNORECASE)
NAMED = re.compile(rf"{HARM}|\b{_MINOR}\b", re.IGNORECASE)

_SAID = (
    r"(?:were|was|occurred|included?|reported|observed|such as|consisted|more (?:common|frequent)|in \d|predominantly"
    r"|happened|comprised|experienced)"
)
_SOME = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|some|several|few|most common|reported|only)"
_SUFFERED = r"(?:experienced|developed|suffered|complained of|reported|had|felt|noticed)"
_WHO = r"(?:patients?|participants?|subjects?|women|men|persons?|individuals?|\d+|\d ?%|one|two|three|four|five)"

# Tried in order in each sentence; the first that fits gives the state.
RULES: tuple[tuple[str, HarmState, re.Pattern[str]], ...] = (
    (
        "harms:minor",
        "reported",
        any_of(
            rf"(?<!no )(?<!without )\b{_MINOR}\b[^.;]{{0,40}}\b(?:{SORE}|adverse|side)",
            rf"\b(?:discomfort|soreness)\b[^.;]{{0,40}}\b{_MINOR}\b",
            rf"{HARM} (?:were|was) (?:\w+ ){{0,3}}{_MINOR}\b",
        ),
    ),
    (
        "harms:none_serious",
        "none_serious",
        any_of(
            rf"{_NO} (?:[\w-]+ ){{0,3}}{_GRAVE}\b[^.;]{{0,25}}(?:{HARM}|{_INJURED})",
            rf"\b{_GRAVE} (?:\w+ ){{0,2}}{HARM}[^.;]{{0,30}}\b(?:not (?:observed|reported|occur|seen|noted)|none)",
        ),
    ),
    (
        "harms:none",
        "none_occurred",
        any_of(
            rf"{_NO} (?:[\w()-]+ ){{0,4}}(?:{HARM}|{_INJURED})",
            rf"\bnone of the\b[^.;]{{0,60}}{HARM}",
            rf"{HARM}[^.;]{{0,30}}\b(?:not (?:observed|occur|seen|noted|found|detected|experienced)|none|absent)",
        ),
    ),
    (
        "harms:reported",
        "reported",
        any_of(
            rf"{HARM}\b[^.;]{{0,60}}\b{_SAID}\b",
            rf"\b{_SOME}\b[^.;]{{0,30}}{HARM}",
            rf"\b{_WHO}\b[^.;]{{0,40}}\b{_SUFFERED}\b[^.;]{{0,30}}{HARM}",
        ),
    ),
    (
        "harms:worsened",
        "reported",
        any_of(
            r"(?<!group )(?<!groups )\breported an? (?:increase|aggravation|worsening|exacerbation)\b",
            rf"\bassociated with (?:\w+ ){{0,2}}{_INJURY}",
            rf"\b{SORE}\b[^.;]{{0,30}}\b(?:was|were|occurred|reported)\b",
            rf"\b{_WHO}\b[^.;]{{0,40}}\b{_SUFFERED}\b[^.;]{{0,30}}\b{SORE}",
            rf"\b(?:caused|induced|led to|resulted in)\b[^.;]{{0,20}}\b{SORE}",
        ),
    ),
)
# One of these stands in every sentence that any rule can fit.
HARM_CUE = re.compile(
    rf"{HARM}|\b(?:{SORE}|{_INJURY}|{_INJURED})\b|\breported an? (?:increase|aggrav|worsen|exacerb)", re.IGNORECASE
)
# A harm of treatment that a case report opens with: who was treated, and what came of it.
AFTER_TREATMENT = any_of(
    rf"\b(?:associated with|following|after|caused by|due to|induced|complicat\w{{1,3}}|developed|suffered)\b"
    rf"[^.;]{{0,60}}\b{_INJURY}",
    rf"\b{_INJURY}\b[^.;]{{0,40}}\b(?:following|after|caused by|due to|induced by|associated with)\b",
)
# The words of a plan, a question or a wish, not of an observation; and of harms that nobody reported on.
NOT_OBSERVED = any_of(
    r"\bwill be\b",
    r"\bto (?:assess|determine|evaluate|examine|investigate|monitor|prevent|avoid)\b",
    r"\b(?:aims?|objectives?|whether|hypothes\w+|should|further|future|more research|criteria|measures?"
    r"|uncertain\w*|unclear|reported on|(?:studies|trials) reported)\b",
    rf"{HARM}[^.;]{{0,30}}\b(?:generally|usually|mostly|often|frequently|largely|poorly|rarely|seldom|well|adequately"
    r"|inadequately|consistently|systematically) (?:not )?(?:reported|desc|assess|record|document)",
    rf"{HARM}[^.;]{{0,30}}\bnot (?:\w+ly )?(?:reported|desc|assess|record|document)",
    rf"{HARM} (?:were|was) (?:also |all |\w+ly )?(?:record|monitor|assess|collect|document|evaluat|register"
    r"|measur|track|ask)\w*\b"
    r"(?! (?:in|for|by|among) (?:\d|one|two|three|four|five|six|seven|eight|nine|ten|some|several))",
    r"\b(?:few|some|several|most|many|\d+|one|two|three|four|five|six|no|half of the|none of the) (?:of the )?(?:\w+ )?"
    r"(?:trials|studies|study|trial|reports|authors|papers|reviews)\b[^.;]{0,40}"
    r"\b(?:mention|report|assess|address|describ|provid|discuss|record)\w*",
    r"\bno (?:\w+ )?(?:information|data|details?|mention|assessment|description|evaluation|evidence) (?:on|of|about"
    r"|regarding|concerning|for)\b",
    r"\b(?:post-?operative|surgical|obstetric|neonatal|wound|an(?:a)?esthe\w{1,4}|diabetic) complications?\b",
    r"\bcomplications? of (?:the )?(?:surgery|operation|labou?r|delivery|diabetes|disease|pregnancy)\b",
    r"\b(?:delivery|birth|pregnancy|healing|recovery|operation|surgery) without\b",
    r"\b(?:poor|inadequate|insufficient|incomplete) reporting\b",
    r"\b\d+ ?% (?:\w+ ){0,2}(?:reported|had|having) (?:\w+ )?no\b",
)
# Behind a denial: it is of the other group ("no side effects with placebo").
OF_CONTROL = re.compile(
    r"[^.;,]{0,40}?\b(?:with|in|of|from|by|during|after|for) (?:the |a )?(?:control|placebo|sham|usual care"
    r"|standard care|comparison|drugs?|medication|rest|waiting[- ]list|untreated)\b"
    r"(?![^.;]*\b(?:massage|intervention|treatment|experimental|study|both|either|any|all)\b)",
    re.IGNORECASE,
)
# "Massage is a treatment without side effects": what is said of a treatment at all times was observed at none.
GENERAL = re.compile(
    r"\b(?:is|are|has|have|may|can|could|might|should|does|do|offers?|provides?|as)\b[^.;]{0,80}$", re.IGNORECASE
)
OBSERVED = re.compile(
    r"\b(?:were|was|had been|have been|has been|occurred|observed|reported|noted|found|seen|recorded|registered"
    r"|experienced|developed|showed|caused|produced|did)\b",
    re.IGNORECASE,
)
# Where these stand, the harms are those of a disease or of another treatment.
TREATED = any_of(
    r"\b(?:reduc\w+|decreas\w+|lower\w*|reliev\w+|eliminat\w+|minimi[sz]\w+|alleviat\w+|prevent\w*"
    r"|incidence of|risk of|rates? of|chemotherapy"
    r"|surg\w+|postoperative|toxicit\w+|improv\w+)\b",
    r"\b(?:differen\w+|comparable|similar)\b[^.;]{0,60}\b(?:complications?|discomfort|soreness|dizziness)\b",
)
# "No side effects, except for slight soreness": what stands behind is what occurred.
EXCEPT = re.compile(r"\b(?:except|other than|apart from|aside from|besides|but|although|only|however)\b", re.IGNORECASE)
