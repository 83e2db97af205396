"""Danger: the one question that follows words which may mean it, and which other side may hear of them."""

from collections.abc import Iterable

from hotline.engine.answers import Heard
from hotline.engine.session import Session
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.model.effects import Danger, Effect, InDanger, NoDanger, Relay
from hotline.model.facts import Facts

# Dangers that nobody does to somebody. Where a text speaks of these alone, its other side is not who harms.
NOBODY_HARMS = frozenset(
    (
        *("breath", "unconscious", "color", "choking", "attack", "chest", "stroke", "fall", "allergy", "birth"),
        *("fire", "smoke", "gas", "monoxide", "flood", "collapse", "crash", "shock"),
    )
)
GENERAL = frozenset(("said", "sign", "call", "second"))  # what sees what others see as well; the second opinion
WATCHED = "watched"
YES_OR_NO = {"yes": "alarm", "no": "calm"}


def may_come_from_others(heard: Heard) -> bool:
    """Whether it speaks of danger, and somebody may do it: then the other side hears nothing before a person looked."""
    kinds = {rule.replace(":", " ").split()[0] for rule in heard.why} - GENERAL
    return bool(heard.danger) and (heard.crisis or not kinds or not kinds <= NOBODY_HARMS)


def is_watched(heard: Heard) -> bool:
    """Whether somebody is there who must not read it: then no form takes these words, and nothing says them again."""
    return any(rule.startswith(WATCHED) for rule in heard.why)


def in_crisis(heard: Heard, facts: Facts) -> bool:
    """Whether somebody may want to end their life, and there is a line for that."""
    return heard.crisis and bool(facts.offered.crisis)


def about(effects: Iterable[Effect], facts: Facts) -> int:
    """The need that words of danger are about: the one that they are kept with, else the nearest of theirs."""
    passed_on = next((effect.number for effect in effects if isinstance(effect, Relay)), 0)
    nearest = (facts.mine.draft, *facts.mine.asked_for, *facts.mine.has_taken)
    return passed_on or next((need.number for need in nearest if need), 0)


def spoken_of(level: str, words: str, number: int) -> Effect:
    return Danger(level, words, number)


def is_asked(session: Session) -> bool:
    """Whether we wait to hear if somebody is in danger."""
    return session.waiting and session.flow == danger.name


def which_question(answers: Answers, _: Facts) -> str:
    return "crisis" if answers.get("line") else "asked"


def alarm(answers: Answers, _: Facts) -> Iterable[Effect]:
    yield InDanger(answers.get("words", ""))


def calm(answers: Answers, _: Facts) -> Iterable[Effect]:
    yield NoDanger(answers.get("words", ""))


danger = Flow(
    "danger",
    Do("look", then=which_question),
    Choose("asked", YES_OR_NO, exact=True),
    Choose("crisis", YES_OR_NO, exact=True),
    Do("alarm", alarm),
    End("yes"),
    Do("calm", calm),
    End("no"),
    asked_by_us=True,
    stands=True,
)
