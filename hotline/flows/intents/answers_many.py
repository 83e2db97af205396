"""Answers to a message to many: what words mean that come after one. Pure.

The team wrote, and nothing was asked that a flow waits for. What may answer it is read by a person, whatever else it
may be: a yes to it takes no request, and words to it begin none.
"""

from hotline.engine.answers import Heard
from hotline.engine.steps import Question
from hotline.flows.intents.intents import Kind, Meaning
from hotline.flows.intents.small_words import asks_for_a_person, offers, says_goodbye, wants_something
from hotline.model.effects import Danger, Effect, Flag
from hotline.model.facts import Facts

OF_ITS_OWN = frozenset(  # what no message of the team's is answered with
    (
        *(Kind.OPT_OUT, Kind.STOP_UNCLEAR, Kind.HOURS, Kind.WRONG_NUMBER, Kind.OPT_IN, Kind.CARRIERS, Kind.EMERGENCY),
        *(Kind.NOTHING, Kind.MENU, Kind.BACK, Kind.LANGUAGE, Kind.GOODBYE, Kind.AGAIN, Kind.PERSON, Kind.THANKS),
    )
)
UNLESS_WORDS_STAND_BESIDE = frozenset((Kind.STATUS, Kind.GROUPS, Kind.SIGNUP))


def is_newest(facts: Facts) -> bool:
    """Whether a message to many came after all that they were asked to take."""
    return facts.mine.to_many_at > facts.alerts.asked_at


def is_thanked_for(heard: Heard, facts: Facts) -> bool:
    """Whether thanks and goodbyes are no more than that: "ok thanks" may be a yes."""
    return says_goodbye(heard) and not (facts.mine.to_many_unanswered and {"ok", "no"} & set(heard.names))


def are_meant(heard: Heard, facts: Facts, *, asks: bool) -> bool:
    """Whether words that answer no question of ours are for the team. `asks` is that they name what they need."""
    open_now = facts.mine.to_many_unanswered or (facts.mine.to_many_at and facts.heard_lately)
    if not open_now or not is_newest(facts) or facts.in_progress or not heard.words:
        return False
    joins = offers(heard) and not facts.me.gives
    return not (asks or wants_something(heard, facts) or asks_for_a_person(heard) or joins or heard.nearly)


def kept(means: Meaning, heard: Heard, facts: Facts, effects: tuple[Effect, ...], question: Question | None) -> bool:
    """Whether a person reads these words beside what they mean: the first after such a message, unless they are plainly
    about something else, or somebody reads them anyhow."""
    if not facts.mine.to_many_unanswered or heard.command or not heard.words or facts.me.coordinator:
        return False
    if means.kind in OF_ITS_OWN or (means.kind in UNLESS_WORDS_STAND_BESIDE and not heard.rest):
        return False
    if any(facts.need(str(number)) for number in heard.numbers):
        return False
    if means.kind in (Kind.TAKE, Kind.DECLINE) and facts.alerts.open and not is_newest(facts):
        return False  # the newest question wins
    if question is not None and (facts.me.asked_at > facts.mine.to_many_at or not (heard.names or heard.rest)):
        return False
    return not any(isinstance(effect, Flag | Danger) and effect.words == heard.words for effect in effects)
