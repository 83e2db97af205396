"""Carries out what coordinators ask for from their phones, and tells them what they must know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.community.model import Community
from hotline.engine.session import Prompt, Values
from hotline.model import coordinator_effects, effects
from hotline.model.outgoing import NEWS

if TYPE_CHECKING:
    from hotline.storage import Transaction

A_DAY = 86400.0
TOO_OFTEN = 2  # times given back


def carry_out(tx: Transaction, effect: coordinator_effects.Order, me: str, now: float) -> None:
    """One order of the coordinator whose number is `me`."""
    match effect:
        case coordinator_effects.Close(number, why, done):
            tx.needs.close(number, done, now)
            tx.flags.note("closed", me, why, number, now)
            tx.flags.settle_untaken(number, now)
        case coordinator_effects.Say(number, reader, words):
            told = {"number": str(number), "words": words}
            tx.outbox.put(reader, [Prompt("news.from_team", values=told)], number, NEWS, now)
            tx.relays.team_said(number, me, reader, words, now)
        case coordinator_effects.Approve(phone):
            tx.volunteers.approve(phone)
            tx.flags.settle_of(phone, "volunteer_waits", now)
        case coordinator_effects.Seen(flag):
            tx.flags.settle(flag, now)
        case coordinator_effects.SeenAbout(number):
            tx.flags.settle_about(number, now)


def tell(
    tx: Transaction,
    community: Community,
    prompt: Prompt,
    about: int,
    but: str,
    now: float,
    *,
    any_hour: bool = False,
) -> None:
    """Something for every coordinator's phone, save the one it came from."""
    for coordinator in community.coordinators.values():
        if coordinator != but:
            tx.outbox.put(coordinator, [prompt], about, NEWS, now, any_hour=any_hour)


def given_back(tx: Transaction, number: int) -> bool:
    """Whether a need has just come back for the second time: a person should look, once."""
    need = tx.needs.get(number)
    return need is not None and need.drops == TOO_OFTEN


def pass_on(tx: Transaction, community: Community, neighbor: str, words: str, about: int, now: float) -> None:
    """What the neighbor answers goes to the coordinators who wrote to them about it in the last day."""
    wrote = tx.relays.who_wrote(about, neighbor, now - A_DAY)
    prompt = Prompt("news.answers_team", values={"number": str(about), "words": words})
    for coordinator in community.coordinators.values():
        if coordinator in wrote:
            tx.outbox.put(coordinator, [prompt], about, NEWS, now)


def wants_to_help(tx: Transaction, community: Community, who: effects.Enroll, phone: str, now: float) -> None:
    """Someone waits for a coordinator's yes. Whoever gave no name is approved by the end of their number."""
    told: Values = {"name": who.name, "who": who.name or phone[-4:], "gives": who.needs, "areas": who.areas}
    tell(tx, community, Prompt("news.wants_to_help", values=told), 0, phone, now)
