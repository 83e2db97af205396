"""What the second opinion suspects in words that no rule knows: the question that belongs to it is put. Pure."""

from hotline.engine.answers import CLOSING_SUSPECTED, GIVING_BACK_SUSPECTED, JOINING_SUSPECTED, Heard
from hotline.engine.steps import Question
from hotline.flows.everyone import relay
from hotline.flows.intents.cannot_come import DOUBTED
from hotline.flows.intents.intents import Kind, Meaning, command
from hotline.flows.intents.need_numbers import the_one
from hotline.flows.volunteer.done_or_drop import give_back
from hotline.model.facts import Facts


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """Shall it be closed, shall it go to someone else, do they want to help? Nothing is done before they say so."""
    if question is not None or heard.asks:
        return None
    mine = facts.mine
    if GIVING_BACK_SUSPECTED in heard.names and (number := the_one(mine.has_taken)):
        return command(give_back.name, number, **DOUBTED, **relay.said(heard, facts, number))
    if CLOSING_SUSPECTED in heard.names and mine.asked_for and not mine.has_taken:
        return Meaning(Kind.WITHDRAW, the_one(mine.asked_for))
    return Meaning(Kind.SIGNUP) if _joins(heard, facts) else None


def _joins(heard: Heard, facts: Facts) -> bool:
    """Whether somebody wants to help who has nothing open here, and asks for nothing."""
    asks = {"wants", *facts.offered.needs} & set(heard.names)
    busy = facts.me.gives or facts.alerts.open or facts.mine.asked_for or facts.mine.has_taken
    return JOINING_SUSPECTED in heard.names and not (asks or busy)
