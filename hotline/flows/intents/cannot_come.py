"""Inability: what "can't" means from whoever has a need in hand. Pure.

"Can't do 9, 10 ok?" is for the other side. Everything else is asked about once: shall it go to someone else?
"""

from hotline.engine.answers import Heard
from hotline.engine.steps import Ask, Question
from hotline.flows.everyone import relay
from hotline.flows.intents.intents import Kind, Meaning, command
from hotline.flows.intents.need_names import by_name
from hotline.flows.intents.need_numbers import the_one
from hotline.flows.volunteer.done_or_drop import give_back
from hotline.model.facts import Facts

BARE = frozenset(("cannot", "sorry", "no", "ok", "thanks", "noted"))  # words beside which no reason is given
DOUBTED = {"doubted": "yes"}
OF_AN_ILLNESS = frozenset(("illness",))  # the rule that sees danger where somebody is ill, and no more than that


def is_its_reason(heard: Heard, facts: Facts) -> bool:
    """Whether an illness is named as the reason why whoever gives cannot come: "my son is very ill, I can't". What is
    worse than that is asked about all the same."""
    rules = {rule.partition(":")[0].split()[0] for rule in heard.why}
    named = "ill" in heard.moments and rules <= {*OF_AN_ILLNESS, "second"}  # the second opinion says not what it sees
    only_ill = heard.danger == "possible" and not heard.crisis and (named or rules <= OF_AN_ILLNESS)
    return only_ill and "cannot" in heard.names and bool(facts.mine.has_taken or facts.alerts.open)


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """The other side's words, or the question whether it goes back; with its reason, both."""
    if not facts.mine.has_taken or isinstance(question, Ask) or heard.keys or heard.command:
        return None
    if question is not None and facts.me.session.flow == give_back.name:
        return _more_than_an_answer(heard, facts)
    if "cannot" not in heard.names or (question is not None and not heard.only("cannot")):
        return None
    if _names_several(heard, facts):
        return Meaning(Kind.DROP)  # they are asked which, and may say both
    if (number := _which(heard, facts)) is None:
        return None
    if heard.asks and number:
        return command("relay", number, **relay.said(heard, facts, number))
    gives_a_reason = heard.rest or set(heard.names) - BARE
    why = relay.said(heard, facts, number) if number and gives_a_reason else {}
    return command("give_back", number, **DOUBTED, **why)


def _names_several(heard: Heard, facts: Facts) -> bool:
    """Whether they name more than one of those that they have, and none that they do not have."""
    codes = {int(need.code) for need in facts.mine.has_taken}
    return len(set(heard.numbers)) > 1 and codes.issuperset(heard.numbers) and not heard.asks


def _which(heard: Heard, facts: Facts) -> str | None:
    """The number of what they have in hand: the one that they wrote, the only one, or the only one that is what they
    name. None where they wrote another."""
    codes = {need.code for need in facts.mine.has_taken}
    named = [str(number) for number in heard.numbers if str(number) in codes]
    if len(named) == 1:
        return named[0]
    others = (*facts.alerts.open, *facts.mine.asked_for)
    if named or any(need.code == str(number) for need in others for number in heard.numbers):
        return None
    return the_one(facts.mine.has_taken) or by_name(heard, facts.mine.has_taken, facts)


def _more_than_an_answer(heard: Heard, facts: Facts) -> Meaning | None:
    """Asked whether it goes back, they write to the other side instead: "sorry, I come at 10"."""
    number = facts.me.session.answers.get("need", "")
    if not number or not heard.rest or heard.stops or (heard.code and heard.code != number):
        return None
    return command("relay", number, **relay.said(heard, facts, number))
