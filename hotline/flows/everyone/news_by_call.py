"""News call: whether to hear it, the news to its end, and what goes with it. Where it stands is kept with the call.

Whoever picks up may be somebody else. Until they have pressed 1 and heard the news, what this person is being asked
stands apart, and a text meanwhile is answered as if there were no call.
"""

from collections.abc import Iterable, Sequence

from hotline.engine.session import Prompt, Session, Values
from hotline.engine.steps import Announce, Answers, Begin, Choose, Do, End, Flow
from hotline.flows.about_needs import story
from hotline.flows.everyone.bridge import may_be_rung
from hotline.flows.everyone.contact_preference import is_asked, reach
from hotline.flows.everyone.menu import in_touch, menu
from hotline.flows.everyone.opt_out import quiet
from hotline.flows.everyone.person import person
from hotline.flows.neighbor.intake import intake
from hotline.flows.sharing.circles.mine import my_circles
from hotline.flows.sharing.daily_rings import company
from hotline.flows.sharing.daily_rings.daily_ring import next_ring
from hotline.flows.sharing.daily_rings.safety import alarm, contact, is_to_answer
from hotline.flows.sharing.gatherings.mine import my_days
from hotline.flows.sharing.gifts.giver import answering
from hotline.flows.sharing.loans.loan import lent
from hotline.flows.volunteer.offer_by_call import offer
from hotline.model.calls import COMPANY, NO_NEED, ToTell
from hotline.model.daily_rings import Came
from hotline.model.effects import BeingTold, Effect, Flag, IsWell, NotToday, Talk, Told, Untell
from hotline.model.facts import Facts
from hotline.model.needs import Need

GOODBYE = Prompt("ring.goodbye", ends=True)
HEAR_OR_QUIET = {"hear": "go_on", "else": "menu", "quiet": "quiet"}
KEYS = {"9": "quiet"}
ASKED_OF_GIVERS = frozenset(("news.offer_asked", "news.offer_fits"))
ASKED_ABOUT_LOANS = frozenset(
    (
        *("news.loan_asked", "news.loan_yes", "news.loan_fetch", "news.loan_due", "news.loan_due_waited_for"),
        *("news.loan_still", "news.loan_back", "news.loan_is_it_back", "news.loan_yours", "news.loan_out"),
    )
)
ASKED_ABOUT_DAYS = frozenset(
    (
        *("news.day_tomorrow", "news.day_host_tomorrow", "news.day_nobody", "news.day_room", "news.day_moved"),
        *("news.day_asks", "news.day_more"),
    )
)
ASKED_ABOUT_CIRCLES = frozenset(
    (
        *("news.circle_turn", "news.circle_yours", "news.circle_gave", "news.circle_missing", "news.circle_rests"),
        *("news.circle_swap", "news.circle_swap_sure", "news.circle_joined", "news.circle_begins", "news.circle_drawn"),
        *("news.circle_goes_on", "news.circle_swapped", "news.circle_look"),
    )
)
TAKEN = frozenset(("news.taken", "news.taken_some"))  # after these it is old news that nobody was free
ANSWERED_BY_TALKING = frozenset(("news.words", "news.first_words", "news.reminder", "news.called", "news.not_yet"))


# --- Whoever picks up.


def hear_or_not(_: Answers, facts: Facts) -> tuple[str, ...]:
    """Who calls us may have called for something else."""
    return ("hear", *(("else",) if facts.call.theirs else ()), "quiet")


def begin_anew(_: Answers, facts: Facts) -> Iterable[Effect]:
    yield Untell(facts.call.ring.id)


def how_it_begins(_: Answers, facts: Facts) -> str:
    """News is for whoever presses 1. An offer says nothing that is private, so it is heard at once."""
    ring, news = facts.call.ring, facts.call.news
    if is_careful(facts):
        return "careful" if ring.need or news or is_daily(facts) or asked_for_others(facts) else "farewell"
    asks = asked_for_others(facts)
    if asks == "contact":
        return how_asked(facts)  # whose yes is asked for is named only to whoever presses a key
    if asks:
        return asks
    if is_daily(facts):
        return "daily"
    if ring.need == COMPANY:
        return "company" if facts.call.company else "settled"
    if ring.need:
        return _about_talking(facts) if asked_to_talk(facts) or facts.call.calls_back else "connect"
    if not news:
        return "settled"
    return how_asked(facts) if any(each.worth_a_call and not each.offers for each in news) else "news"


def is_careful(facts: Facts) -> bool:
    """Whether it is not safe that others hear of us: then nothing is said that names or hints before they press 1."""
    return facts.me.leave_word == "no"


def is_daily(facts: Facts) -> bool:
    """Whether it is time for their daily ring, or others look for them already: it is asked in whatever call there is.
    Only a key says that they are well."""
    return facts.daily is not None and (facts.daily.rings or facts.safety.alarm is not None)


def asked_for_others(facts: Facts) -> str:
    """The step that asks them to look after somebody, now or from now on, before all else; "" where nothing does."""
    if is_to_answer(facts):
        return "alarm"
    return "contact" if facts.safety.asked_by and not facts.call.news else ""


def heard_or_joined(_: Answers, facts: Facts) -> str:
    if asks := asked_for_others(facts):
        return asks
    if is_daily(facts):
        return "daily"
    if facts.call.ring.need == COMPANY:
        return "company" if facts.call.company else "settled"
    return "connect" if facts.call.ring.need else "news" if facts.call.news else "settled"


def how_asked(facts: Facts) -> str:
    """May it be said who calls? Not to whoever picks up, as long as nobody said so; volunteers know us."""
    if is_careful(facts):
        return "careful"
    if facts.call.ring.need:
        return _about_talking(facts)
    me = facts.me
    return "hello" if me.say_who == "yes" or (me.gives and me.say_who != "no") else "unnamed"


def _about_talking(facts: Facts) -> str:
    if facts.call.ring.need == COMPANY:
        return "company"
    return "back" if facts.call.calls_back else "talk"


def asked_to_talk(facts: Facts) -> Need | None:
    """The need about which they asked to talk, some time ago: it must still be theirs, unless they are of the team."""
    if facts.call.ring.other:
        return facts.call.team_need
    return next((need for need in facts.in_progress if need.number == facts.call.ring.need), None)


def about_what(_: Answers, facts: Facts) -> Values:
    need = asked_to_talk(facts)
    if need is None:
        return {}
    if facts.call.ring.other:
        return story(need, facts.names.get(facts.call.ring.other, ""))
    mine = need.is_of(facts.me.phone)
    return story(need, facts.names_of(need.takers) if mine else facts.names.get(need.neighbor, ""))


def whom(_: Answers, facts: Facts) -> Values:
    return {"name": facts.names.get(facts.call.calls_back) or ("someone",)}


def in_company(_: Answers, facts: Facts) -> Values:
    return {"name": facts.names.get(facts.call.ring.other) or ("someone",)}


def not_today(_: Answers, __: Facts) -> Iterable[Effect]:
    yield NotToday()


def connect(_: Answers, facts: Facts) -> Iterable[Effect]:
    if facts.call.company:
        yield Talk(COMPANY, facts.call.company)
        return
    if facts.call.calls_back:
        yield Talk(NO_NEED, facts.call.calls_back)
        return
    need = asked_to_talk(facts)
    if need and may_be_rung(need, facts):
        yield Talk(need.number, facts.call.ring.other)


def how_connecting_went(answers: Answers, facts: Facts) -> str:
    return "connected" if any(connect(answers, facts)) else "nobody"


def nobody_there(_: Answers, facts: Facts) -> Iterable[Prompt]:
    if facts.call.ring.need == COMPANY:
        yield Prompt("ring.settled", ends=True)
    elif facts.call.ring.need == NO_NEED:
        yield Prompt("talk.no_answer")
    else:
        yield Prompt("talk.nobody", values={"number": facts.call.ring.code})


def what_is_left(_: Answers, facts: Facts) -> str:
    """Nobody is there, or a machine: only what they allowed to be left is left."""
    if facts.me.leave_word != "yes" or facts.call.ring.need or facts.call.ring.human or facts.call.theirs:
        return "goodbye"
    if not facts.call.news:  # a daily ring comes again by itself
        return "goodbye"
    return "message" if facts.me.say_who == "yes" else "message_unnamed"


# --- The daily ring.


def is_well(_: Answers, __: Facts) -> Iterable[Effect]:
    yield IsWell(Came.FINE)


def well_or_news(_: Answers, facts: Facts) -> str:
    """What else there is for them follows in the same call, or whether a volunteer may ring them."""
    if facts.call.news:
        return "news"
    return "neighbor" if company.may_be_asked(facts) else "well"


def well(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    yield Prompt("ring.well", values=next_ring(answers, facts), ends=True)


def heard_all_the_same(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    """Whoever ends the call with a key has picked up: that is what the ring was to find out."""
    yield Prompt("ring.heard", values=next_ring(answers, facts), ends=True)


def wants_a_person(_: Answers, __: Facts) -> Iterable[Effect]:
    yield IsWell(Came.CALL_ME)
    yield Flag("wants_a_person")


def needs_something(_: Answers, __: Facts) -> Iterable[Effect]:
    yield IsWell(Came.NEED)


# --- The news.


def untold(facts: Facts) -> list[ToTell]:
    """The news that has not been begun in this call."""
    return [each for each in facts.call.news if not each.offers and each.ring != facts.call.ring.id]


def to_hear(_: Answers, facts: Facts) -> Iterable[Prompt]:
    return _what_holds(untold(facts))


def _what_holds(news: Sequence[ToTell]) -> Iterable[Prompt]:
    """What of it is still so: nobody was free, and by now somebody has it."""
    taken = {each.about for each in news if TAKEN.intersection(each.keys)}
    for each in news:
        if each.about not in taken or each.keys[:1] != ("news.nobody_yet",):
            yield from each.says


def begin_to_tell(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if any(to_hear(answers, facts)):
        yield from being_told(facts)


def being_told(facts: Facts) -> Iterable[Effect]:
    return (BeingTold(each.row, facts.call.ring.id) for each in untold(facts))


def have_told(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """News that is nothing but a question is told with that."""
    if not any(to_hear(answers, facts)):
        yield from being_told(facts)
    yield Told(facts.call.ring.id)


def told(facts: Facts) -> list[ToTell]:
    """The news that was heard in this call, what matters most first; that which is being told is heard."""
    heard = (*facts.call.told, *facts.call.news)
    here = (each for each in heard if each.ring == facts.call.ring.id and not each.offers)
    return sorted(here, key=lambda each: (each.priority, each.row))


def told_again(_: Answers, facts: Facts) -> Iterable[Prompt]:
    return _what_holds(told(facts))


# --- What goes with it.


def what_comes_now(answers: Answers, facts: Facts) -> str:
    """News that came meanwhile, the question that goes with what was told, offers, what they may be asked once."""
    if any(to_hear(answers, facts)):
        return "news"
    if question_that_stands(facts):
        return "question"
    if facts.circled.mine and told_keys(facts) & ASKED_ABOUT_CIRCLES:
        return "my_circles"
    if (facts.hosted.mine or facts.hosted.comes_to) and told_keys(facts) & ASKED_ABOUT_DAYS:
        return "my_days"
    if facts.lent.loans and told_keys(facts) & ASKED_ABOUT_LOANS:
        return "lent"
    if facts.shared.to_answer and told_keys(facts) & ASKED_OF_GIVERS:
        return "answering"
    if next_offer(facts):
        return "offering"
    if may_be_asked(facts):
        return "reach"
    return "in_touch" if answered_by_talking(facts) else "after"


def told_keys(facts: Facts) -> set[str]:
    return {key for each in (*told(facts), *untold(facts)) for key in each.keys}


def question_that_stands(facts: Facts) -> Session | None:
    """Where the question that was put to them stands, if it is among what they were told."""
    keys, session, behind = told_keys(facts), facts.me.session, facts.me.session.behind
    if behind and f"{behind.flow}.{behind.step}" in keys:  # the form that was spoken of goes on
        return behind.but(turn=session.turn, language=session.language)
    return session if session.waiting and f"{session.flow}.{session.step}" in keys else None


def next_offer(facts: Facts) -> ToTell | None:
    return next((each for each in facts.call.news if each.offers and each.ring != facts.call.ring.id), None)


def begin_to_offer(_: Answers, facts: Facts) -> Iterable[Effect]:
    offered = next_offer(facts)
    if offered:
        yield BeingTold(offered.row, facts.call.ring.id)


def what_is_offered(_: Answers, facts: Facts) -> Answers:
    offered = next_offer(facts)
    need = next((need for need in facts.alerts.open if offered and need.number == offered.about), None)
    return {"need": need.code} if need else {}


def may_be_asked(facts: Facts) -> bool:
    """Whether they are asked now how news should come: once, and no volunteer."""
    return not facts.me.session.waiting and is_asked(facts) and not facts.me.gives


def answered_by_talking(facts: Facts) -> bool:
    """Words of the other side, or a question of ours about what they have in hand: both are answered by talking."""
    about, session = ANSWERED_BY_TALKING & told_keys(facts), facts.me.session
    asks_something_else = session.waiting and session.flow != in_touch.name
    return bool(about and facts.in_progress) and not asks_something_else


ring = Flow(
    "ring",
    Do("begin", begin_anew, then=how_it_begins),
    Choose("hello", HEAR_OR_QUIET, offers=hear_or_not, exact=True, keys=KEYS),
    Choose("unnamed", HEAR_OR_QUIET, offers=hear_or_not, exact=True, keys=KEYS),
    Choose("careful", HEAR_OR_QUIET, offers=hear_or_not, exact=True, keys=KEYS, closing=True),
    Do("go_on", then=heard_or_joined),
    Choose("daily", {"fine": "fine", "call_me": "call_me", "need": "need"}, exact=True),
    Do("fine", is_well, then=well_or_news),
    End("well", says=well),
    End("heard", says=heard_all_the_same),
    Do("call_me", wants_a_person),
    End("called", says=lambda _, __: (Prompt("ring.called", ends=True),)),
    Do("need", needs_something),
    Begin("asks", intake),
    Begin("menu", menu),
    Begin("quiet", quiet),
    Begin("person", person),
    Begin("alarm", alarm),
    Begin("contact", contact),
    Begin("neighbor", company.neighbor),
    Choose("company", {"talk": "connect", "not_today": "not_today"}, exact=True, shows=in_company),
    Do("not_today", not_today),
    End("machine", says=lambda _, __: (Prompt("ring.not_today", ends=True),)),
    Choose("talk", {"talk": "connect"}, exact=True, shows=about_what),
    Choose("back", {"talk": "connect"}, exact=True, shows=whom),
    Do("connect", connect, then=how_connecting_went),
    End("connected", says=lambda _, __: ()),
    End("nobody", says=nobody_there),
    Do("farewell", then=what_is_left),
    End("message", says=lambda _, __: (Prompt("ring.message", ends=True),)),
    End("message_unnamed", says=lambda _, __: (Prompt("ring.message_unnamed", ends=True),)),
    End("settled", says=lambda _, __: (Prompt("ring.settled", ends=True),)),
    Announce("again", told_again),
    Do("news", begin_to_tell),
    Announce("telling", to_hear),
    Do("told", have_told, then=what_comes_now),
    End("question", says=lambda _, __: ()),
    Choose("another", {"not_now": "after", "hear": "offering"}, exact=True),
    Do("offering", begin_to_offer, learns=what_is_offered),
    Begin("offer", offer),
    Begin("answering", answering),
    Begin("lent", lent),
    Begin("my_circles", my_circles),
    Begin("my_days", my_days),
    Begin("reach", reach),
    Begin("in_touch", in_touch),
    End("after", says=lambda _, __: (Prompt("ring.after", waits=True),)),
    End("goodbye", says=lambda _, __: (GOODBYE,)),
)
"""A call that we made, or one of somebody for whom there is news."""
