"""Words that only make a sentence of a question, and say nothing of what is asked.

A list of our own, by measurement: a general stop list would drop "back", "face", "point" and "high", which are
half of what people ask about.
"""

from __future__ import annotations

from kb.text import stems

FILLERS = frozenset(
    stems(
        "a about after affect all am an and any are as at be because been best better between but by can could did do "
        "does during effect effective evidence ever find for from get give good had has have having he help her him "
        "his how i if in into is it its like make many may me much my of on or other our patient people person "
        "received receiving research say says science she should show shows so some studies study such than that the "
        "their them there these they this those to trial try treat treatment trials us use used using was way we "
        "well were what when where whether which while who whom why will with work working would you your"
    )
)
