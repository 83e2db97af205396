"""A coordinator gives a need away while others take it: never more than are wanted, and nobody who has just left."""

import asyncio
from pathlib import Path

import pytest

from hotline.channels.catalogue import Catalogue
from hotline.inbound.switchboard import Switchboard
from hotline.model.events import Text
from hotline.storage import Store, Transaction
from tests.faults.database import change
from tests.storage.asking import ANA, NOW, ask, with_store
from tests.unit.build import community

ROSA = "+12125550199"
VOLUNTEERS = {"Ben": "+12125550112", "Cho": "+12125550113", "Dee": "+12125550114", "Eva": "+12125550115"}
ROUNDS = 6


@pytest.fixture
def board(tmp_path: Path) -> Switchboard:
    return Switchboard(Catalogue(community(tmp_path)), lambda: NOW)


def an_open_need(tx: Transaction, wanted: int) -> int:
    for name, phone in VOLUNTEERS.items():
        tx.people.introduce(phone, name, "en", NOW)
        tx.volunteers.enroll(phone, ("food",), ("north",), "active", NOW)
    tx.people.introduce(ROSA, "", "en", NOW)
    tx.people.introduce(ANA, "", "en", NOW)
    number = tx.needs.draft(ANA, "food", NOW)
    story = {"what": "food", "area": "north", "details": "", "recording": "", "callback": ""}
    tx.needs.record(number, story, NOW)
    return number


def says(store: Store, board: Switchboard, who: str, words: str) -> "asyncio.Future[str]":
    return asyncio.ensure_future(store.run(board.answer_text, Text(f"SM{who}{words}", who, words)))


@pytest.mark.parametrize("wanted", [1, 2])
def test_assign_and_yes_at_once_never_go_beyond_what_is_wanted(
    database_url: str, board: Switchboard, wanted: int
) -> None:
    async def play(store: Store) -> None:
        for _ in range(ROUNDS):
            number = await store.run(an_open_need, wanted)
            change(database_url, f"UPDATE needs SET wanted = {wanted} WHERE number = {number}")
            code = ask(database_url, f"SELECT code FROM needs WHERE number = {number}")[0]["code"]
            yes = [says(store, board, VOLUNTEERS[name], f"YES {code}") for name in ("Ben", "Cho", "Dee")]
            given = [says(store, board, ROSA, f"ASSIGN {code} {name}") for name in ("Ben", "Eva")]
            answers = await asyncio.gather(*yes, *given)
            claims = ask(database_url, f"SELECT volunteer FROM claims WHERE need = {number} AND ended_at IS NULL")
            won = sum("is yours" in answer for answer in answers) + sum(" goes to " in answer for answer in answers)
            assert len(claims) == len({row["volunteer"] for row in claims}) == won == wanted

    with_store(database_url, play)


def test_whoever_leaves_at_the_same_moment_does_not_have_it(database_url: str, board: Switchboard) -> None:
    async def play(store: Store) -> None:
        for _ in range(ROUNDS):
            number = await store.run(an_open_need, 1)
            await store.run(lambda tx: tx.people.opt_in(VOLUNTEERS["Ben"]))
            leaves = says(
                store, board, VOLUNTEERS["Ben"], f"stop texting me{' ' * (number - 100)}"
            )  # another text each time
            await asyncio.gather(says(store, board, ROSA, f"ASSIGN {number} Ben"), leaves)
            gone = ask(database_url, f"SELECT opted_out_at FROM people WHERE phone = '{VOLUNTEERS['Ben']}'")
            held = ask(database_url, f"SELECT 1 FROM claims WHERE need = {number} AND ended_at IS NULL")
            assert gone[0]["opted_out_at"] is not None
            assert held == []

    with_store(database_url, play)
