"""Unprompted replies: words that answer an alert, or no question at all. Pure."""

from hotline.engine.answers import Heard
from hotline.flows.everyone import relay
from hotline.flows.intents import answers_many
from hotline.flows.intents.intents import Kind, Meaning, command
from hotline.flows.intents.need_numbers import VERBS, each, the_one
from hotline.flows.intents.small_words import (
    DEEDS,
    NO,
    SMALL,
    YES,
    asks_for_a_person,
    asks_for_news,
    offers,
    says_nothing,
    wants_something,
)
from hotline.flows.neighbor import amend
from hotline.flows.neighbor.time_asked_for import said_of_time
from hotline.flows.sharing.gatherings import meaning as gatherings
from hotline.flows.sharing.gifts.meaning import has_something
from hotline.model.facts import Facts
from hotline.model.needs import Need


def about_alerts(heard: Heard, alerts: tuple[Need, ...]) -> Meaning | None:
    """Yes or no to what was just offered."""
    number = the_one(alerts)
    every = "all" in heard.names or ("both" in heard.names and len(alerts) == 2)
    if every and len(alerts) > 1 and set(YES) & set(heard.names) and heard.only(*YES, "all", "both"):
        return each([Meaning(Kind.TAKE, need.code) for need in alerts])
    if heard.only(*YES):
        return Meaning(Kind.TAKE, number)
    if heard.only(*NO):
        return Meaning(Kind.DECLINE, number)
    return Meaning(Kind.UNSURE, number) if {*YES, *NO} & set(heard.names) else None


def beside_alerts(heard: Heard, facts: Facts) -> Meaning | None:
    """Words of someone who was asked to give, and said neither yes nor no."""
    if heard.only("thanks"):
        return Meaning(Kind.THANKS)
    if wants_something(heard, facts) or _names_a_need(heard, facts):
        return Meaning(Kind.NEW)
    if asks_for_news(heard):
        return Meaning(Kind.STATUS)
    if asks_for_a_person(heard):
        return Meaning(Kind.PERSON)
    return None if facts.mine.has_taken or facts.mine.asked_for else Meaning(Kind.UNSURE, the_one(facts.alerts.open))


def _names_a_need(heard: Heard, facts: Facts) -> bool:
    """Whether a need, perhaps with its place, is all that is said: a request of their own, as from anybody. Who names
    both as they were just offered repeats the offer."""
    said, needs = set(heard.names), set(facts.offered.needs)
    repeats = any({need.what, need.area} <= said for need in facts.alerts.open)
    return bool(said & needs) and heard.only(*needs, *facts.offered.areas) and not repeats


def unasked(heard: Heard, facts: Facts) -> Meaning | None:
    """Words that answer no question of ours."""
    thanked = relay.thanks(heard, facts)
    if thanked or answers_many.is_thanked_for(heard, facts):
        return thanked or Meaning(Kind.THANKS)
    if heard.only("yes") and facts.alerts.settled and not answers_many.is_newest(facts):
        return Meaning(Kind.TAKE, facts.alerts.settled.code)
    if facts.mine.team_asks and not any(heard.only(verb) for verb in VERBS):
        return Meaning(Kind.NOTE)  # an answer, whatever is in it: "the door on the left" is no ride
    if answers_many.are_meant(heard, facts, asks=_names_a_need(heard, facts) or asks_for_news(heard)):
        return Meaning(Kind.NOTE)
    if heard.nearly and facts.me.gives and not facts.in_progress:
        return command("guess", meant=heard.nearly)
    if facts.listening.part and heard.only(*NO):
        return command("round_no")
    if facts.mine.has_taken or facts.mine.asked_for:
        return _under_way(heard, facts)
    if any(heard.only(verb) for verb in VERBS):
        return Meaning(Kind.NOTHING_OPEN)
    if asks_for_news(heard):
        return Meaning(Kind.STATUS)
    if has := has_something(heard, facts):
        return has
    if heard.but(asks=False).only("can_help") or offers(heard):
        return Meaning(Kind.SIGNUP)
    if asks_for_a_person(heard):
        return Meaning(Kind.PERSON)
    if says_nothing(heard, facts) or (facts.me.gives and not heard.words):
        return Meaning(Kind.UNCLEAR)
    return gatherings.said_to_host(heard, facts) or _from_one_who_gives(heard, facts)


def _is_about_it(heard: Heard, facts: Facts) -> bool:
    """Whether the number of what they have in hand stands among their words: "put 112 back up". At the head of a text
    it says whom the words are for, and so it does beside a time: "for 112 I come at 5"."""
    plain = not heard.code and not heard.asks and heard.when is None
    return plain and any(need.number in heard.numbers for need in facts.mine.has_taken)


def _from_one_who_gives(heard: Heard, facts: Facts) -> Meaning | None:
    """Whoever gives begins a request by a need word or the menu, and by no slip of the hand."""
    asks = {"wants", "emergency", *facts.offered.needs, *facts.offered.areas} & set(heard.names)
    if not facts.me.gives or asks or heard.danger or heard.recording:
        return None
    return command("guess", meant=heard.nearly) if heard.nearly else Meaning(Kind.NOTE)


def gives_all_back(heard: Heard, facts: Facts) -> Meaning | None:
    """ "Drop everything, my car broke", from whoever has several: they are asked which, and "all" is an answer."""
    several = len(facts.mine.has_taken) > 1 and not heard.asks
    return Meaning(Kind.DROP) if several and {"drop", "all"} <= set(heard.names) else None


def _did_not_happen(facts: Facts) -> str:
    """The request about which "nobody came" is said: the one that somebody has, or the only one that is sent."""
    sent = tuple(need for need in facts.mine.asked_for if need.active)
    return the_one(tuple(need for need in sent if need.begun) or sent)


def _under_way(heard: Heard, facts: Facts) -> Meaning | None:
    """Words beside a need that is under way: a further request, or something to tell the other side."""
    if all_back := gives_all_back(heard, facts):
        return all_back
    if also := amend.is_also_wanted(heard, facts):
        return command("amend", also, said=heard.words, **said_of_time(heard, facts))
    goes_on = facts.mine.draft is not None and heard.only(*facts.offered.areas)  # where they are: that was asked last
    named = set(heard.names) & set(facts.offered.needs)
    if wants_something(heard, facts) or (not facts.in_progress and (named or goes_on)):
        return Meaning(Kind.NEW)
    if facts.mine.has_taken and (DEEDS & set(heard.names) or _is_about_it(heard, facts)):
        return Meaning(Kind.UNSURE, the_one(facts.mine.has_taken))
    if asks_for_news(heard) and not facts.mine.has_taken:
        return Meaning(Kind.STATUS)
    if heard.only("not_yet") and (number := _did_not_happen(facts)):
        return command("happened", number, told="no")
    if heard.only(*SMALL) and not facts.in_progress:
        return Meaning(Kind.NOTHING_OPEN)
    if "amend" in heard.names and facts.mine.asked_for:
        return command("amend", the_one(facts.mine.asked_for))
    if (corrected := amend.is_corrected(heard, facts)) is not None:
        return command("amend", corrected, said=heard.words, **said_of_time(heard, facts))
    return relay.unasked(heard, facts) or (Meaning(Kind.NOTE) if heard.words else None)
