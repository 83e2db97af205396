"""The mix that the benchmarks bring: each kind of text is understood as it is meant, the proportions hold, nobody says
the next thing before the last was answered, and whatever is lost, refused or apologized for stops the run."""

import asyncio
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from benchmarks import webhooks
from benchmarks.contenders import PEERS, SQLITE
from benchmarks.figures import Cell, Figures, Key, Load
from benchmarks.load import Job, Ready, Supply, Tally, is_answered, is_whole, made_ready
from benchmarks.mix import kept
from benchmarks.mix.desk import bring, desk
from benchmarks.mix.scenes import AT_ONCE, LEAD, STEPS, TEXTS, Kind, Webhook, day, proportions, scene
from hotline.channels.catalogue import messages

SCENES = 12
CODES = [str(code) for code in range(101, 101 + 3 * AT_ONCE)]
FAR = 20  # scenes of the mix: many enough for its words to vary


def test_each_webhook_is_understood_as_it_is_meant_and_everything_is_kept(tmp_path: Path) -> None:
    async def play() -> list[Webhook]:
        brought = []
        async with desk(tmp_path, SCENES) as here:
            for number in range(SCENES):
                for each in scene(number, here.codes[number]):
                    status, document = await here.answer(bring(each))
                    assert status in (200, 204)
                    assert each.holds in document, (each.kind, dict(each.form).get("Body"), document)
                    brought.append(each)
        return brought

    kinds = Counter(str(each.kind) for each in asyncio.run(play()))
    assert kept.is_all_there(kept.of_hotline(tmp_path), kept.wanted(0, kinds), 0)


def test_the_proportions_of_the_mix_hold_at_any_time_once_it_is_led_in() -> None:
    kinds = [each.kind for each in islice(day(CODES), LEAD, LEAD + 8 * AT_ONCE)]
    for tick in range(8):
        some = Counter(kinds[tick * AT_ONCE : (tick + 1) * AT_ONCE])
        assert {kind: some[kind] / AT_ONCE for kind in Kind} == pytest.approx(proportions())
    assert sum(proportions().values()) == pytest.approx(1)
    assert len(proportions()) == len(Kind)


def test_the_same_seed_says_the_same_and_another_something_else() -> None:
    def said(seed: int) -> list[str]:
        return [dict(each.form).get("Body", "") for each in islice(day(CODES, seed), 2 * STEPS * AT_ONCE)]

    assert said(19) == said(19)
    assert said(19) != said(20)


def test_words_vary() -> None:
    """But for the short answers that people give again and again."""
    long: dict[Kind, list[str]] = {Kind.FIRST: [], Kind.DETAILS: [], Kind.UNCLEAR: []}
    for number in range(FAR):
        for each in scene(number, "101"):
            if each.kind in long:
                long[each.kind].append(dict(each.form)["Body"])
    for said in long.values():
        assert len(set(said)) > 0.9 * len(said)


def test_a_text_brought_again_is_one_that_came_before_to_the_letter() -> None:
    texts = [each for each in scene(3, "101") if each.path == TEXTS]
    (again,) = (each for each in texts if each.kind is Kind.REPEAT)
    (first,) = (each for each in texts if each.form == again.form and each is not again)
    assert texts.index(first) < texts.index(again)
    ids = [dict(each.form)["MessageSid"] for each in texts if each is not again]
    assert len(set(ids)) == len(ids)


def test_nobody_says_the_next_thing_before_the_last_was_answered() -> None:
    all_of_it = [Ready(b"%d" % number, scene=number % 3) for number in range(9)]
    supply, sent = Supply(iter(all_of_it)), []
    under_way: list[Ready] = []
    for answered in (0, 0, 0, 1, 2, 0, 1, 0, 0):  # which of those under way is answered when nothing more may be sent
        while (each := supply.next()) is not None:
            assert each.scene not in [other.scene for other in under_way]
            sent.append(each)
            under_way.append(each)
        supply.answered(under_way.pop(min(answered, len(under_way) - 1)))
    assert sorted(sent, key=lambda each: int(each.data)) == all_of_it
    for number in range(3):
        places = [int(each.data) for each in sent if each.scene == number]
        assert places == sorted(places)


def test_the_clock_begins_with_the_first_answer() -> None:
    job, text = Job(0, 1, 1.0, 0, 3, warm_up=0.0), Ready(b"")
    tally = Tally(Supply(iter(())), job)
    tally.answered(text, 0.0, DOCUMENT % b"a first one")
    tally.answered(text, 0.0, DOCUMENT % b"another")
    assert tally.stop - tally.start == pytest.approx(job.seconds)
    assert (len(tally.waits), tally.wrong) == (2, 0)


def test_whoever_holds_no_conversation_is_asked_for_a_document_alone() -> None:
    job = Job(0, 1, 1.0, 0, 2 * STEPS * AT_ONCE, codes=tuple(CODES))
    held, told = (Counter(each.holds for each in made_ready(replace(job, talks=talks))) for talks in (False, True))
    assert set(held) == {b"", b"<Response"}
    assert len(told) > 8
    assert held[b""] == told[b""]


DOCUMENT = b"HTTP/1.1 200 OK\r\n\r\n<Response><Message>%s</Message></Response>"
SORRY = str(messages("en")["hello"]["try_again"]["text"]).encode()


@pytest.mark.parametrize(
    ("answer", "holds", "well"),
    [
        (DOCUMENT % b"Thank you.", b"<Message>", True),
        (DOCUMENT % SORRY, b"<Message>", False),
        (b"HTTP/1.1 200 OK\r\n\r\n<Response/>", b"<Message>", False),
        (b"HTTP/1.1 503 Down\r\n\r\n<Response><Message>Down</Message></Response>", b"<Message>", False),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b"", True),
        (b"HTTP/1.1 503 Down\r\n\r\nnot kept", b"", False),
    ],
)
def test_an_apology_and_an_empty_document_are_no_answer(answer: bytes, holds: bytes, well: bool) -> None:
    assert is_answered(answer, holds) is well


def test_an_answer_in_pieces_is_whole_with_its_last() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert not is_whole(head)
    assert not is_whole(head + b"5\r\nhello\r\n")
    assert is_whole(head + b"5\r\nhello\r\n0\r\n\r\n")


KINDS = {Kind.FIRST: 5, Kind.REPEAT: 2, Kind.CALL: 1, Kind.STEP: 3, Kind.SENT: 4, Kind.DELIVERED: 3, Kind.WINS: 2}


@pytest.mark.parametrize(
    ("change", "otherwise", "well"),
    [
        ({}, 0, True),
        ({"texts": 6}, 0, False),
        ({"texts": 8}, 5, False),
        ({"delivered": 2}, 0, False),
        ({"taken": 1}, 0, False),
        ({"taken": 1}, 1, True),
        ({"taken": 3}, 1, False),
    ],
)
def test_what_is_lost_or_doubled_stops_the_run(change: dict[str, int], otherwise: int, well: bool) -> None:
    sent = kept.wanted(20, {str(kind): many for kind, many in KINDS.items()})
    assert sent == kept.Sums(texts=7, steps=4, delivered=3, taken=2, done=0)
    assert kept.is_all_there(replace(sent, **change), sent, otherwise) is well


PLAN = webhooks.Plan(rounds=1, seconds=1.0, callers=(16,), peers=Path())


def cells(monkeypatch: pytest.MonkeyPatch, others: Iterator[float]) -> None:
    """The next cells have so much other work beside them."""
    monkeypatch.setattr(webhooks, "_once", lambda *_: Cell(100.0, 1.0, 2.0, 300.0, next(others), 60.0))


@pytest.mark.parametrize(
    ("others", "again", "chosen"), [((0.1, 9), 0, 0.1), ((1.0, 0.2, 9), 1, 0.2), ((1.0, 0.8, 0.9, 9), 2, 0.8)]
)
def test_a_noisy_cell_is_measured_again_but_not_for_ever(
    monkeypatch: pytest.MonkeyPatch, others: tuple[float, ...], again: int, chosen: float
) -> None:
    figures = Figures()
    cells(monkeypatch, iter(others))
    cell = webhooks._quiet(Key("b", 16, False, Load.DAY), SQLITE, PLAN, figures)
    assert (cell.others, figures.again) == (chosen, again)


def test_the_page_shows_both_loads_and_how_the_hotline_stands_beside_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cells(monkeypatch, itertools.repeat(0.0))
    monkeypatch.setattr(webhooks, "_ceiling", lambda _: 1000.0)
    page = webhooks.report(webhooks.measure(PLAN), PLAN.callers)
    for load in Load:
        assert f"{str(load).capitalize()}:" in page
        assert f"| {load}, slow disk | 16 |" in page
    assert page.count("(f) RapidSMS") == 4
    assert [page.count(f"| ({letter}) the hotline") for letter in ("b1", "b2", "b3")] == [
        1,
        1,
        1,
    ]  # nothing new of the other load
    assert "| (b) at least 6 × (d) | 1.00 × | NOT reached |" in page


def test_every_package_of_a_peer_has_its_version() -> None:
    wanted = [line for file in PEERS.glob("*/requirements.txt") for line in file.read_text().splitlines()]
    assert len(wanted) > 6
    assert all(re.fullmatch(r"[a-z0-9.-]+==[0-9.]+", line) for line in wanted)
