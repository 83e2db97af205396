"""Daily ring (telephone reassurance): somebody asks to be rung each day, for company or for safety; OK, AWAY, end."""

import re
from collections.abc import Iterable, Sequence

from hotline.engine.answers import HALF_UNKNOWN, Clock, Heard, Name, PhoneNumber
from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Ask, Begin, Choose, Do, End, Flow, Question
from hotline.flows.intents import time_expressions
from hotline.flows.intents.intents import Meaning, command
from hotline.flows.shared_questions import LANGUAGE, nothing_changed
from hotline.flows.sharing.daily_rings.company import neighbor
from hotline.flows.sharing.gifts.about import hidden
from hotline.model import calendar, phone_numbers
from hotline.model.calendar import SECOND
from hotline.model.daily_rings import Came, next_at
from hotline.model.effects import (
    BeginsSafety,
    DropContact,
    Effect,
    EndDailyRing,
    FinishesSafety,
    IsWell,
    NameContacts,
    NoRingUntil,
    OnlyForCompany,
    OnlyMachine,
    RingDaily,
)
from hotline.model.facts import Facts
from hotline.model.safety_rings import CONTACTS, Consent, Contact

HOUR, ENDS, AWAY = "hour", "ends", "away"  # answers: the hour, that it is to end, how long they are away
KIND, COMPANY, SAFETY = "kind", "company", "safety"
LONGEST_NAME = 20
FIXED = ("menu", "back", "status", "groups", "together", "listen", "person")  # words that ask for something
THERE = "there"  # an answer: how many look after them or are asked to, with the first one named
NAMED = ("first", "second")  # answers: the numbers of contacts, as they were typed
WELL, BESIDE_WELL = frozenset(("ok", "noted", "fine", "right")), frozenset(("greeting", "polite", "thanks"))
BESIDE_AN_HOUR = frozenset(("filler", "polite", "thanks", *time_expressions.LINKS))
MINUTES = re.compile(r"[0-5]\d")
TIMES = frozenset(  # what may stand beside words about the call: no text that says more is about it alone
    (
        *(*calendar.WEEKDAYS, *time_expressions.MONTHS, *time_expressions.DAYS_IN, *time_expressions.LINKS),
        *("today", "tomorrow", "hours", "oclock", "am", "pm", "morning", "afternoon", "evening", "noon", "midnight"),
    )
)
ONCE, DAYS = "once", "days_"  # for how long: one ring, or so many days
LENGTHS = (ONCE, f"{DAYS}3", f"{DAYS}7", f"{DAYS}14")


# --- What a text means.


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """DAILY, AWAY, and OK before a ring. `question` is what we wait to hear about: where it asks for free words, it
    waits, as it does for STATUS. An AWAY that got lost in an answer would raise an alarm."""
    if not facts.offered.sharing.rings or heard.keys:
        return None
    free = isinstance(question, Ask)
    match heard.command:
        case "daily":
            return _at_an_hour(heard)
        case "away" if facts.daily:
            return _gone(heard.told, facts)
        case "leave" if facts.daily and not heard.told and not facts.me.volunteer and not free:
            return command("daily", asks=ENDS)
        case "leave" if facts.safety.looks_after and not heard.told and not facts.me.volunteer and not free:
            return command("contact")
    well = heard.only(*WELL, *BESIDE_WELL) and not WELL.isdisjoint(heard.names)
    others = (question is not None and not free) or facts.alerts.open or facts.mine.answers or facts.shared.to_answer
    about_it = facts.daily is not None and (facts.daily.may_say_ok(facts.now) or facts.safety.alarm is not None)
    in_alarm = facts.safety.alarm is not None and not free
    if about_it and not others and (well or (in_alarm and _says_no_more(heard, facts))):
        return command("daily_ok")
    return None


def ends(heard: Heard, facts: Facts, question: Question | None = None) -> Meaning | None:
    """STOP DAILY, "no more calls please", "I am away until Sunday", of whoever is rung: it stops nothing but that. What
    stands beside such words has to be a time, or they are about something else."""
    if not facts.offered.sharing.rings or heard.keys:
        return None
    if facts.daily and heard.command == "end_daily" and not heard.told:
        return command("daily", asks=ENDS)
    asks = set(heard.names) & {*facts.offered.needs, "wants_a_person", "carrier_stop", "carrier_cancel"}
    own = heard.command in ("daily", "call") and "call" in heard.daily and not heard.code  # "daily call at 8"
    other = heard.command and not own
    if isinstance(question, Ask) or other or heard.danger or asks or not _is_time(heard.daily_told):
        return None
    return _in_own_words(heard, facts, question)


def _in_own_words(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    said, told = set(heard.daily), heard.daily_told
    if said >= {"call", "daily"} and not said & {"ends", "away", "well"} and (told or not facts.daily):
        return _at_an_hour(heard.but(told=_from_the_hour(told), code=""))
    if facts.daily is None:
        return None
    to_others = bool(facts.in_progress)  # then "I am not home" may be meant for who is on the way
    if said & {"call", "daily"} and "ends" in said:
        return _gone(told, facts) if told and _until(told, facts) is not None else command("daily", asks=ENDS)
    if "away" in said or (not said and told[:1] == ("until",) and (question is None or question.name == AWAY)):
        return _gone(told, facts) if told or not to_others else None
    if question is not None:
        return None
    others = to_others or facts.alerts.open or facts.mine.answers or facts.shared.to_answer
    return command("daily_ok") if said == {"well"} and not others and not told else None


def _gone(told: Sequence[str], facts: Facts) -> Meaning:
    if not told:
        return command("daily", asks=AWAY)
    end = _until(told, facts)
    return command("daily_away", **({"until": str(end)} if end is not None else {}))


def _is_time(told: Sequence[str]) -> bool:
    return all(word in TIMES or word[:1].isdecimal() for word in told)


def _from_the_hour(told: Sequence[str]) -> tuple[str, ...]:
    """Without what links the hour to the words before it: "every day at 8"."""
    return tuple(told[next((place for place, word in enumerate(told) if word != "at"), len(told)) :])


def _says_no_more(heard: Heard, facts: Facts) -> bool:
    """Whether words of somebody whom others look for ask for nothing: "I was in the garden"."""
    asks = {*facts.offered.needs, *FIXED, "wants", "volunteer", "joins", "stranger", "opt_out", "more"}
    return bool(heard.words) and not (heard.command or heard.code or heard.digits or asks & set(heard.names))


def _until(told: Sequence[str], facts: Facts) -> float | None:
    """Until when they are away: all of tomorrow, where that is all they say. None where it is not clear."""
    here = time_expressions.local(facts)
    if set(told) - time_expressions.LINKS == {"tomorrow"} and "until" not in told:
        return calendar.midnight(facts.now, here.tzinfo, days=2)
    return time_expressions.until(told, here)


def _at_an_hour(heard: Heard) -> Meaning | None:
    """DAILY alone, or with an hour first: when somebody is rung is told to nobody else, whatever stands behind it.
    "Daily bread for my mother" asks for something else."""
    if not heard.told:
        return command("daily")
    told = heard.told if not heard.code else (f"{heard.code[:-2]}:{heard.code[-2:]}", *heard.told)  # "DAILY 830"
    if len(told) > 1 and told[0].isdecimal() and MINUTES.fullmatch(told[1]):  # "DAILY 8.30 am"
        told = (f"{told[0]}:{told[1]}", *told[2:])
    if _is_for_another(told):
        return command("daily", others="yes")
    ends_at = (end for end in range(len(told), 0, -1) if end == len(told) or told[end].isalpha())
    read = (time_expressions.time_of_day(told[:end]) for end in ends_at)
    found = next(filter(None, read), None)
    if found is None:
        return None
    hour, either = found
    kind = {KIND: SAFETY} if SAFETY in heard.daily else {}
    return command("daily", hour=hour + HALF_UNKNOWN * either, **kind)


def _is_for_another(told: Sequence[str]) -> bool:
    """ "DAILY 8 for my mother": an hour, and for somebody. "DAILY 8:30 for 3 days" is for oneself."""
    hours = (place for place in range(1, len(told)) if time_expressions.time_of_day(told[:place]))
    begins = next((told.index("for", place) for place in hours if "for" in told[place:]), len(told))
    return any(word not in BESIDE_AN_HOUR and not word.isdecimal() for word in told[begins:])


# --- The form.


def where_to_begin(answers: Answers, facts: Facts) -> str:
    """Who hides the number cannot be rung."""
    if answers.get("others"):
        return "others"
    if not facts.me.has_number:
        return "hidden"
    if facts.daily and answers.get("asks") == AWAY:
        return "away"
    if facts.daily and answers.get("asks") == ENDS:
        return "end_sure"
    if facts.safety.sign_up and answers.get(KIND) == SAFETY:
        return "second" if THERE in answers else "called" if facts.safety.sign_up.agreed else "safe_sure"
    return "have" if facts.daily and HOUR not in answers else "hour"


def where_it_stopped(answers: Answers, facts: Facts) -> Answers:
    """Who began to ask for a safety ring goes on with what they said, unless they name another hour now."""
    begun, there = facts.safety.sign_up, standing(facts)
    other = not facts.safety.may_ask or HOUR in answers or "asks" in answers
    if begun is None or other or not (begun.hour or facts.daily) or len(there) >= CONTACTS:
        return answers
    one = {NAMED[0]: there[0].contact, THERE: str(len(there))} if there else {}
    return {**answers, KIND: SAFETY, **one, **({HOUR: begun.hour} if begun.hour and not facts.daily else {})}


def half_is_known(answers: Answers, _: Facts) -> bool:
    return not answers.get(HOUR, "").endswith(HALF_UNKNOWN)


def the_hour(answers: Answers) -> str:
    """As it is kept: "20:30"."""
    said = answers.get(HOUR, "")
    hour, _, minute = said.removesuffix(HALF_UNKNOWN).partition(":")
    later = said.endswith(HALF_UNKNOWN) and answers.get("half") == "evening"
    return f"{int(hour) % 12 + 12 if later else int(hour):02}:{minute}" if minute else ""


def hour_shown(answers: Answers, _: Facts) -> Values:
    return {"hour": (the_hour(answers),)} if the_hour(answers) else {}


def as_it_was_said(answers: Answers, _: Facts) -> Values:
    """The hour without its half of the day, which is asked for."""
    return {"hour": answers.get(HOUR, "").removesuffix(HALF_UNKNOWN).lstrip("0")}


def begin(answers: Answers, _: Facts) -> Iterable[Effect]:
    if hour := the_hour(answers):
        yield RingDaily(hour)


def first_ring(answers: Answers, facts: Facts) -> Values:
    """When the first ring comes."""
    hour, here = the_hour(answers), time_expressions.local(facts)
    if not hour:
        return {}
    return {"hour": (hour,), "when": time_expressions.said(next_at(hour, facts.now, here.tzinfo), here)}


def is_away(facts: Facts) -> bool:
    return facts.daily is not None and facts.daily.away_until > facts.now


def what_can_be_changed(_: Answers, facts: Facts) -> Iterable[str]:
    """No more than four: where it is about safety as well, whoever wants nothing changed says nothing."""
    safety = "contacts" if standing(facts) else SAFETY if facts.safety.may_ask else ""
    company = "machine" if facts.company.theirs else "neighbor" if facts.company.offered else ""
    more = tuple(filter(None, (safety, company)))
    return ("hour", "back" if is_away(facts) else "away", *((*more, "end") if more else ("end", "keep")))


def standing(facts: Facts) -> tuple[Contact, ...]:
    """Who looks after this person, or is asked to."""
    return tuple(each for each in facts.safety.contacts if each.consent is not Consent.NO)


def for_what(answers: Answers, facts: Facts) -> str:
    return "safety" if answers.get(KIND) == SAFETY and facts.safety.may_ask and not standing(facts) else "sure"


def safety_begun(answers: Answers, _: Facts) -> Iterable[Effect]:
    yield BeginsSafety(the_hour(answers))


def safety_agreed(answers: Answers, _: Facts) -> Iterable[Effect]:
    yield BeginsSafety(the_hour(answers), agreed=True)


def no_safety(_: Answers, __: Facts) -> Iterable[Effect]:
    yield FinishesSafety()


def only_company(_: Answers, facts: Facts) -> bool:
    """Whether it is not asked what it is for: it is known, or an alarm would reach nobody."""
    return not facts.safety.may_ask or bool(standing(facts))


def name_is_known(_: Answers, facts: Facts) -> bool:
    """In a call nobody can type one: then they are known by the end of their number."""
    return bool(facts.me.name) or facts.in_call


def has_both(answers: Answers, facts: Facts) -> bool:
    """Whether nobody else can be named."""
    return int(answers.get(THERE, "0")) >= CONTACTS or not answers.get(NAMED[0])


def with_the_first(answers: Answers, facts: Facts) -> Answers:
    """How many there are with the one who was just named."""
    return {**answers, THERE: str(len(standing(facts)) + bool(answers.get(NAMED[0])))}


def begin_safety(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """It begins with the first who is named: whoever says no more after that is looked after all the same."""
    yield from begin(answers, facts)
    if number := answers.get(NAMED[0]):
        yield NameContacts((number,), answers.get("called", ""))


def finish_safety(answers: Answers, _: Facts) -> Iterable[Effect]:
    if number := answers.get(NAMED[1]):
        yield NameContacts((number,))
    yield FinishesSafety()


def who_is_first(answers: Answers, _: Facts) -> Values:
    return {"ending": phone_numbers.ending(answers.get(NAMED[0], ""))}


def asked_or_nobody(answers: Answers, _: Facts) -> str:
    return "asked" if any(answers.get(name) for name in NAMED) else "nobody"


def contacts_there(facts: Facts) -> Iterable[str]:
    there = standing(facts)
    return (*(f"contact{each.place}" for each in there), *(("add",) if len(there) < CONTACTS else ()), "company")


def as_they_stand(_: Answers, facts: Facts) -> Values:
    """Each by the name and the end of the number, and whether they agreed."""
    told: dict[str, str | tuple[str, ...]] = {}
    for each in standing(facts):
        who = facts.safety.who(each.contact)
        told[f"contact{each.place}"] = (who["name"] or who["ending"], f"contact_{each.consent}")
    return told


def what_about_them(answers: Answers, _: Facts) -> str:
    return {"add": "first", COMPANY: "company_sure"}.get(answers.get("contact", ""), "drop_sure")


def the_contact(answers: Answers, facts: Facts) -> Contact | None:
    return next((each for each in standing(facts) if f"contact{each.place}" == answers.get("contact")), None)


def who_is_dropped(answers: Answers, facts: Facts) -> Values:
    each = the_contact(answers, facts)
    return facts.safety.who(each.contact) if each else {}


def drop(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if each := the_contact(answers, facts):
        yield DropContact(each.contact)


def only_for_company(_: Answers, __: Facts) -> Iterable[Effect]:
    yield OnlyForCompany()


def is_for_company(_: Answers, facts: Facts) -> bool:
    """Whether nobody is told that it ends: then it is asked once."""
    return facts.daily is None or not (facts.daily.safety or standing(facts))


def next_ring(_: Answers, facts: Facts) -> Values:
    """The hour, and when the next ring comes after what is known so far."""
    if facts.daily is None:
        return {}
    return {
        "hour": (facts.daily.hour,),
        "when": _said(facts.daily.next_due(time_expressions.local(facts).tzinfo), facts),
    }


def when_rung(answers: Answers, facts: Facts) -> Values:
    """When they are rung next: for the first time, where they have just asked for it."""
    return first_ring(answers, facts) if HOUR in answers else next_ring(answers, facts)


def _said(moment: float, facts: Facts) -> tuple[str, ...]:
    return time_expressions.said(moment, time_expressions.local(facts))


def gone_until(answers: Answers, facts: Facts) -> float:
    """UTC seconds: a day that was said, or so many days from the next ring on, or just past that; 0 for not away."""
    if "until" in answers:
        return float(answers["until"])
    how_long, where = answers.get(AWAY, ""), time_expressions.local(facts).tzinfo
    if facts.daily is None or not how_long:
        return 0.0
    if how_long == ONCE:
        return facts.daily.next_due(where) + SECOND
    return calendar.midnight(facts.daily.due_at, where, int(how_long.removeprefix(DAYS)))


def go_away(answers: Answers, facts: Facts) -> Iterable[Effect]:
    yield NoRingUntil(gone_until(answers, facts))


def next_when_back(answers: Answers, facts: Facts) -> Values:
    if facts.daily is None:
        return {}
    ring, where = facts.daily.but(away_until=gone_until(answers, facts)), time_expressions.local(facts).tzinfo
    return {"hour": (ring.hour,), "when": _said(ring.next_due(where), facts)}


def only_machine(_: Answers, __: Facts) -> Iterable[Effect]:
    yield OnlyMachine()


def end(_: Answers, __: Facts) -> Iterable[Effect]:
    yield EndDailyRing()


def nothing_begun(_: Answers, facts: Facts) -> bool:
    return facts.daily is None


daily = Flow(
    "daily",
    LANGUAGE,
    Do("look", then=where_to_begin, learns=where_it_stopped),
    Choose(
        "have",
        {
            "hour": "hour",
            "away": "away",
            "back": "back",
            "contacts": "contacts",
            "safety": "safety",
            "neighbor": "neighbor",
            "machine": "machine",
            "end": "end_sure",
            "keep": "kept",
        },
        offers=what_can_be_changed,
        unless=nothing_begun,
        shows=next_ring,
    ),
    Ask("hour", Clock(), saves=HOUR),
    Choose("half", ("morning", "evening"), saves="half", unless=half_is_known, shows=as_it_was_said),
    Choose("kind", (COMPANY, SAFETY), saves=KIND, unless=only_company),
    Do("for_what", then=for_what),
    Choose("sure", {"yes": "begin", "no": "kept"}, exact=True, shows=hour_shown),
    Do("begin", begin),
    End("begun", shows=first_ring),
    Do("safety", safety_begun),
    Choose("safe_sure", {"yes": "safe_limits", "no": "no_safety"}, exact=True, back="look"),
    Choose("safe_limits", {"yes": "agreed", "no": "no_safety"}, exact=True),
    Do("agreed", safety_agreed),
    Ask("called", Name(LONGEST_NAME), saves="called", unless=name_is_known, free=True),
    Ask("first", PhoneNumber(), saves=NAMED[0]),
    Do("begin_safety", begin_safety, learns=with_the_first),
    Ask("second", PhoneNumber(), saves=NAMED[1], unless=has_both, shows=who_is_first),
    Do("finish_safety", finish_safety, then=asked_or_nobody),
    End("asked", shows=when_rung),
    End("nobody"),
    Choose("contacts", contacts_there, saves="contact", shows=as_they_stand, back="look"),
    Do("about_them", then=what_about_them),
    Choose("drop_sure", {"yes": "drop", "no": "kept"}, exact=True, shows=who_is_dropped, back="contacts"),
    Do("drop", drop),
    End("dropped", shows=who_is_dropped),
    Choose("company_sure", {"yes": "company", "no": "kept"}, exact=True, back="look"),
    Do("company", only_for_company),
    End("company_now", shows=next_ring),
    Choose("away", lambda _: LENGTHS, saves=AWAY, back="look"),
    Do("go", go_away),
    End("gone", shows=next_when_back),
    Do("back", go_away, then=lambda _, __: "gone"),
    Choose("end_sure", {"yes": "end_again", "no": "kept"}, exact=True, shows=next_ring, back="look"),
    Choose("end_again", {"yes": "end", "no": "kept"}, exact=True, unless=is_for_company),
    Do("end", end),
    End("ended"),
    Do("no_safety", no_safety),
    End("kept", says=nothing_changed),
    End("hidden", says=hidden),
    End("others"),
    Do("machine", only_machine),
    End("machine_now", shows=next_ring),
    Begin("neighbor", neighbor),
    form=True,
)


# --- OK, and AWAY until a day.


def is_well(_: Answers, __: Facts) -> Iterable[Effect]:
    yield IsWell(Came.FINE)


def after_this_one(_: Answers, facts: Facts) -> Values:
    """The next ring, where the one that is coming is not made."""
    if facts.daily is None:
        return {}
    ring, where = facts.daily, time_expressions.local(facts).tzinfo
    due_at = next_at(ring.hour, ring.due_at, where) if ring.may_say_ok(facts.now) else ring.due_at
    return {"when": _said(ring.first_after(due_at, where), facts)}


daily_ok = Flow("daily_ok", Do("ok", is_well), End("told", shows=after_this_one))


def until_or_how(answers: Answers, _: Facts) -> str:
    return "go" if "until" in answers else "how"


def said_gone(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    yield Prompt("daily.gone", values=next_when_back(answers, facts))


daily_away = Flow(
    "daily_away",
    Do("look", then=until_or_how),
    Do("go", go_away),
    End("gone", says=said_gone),
    End("how"),
)


def lines(facts: Facts) -> Iterable[Prompt]:
    """What STATUS says of it."""
    if facts.daily:
        yield Prompt("status.daily", values=next_ring({}, facts))
