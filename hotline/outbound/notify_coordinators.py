"""Notify coordinators: which news goes to their phones, to which of them, and in which words."""

from collections.abc import Callable

from hotline.community.model import Community
from hotline.dispatch.quiet_hours import wakes_at
from hotline.engine.session import Prompt, Values
from hotline.flows.about_needs import story
from hotline.model import effects
from hotline.model.calendar import DAY
from hotline.model.needs import Need
from hotline.model.outgoing import NEWS
from hotline.storage import Transaction

CANNOT_WAIT = frozenset(
    (
        *("emergency", "wants_a_person", "message", "not_understood", "dropped_twice", "not_yet", "wrong_pin"),
        *("opted_out_asking", "cancelled_at_carrier", "wrong_number", "asked_the_carrier"),
    )
)
TEXTS_HELD, CALLS = "news.texts_held", "calls"
AT_ANY_HOUR = frozenset(("emergency",))


def notify(
    tx: Transaction,
    community: Community,
    prompt: Prompt,
    about: int,
    now: float,
    who: Callable[[str], bool] = lambda _: True,
    *,
    any_hour: bool = False,
) -> None:
    """Something for the phone of every coordinator of whom `who` says so. `about` is the need, 0 for none."""
    for phone in community.coordinators.values():
        if who(phone):
            tx.outbox.put(phone, [prompt], about, NEWS, now, any_hour=any_hour)


def flagged(tx: Transaction, community: Community, flag: effects.Flag, phone: str, about: int, now: float) -> None:
    """What somebody said that cannot wait until a person looks; it goes to all but the one it came from."""
    if flag.why not in CANNOT_WAIT:
        return
    details = ("recorded",) if flag.recording else flag.words
    told: Values = {"reason": (flag.why,), "details": details, "number": str(about)}
    prompt = Prompt("news.look_at" if about else "news.look", values=told)
    notify(tx, community, prompt, about, now, _but(phone), any_hour=flag.why in AT_ANY_HOUR)


def answered(tx: Transaction, community: Community, neighbor: str, words: str, about: int, now: float) -> None:
    """What the neighbor answers goes to the coordinators who wrote to them about it in the last day."""
    wrote = tx.relays.who_wrote(about, neighbor, now - DAY)
    prompt = Prompt("news.answers_team", values={"number": str(about), "words": words})
    notify(tx, community, prompt, about, now, wrote.__contains__)


def wants_to_help(tx: Transaction, community: Community, gives: effects.Enroll, phone: str, now: float) -> None:
    """Someone waits for a coordinator's yes. Who gave no name is approved by the end of their number."""
    told: Values = {"name": gives.name, "who": gives.name or phone[-4:], "gives": gives.needs, "areas": gives.areas}
    notify(tx, community, Prompt("news.wants_to_help", values=told), 0, now, _but(phone))


def nobody_takes(tx: Transaction, community: Community, need: Need, now: float) -> None:
    """A need was offered around for too long."""
    told: Values = {"number": need.code, "what": (need.what,), "area": (need.area,)}
    notify(tx, community, Prompt("news.coordinator", values=told), need.number, now)


def nobody_says(tx: Transaction, community: Community, need: Need, now: float) -> None:
    """Nobody answers whether it happened."""
    notify(tx, community, Prompt("news.nobody_says", values=story(need)), need.number, now)


def not_reached(tx: Transaction, community: Community, party: str, about: int, now: float) -> None:
    """Somebody who waits for news could not be rung."""
    told: Values = {"number": str(about), "name": tx.people.name_of(party)}
    notify(tx, community, Prompt("news.not_reached", values=told), about, now, _but(party))


def limit_reached(tx: Transaction, community: Community, why: str, now: float) -> None:
    """The day's texts or calls cost more than was meant."""
    notify(tx, community, Prompt("news.alarm", values={"reason": (why,)}), 0, now)


def nothing_goes(tx: Transaction, community: Community, name: str, now: float) -> None:
    """No texts go, or no calls: told in the other way, once it is day."""
    if name == CALLS:
        notify(tx, community, Prompt("news.calls_held"), 0, now)
        return
    for phone in community.coordinators.values():
        tx.outbox.tell_by_call(tx.outbox.put(phone, [Prompt(TEXTS_HELD)], 0, NEWS, now), now)
        tx.calls.want(phone, wakes_at(community.rules, now), now)


def no_clear_answer(tx: Transaction, community: Community, now: float) -> None:
    """Nobody knows whether texts or calls go. A text may get through all the same."""
    notify(tx, community, Prompt("news.no_clear_answer"), 0, now)


def goes_again(tx: Transaction, community: Community, name: str, now: float) -> None:
    """What was held goes; who was not told yet that it was held is not told any more."""
    for phone in community.coordinators.values():
        tx.outbox.not_by_call(phone, TEXTS_HELD, "over", now)
    notify(tx, community, Prompt("news.calls_again" if name == CALLS else "news.texts_again"), 0, now)


def _but(phone: str) -> Callable[[str], bool]:
    return lambda other: other != phone
