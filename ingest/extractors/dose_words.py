"""The vocabulary of doses: how a treatment's units are worded. Own lists, from wordings met in abstracts."""

from __future__ import annotations

# What is counted as a session. The plain ones are a session and nothing else; the others may be a kind.
PLAIN = r"(?:sessions?|lessons?|classes|appointments?|(?:home|office|treatment|massage|therapy) visits?)"
GIVEN = r"(?:treatments?|massages?|applications?|(?:aroma|physio|hydro)?therap(?:y|ies)|manipulations?|cycles)"
SESSION = rf"(?:{PLAIN}|{GIVEN})"
# What may be measured in minutes without being called a session.
_ACTIVITY = (
    r"(?:exercises?|training|acupressure|acupuncture|electroacupuncture|reflexology|stimulation|relaxation|stroking"
    r"|program(?:me)?|bath|taping|mobili[sz]ation|tea|touch|foot massage|class|intervention|rubbing|compression)"
)
_OTHER = (
    r"week|day|patient|participant|trial|stud|min|month|who|were|was|for|and|of|in|per|a\b|different|active|various"
    r"|with|on\b|to\b|by\b|from|at\b|or\b|but\b|each|points|acupoints|follow"
    r"|the\b|had\b|receiv|underw|got\b|given|\d|w?omen|m[ae]n\b|adults|people|cent(?:er|re)|copyright|test|measur|assess|record|planned|exam|year"
)
LENGTH_WORD = r"(?:\d{1,3}(?:\.\d)?[ -]?(?:min(?:ute)?s?|hours?|hrs?|h)\b-?)"
KIND = rf"(?:(?:{LENGTH_WORD}|(?!{_OTHER})[\w'’-]+) ){{0,4}}"
EACH = r" ?(?:a|per|each|every|/) ?"
WEEK = r"(?:week|wk)"
WEEKS = r"(?:weeks?|wks?)"
MIN = r"[ -]?min(?:ute)?s?\b"
HOUR = r"[ -]?(?:h|hr|hour)s?\b"
TIMES = rf"[ -]?(?:{LENGTH_WORD} )?(?:(?:{KIND})(?:times?|x|×|days?|d\b|{SESSION}))"
THING = rf"[ -](?:(?:long|duration|daily|weekly|of|a) )?(?:{KIND})(?:{SESSION}|{_ACTIVITY})\b"
PROGRAMME = (
    r"(?:program(?:me)?|intervention|treatment|course|trial|regimen|period|training|therapy"
    r"|protocol|massage|exercise)s?"
)
TREATMENT = (
    r"(?:treatment|intervention|therapy|massage|training|acupressure|acupuncture|exercise|program(?:me)?|course)"
)
ARTICLE = r"(?:(?:a|an|the|about|approximately|up to|total|period|duration|course|of|first|consecutive) ){0,5}"
LENGTH = rf"(?:\b(?:for|over|during|across|lasts?|last|lasted|lasting|(?:period|duration) (?:was|of)) |[x×] ?){ARTICLE}"
