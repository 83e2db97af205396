"""Batches on PostgreSQL: as if each turn had been alone, whoever else writes meanwhile."""

import asyncio
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from hotline.channels import catalogue
from hotline.channels.catalogue import Catalogue
from hotline.community.reading import load
from hotline.inbound.switchboard import Switchboard
from hotline.model.events import Text
from hotline.model.needs import Status
from hotline.storage import Store, Transaction
from hotline.storage.postgres_batch import fits, written
from tests.faults.database import change
from tests.storage.asking import ANA, BEN, CHO, NOW, STORY, ask, keep, with_store

SAYS = (
    ("food 11216", "rice and beans for two, by friday if you can", "1", "status", "STOP"),
    ("I need a ride to the doctor", "north", "tomorrow at ten", "1", "never mind", "1"),
    ("hola", "comida 11216", "nada mas", "1", "estado"),
    ("medicine 11216, from the pharmacy", "no", "1", "food 11216", "the same", "1"),
    ("what is this", "help me", "0", "thank you"),
)
PEOPLE = [f"+1212555{1000 + place}" for place in range(15)]
TABLES = ("people", "needs", "inbound", "flags", "outbox", "codes", "relayed", "volunteers")


def _texts() -> list[list[Text]]:
    """Round after round, what each says; at one moment, so that only the order could tell."""
    rounds = max(map(len, SAYS))
    said = [(person, SAYS[place % len(SAYS)]) for place, person in enumerate(PEOPLE)]
    return [
        [Text(f"SM{step}{person[1:]}", person, words[step], body="body") for person, words in said if step < len(words)]
        for step in range(rounds)
    ]


def _switchboard(tmp_path: Path) -> Switchboard:
    file = tmp_path / "community.toml"
    file.write_text(resources.files("hotline").joinpath("demo.toml").read_text("utf-8"), "utf-8")
    return Switchboard(Catalogue(load(file, catalogue.languages())), lambda: NOW)


def _talked(url: str, tmp_path: Path, how: Callable[[Store], Callable[..., Any]], together: bool) -> list[Any]:
    """What everyone was answered, and all that is kept."""
    board = _switchboard(tmp_path)

    async def play(store: Store) -> list[str]:
        answers = []
        for texts in _texts():
            if together:
                answers += await asyncio.gather(*(how(store)(board.answer_text, text) for text in texts))
            else:
                answers += [await how(store)(board.answer_text, text) for text in texts]
        return answers

    answers = with_store(url, play)
    kept = {table: sorted(map(repr, ask(url, f"SELECT * FROM {table}"))) for table in TABLES}
    return [answers, kept]


def test_a_batch_leaves_what_its_turns_would_leave_alone(
    tmp_path: Path, postgres_url: str, request: pytest.FixtureRequest
) -> None:
    together = _talked(postgres_url, tmp_path, lambda store: store.run, together=True)
    change(postgres_url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    alone = _talked(postgres_url, tmp_path, lambda store: store.run_behind, together=False)
    assert together == alone
    assert len(together[1]["needs"]) >= 12


def _came(party: str, id: str = "") -> Text:
    return Text(id or f"SM{party[1:]}", party, "hello")


def _in_one_batch(url: str, turns: Sequence[tuple[Callable[..., Any], Text]]) -> list[Any]:
    async def play(store: Store) -> list[Any]:
        batches: list[int] = []
        together = getattr(store, "_all_at_once")  # noqa: B009 - a look inside

        def counted(batch: Sequence[Any]) -> Any:
            batches.append(len(batch))
            return together(batch)

        setattr(store, "_all_at_once", counted)  # noqa: B010
        outcomes = await asyncio.gather(*(store.run(turn, came) for turn, came in turns), return_exceptions=True)
        assert batches == [len(turns)]
        return outcomes

    return with_store(url, play)


def _begins(tx: Transaction, came: Text) -> int:
    assert tx.inbound.receive(came.id, came.party, "text", came.words, "", NOW)
    keep(tx, tx.people.get(came.party, NOW).session)
    number = tx.needs.draft(came.party, came.words, NOW)
    tx.inbound.give_answer(came.id, "<Response/>")
    return number


class Odd(Exception):
    """What a turn of these tests raises."""


def test_a_turn_that_fails_undoes_itself_alone(postgres_url: str) -> None:
    def fails(tx: Transaction, came: Text) -> int:
        _begins(tx, came)
        raise Odd

    outcomes = _in_one_batch(postgres_url, [(_begins, _came(ANA)), (fails, _came(BEN)), (_begins, _came(CHO))])
    assert isinstance(outcomes[1], Odd)
    assert [row["neighbor"] for row in ask(postgres_url, "SELECT neighbor FROM needs ORDER BY neighbor")] == [ANA, CHO]
    assert [row["party"] for row in ask(postgres_url, "SELECT party FROM inbound ORDER BY party")] == [ANA, CHO]


def test_what_a_turn_wrote_is_what_it_reads(postgres_url: str) -> None:
    def reads(tx: Transaction, came: Text) -> None:
        tx.people.get(came.party, NOW)
        assert tx.needs.asked_for(came.party) == ()
        number = tx.needs.draft(came.party, "food", NOW)
        assert [need.number for need in tx.needs.asked_for(came.party)] == [number]
        (draft,) = tx.needs.asked_for(came.party)
        tx.needs.record(number, STORY, NOW)
        recorded = tx.needs.get(number)
        assert recorded
        assert recorded.status is Status.OPEN
        assert recorded == draft.recorded({**STORY, "urgent": 0, "every": "", "wanted": 1, "due": ""}, NOW)
        tx.needs.withdraw(number, NOW)
        assert tx.needs.asked_for(came.party) == ()

    assert _in_one_batch(postgres_url, [(reads, _came(ANA)), (reads, _came(BEN))]) == [None, None]


def test_what_one_turn_does_to_another_person_is_seen_by_theirs(postgres_url: str) -> None:
    """Ben is read for the batch by Ana's turn, and then stopped by it."""

    def stops(tx: Transaction, came: Text) -> None:
        tx.people.get(came.party, NOW)
        tx.people.opt_out(BEN, NOW)

    def looks(tx: Transaction, came: Text) -> bool:
        return tx.people.get(came.party, NOW).opted_out

    with_store(postgres_url, lambda store: store.run(lambda tx: keep(tx, tx.people.get(BEN, NOW).session)))
    turns = [(stops, _came(ANA)), (looks, _came(BEN)), (looks, _came(CHO))]
    assert _in_one_batch(postgres_url, turns) == [None, True, False]


@pytest.mark.parametrize("faster", ["inbound", "people"])
def test_another_process_that_is_faster_beneath_a_batch(postgres_url: str, faster: str) -> None:
    """After the batch looked, and before it wrote, another process kept the same text, or met the same person."""
    tries: list[bool] = []
    beneath = {
        "inbound": f"INSERT INTO inbound (id, party, channel, words, body, answer, received_at) "
        f"VALUES ('SM{BEN[1:]}', '{BEN}', 'text', 'hello', '', 'theirs', {NOW})",
        "people": f"INSERT INTO people (phone, created_at, language) VALUES ('{BEN}', {NOW}, 'es')",
    }

    def slow(tx: Transaction, came: Text) -> str:
        if not tx.inbound.receive(came.id, came.party, "text", came.words, "", NOW):
            return tx.inbound.answer_given(came.id)
        me = tx.people.get(came.party, NOW)
        if not tries:
            change(postgres_url, beneath[faster])
        tries.append(True)
        tx.inbound.give_answer(came.id, "ours")
        return me.session.language

    answers = _in_one_batch(postgres_url, [(_begins, _came(ANA)), (slow, _came(BEN)), (_begins, _came(CHO))])
    assert answers[1] == {"inbound": "theirs", "people": "es"}[faster]
    kept = ask(postgres_url, "SELECT party, answer FROM inbound ORDER BY party")
    assert [row["party"] for row in kept] == [ANA, BEN, CHO]
    assert len(ask(postgres_url, "SELECT * FROM needs")) == 2


def test_a_lock_that_another_process_holds_keeps_nobody_else_waiting(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    monkeypatch.setattr("hotline.storage.postgres.PATIENCE_OF_A_BATCH", 50)

    async def play(store: Store) -> None:
        await store.run(lambda tx: keep(tx, tx.people.get(BEN, NOW).session))
        with psycopg.connect(postgres_url) as other:
            other.execute("SELECT 1 FROM people WHERE phone = %s FOR UPDATE", (BEN,))
            bens = asyncio.ensure_future(store.run(_begins, _came(BEN)))
            await asyncio.wait_for(asyncio.gather(store.run(_begins, _came(ANA)), store.run(_begins, _came(CHO))), 10)
            assert not bens.done()
        assert await asyncio.wait_for(bens, 10) > 100

    with_store(postgres_url, play)


def test_two_texts_of_one_person_are_answered_one_after_the_other(postgres_url: str) -> None:
    order: list[str] = []

    def turn(tx: Transaction, came: Text) -> int:
        order.append(came.id)
        tx.people.get(came.party, NOW)
        before = len(tx.needs.asked_for(came.party))
        tx.needs.draft(came.party, came.id, NOW)
        return before

    async def play(store: Store) -> list[int]:
        return list(await asyncio.gather(*(store.run(turn, _came(ANA, f"SM{place}")) for place in range(4))))

    assert with_store(postgres_url, play) == [0, 1, 2, 3]
    assert order == [f"SM{place}" for place in range(4)]


@pytest.mark.parametrize(
    ("words", "together"),
    [("food 11216", True), ("YES", True), ("YES 112", False), ("done112", False), ("call 12125550111", True)],
)
def test_what_names_a_code_is_alone(words: str, together: bool) -> None:
    assert fits(Text("SM1", ANA, words)) is together


def test_what_a_statement_writes_is_known() -> None:
    assert written("WITH c AS (SELECT 1 FROM a FOR UPDATE SKIP LOCKED) UPDATE b SET x = 1 FROM c") == {"b"}
    assert written("SELECT * FROM a WHERE b = 1 FOR UPDATE OF a") == frozenset()
    assert written("INSERT INTO a VALUES (1) ON CONFLICT (b) DO NOTHING") == {"a"}
    assert written("DELETE FROM a") == {"a"}
