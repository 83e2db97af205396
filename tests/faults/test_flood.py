"""A flood of webhooks that nobody signed, or not rightly, two thousand a second: people are answered all the same."""

import asyncio
from pathlib import Path

import pytest

from benchmarks import texts
from benchmarks.processes import Server
from benchmarks.refusals import FLOODS, Waits, under
from tests.faults.conftest import Size
from tests.faults.mortal import Mortal, Nursery
from tests.figures import Figure, Figures, kind
from tests.storage.asking import ask
from tests.world import ACCOUNT, COMMUNITY, NUMBER, TOKEN

MANY = {"unsigned, 1 KB each", "wrongly signed, 1 KB each", "wrongly signed, 1 KB each, from 1,000 addresses"}
PATIENCE = 2000.0  # milliseconds: far more than anybody may wait, even on a busy machine


def test_the_flood_is_signed_with_another_token_for_this_account() -> None:
    assert (texts.ACCOUNT, texts.TOKEN, texts.NUMBER) == (ACCOUNT, TOKEN, NUMBER)


@pytest.mark.parametrize("which", [name for name in FLOODS if name != "nobody"])
def test_people_are_answered_in_a_flood(
    tmp_path: Path, database_url: str, nursery: Nursery, figures: Figures, size: Size, which: str
) -> None:
    (tmp_path / "community.toml").write_text(COMMUNITY, "utf-8")
    seconds = size(2, 30)

    async def play() -> Waits:
        mortal = Mortal(tmp_path, "http://127.0.0.1:9", nursery, database_url, public_url=texts.PUBLIC_URL)
        await mortal.start()
        try:
            server = Server(mortal.port, (mortal.pid,))
            await under(server, 0.5, ())
            return await under(server, seconds, FLOODS[which])
        finally:
            await mortal.kill()

    waits = asyncio.run(play())
    note = f"{waits.refused / seconds:,.0f} refused a second; people waited {waits.part(0.99):.0f} ms at p99"
    kept = ask(database_url, "SELECT COUNT(*) AS many FROM inbound")[0]["many"]
    lost = waits.late + max(0, len(waits.people) - kept)
    figures.note(Figure(f"flood: {which}", kind(database_url), waits.refused, lost, 0, waits.wrong, note))
    assert (waits.late, waits.wrong) == (0, 0)
    assert kept >= len(waits.people)
    assert waits.part(1.0) < PATIENCE
    assert waits.refused > seconds * (200 if which in MANY else 5)  # far less than meant, on a busy machine
