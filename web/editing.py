"""A form of the edit page as an edit: what each button does, and what it is called in the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from kb.errors import ListEditError
from kb.lists import VISIBILITIES, Item, ReadingList, Visibility, editing

Form = Mapping[str, str]
Change = Callable[[ReadingList], ReadingList]


class Action(msgspec.Struct, frozen=True):
    """What a button does: its name in the trail, the edit, and which button of what it moved has the focus next."""

    told: str
    change: Callable[[ReadingList, Form], ReadingList]
    then: str = ""


def text(form: Form, name: str) -> str:
    """A field as it is kept: without space around it, and with line ends as we write them."""
    return form.get(name, "").replace("\r\n", "\n").strip()


def needed(form: Form, name: str, what: str) -> str:
    """A field that must say something; raises `ListEditError`."""
    if not (said := text(form, name)):
        raise ListEditError(f"{what} is missing.")
    return said


def visibility(form: Form) -> Visibility:
    """Who is to see the list; private where that is not said."""
    return next((each for each in VISIBILITIES if each == form.get("visibility")), "private")


def whole(form: Form, name: str, what: str, most: int) -> int | None:
    """A whole number between 1 and `most`, or None; raises `ListEditError`."""
    said = text(form, name)
    if not said:
        return None
    if not said.isascii() or not said.isdigit() or not 1 <= int(said[:9]) <= most:
        raise ListEditError(f"{what} is a whole number between 1 and {most}.")
    return int(said)


def _change(it: ReadingList, form: Form) -> ReadingList:
    return editing.change(
        it,
        form.get("item", ""),
        note=text(form, "note") or None,
        private_note=text(form, "private_note") or None,
        priority="essential" if form.get("priority") == "essential" else "further",
        minutes=whole(form, "minutes", "How many minutes it takes", 600),
        question=text(form, "question") or None,
    )


def _move(it: ReadingList, form: Form) -> ReadingList:
    place = whole(form, "place", "The place", 9999)
    return editing.move(it, form.get("item", ""), form.get("section", ""), place or 9999)


def _add(it: ReadingList, form: Form) -> ReadingList:
    for study in form.get("studies", "").split("\n"):
        if study:
            it = editing.add(it, Item(study=study), form.get("section"))
    return it


def _entitle(it: ReadingList, form: Form) -> ReadingList:
    return editing.entitle(it, needed(form, "title", "The title"), needed(form, "note", "The note"), visibility(form))


def _name_section(it: ReadingList, form: Form) -> ReadingList:
    title = needed(form, "title", "The title of the section")
    return editing.rename_section(it, form.get("section", ""), title, text(form, "note") or None)


def _add_section(it: ReadingList, form: Form) -> ReadingList:
    return editing.add_section(it, needed(form, "title", "The title of the section"))


def _curator(change: Callable[[ReadingList, int], ReadingList]) -> Callable[[ReadingList, Form], ReadingList]:
    def of(it: ReadingList, form: Form) -> ReadingList:
        person = form.get("person", "")
        return change(it, int(person)) if person.isascii() and person.isdigit() and len(person) < 10 else it

    return of


ACTIONS: dict[str, Action] = {
    "up": Action("move a publication up", lambda it, form: editing.step(it, form.get("item", ""), -1), "up"),
    "down": Action("move a publication down", lambda it, form: editing.step(it, form.get("item", ""), 1), "down"),
    "move": Action("move a publication", _move, "up"),
    "remove": Action("remove a publication", lambda it, form: editing.remove(it, form.get("item", ""))),
    "change": Action("change what is said of a publication", _change, "said"),
    "add": Action("add publications", _add),
    "entitle": Action("change title, note or visibility", _entitle),
    "about": Action("say what it is about", lambda it, form: editing.about(it, form.get("ids", "").split())),
    "add-section": Action("add a section", _add_section),
    "name-section": Action("change a section", _name_section),
    "section-up": Action("move a section up", lambda it, form: editing.step_section(it, form.get("section", ""), -1)),
    "section-down": Action(
        "move a section down", lambda it, form: editing.step_section(it, form.get("section", ""), 1)
    ),
    "remove-section": Action("remove a section", lambda it, form: editing.remove_section(it, form.get("section", ""))),
    "add-curator": Action("add a curator", _curator(editing.with_curator)),
    "remove-curator": Action("remove a curator", _curator(editing.without_curator)),
}


class Typed(msgspec.Struct, frozen=True):
    """A field that was sent and must not be lost; `label` is None where nobody typed it."""

    name: str
    label: str | None
    value: str


_LABELS = {
    "title": "Title",
    "note": "Note",
    "private_note": "Private note",
    "minutes": "Minutes",
    "question": "Question",
    "place": "Place",
    "pasted": "Pasted",
    "name": "Name",
    "topics": "Topics",
}


def typed(form: Form) -> tuple[Typed, ...]:
    """All that a form carried, but what is of the session and of the state of the list."""
    return tuple(
        Typed(name, _LABELS.get(name), value) for name, value in form.items() if name not in ("token", "digest")
    )


def still_there(form: Form, reading_list: ReadingList) -> bool:
    """Whether what a form is about is on the list as it is now."""
    items = {key for each in editing.item_keys(reading_list) for key in each}
    sections = set(editing.section_keys(reading_list))
    return form.get("item", next(iter(items), "")) in items | {""} and form.get("section", "") in sections | {""}
