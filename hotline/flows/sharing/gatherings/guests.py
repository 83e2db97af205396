"""What a host says of each guest: yes to one who asks, no to anybody, without a reason. By number or name in a text;
one after another in a call."""

from collections.abc import Iterable

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.sharing.gatherings.about import (
    asked_of_host,
    line_of_host,
    own_day,
    shown,
    who_asks,
)
from hotline.model.effects import AnswerGuest, Effect
from hotline.model.facts import Facts
from hotline.model.gatherings import Gathering, Guest

GUEST = "guest"  # the answer that holds whom the host means
OF_A_GUEST = "g"  # it is this and their number on the list
HEARD = "guests_heard"  # in a call: who was spoken of


def by_name(gathering: Gathering, said: str, facts: Facts) -> tuple[Guest, ...]:
    """Who on its list is called so."""
    names, guests = facts.hosted.names, facts.hosted.guests_of(gathering)
    return tuple(guest for guest in guests if names.get(guest.guest, "").casefold() == said.strip().casefold() != "")


def key_of(guest: Guest) -> str:
    return f"{OF_A_GUEST}{guest.seat}"


def guest_meant(answers: Answers, facts: Facts) -> Guest | None:
    gathering = own_day(answers, facts)
    guests = facts.hosted.guests_of(gathering) if gathering else ()
    return next((guest for guest in guests if key_of(guest) == answers.get(GUEST)), None)


def who_may_be_meant(answers: Answers, facts: Facts) -> tuple[str, ...]:
    """Who asks, or the one who does; of a name that two have, both."""
    gathering = own_day(answers, facts)
    guests = facts.hosted.guests_of(gathering) if gathering else ()
    named = by_name(gathering, answers.get("called", ""), facts) if gathering else ()
    return tuple(key_of(guest) for guest in named or guests if named or guest.asks)


def the_only_one(answers: Answers, facts: Facts) -> Answers:
    meant = who_may_be_meant(answers, facts)
    return {**answers, GUEST: meant[0]} if GUEST not in answers and len(meant) == 1 else answers


def is_clear(answers: Answers, facts: Facts) -> bool:
    return GUEST in answers or not who_may_be_meant(answers, facts)


def with_guests(answers: Answers, facts: Facts) -> Values:
    """The options are people: their first name, and with how many they come."""
    gathering = own_day(answers, facts)
    guests = facts.hosted.guests_of(gathering) if gathering else ()
    return {**shown(answers, facts), **{key_of(each): (_called(each, facts),) for each in guests}}


def _called(guest: Guest, facts: Facts) -> str:
    name = facts.hosted.names.get(guest.guest, "")
    return f"{name} {guest.people}" if name else f"seat_{guest.seat}"


def of_guest(answers: Answers, facts: Facts) -> Values:
    guest = guest_meant(answers, facts)
    if guest is None:
        return shown(answers, facts)
    return asked_of_host(guest, facts.hosted.names.get(guest.guest, ""), facts.offered.zone)


def let_come(answers: Answers, facts: Facts) -> Iterable[Effect]:
    guest = guest_meant(answers, facts)
    if guest and guest.asks:
        yield AnswerGuest(guest.gathering.number, guest.number, yes=True)


def turn_away(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if guest := guest_meant(answers, facts):
        yield AnswerGuest(guest.gathering.number, guest.number, yes=False)


def let_or_not(answers: Answers, facts: Facts) -> str:
    return "told" if guest_meant(answers, facts) else "how"


def knew_or_not(answers: Answers, facts: Facts) -> str:
    """Who was told where it is knows it, which the host had better hear."""
    guest = guest_meant(answers, facts)
    return "how" if guest is None else "told" if guest.told_at is None else "knew"


def its_line(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    """How it stands with the list of one, where nobody was meant who is on it."""
    gathering = own_day(answers, facts)
    if gathering is None:
        yield Prompt("days.gone", values=shown(answers, facts))
    else:
        yield line_of_host(gathering, facts)
        yield from who_asks(gathering, facts)


day_let = Flow(
    "day_let",
    Do("which", learns=the_only_one),
    Choose("whom", lambda _: (), saves=GUEST, offers=who_may_be_meant, shows=with_guests, unless=is_clear, exact=True),
    Do("let", let_come, then=let_or_not),
    End("told", shows=of_guest),
    End("how", says=its_line),
)
"""YES, the number of a day, and the number or name of a guest."""

day_away = Flow(
    "day_away",
    Do("which", learns=the_only_one),
    Choose("whom", lambda _: (), saves=GUEST, offers=who_may_be_meant, shows=with_guests, unless=is_clear, exact=True),
    Do("away", turn_away, then=knew_or_not),
    End("told", shows=of_guest),
    End("knew", shows=of_guest),
    End("how", says=its_line),
)
"""NO, the number of a day, and the number or name of a guest."""


# --- In a call: who asks first, then who comes, then who waits.


def next_guest(answers: Answers, facts: Facts) -> Answers:
    gathering = own_day(answers, facts)
    guests = facts.hosted.guests_of(gathering) if gathering else ()
    heard = answers.get(HEARD, "").split()
    inorder = sorted(guests, key=lambda guest: (not guest.asks, guest.waits, guest.seat))
    key = next((key_of(guest) for guest in inorder if key_of(guest) not in heard), "")
    kept = {name: value for name, value in answers.items() if name != GUEST}
    return {**kept, HEARD: " ".join((*heard, key)).strip(), **({GUEST: key} if key else {})}


def which_guest(answers: Answers, facts: Facts) -> str:
    guest = guest_meant(answers, facts)
    if guest is None:
        return "all" if answers.get(HEARD) else "nobody"
    return "asks" if guest.asks else "waits" if guest.waits else "comes"


def nobody(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    if gathering := own_day(answers, facts):
        yield line_of_host(gathering, facts)


day_guests = Flow(
    "day_guests",
    Do("next", learns=next_guest, then=which_guest),
    Choose("asks", {"yes": "let", "no": "away", "next": "next"}, exact=True, shows=of_guest, skip="next", back="asks"),
    Choose("comes", {"next": "next", "no": "away"}, exact=True, shows=of_guest, skip="next", back="comes"),
    Choose("waits", {"next": "next", "no": "away"}, exact=True, shows=of_guest, skip="next", back="waits"),
    Do("let", let_come, then=lambda _, __: "next"),
    Do("away", turn_away, then=lambda _, __: "next"),
    End("nobody", says=nobody),
    End("all", says=lambda _, __: (Prompt("days.all"),)),
)
