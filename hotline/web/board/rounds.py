"""Page of the listening rounds: what is asked now or was asked last, and what was answered. No telephone number stands
on it, no name and no hour, and of fewer than five answers nobody reads how many they are."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from hotline.inbound import board_rounds as desk
from hotline.model.rounds import (
    FEWEST_COUNTED,
    LONGEST_OUTCOME,
    LONGEST_PURPOSE,
    LONGEST_QUESTION,
    MOST_QUESTIONS,
    Round,
    may_begin,
)
from hotline.storage import Transaction, board_lists
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page

LENGTHS = {"purpose": LONGEST_PURPOSE, "question": LONGEST_QUESTION, "outcome": LONGEST_OUTCOME}


@dataclass(frozen=True)
class Question:
    """A question, what was answered in words, where to hear what was spoken, and how many answered, where they are not
    few. ``coming`` says that some of the sounds are not here yet, or not any more."""

    words: str
    answers: tuple[str, ...]
    count: str
    sounds: tuple[str, ...]
    coming: bool


async def show(asked: Asked) -> Response:
    latest, agreed = await asked.board.store.run(_standing)
    found = await board_lists.round_answers(asked.board.store, latest.number) if latest else {}
    did = asked.request.query_params.get("did", "")
    many = agreed if agreed >= FEWEST_COUNTED else 0
    return asked.page(
        "rounds.html",
        latest=latest,
        by=latest.name if latest else "",
        asks_at=asked.words.day(latest.asks_at) if latest else "",
        closes_at=asked.words.day(latest.closes_at) if latest else "",
        questions=[_question(words, found.get(at, ()), asked) for at, words in enumerate(latest.questions)]
        if latest
        else [],
        agreed=asked.words("listening.agreed", count=many) if many else asked.words("listening.few_agreed"),
        may_begin=asked.board.catalogue.community.sharing.listening and may_begin(latest, asked.now) and bool(many),
        places=range(1, MOST_QUESTIONS + 1),
        lengths=LENGTHS,
        said=asked.words(f"did.round_{did}") if did in (desk.BEGUN, desk.ENDED, desk.REFUSED) else "",
        refused=did == desk.REFUSED,
    )


def _standing(tx: Transaction) -> tuple[Round | None, int]:
    return tx.rounds.latest(), tx.rounds.agreed()


async def begin(asked: Asked) -> Response:
    questions = tuple(asked.typed(f"question{n}")[:LONGEST_QUESTION] for n in range(1, MOST_QUESTIONS + 1))
    given = (asked.me, asked.typed("purpose")[:LONGEST_PURPOSE], questions, asked.typed("press"), asked.now)
    return await _done(asked, desk.begin, *given)


async def end(asked: Asked) -> Response:
    given = (asked.me, asked.number("number"), asked.typed("outcome"), asked.typed("press"), asked.now)
    return await _done(asked, desk.end, *given)


async def _done(asked: Asked, press: Callable[..., str], *given: object) -> Response:
    here = asked.board.catalogue.community
    did = await asked.board.store.run(press, here, *given) if here.sharing.listening else desk.REFUSED
    return asked.go(f"/listening?did={did}")


def _question(words: str, answers: tuple[tuple[str, str], ...], asked: Asked) -> Question:
    many = len(answers)
    count = asked.words("listening.answers", count=many) if many >= FEWEST_COUNTED else ""
    few = asked.words("listening.few") if 0 < many < FEWEST_COUNTED else ""
    said = tuple(said for said, _ in answers if said)
    sounds = tuple(asked.board.sounds.of(place) for _, place in answers if place)
    return Question(words, said, count or few, sounds, len(said) + len(sounds) < many)


PAGES = (
    Page("/listening", show),
    Page("/listening/begin", begin, method="POST"),
    Page("/listening/{number:int}/end", end, method="POST"),
)
