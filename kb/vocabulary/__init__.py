"""The field's concepts as data: conditions, techniques, outcomes and their polarity, instruments, comparators, designs.

Knowledge lies in `data/*.toml`, one table a row, and grows there; the code only reads it (`reader`) and
finds its names in text (`matcher`, `words`).

How a word is given to one kind, since a mention has one: what is measured in most abstracts is an
outcome ("anxiety", "depression", "fatigue"), what people are recruited for is a condition ("low back
pain", "insomnia", "depressive disorder"); a condition that is itself measured says so in `measured_as`.
"Light touch" and "sham massage" are comparators, "light pressure massage" is a technique that says in
`comparator` what it is in a control group. Designs are found apart from all others (`design_mentions`), for a
question names the design it wants, and an abstract those of other people's studies.
"""

from __future__ import annotations

from kb.vocabulary.concepts import Comparator, Concept, Design, Instrument, Kind, Mention
from kb.vocabulary.reader import Vocabulary, load_vocabulary

__all__ = ["Comparator", "Concept", "Design", "Instrument", "Kind", "Mention", "Vocabulary", "load_vocabulary"]
