"""The papers of one study, which are indexed together: each carries what all of them say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.index.document import Document, document
from kb.store import Store
from kb.vocabulary import Vocabulary


class Studies:
    """The studies of which a person said that they have several papers, as the store has them now."""

    def __init__(self, store: Store) -> None:
        self._store, self._study = store, store.studies()
        self._papers: dict[str, list[str]] = {}
        for id, study in self._study.items():
            self._papers.setdefault(study, []).append(id)

    def touched(self, ids: Sequence[str]) -> tuple[str, ...]:
        """`ids`, and all other papers of their studies: what one of them says is said by each."""
        found = dict.fromkeys(ids)
        for id in ids:
            found.update(dict.fromkeys(self._papers.get(self._study.get(id, ""), ())))
        return tuple(found)

    def documents(self, ids: Sequence[str], vocabulary: Vocabulary) -> Iterator[Document]:
        """The index documents of those of `ids` that are held."""
        for each in self._store.publications(ids):
            study = self._study.get(each.id)
            papers = tuple(self._store.publications(self._papers[study])) if study else ()
            yield document(each, vocabulary, study, papers)
