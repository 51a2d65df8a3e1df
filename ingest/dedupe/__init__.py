"""Which records are one publication. Pure: the store names candidates by their keys, this decides.

Records are linked, never deleted: each stays as it came, and what a reader sees is merged from them. A record is
folded into a `Citation`, two citations are compared by rules, and a record is placed among its candidates.
"""

from ingest.dedupe.by_citation import Verdict
from ingest.dedupe.citation import Citation, cite
from ingest.dedupe.placing import Doubt, Placement, judge, may_join, place
from ingest.dedupe.same import compare

__all__ = ["Citation", "Doubt", "Placement", "Verdict", "cite", "compare", "judge", "may_join", "place"]
