"""Invitation to give: who got what they asked for is asked once whether there is something of their own to give.

Never as a debt: no answer is fine, and so is a no. Nobody is asked who spoke of danger, who waits for something still,
or who gives already.
"""

from collections.abc import Iterable

from hotline.engine import run
from hotline.engine.answers import Heard
from hotline.engine.session import Turn
from hotline.engine.steps import Answers, Begin, Choose, Do, End, Flow
from hotline.flows.everyone.menu import TO_GIVE, menu, to_give
from hotline.flows.intents.intents import Kind, Meaning
from hotline.flows.neighbor.intake import intake
from hotline.flows.sharing.gifts.offer import gift
from hotline.flows.sharing.loans.lend import lend
from hotline.flows.volunteer.signup import signup
from hotline.model.effects import Effect, Happened, Invited
from hotline.model.facts import Facts
from hotline.model.gifts import LONGEST_WORDS

UNABLE = frozenset(("cannot", "nothing", "no", "sorry", "thanks"))


def invited(_: Answers, __: Facts) -> Iterable[Effect]:
    yield Invited()


def what_is_meant(_: Answers, facts: Facts) -> tuple[str, ...]:
    """Words may be something to give, and something that is needed as well."""
    return (*(way for way in to_give({}, facts) if way != "day"), "asks")


give_too = Flow(
    "give_too",
    Do("invited", invited),
    Choose("asked", {"yes": "gives", "no": "fine"}, exact=True, harmless=True, closing=True),
    Do("gives", learns=lambda answers, _: {**answers, TO_GIVE: "yes"}),
    Begin("what", menu),
    Choose("meant", {"helps": "gives_help", "gift": "gift", "lend": "lend", "asks": "asks"}, offers=what_is_meant),
    Begin("gives_help", signup),
    Begin("gift", gift),
    Begin("lend", lend),
    Begin("asks", intake),
    End("fine"),
    in_passing=True,
)


def is_invited(turn: Turn, facts: Facts) -> bool:
    """Whether they have just said that they got it, have nothing else open, and were never invited."""
    done = {each.number for each in turn.effects if isinstance(each, Happened)}
    me, sharing = facts.me, facts.offered.sharing
    if not done or me.invited or not (sharing.offers or sharing.tools):
        return False
    gives = me.gives or me.waits or me.shares
    others = any(need.number not in done for need in facts.mine.asked_for)
    hurt = facts.mine.endangered or any(need.held for need in facts.mine.asked_for)
    return me.has_number and not (gives or others or hurt or turn.session.waiting or me.disowned_at)


def with_invitation(turn: Turn, facts: Facts) -> Turn:
    """The turn, and after it the one question."""
    if not is_invited(turn, facts):
        return turn
    return turn.and_then(run.start(give_too, turn.session.idle().but(behind=turn.session.behind), facts))


def is_unable(heard: Heard, means: Meaning) -> bool:
    """ "I'm too old", "I have nothing" is a no as good as any, and nobody asks on."""
    said = not UNABLE.isdisjoint(heard.names) and UNABLE.issuperset(heard.names)
    return (
        said
        and means.kind in (Kind.NEW, Kind.NOTE, Kind.NOTHING_OPEN, Kind.UNCLEAR)
        and not (heard.asks or heard.danger)
    )


def fine(facts: Facts) -> Turn:
    return run.go_to(give_too, "fine", facts.me.session, facts)


def is_of_their_own(heard: Heard, means: Meaning, facts: Facts) -> bool:
    """Whether words that answer the invitation name what they may give: they mean nothing else, and ask for nothing."""
    asks = {"wants", "emergency", *facts.offered.needs, *facts.offered.areas} & set(heard.names)
    of_another = bool(heard.code)  # "102 I come at five"
    new = means.kind in (Kind.NEW, Kind.NOTE) and bool(heard.rest) and not of_another
    return new and not (asks or heard.asks or heard.danger)


def meant(heard: Heard, facts: Facts) -> Turn:
    """What is meant by their own words."""
    session = facts.me.session
    known = {**session.answers, "gift": heard.own.strip()[:LONGEST_WORDS], "words": heard.words}
    return run.go_to(give_too, "meant", session.but(answers=known), facts)
