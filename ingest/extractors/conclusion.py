"""The authors' conclusion, in their words: the last run of concluding sentences, from first to last character.

A text that sounds like a conclusion from its first word on is an opinion or an overview, and concludes nothing apart.
"""

from __future__ import annotations

from ingest.extractors.reading import Reading
from kb.extraction import Finding


def conclusion(reading: Reading) -> Finding[str] | None:
    """The conclusion as written, or None where no sentence concludes."""
    run = []
    for sentence in reversed(reading.sentences):
        if sentence.section == "conclusions":
            run.append(sentence)
        elif run:
            break
    if not run:
        return None
    start, end = run[-1].start, run[0].end
    if run[-1] is reading.sentences[0]:
        return None
    return Finding(reading.abstract[start:end], start, end, rule="conclusion:last_run")
