"""Days together in a conversation: which one is meant, and what a wording may say about it. Where it is, only those
hear who come; who comes, only its host."""

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import Any

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers
from hotline.flows.sharing.gifts.about import ONE, played
from hotline.model.facts import Facts
from hotline.model.gatherings import Gathering, Guest, Weather

Told = dict[str, str | tuple[str, ...]]
MOST_NAMED = 5  # guests in one text; in a call, and at the board, all of them are told


def the_day(answers: Answers, facts: Facts) -> Gathering | None:
    return facts.hosted.gathering(answers.get(ONE, ""))


def own_day(answers: Answers, facts: Facts) -> Gathering | None:
    """The one that is spoken of, where they invite to it and it is not over."""
    gathering = the_day(answers, facts)
    return gathering if gathering and gathering.is_of(facts.me.phone) and gathering.live else None


def my_place(answers: Answers, facts: Facts) -> Guest | None:
    return facts.hosted.my_place(answers.get(ONE, ""))


# --- What is said about them.


def told(gathering: Gathering, where: tzinfo | None) -> Told:
    """What anybody may hear of it."""
    return {
        "number": gathering.code,
        "gift": gathering.called,
        "area": (gathering.area,),
        "day": (gathering.when(where),),
        "left": (f"left_{gathering.room}",) if gathering.room is not None else "",
        "count": str(gathering.people),
        "starts": str(gathering.starts_at),  # by which news of it is known to be old
    }


def told_place(gathering: Gathering) -> Told:
    """Where it is."""
    return {"where": gathering.place or (("spoken_place",) if gathering.place_recording else (gathering.area,))}


def shown(answers: Answers, facts: Facts) -> Values:
    gathering = the_day(answers, facts)
    return told(gathering, facts.offered.zone) if gathering else {"number": answers.get(ONE, "")}


def shown_in_list(answers: Answers, facts: Facts) -> Values:
    """The same; whoever reads of what was spoken reads that it can be heard."""
    gathering = the_day(answers, facts)
    spoken = gathering and isinstance(gathering.called, tuple) and not facts.in_call
    return {**shown(answers, facts), **({"gift": ("gathering", "spoken_offer")} if spoken else {})}


def with_its_place(gathering: Gathering, people: int, facts: Facts) -> Values:
    """For who comes, with so many. In a call a place that was spoken is played."""
    place = {"where": (gathering.area,)} if facts.in_call and not gathering.place else told_place(gathering)
    return {**told(gathering, facts.offered.zone), **place, "count": str(people)}


def if_it_rains(gathering: Gathering, facts: Facts) -> Iterable[Prompt]:
    """When it is instead, where the weather is bad: whoever comes keeps that day free as well. In a call so much at
    once is not kept in mind."""
    if gathering.weather is not Weather.OTHER_DAY or gathering.rain_at is None or facts.in_call:
        return
    if gathering.rain_at > facts.now:
        moved = gathering.but(starts_at=gathering.rain_at)
        yield Prompt("days.rain", values={"time": (moved.when(facts.offered.zone),)})


def own_voice(answers: Answers, facts: Facts) -> Mapping[str, Any]:
    """What it is, in the host's voice."""
    return played(answers.get(ONE, ""), facts)


def place_of(code: str) -> str:
    """Under which number the place is played."""
    return f"{code}-place"


def place_aloud(answers: Answers, facts: Facts) -> Mapping[str, Any]:
    """Where it is, in the host's voice."""
    return played(place_of(answers.get(ONE, "")), facts)


def asked_of_host(guest: Guest, name: str, where: tzinfo | None) -> Told:
    """Who asks to come, by which number on the host's list, and with how many."""
    gathering = told(guest.gathering, where)
    return {**gathering, "name": name or ("someone",), "have": str(guest.seat), "count": str(guest.people)}


def who_asks(gathering: Gathering, facts: Facts) -> Iterable[Prompt]:
    """A line for each who waits for the host's yes."""
    for guest in facts.hosted.guests_of(gathering):
        if guest.asks:
            name = facts.hosted.names.get(guest.guest, "")
            yield Prompt("news.day_asks", values=asked_of_host(guest, name, facts.offered.zone))


def names_of(guests: Iterable[Guest], names: Mapping[str, str]) -> str:
    """ "Ana 3, Ben 2." of those who come and have said what they are called; "Ana 3, ..." where others come too."""
    come = [each for each in guests if each.comes]
    named = [f"{name} {each.people}" for each in come if (name := names.get(each.guest))][:MOST_NAMED]
    if not named:
        return ""
    return ", ".join((*named, "...")) if len(named) < len(come) else f"{', '.join(named)}."


def line_of_host(gathering: Gathering, facts: Facts) -> Prompt:
    """How many come, and who."""
    guests = facts.hosted.guests_of(gathering)
    waits = str(gathering.line) if gathering.line else ""
    values = {**told(gathering, facts.offered.zone), "names": names_of(guests, facts.hosted.names), "have": waits}
    if gathering.line:
        return Prompt("status.day_full", values=values)
    return Prompt("status.day" if gathering.people else "status.day_nobody", values=values)


def line_of_guest(guest: Guest, facts: Facts) -> Prompt:
    if guest.comes:
        return Prompt("status.day_comes", values=with_its_place(guest.gathering, guest.people, facts))
    values = told(guest.gathering, facts.offered.zone)
    return Prompt("status.day_asks" if guest.asks else "status.day_waits", values=values)


def lines(facts: Facts) -> Iterable[Prompt]:
    """How things stand: a line for that to which they invite, and for where they go."""
    for gathering in facts.hosted.mine:
        yield line_of_host(gathering, facts)
        yield from () if facts.in_call else who_asks(gathering, facts)
    for guest in facts.hosted.comes_to:
        yield line_of_guest(guest, facts)
