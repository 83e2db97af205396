"""What is prepared when the package is built reads as what is read at the start, or is not used."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.channels.parsing import danger_words, lexicon, not_ones_own, prepared, stopping
from hotline.channels.parsing.danger_words import Part
from hotline.channels.parsing.tokens import tokens

TEXTS = (
    "please stop texting me",
    "stop 103",
    "ya no quiero mensajes",
    "pa voye mesaj ankò",
    "he is not breating",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(prepared, "HERE", tmp_path)
    prepared._source.cache_clear()
    yield tmp_path
    prepared._source.cache_clear()


def test_a_prepared_table_reads_the_same() -> None:
    read = stopping.every_language()
    kept = pickle.loads(pickle.dumps(read))
    assert [kept.read(tokens(text), text) for text in TEXTS] == [read.read(tokens(text), text) for text in TEXTS]
    words = danger_words.Vocabulary("911")
    again = pickle.loads(pickle.dumps(words))
    assert [again.rings(word) for text in TEXTS for word in tokens(text)] == [
        words.rings(word) for text in TEXTS for word in tokens(text)
    ]
    tables = [lexicon.tables_in("vi"), lexicon.vocabularies(), vars(not_ones_own.Marks())]
    assert pickle.loads(pickle.dumps(tables)) == tables


def test_what_was_prepared_is_used(folder: Path) -> None:
    prepared.prepare("a table", {1: 2})
    assert prepared.kept("a table", dict) == {1: 2}
    assert prepared.kept("another", lambda: {3: 4}) == {3: 4}


def test_what_is_equal_and_never_changes_is_one_object(folder: Path) -> None:
    one, other = Part(frozenset(("fire", "smoke"))), Part(frozenset(("smoke", "fire")))
    prepared.prepare("a table", {"here": [one, ("a", "b")], "there": [other, tuple("ab")], "free": {1}})
    table: dict[str, list[object]] = prepared.kept("a table", dict)
    assert table == {"here": [one, ("a", "b")], "there": [one, ("a", "b")], "free": {1}}
    assert all(here is there for here, there in zip(table["here"], table["there"], strict=True))


@pytest.mark.parametrize("torn", [b"", b"\x80\x05X", b"nothing of ours"])
def test_what_is_torn_or_of_other_files_is_not_used(folder: Path, torn: bytes) -> None:
    (folder / "words.py").write_text("one")
    prepared.prepare("a table", "old")
    (folder / "words.py").write_text("two")
    prepared._source.cache_clear()
    assert prepared.kept("a table", lambda: "made now") == "made now"
    (folder / "prepared_a_table.pickle").write_bytes(torn)
    assert prepared.kept("a table", lambda: "made now") == "made now"
