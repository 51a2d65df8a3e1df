"""A document as the extractors read it, for a person who checks: the abstract in colours, the record beside it.

Nothing is stored. A number behind a marked passage leads to the facts that it says, in the column beside it;
on a narrow terminal the record stands below the abstract.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ingest.errors import UnreadablePayloadError
from ingest.extractors import extract
from ingest.parsers import Unreadable, parse
from ingest.sources import Refusal
from kb.conclusion_check import prompts
from kb.extraction import Extraction, Finding, findings
from kb.factsheet import sheet
from kb.marking import Stretch, mark, number_passages
from kb.overlay import overlay
from kb.plain import citation, outcome_line
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary

# The colour of a passage, by the part of the record that it speaks of; the first that fits.
_COLOURS: tuple[tuple[str, str], ...] = (
    ("outcomes", "yellow"),
    ("harm", "red"),
    ("sample", "green"),
    ("conclusion", "magenta"),
    ("", "cyan"),
)
_SIDE_BY_SIDE = 110  # columns of a terminal from which on the record stands beside the abstract


def explain(payloads: Iterable[Payload | Refusal], vocabulary: Vocabulary, console: Console) -> int:
    """Print every record of `payloads` as it would be read; returns how many things could not be read."""
    failed = 0
    for payload in payloads:
        for each in _records(payload, vocabulary):
            if isinstance(each, Record):
                console.print(explained(each, vocabulary, wide=console.width >= _SIDE_BY_SIDE))
            else:
                failed += 1
                console.print(Text("\n  ".join(filter(None, (f"{each.key}: {each.reason}", each.remedy))), style="red"))
    return failed


def _records(payload: Payload | Refusal, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    if isinstance(payload, Refusal):
        yield Unreadable(payload.key, payload.reason, "", payload.remedy)
        return
    try:
        yield from parse(payload, vocabulary)
    except UnreadablePayloadError as error:
        yield Unreadable(payload.key, error.reason, "", error.remedy)


def explained(record: Record, vocabulary: Vocabulary, *, wide: bool) -> RenderableType:
    """`record` with its marked abstract and, beside it where `wide`, its facts."""
    facts = overlay(extract(record, vocabulary), record.curated)
    numbers = number_passages(each.stretch for _, each in findings(facts) if each.stretch)
    abstract = _marked(record.abstract, facts, numbers) if record.abstract else Text("No abstract.", style="italic")
    told = _facts(facts, numbers, vocabulary)
    asked = [Text(each.question, style="magenta") for each in prompts(record.abstract, facts, vocabulary)]
    body: RenderableType = Group(abstract, Text(), told)
    if wide:
        body = Table.grid(padding=(0, 4), expand=True)
        body.add_column(ratio=1)
        body.add_column(ratio=1)
        body.add_row(abstract, told)
    legend = Columns(Text(name, style=style) for name, style in _legend())
    return Group(Rule(), Text(citation(record), style="bold"), legend, Padding(body, (1, 0)), *asked)


def _legend() -> Iterator[tuple[str, str]]:
    names = ("outcomes", "harms", "who was studied", "conclusion", "method")
    return ((name, colour) for name, (_, colour) in zip(names, _COLOURS, strict=True))


def _marked(abstract: str, facts: Extraction, numbers: Mapping[Stretch, int]) -> Text:
    colours = {
        numbers[each.stretch]: next(colour for start, colour in _COLOURS if path.startswith(start))
        for path, each in reversed(list(findings(facts)))
        if each.stretch
    }
    text, opened = Text(), list[int]()
    for step in mark(abstract, numbers):
        if step.ended:
            text.append(f"[{' '.join(map(str, step.ended))}]", style="dim")
        del opened[len(opened) - step.closes :]
        opened += [each.number for each in step.opens]
        text.append(step.text, style=f"{colours[opened[-1]]} underline" if opened else "")
    return text


def _facts(facts: Extraction, numbers: Mapping[Stretch, int], vocabulary: Vocabulary) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim")
    table.add_column()
    for group in sheet(facts, vocabulary):
        table.add_row("", Text(group.name, style="bold"))
        for row in group.rows:
            value = Text(row.value or "not stated", style="" if row.value else "italic dim")
            derived = " (derived)" if row.finding is not None and row.finding.derived else ""
            table.add_row(_number(row.finding, numbers), Text.assemble(f"{row.label}: ", value, derived))
    table.add_row("", Text("Outcomes", style="bold"))
    for each in facts.outcomes:
        table.add_row(_number(each, numbers), Text(outcome_line(each.value, vocabulary)))
    return table


def _number(finding: Finding[Any] | None, numbers: Mapping[Stretch, int]) -> str:
    """The passage that says it; else who does: the title, or a person who read the document."""
    if finding is None:
        return ""
    if finding.stretch:
        return str(numbers[finding.stretch])
    return finding.place if finding.start is not None else finding.state
