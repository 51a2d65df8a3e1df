"""Words that only make a sentence of a question, and words that say something of it but need not be found.

Lists of our own, by measurement on collections of real questions (docs/search.md): a general stop list would drop
"back", "face", "point" and "high", which are half of what people ask about, while "what" alone, left in, costs long
questions four points of nDCG.
"""

from __future__ import annotations

from kb.text import stems

# Dropped: function words, and the words of asking.
FILLERS = frozenset(
    stems(
        "a about again all also am among an and any anybody anyone anything are as at be because been being between "
        "both but by can cannot could did do does doing done each either else etc ever every everyone few for from "
        "further had has have having he her hers herself him himself his how however i if in into is isn it its itself "
        "just let like ll may me might more most much must my myself neither nor not of on only onto or other our ours "
        "ourselves own per please quite rather re really regarding s same shall she should since so some somebody "
        "someone something such t than thank thanks that the their theirs them themselves then there these they thing "
        "things this those though through thus to too until upon us ve very via was we were what whatever when where "
        "whereas whether which while who whom whose why will with within without would yet you your yours yourself "
        "affect affects ask asked asking describe effect effective effects evidence explain find found get give given "
        "gives got hello hi information know known name need people person question questions research say says show "
        "shown shows studies study tell want wonder wondering don doesn didn won"
    )
)

# Scored where they stand, and never required: "does massage help?" is not a question about the word "help".
HINTS = (
    frozenset(
        stems(
            "after another bad before benefit best better change client clients day days during feel feels "
            "feeling good helps help helped helpful helping improve improves make makes making many new often out "
            "over patient patients people receive received receiving reduce reduces relieve relieves safe science "
            "side suffer suffering take therapist therapists treat treated treating treatment treatments trial "
            "trials try type types up use used useful using versus vs way well who work working works worth "
            # of dose
            "amount daily deep deeply depth dosage dose duration enough firm firmly firmness frequency frequent "
            "frequently gentle gently hard hour hours ideal intense intensity last lasting lasts light lightly long "
            "longer maximum minimum minute minutes month months optimal optimum pressure quick quickly regular "
            "regularly right session sessions short speed strength strong strongly time times twice week weekly weeks "
            "year years "
            # of what a treatment does
            "benefits boost decrease decreases ease eases easing increase increases level levels lower lowers raise "
            "raises recommend recommended relief relieving soothe soothing "
            # of whom it is asked for: a mother is somebody's own here, and not one of mothers
            "aunt brother dad daddy daughter father friend grandfather grandma grandmother grandpa husband mom mother "
            "mum old aged partner sister son spouse uncle wife"
        )
    )
    - FILLERS
)

UNITS = frozenset(stems("session minute min hour day week month year time"))  # behind a number: a dose, or an age
