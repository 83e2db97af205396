"""What time tells of a need by itself, that nobody is free or its helper may not come, is so in every state."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hotline.channels.catalogue import Catalogue
from hotline.engine.session import Prompt, Session, Turn
from hotline.model.needs import Need
from hotline.model.people import Volunteer
from hotline.storage import Store, Transaction
from hotline.worker.follow_ups import FollowUpWorker
from hotline.worker.poison_rows import RowByRow
from hotline.worker.waves import WaveSender
from tests.faults.database import change
from tests.storage.asking import ANA, BEN, CHO, NOW, STORY, ask, with_store
from tests.unit.build import catalogue
from tests.unit.test_standing import CODE, WHO, Situation, Truth, claims_of, written

DAY = 24 * 3600.0
SHAPES: dict[str, dict[str, Any]] = {
    "nobody has it": {"wanted": 1},
    "one of two has it": {"wanted": 2, "taken": (BEN,)},
    "one of two has done it": {"wanted": 2, "taken": (BEN,), "done": (BEN,)},
    "somebody has it": {"wanted": 1, "taken": (BEN,)},
    "both have it": {"wanted": 2, "taken": (BEN, CHO)},
    "its helper may not come": {"wanted": 1, "taken": (BEN,), "doubted": BEN},
    "one of two may not come": {"wanted": 2, "taken": (BEN,), "doubted": BEN},
}


def prepared(tx: Transaction, shape: dict[str, Any]) -> None:
    """A need of that shape, about which Cho was asked as well."""
    for phone, name in ((BEN, "Otto"), (CHO, "Tess")):
        tx.people.introduce(phone, name, "en", NOW)
        tx.volunteers.enroll(phone, ("ride",), ("downtown",), "active", NOW)
    tx.people.get(ANA, NOW)
    tx.people.keep_session(Session(ANA, language="en"), 0.0, (1, NOW), introduced=True, now=NOW)
    number = tx.needs.draft(ANA, "food", NOW)
    assert number == CODE
    tx.needs.record(number, {**STORY, "wanted": shape["wanted"]}, NOW)
    need = tx.needs.get(number)
    assert need
    tx.alerts.send(need, Volunteer("+12125550119"), 1, [Prompt("alerts.offer")], NOW, NOW + 60)
    for phone in shape.get("taken", ()):
        tx.needs.take(number, phone, NOW)
    for phone in shape.get("done", ()):
        tx.needs.finish(number, phone, NOW)
    if "doubted" in shape:
        tx.needs.doubt(number, shape["doubted"], NOW + 900)
    tx.follow_ups.check(number, NOW + DAY)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_what_time_tells_is_so(tmp_path: Path, shape: dict[str, Any]) -> None:
    url, words = f"sqlite:///{tmp_path}/hotline.db", catalogue(tmp_path)
    told: list[tuple[str, str, str, Need]] = []

    async def nothing(_: Store) -> None:
        """Only makes the schema."""

    async def live(store: Store) -> None:
        at = NOW
        await store.run(lambda tx: prepared(tx, shape))
        each = RowByRow(store, words.community, lambda: at)
        waves, follow_ups = WaveSender(each, words.community), FollowUpWorker(each, words.community)
        seen = 0
        for _ in range(40):  # a look every six hours
            while await waves.look_after_one() or await follow_ups.look_after_one():
                rows = [row for row in _outbox(url, words) if row[0] > seen]
                need = await store.run(lambda tx: tx.needs.get(CODE))
                assert need
                told.extend((party, key, said, need) for _, party, key, said in rows)
                seen = max([seen, *(id for id, *_ in rows)])
            at += DAY / 4

    with_store(url, nothing)
    change(url, f"UPDATE sqlite_sequence SET seq = {CODE - 1} WHERE name = 'needs'")
    change(url, f"DELETE FROM codes WHERE code < {CODE}")
    with_store(url, live)
    at = Situation(told[0][3], WHO[0], "in texts")
    false = [
        f"{party} reads {said!r} ({pattern}), and it is {need.status} {need.takers} {need.helped}"
        for party, _, said, need in told
        for pattern, claim, found in claims_of(said)
        if not claim(Truth(at, Turn(Session(party)), need, party), found)
    ]
    keys = {key for _, key, _, _ in told}
    print(f"{len(told)} lines, {sorted(keys)}")
    assert false == []
    assert {key for _, key, said, _ in told if not any(claims_of(said))} <= {"alerts.offer"}
    assert bool(keys & {"news.may_not_come"}) == ("doubted" in shape)


def _outbox(url: str, words: Catalogue) -> Iterator[tuple[int, str, str, str]]:
    """(row, whose, wording, words) of all that was put there."""
    for row in ask(url, "SELECT id, party, prompt FROM outbox ORDER BY id"):
        for prompt in map(Prompt.from_plain, json.loads(row["prompt"])):
            yield row["id"], row["party"], prompt.key, written(prompt, words)
