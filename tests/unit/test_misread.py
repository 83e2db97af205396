"""What was read wrongly is kept without its writer, and listed as lines of the corpus."""

import asyncio
from pathlib import Path

import pytest

from hotline.cli import main
from hotline.inbound.apply_effects import without_the_person
from hotline.storage import Transaction, open_store


@pytest.mark.parametrize(
    ("words", "name", "kept"),
    [
        ("this is Maria, my number is 718 555 0142 ok?", "Maria", "this is Ana, my number is 555-0100 ok?"),
        ("come to 44 Oak Street by 5", "", "come to 12 Elm St by 5"),
        ("write to maria@example.org please", "Maria", "write to ... please"),
        ("mariachi band for 20 people", "Maria", "mariachi band for 20 people"),
        ("stop texting me", "", "stop texting me"),
    ],
)
def test_what_is_kept_tells_of_nobody(words: str, name: str, kept: str) -> None:
    assert without_the_person(words, name) == kept


def test_they_are_listed_each_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path}/hotline.db"

    def note(tx: Transaction) -> None:
        for at, words in enumerate(("not today\nok", "he he", "not today\nok")):
            tx.flags.note("misread", "", words, 0, float(at))

    async def keep() -> None:
        store = await open_store(url)
        try:
            await store.run(note)
        finally:
            await store.close()

    asyncio.run(keep())
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["words", "misread"]) in (0, None)
    assert capsys.readouterr().out == "text\tasked\tmeaning\nnot today ok\t?\t?\nhe he\t?\t?\n"
