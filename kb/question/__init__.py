"""What a person asks, understood: `read` a question, and the query trees that answer it.

A person types what they would say to a colleague, or a query as one writes it for a library; both are read by
the same few rules, and nothing that is typed is an error. `syntax` finds phrases, brackets, field words and
operators; `reading` gives what is left its meaning, concept by concept (`senses`, `harm`) and word by word; `ladder`
makes the trees, from all that was asked to some of it.
"""

from __future__ import annotations

from kb.question.ladder import Rung, asked, rungs
from kb.question.parts import Part, Reading, Understood
from kb.question.reading import LONGEST, read

__all__ = ["LONGEST", "Part", "Reading", "Rung", "Understood", "asked", "read", "rungs"]
