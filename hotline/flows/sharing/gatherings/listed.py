"""List of days together: to what neighbors invite, one by one, and who comes with how many. Children come with
somebody."""

from collections.abc import Callable, Iterable

from hotline.engine.answers import Count, Name
from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Ask, Choose, Do, End, Flow
from hotline.flows.shared_questions import LANGUAGE, NAME_LETTERS
from hotline.flows.sharing.gatherings.about import (
    if_it_rains,
    line_of_guest,
    line_of_host,
    lines,
    my_place,
    own_voice,
    place_aloud,
    shown,
    shown_in_list,
    the_day,
    told,
    with_its_place,
)
from hotline.flows.sharing.gifts.about import ONE, hidden, the_next_of
from hotline.model.effects import Come, DoNotCome, Effect
from hotline.model.facts import Facts
from hotline.model.gatherings import MOST_PEOPLE, GuestState, standing

PEOPLE = "people"  # the answer that holds how many come
ANEW = {"anew": "yes"}  # who comes already says how many they are
PEOPLE_DIGITS = 2
WANTED = {"yes": "come", "no": "next"}


def next_day(answers: Answers, facts: Facts) -> Answers:
    """What they do not go to yet."""
    there = (each.code for each in facts.hosted.there if facts.hosted.my_place(each.code) is None)
    return the_next_of(answers, there)


def one_or_all(answers: Answers, facts: Facts) -> str:
    if answers.get(ONE) and ANEW.items() <= answers.items() and my_place(answers, facts):
        return "people"
    if answers.get(ONE):
        return why_not(answers, facts) or ("full" if _is_full(answers, facts) else "one")
    if answers.get("heard"):
        return "all"
    return "own" if facts.hosted.mine or facts.hosted.comes_to else "none"


def why_not(answers: Answers, facts: Facts) -> str:
    """Why nobody can say here that they come, "" where they can."""
    gathering = the_day(answers, facts)
    if gathering is None or not gathering.live or gathering.starts_at <= facts.now:
        return "gone"
    if gathering.number in facts.hosted.not_to:
        return "no_room"
    if gathering.is_of(facts.me.phone) or my_place(answers, facts):
        return "own"
    return ""


def _is_full(answers: Answers, facts: Facts) -> bool:
    gathering = the_day(answers, facts)
    return gathering is not None and gathering.room == 0


def how_many(answers: Answers, facts: Facts) -> int:
    """How many come; who says no number comes with as many as before, or alone."""
    before = my_place(answers, facts)
    return min(MOST_PEOPLE, max(1, int(answers.get(PEOPLE) or (before.people if before else 1))))


def counted(answers: Answers, facts: Facts) -> str:
    """Who would come with more than there are places hears once more how many are left."""
    gathering = the_day(answers, facts)
    if not answers[PEOPLE]:
        return "all"
    return one_or_all(answers, facts) if gathering and gathering.never_fits(how_many(answers, facts)) else "name"


def no_name_is_asked(answers: Answers, facts: Facts) -> bool:
    """Who invites says yes to people, so they hear a name; in a call none can be written."""
    gathering = the_day(answers, facts)
    asks = gathering and gathering.live and not gathering.anyone and not why_not(answers, facts)
    return not asks or bool(facts.me.name) or facts.in_call


def come(answers: Answers, facts: Facts) -> Iterable[Effect]:
    gathering = the_day(answers, facts)
    if gathering and how_it_went(answers, facts) in ("comes", "comes_soon", "asks", "waits", "fewer"):
        yield Come(gathering.number, how_many(answers, facts), answers.get("name", "").strip())


def how_it_went(answers: Answers, facts: Facts) -> str:
    gathering, before = the_day(answers, facts), my_place(answers, facts)
    if gathering is None or not gathering.live or gathering.starts_at <= facts.now:
        return "gone"
    if gathering.number in facts.hosted.not_to:
        return "no_room"
    if not facts.me.has_number or facts.me.opted_out:
        return "hidden"
    if gathering.is_of(facts.me.phone):
        return "own"
    state, people = standing(gathering, before, how_many(answers, facts))
    if state is GuestState.WAITS:
        return "waits"
    if people < how_many(answers, facts):
        return "fewer"
    if state is GuestState.ASKS:
        return "asks"
    soon = facts.now >= gathering.reminded_at(facts.offered.zone)  # nobody is reminded any more
    return "comes_soon" if soon else "comes"


def as_they_stand(answers: Answers, facts: Facts) -> Values:
    """With how many they come after this, and where it is."""
    gathering = the_day(answers, facts)
    if gathering is None:
        return {"number": answers.get(ONE, "")}
    state, people = standing(gathering, my_place(answers, facts), how_many(answers, facts))
    if state is GuestState.COMES:
        return with_its_place(gathering, people, facts)
    return {**told(gathering, facts.offered.zone), "count": str(people)}


def own(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    """Who comes to theirs, or how they stand."""
    gathering, place = the_day(answers, facts), my_place(answers, facts)
    if place:
        yield line_of_guest(place, facts)
    elif gathering:
        yield line_of_host(gathering, facts)
    else:
        yield from lines(facts)


def no_room(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    """What the host's no sounds like."""
    yield Prompt("news.day_no_room", values=shown(answers, facts))


def gone(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    yield Prompt("days.gone", values=shown(answers, facts))


WITH_ITS_PLACE = ("days.comes", "days.comes_soon")


def as_in(key: str) -> Callable[[Answers, Facts], Iterable[Prompt]]:
    """The last words, and when it is instead where the weather is bad."""

    def says(answers: Answers, facts: Facts) -> Iterable[Prompt]:
        aloud = place_aloud(answers, facts) if key in WITH_ITS_PLACE else {}
        yield Prompt(key, values=as_they_stand(answers, facts), **aloud)
        if gathering := the_day(answers, facts):
            yield from if_it_rains(gathering, facts)

    return says


days = Flow(
    "days",
    LANGUAGE,
    Do("next", then=one_or_all, learns=next_day),
    Choose(
        "one",
        {"come": "people", "next": "next"},
        shows=shown_in_list,
        sounds=own_voice,
        skip="next",
        back="one",
        senses=WANTED,
    ),
    Choose(
        "full",
        {"wait": "people", "next": "next"},
        shows=shown_in_list,
        sounds=own_voice,
        skip="next",
        back="full",
        senses={"yes": "wait", "no": "next"},
    ),
    Ask("people", Count(PEOPLE_DIGITS), saves=PEOPLE),
    Do("counted", then=counted),
    Ask("name", Name(NAME_LETTERS), saves="name", unless=no_name_is_asked, free=True),
    Do("come", come, then=how_it_went),
    End("comes", says=as_in("days.comes")),
    End("comes_soon", says=as_in("days.comes_soon")),
    End("asks", says=as_in("days.asks")),
    End("no_room", says=no_room),
    End("fewer", says=as_in("days.fewer")),
    End("waits", says=as_in("days.waits")),
    End("own", says=own),
    End("gone", shows=shown),
    End("hidden", says=hidden),
    End("all"),
    End("none"),
)

day_yes = Flow(
    "day_yes",
    Ask("name", Name(NAME_LETTERS), saves="name", unless=no_name_is_asked, free=True),
    Do("come", come, then=how_it_went),
    End("comes", says=as_in("days.comes")),
    End("comes_soon", says=as_in("days.comes_soon")),
    End("asks", says=as_in("days.asks")),
    End("no_room", says=no_room),
    End("fewer", says=as_in("days.fewer")),
    End("waits", says=as_in("days.waits")),
    End("own", says=own),
    End("gone", says=gone),
    End("hidden", says=hidden),
)
"""YES, the number of one, and how many come."""


def past_or_told(answers: Answers, facts: Facts) -> str:
    gathering = the_day(answers, facts)
    return "told" if gathering and gathering.live and gathering.starts_at > facts.now else "gone"


def stay_away(answers: Answers, facts: Facts) -> Iterable[Effect]:
    place = my_place(answers, facts)
    if place and past_or_told(answers, facts) == "told":
        yield DoNotCome(place.gathering.number)


day_no = Flow(
    "day_no",
    Do("stay_away", stay_away, then=past_or_told),
    End("told", shows=shown),
    End("gone", says=gone),
)
"""NO and the number of one: they do not come."""
