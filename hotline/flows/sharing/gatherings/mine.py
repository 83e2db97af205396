"""What a host says: it is off, it is on, it is on its other day; and by keys in a call who comes, one after another."""

from collections.abc import Iterable

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Begin, Choose, Do, End, Flow
from hotline.flows.neighbor.intake import intake
from hotline.flows.sharing.gatherings.about import (
    lines,
    my_place,
    own_day,
    own_voice,
    place_aloud,
    shown,
    the_day,
    with_its_place,
)
from hotline.flows.sharing.gatherings.guests import day_guests
from hotline.flows.sharing.gatherings.listed import ANEW, day_no, days
from hotline.flows.sharing.gifts.about import the_next_of
from hotline.flows.sharing.loans.loan import lent
from hotline.model.effects import CallOff, Effect, Postpone, TellGuests
from hotline.model.facts import Facts

# --- Off.


def call_off(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if gathering := own_day(answers, facts):
        yield CallOff(gathering.number)


def off_or_over(answers: Answers, facts: Facts) -> str:
    return "told" if own_day(answers, facts) else "over"


def not_own(answers: Answers, facts: Facts) -> bool:
    return own_day(answers, facts) is None


def over(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    yield Prompt("days.gone", values=shown(answers, facts))


day_off = Flow(
    "day_off",
    Choose("sure", {"off": "off", "on": "stays"}, exact=True, shows=shown, unless=not_own),
    Do("off", call_off, then=off_or_over),
    End("told", shows=shown),
    End("over", says=over),
    End("stays", shows=shown),
)
"""Nothing but a clear word ends it: it is asked once more, since many have it in their week."""


# --- Where the weather may be bad.


def answers_to_weather(answers: Answers, facts: Facts) -> tuple[str, ...]:
    gathering = own_day(answers, facts)
    other = gathering is not None and gathering.rain_at is not None and gathering.rain_at > facts.now
    return ("on", *(("other_day",) if other else ()), "off")


def on_its_other_day(answers: Answers, facts: Facts) -> Values:
    """The option is that day."""
    gathering = own_day(answers, facts)
    if gathering is None or gathering.rain_at is None:
        return shown(answers, facts)
    moved = gathering.but(starts_at=gathering.rain_at)
    return {**shown(answers, facts), "time": (moved.when(facts.offered.zone),)}


def postpone(answers: Answers, facts: Facts) -> Iterable[Effect]:
    gathering = own_day(answers, facts)
    if gathering and gathering.rain_at and gathering.rain_at > facts.now:
        yield Postpone(gathering.number)


def moved_or_over(answers: Answers, facts: Facts) -> str:
    return "moved" if any(postpone(answers, facts)) else "over"


day_weather = Flow(
    "day_weather",
    Choose(
        "asked",
        {"on": "on", "other_day": "move", "off": "off"},
        offers=answers_to_weather,
        exact=True,
        shows=on_its_other_day,
        unless=not_own,
        senses={"yes": "on"},
    ),
    Do("on", then=lambda answers, facts: "goes_on" if own_day(answers, facts) else "over"),
    End("goes_on", shows=shown),
    Do("move", postpone, then=moved_or_over),
    End("moved", shows=on_its_other_day),
    Do("off", call_off, then=off_or_over),
    End("told", says=lambda answers, facts: (Prompt("day_off.told", values=shown(answers, facts)),)),
    End("over", says=over),
    asked_by_us=True,
)
"""Asked of its host once, at the hour at which it is decided. Silence: it takes place."""


# --- Words to who comes, or to the host.


def pass_on(answers: Answers, facts: Facts) -> Iterable[Effect]:
    gathering = the_day(answers, facts)
    if gathering and gathering.live and answers.get("said"):
        yield TellGuests(gathering.number, answers["said"])


def to_whom(answers: Answers, facts: Facts) -> str:
    if own_day(answers, facts):
        return "sure"
    place = my_place(answers, facts)
    if place is None or place.asks:
        return "over" if place is None else "asks_first"
    return "guest" if "doubt" in answers else "tell_host"


def as_written(answers: Answers, facts: Facts) -> Values:
    return {**shown(answers, facts), "words": answers.get("said", "")}


day_words = Flow(
    "day_words",
    Do("look", then=to_whom),
    Choose("sure", {"send": "tell_guests", "off": "off", "no": "kept"}, exact=True, shows=as_written),
    Do("tell_guests", pass_on),
    End("to_guests", shows=shown),
    Choose("guest", {"tell": "tell_host", "need": "asks"}, exact=True, shows=shown),
    Do("tell_host", pass_on),
    End("to_host", shows=shown),
    End("over", says=over),
    End("asks_first", says=lambda answers, facts: tuple(lines(facts))),
    Begin("asks", intake),
    Begin("off", day_off),
    End("kept", says=lambda answers, facts: (Prompt("day_off.stays", values=shown(answers, facts)),)),
)
"""A number and words: of the host to all who come, once it is clear that they are for many, and do not mean that it is
off; of a guest to the host. Without a number a guest is asked whether that is what they mean."""


# --- In a call: one after another.


def next_of_mine(answers: Answers, facts: Facts) -> Answers:
    mine = (gathering.code for gathering in facts.hosted.mine)
    return the_next_of(answers, (*mine, *(guest.gathering.code for guest in facts.hosted.comes_to)))


def which_kind(answers: Answers, facts: Facts) -> str:
    if own_day(answers, facts):
        return "host"
    place = my_place(answers, facts)
    if place is None:
        return "rest" if facts.in_call else "all"
    return "comes" if place.comes else "asks" if place.asks else "waits"


def of_host(answers: Answers, facts: Facts) -> Values:
    gathering = own_day(answers, facts)
    return {**shown(answers, facts), "have": str(gathering.line) if gathering else ""}


def of_guest(answers: Answers, facts: Facts) -> Values:
    place = my_place(answers, facts)
    if place is None:
        return shown(answers, facts)
    return with_its_place(place.gathering, place.people, facts)


def how_many_anew(answers: Answers, _: Facts) -> Answers:
    return {**answers, **ANEW, "heard": ""}


def all_lines(_: Answers, facts: Facts) -> Iterable[Prompt]:
    return tuple(lines(facts)) or (Prompt("status.nothing"),)


my_days = Flow(
    "my_days",
    Do("next", learns=next_of_mine, then=which_kind),
    Choose(
        "host",
        {"who": "guests", "off": "off", "next": "next"},
        exact=True,
        shows=of_host,
        sounds=own_voice,
        skip="next",
        back="host",
    ),
    Choose(
        "comes",
        {"no": "no", "many": "anew", "next": "next"},
        exact=True,
        shows=of_guest,
        sounds=place_aloud,
        skip="next",
        back="comes",
    ),
    Choose("asks", {"no": "no", "next": "next"}, exact=True, shows=shown, sounds=own_voice, skip="next", back="asks"),
    Choose("waits", {"no": "no", "next": "next"}, exact=True, shows=shown, sounds=own_voice, skip="next", back="waits"),
    Do("anew", learns=how_many_anew),
    Begin("many", days),
    Begin("guests", day_guests),
    Begin("off", day_off),
    Begin("no", day_no),
    Begin("rest", lent),
    End("all", says=all_lines),
)
"""To what they invite, and where they go; then what they lend, borrow, give and asked for."""
