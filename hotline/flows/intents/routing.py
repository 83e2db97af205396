"""Intent routing: danger, opt-out, commands, need numbers, fixed words, the open question, in this order. Pure."""

from dataclasses import replace

from hotline.engine.answers import Heard
from hotline.engine.steps import Ask, Choose, Question
from hotline.flows.everyone import bridge, conduct, relay
from hotline.flows.everyone.danger import is_watched
from hotline.flows.everyone.opt_out import CANCELS
from hotline.flows.intents import answers_many, cannot_come, coordinator_commands, need_names, stops, suspected
from hotline.flows.intents.intents import OURS, Kind, Meaning, command
from hotline.flows.intents.need_numbers import VERBS, by_number, each, of_those_asked, the_one
from hotline.flows.intents.small_words import AS_A_VERB, DEEDS, NO, YES, asks_for_a_person
from hotline.flows.intents.unprompted import about_alerts, beside_alerts, gives_all_back, unasked
from hotline.flows.neighbor import amend, urgent
from hotline.flows.neighbor.intake import intake
from hotline.flows.sharing import not_here
from hotline.flows.sharing.circles import meaning as circles
from hotline.flows.sharing.daily_rings import company, daily_ring
from hotline.flows.sharing.gatherings import meaning as gatherings
from hotline.flows.sharing.gifts import meaning as gifts
from hotline.flows.sharing.loans import meaning as loans
from hotline.flows.volunteer import availability
from hotline.model.facts import Facts
from hotline.model.needs import Need, is_code

FIXED = {
    "menu": Kind.MENU,
    "back": Kind.BACK,
    "status": Kind.STATUS,
    "groups": Kind.GROUPS,
    "together": Kind.TOGETHER,
    "listen": Kind.LISTEN,
    "person": Kind.PERSON,
    "volunteer": Kind.SIGNUP,
    "joins": Kind.SIGNUP,
}
BOTH = 2
# What would keep words in a form or read them back, or ask about our texts: none of it on a phone that is watched.
SAYS_AGAIN = (Kind.ANSWER, Kind.NEW, Kind.OPT_OUT, Kind.STOP_UNCLEAR, Kind.HOURS, Kind.WITHDRAW, Kind.UNSURE)
KEYS = {"*": Kind.BACK, "0": Kind.PERSON, "9": Kind.GOODBYE}


def meaning(heard: Heard, facts: Facts, question: Question | None) -> Meaning:
    """The rules in their order; the first that knows an answer is right. `question` is what we wait to hear about.

    Certain danger is above them all; danger that is only possible goes beside whatever else the words mean.
    """
    quoted = coordinator_commands.meant(heard, facts, question)
    if quoted:  # "SAY 112 call the police": what coordinators quote is not their own
        return quoted
    if heard.danger == "certain":
        return _emergency(heard)
    if cannot_come.is_its_reason(heard, facts):
        heard = heard.but(danger="", why=())
    found = _beside_danger(heard, facts, question)
    if found.kind is Kind.STOP_UNCLEAR and _is_about_a_number(heard):
        found = _beside_danger(heard.but(names=("no",), rest=(), stops=(), danger=""), facts, question)
    if not heard.danger or found.kind is Kind.EMERGENCY:
        return found
    if is_watched(heard) and found.kind in SAYS_AGAIN and found.name != "carrier":
        return Meaning(Kind.NOTHING, danger=True)
    if (
        found.kind is Kind.OPT_OUT and found.name != "carrier"
    ):  # nobody in danger is silenced: texts end once they say so again
        found = Meaning(Kind.STOP_UNCLEAR)
    return replace(found, danger=True)


def _is_about_a_number(heard: Heard) -> bool:
    """ "OFF 131": one word of ending and the number of something, which is what they mean, and not all our texts."""
    return len(heard.numbers) == 1 and is_code(heard.numbers[0]) and len(heard.own.split()) == 2


def _emergency(heard: Heard) -> Meaning:
    """Someone who wants to end their life is not left alone: a crisis line is named."""
    return Meaning(Kind.EMERGENCY, name="crisis" if heard.crisis else "")


def _beside_danger(heard: Heard, facts: Facts, question: Question | None) -> Meaning:
    found = (
        availability.meant(heard, facts, question)  # whole texts only; in some languages "leave" ends texts as well
        or daily_ring.ends(heard, facts, question)  # a whole text as well, and not our texts
        or about_texting(heard, question)
        or _nobody_says(heard)
        or conduct.meant(heard, facts, question)  # above stopping: "please don't send that man again"
        or not_here.meant(heard, question)
        or gatherings.cancels(heard, facts)
        or circles.cancels(heard, facts)
        or stops.meant(heard, facts, question, meaning)  # never above danger
        or cannot_come.meant(heard, facts, question)
        or gatherings.meant(heard, facts, question)
        or circles.meant(heard, facts, question)
        or daily_ring.meant(heard, facts, question)
        or company.meant(heard, facts, question)
        or loans.meant(heard, facts, question)
        or gifts.meant(heard, facts, question)
        or _command(heard, facts, question)
        or of_those_asked(heard, facts, question)
        or need_names.of_those_asked(heard, facts, question)
        or by_number(heard, facts, question)
        or _not_theirs(heard, facts, question)
        or _fixed(heard, facts, question)
        or suspected.meant(heard, facts, question)
        or _last_asked(heard, facts, question)
        or unasked(heard, facts)
    )
    return found or Meaning(Kind.NEW)


def _command(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """Commands are recognized only if they are complete, and only from people whom they concern."""
    if heard.keys or not (heard.command or heard.code):
        return None
    return (
        amend.meant(heard, facts)
        or urgent.meant(heard, facts)
        or bridge.meant(heard, facts)
        or relay.meant(heard, facts, question)
    )


def about_texting(heard: Heard, question: Question | None) -> Meaning | None:
    """The carrier's own words, and danger: what no conversation may keep waiting."""
    if "carrier_stop" in heard.names:
        return Meaning(Kind.OPT_OUT, name="carrier")
    if "carrier_cancel" in heard.names:
        return Meaning(Kind.OPT_OUT, name="carrier", known={CANCELS: "yes"})
    if "opt_out" in heard.names:  # "Stop.", which the carrier does not know
        return Meaning(Kind.OPT_OUT)
    if "carrier_start" in heard.names:
        return Meaning(Kind.OPT_IN)
    if "carrier_help" in heard.names:
        return Meaning(Kind.CARRIERS)
    if "opt_in" in heard.names:
        return Meaning(Kind.OPT_IN, name=OURS)
    if "asks_help" in heard.names:
        return Meaning(Kind.CARRIERS, name=OURS)
    if "emergency" in heard.names and not _says_more(heard, question):
        return Meaning(Kind.EMERGENCY)
    return None


def _nobody_says(heard: Heard) -> Meaning | None:
    """A heart put on one of our texts, an automatic reply."""
    return Meaning(Kind.NOTHING) if heard.reaction or heard.machine else None


def _not_theirs(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """ "Wrong number", "this is not Ben", "who is this": not among free words, and beside nothing that they ask for."""
    asks = set(heard.names) & {*facts.offered.needs, "wants", "person"}
    theirs = "stranger" in heard.names and not heard.keys and not asks and not isinstance(question, Ask)
    return Meaning(Kind.WRONG_NUMBER) if theirs else None


def _says_more(heard: Heard, question: Question | None) -> bool:
    """An emergency number that stands in an address, or beside a need: an answer or a request, with a warning."""
    other = set(heard.names) - {"emergency", "greeting", "wants", *VERBS, *AS_A_VERB}
    return bool(other) or (isinstance(question, Ask) and bool(heard.rest))


def _fixed(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    if heard.keys:
        own = isinstance(question, Choose) and heard.keys in question.keys
        return Meaning(KEYS[heard.keys]) if heard.keys in KEYS and not own else None
    if heard.digits == "0":
        return Meaning(Kind.PERSON)
    plain = heard.but(asks=False) if heard.asks else heard
    for name, kind in FIXED.items():
        if kind is Kind.LISTEN and not facts.offered.sharing.listening:
            continue
        if name in plain.names and plain.only(name) and not _has_another_sense(name, question):
            return _offered_beside(heard, facts) if kind is Kind.SIGNUP and facts.alerts.open else Meaning(kind)
    of_kind = _of_which_kind(plain, facts) if "groups" in plain.names else {}
    if of_kind and plain.only("groups", *facts.offered.needs, *facts.offered.areas):
        return Meaning(Kind.GROUPS, known=of_kind)
    for name in ("by_call", "by_text"):
        if heard.only(name):
            return command(name)
    if heard.command == "leave" and not heard.told and not isinstance(question, Ask):
        return Meaning(Kind.HOURS)  # of somebody who gives and has nothing: no request is called "leave"
    unclear = "confused" in plain.names and plain.only("confused", "noise_alone", "no", "sorry")
    if isinstance(question, Ask) and (unclear or (heard.asks and plain.only("noise_alone"))):  # "que?" is no address
        return Meaning(Kind.AGAIN)
    if heard.only("thanks") and question is not None and not _has_another_sense("thanks", question):
        return Meaning(Kind.THANKS if _was_not_put(facts) else Kind.AGAIN)
    if heard.only("greeting") and question is not None:
        return Meaning(Kind.AGAIN)
    return _in_hand(heard, facts) or _language(heard, facts, question)


def _of_which_kind(heard: Heard, facts: Facts) -> dict[str, str]:
    """ "Others food 11216": what for, and where."""
    fields = {"what": facts.offered.needs, "area": facts.offered.areas}
    said = {field: [name for name in heard.names if name in offered] for field, offered in fields.items()}
    return {field: names[0] for field, names in said.items() if len(names) == 1}


def _was_not_put(facts: Facts) -> bool:
    """Whether a form stands that has only begun with words of danger: nobody in danger was asked its question."""
    session, form = facts.me.session, facts.mine.draft
    return session.flow == intake.name and form is not None and form.held and "what" not in session.answers


def _offered_beside(heard: Heard, facts: Facts) -> Meaning:
    """ "I want to help" beside an open alert is perhaps a yes; the one word that we ask for is not."""
    wishes = "joins" in heard.names or " " in heard.own.strip()
    return Meaning(Kind.UNSURE, the_one(facts.alerts.open)) if wishes else Meaning(Kind.SIGNUP)


def _has_another_sense(name: str, question: Question | None) -> bool:
    """Whether the word answers the question at hand: "others" among needs is something else."""
    return isinstance(question, Choose) and name in question.senses


def _in_hand(heard: Heard, facts: Facts) -> Meaning | None:
    """DONE and DROP without a number: about what they have in hand. After another one was given back or finished just
    now it may be about that still, and nothing is done by a guess."""
    for verb in ("done", "delivered", "drop"):
        if not (facts.mine.has_taken and verb in heard.names):
            continue
        beside = (verb, "delivered", "yes", "ok")
        if every := _all_in_hand(heard, beside, facts):
            return each([Meaning(VERBS[AS_A_VERB.get(verb, verb)], need.code) for need in every])
        if number := need_names.by_name_alone(heard, facts.mine.has_taken, facts, *beside):  # "food is done"
            just_now = need_names.by_name(heard, facts.mine.let_go, facts)
            verb = AS_A_VERB.get(verb, verb)
            return command("still_yours", number) if just_now else Meaning(VERBS[verb], number)
        if heard.only(verb, "delivered", "yes", "ok"):
            number = the_one(facts.mine.has_taken)
            return (
                command("still_yours", number)
                if facts.mine.let_go and number
                else Meaning(VERBS[AS_A_VERB.get(verb, verb)], number)
            )
    return None


def _all_in_hand(heard: Heard, beside: tuple[str, ...], facts: Facts) -> tuple[Need, ...]:
    """What "done all" and "drop both" are about."""
    held = facts.mine.has_taken
    every = "all" in heard.names or ("both" in heard.names and len(held) == BOTH)
    return held if every and heard.only(*beside, "all", "both") else ()


def _language(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    if question is not None and question.saves == "language":
        return None
    plain = heard.but(asks=False) if heard.asks else heard
    said = (name for name in facts.offered.languages if name in plain.names and plain.only(name))
    return next((Meaning(Kind.LANGUAGE, name=name) for name in said), None)


def _last_asked(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """The newest question wins, a flow's or an alert's: a yes half-way through a form takes the need just offered. A
    yes to what the other side of a need wrote since the alert is theirs, and no other yes in their talk takes
    anything."""
    if facts.alerts.open and question is None:
        about_it = None if facts.mine.answers else about_alerts(heard, facts.alerts.open)
        if answers_many.is_newest(facts):  # then a yes may be to that: it is asked about, and takes nothing
            bare = about_it if about_it and about_it.kind is not Kind.UNSURE else None
            return _asked_once_more(heard, facts, bare) if bare else None
        if about_it and facts.mine.talked:  # they write to each other: an "ok" takes nothing, a yes is asked about
            about_it = None if heard.only("ok") else _asked_once_more(heard, facts, about_it)
        return about_it or beside_alerts(heard, facts)
    if facts.alerts.open and facts.alerts.asked_at > facts.me.asked_at and not answers_many.is_newest(facts):
        about_it = about_alerts(heard, facts.alerts.open)
        if about_it:
            return about_it
    if isinstance(question, Choose) and asks_for_a_person(heard):
        return Meaning(Kind.PERSON)
    if about_one := relay.names_which(heard, facts, question) or _gives_all_up(heard, facts, question):
        return about_one
    if other := _thinks_again(heard, facts, question):
        return other
    if facts.mine.team_asks and isinstance(question, Choose) and _chooses_nothing(heard, facts, question):
        return Meaning(Kind.NOTE)  # the team wrote after we asked
    return Meaning(Kind.ANSWER) if question is not None else None


def _thinks_again(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A yes where it was asked which one they say no to, and the other way round: then it is that which is asked."""
    if not isinstance(question, Choose) or question.name != "which" or heard.keys:
        return None
    flow = facts.me.session.flow
    if flow == Kind.DECLINE and heard.only(*YES):
        return Meaning(Kind.TAKE)
    return Meaning(Kind.DECLINE) if flow == Kind.TAKE and heard.only(*NO) else None


def _gives_all_up(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """ "Drop everything, my car broke", where it was asked which one their words are about."""
    asked = relay.asks_which(question, facts) and facts.mine.has_taken
    if not asked or not DEEDS & set(heard.names):
        return None
    return gives_all_back(heard, facts) or Meaning(Kind.UNSURE, the_one(facts.mine.has_taken))


def _asked_once_more(heard: Heard, facts: Facts, about_it: Meaning) -> Meaning:
    """Whether a yes in the middle of a talk is meant for the alert that is open: they are asked."""
    number = the_one(facts.alerts.open)
    settles = about_it.kind is Kind.TAKE or (about_it.kind is Kind.DECLINE and answers_many.is_newest(facts))
    return command("guess", meant=f"{heard.own.upper()} {number}") if settles and number else about_it


def _chooses_nothing(heard: Heard, facts: Facts, question: Choose) -> bool:
    """Whether these are words of their own, and no option of the question is among them."""
    options = {*question.names(facts, facts.me.session.answers), *question.senses}
    return bool(heard.rest) and options.isdisjoint(heard.names)
