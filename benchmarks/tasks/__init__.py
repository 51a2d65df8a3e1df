"""The tasks by which the extractors are measured: one file a task, from a labelled row to a prediction.

A prediction is made from the text of a row alone; what the label says is never looked at. The shapes are
those of the scorers that lie beside the labels.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.tasks import design, direction, domain, pico, primary_endpoint, roles, sample_size
from benchmarks.tasks.rows import Row
from kb.vocabulary import Vocabulary

__all__ = ["TASKS", "Row"]

TASKS: dict[str, Callable[[Row, Vocabulary], Row]] = {
    "roles": roles.predict,
    "sample_size": sample_size.predict,
    "direction": direction.predict,
    "design": design.predict,
    "primary_endpoint": primary_endpoint.predict,
    "pico": pico.predict,
    "domain": domain.predict,
}
