"""Outbound call: its steps, from the phone being picked up to the conversation that follows the news. Pure."""

from hotline.engine import run
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt, Session, Turn
from hotline.engine.steps import Choose
from hotline.flows import FLOWS, dialog_manager, interruption
from hotline.flows.everyone import news_by_call
from hotline.flows.everyone.menu import in_touch
from hotline.flows.everyone.news_by_call import GOODBYE, ring
from hotline.flows.everyone.opt_out import quiet
from hotline.flows.everyone.person import stuck
from hotline.flows.sharing.daily_rings.safety import alarm, contact
from hotline.flows.volunteer.offer_by_call import offer
from hotline.model.calls import Ring
from hotline.model.effects import KeepCall, ReachBy, Talk, Told
from hotline.model.facts import Facts

OFFER_AGAIN, OFFER_LATER = Prompt("ring.offer_again", ends=True), Prompt("ring.offer_later", ends=True)
KEYS_ONLY = Prompt("ring.keys_only", ends=True)
PATIENCE = 2  # times that nothing is pressed, then it ends kindly
TALKING = "talking"  # where a call stands in which the news is told: the conversation is the person's own from there on


def picked_up(facts: Facts, by_machine: bool) -> Turn:
    """Somebody answers our call, or a machine does."""
    facts = _parked(facts)
    if by_machine:
        return _kept(_farewell(facts), facts)
    turn = run.start(ring, _place(facts), facts)
    at_once = news_by_call.how_it_begins({}, facts) == "news"
    return _kept(turn.saying(Prompt("hello.line")) if at_once else turn, facts)


def called_back(facts: Facts) -> Turn:
    """Somebody calls for whom there is news. It may be somebody else, who saw our number: it stands behind the same
    key as when we ring. An offer is heard at once."""
    facts = _parked(facts)
    turn = run.start(ring, _place(facts), facts)
    at_once = news_by_call.how_it_begins({}, facts) == "news"
    return _kept(turn.saying(Prompt("hello.line")) if at_once else turn, facts)


def press(heard: Heard, facts: Facts, *, late: bool) -> Turn:
    """A key or silence. `late` says that they texted meanwhile: what they are asked is put as it stands by now."""
    before = facts.call.ring
    here = _with(facts, before.but(human=before.human or bool(heard.keys)))
    match before.stage:
        case "telling" | "again":
            turn = _told(heard, _onward(here))
        case "quiet":
            turn = _no_more(heard, _onward(here))
        case "" | "talking":
            turn = _held(dialog_manager.ask_again(here), here) if late else _talking(heard, here)
        case _:
            turn = _asked(heard, _onward(here))
    turn = dialog_manager.heard_from(turn, heard, facts)
    effects = tuple(each for each in turn.effects if each != KeepCall(before))
    silent = heard.silent and before.stage not in ("telling", "again")  # who listens to the end says nothing
    return turn.but(effects=effects, session=turn.session.but(silent=silent))


def _asked(heard: Heard, facts: Facts) -> Turn:
    """The question with which a call begins. A key that is not offered is a miss there; 9 always ends something."""
    place = _question(facts)
    step = ring.find(place.step)
    if heard.keys == "9" and place.step == "daily":
        return _kept(run.go_to(ring, "heard", place, facts), facts)
    if heard.keys == "9" and isinstance(step, Choose) and heard.keys not in step.keys:
        return _held(Turn(facts.me.session, (GOODBYE,)), facts)
    if heard.keys == "0":
        return _kept(run.go_to(ring, "person", place, facts), facts)
    if heard.keys in ("*", "#"):  # to hear it again is no miss
        return _kept(run.again(ring, place, facts).saying(*facts.me.session.told), facts)
    if heard.silent and isinstance(step, Choose) and step.closing:  # nothing is said twice into a room
        return _kept(_farewell(facts), facts)
    turn = run.resume(ring, place, heard, facts)
    if turn.session.misses <= PATIENCE:
        return _kept(turn, facts)
    first_silence = heard.silent and not facts.me.session.silent
    return _kept(run.again(ring, place, facts) if first_silence else _nothing_pressed(facts), facts)


def _no_more(heard: Heard, facts: Facts) -> Turn:
    """Whoever picked up wants no more calls: that holds, whoever it was. A person sees what was asked for."""
    place = _question(facts)
    if heard.keys == "1":
        turn = run.resume(quiet, place.but(flow=quiet.name, step="sure"), heard, facts)
        return _kept(turn.but(session=facts.me.session.idle()), facts)
    if heard.keys == "0":
        return _kept(run.go_to(ring, "person", place, facts), facts)
    misses = place.misses + heard.silent
    return _kept(run.again(ring, place.but(misses=misses), facts) if misses <= PATIENCE else _farewell(facts), facts)


def _farewell(facts: Facts) -> Turn:
    return run.go_to(ring, "farewell", _place(facts), facts)


def _nothing_pressed(facts: Facts) -> Turn:
    """Whoever picked up heard who calls, and pressed nothing: they may be driving."""
    turn, me = _farewell(facts), facts.me
    named = (me.say_who == "yes" or me.gives) and not (facts.call.ring.human or facts.call.theirs)
    return turn.but(prompts=(KEYS_ONLY,)) if named and turn.prompts == (GOODBYE,) else turn


def _told(heard: Heard, facts: Facts) -> Turn:
    if heard.keys == "*":
        return _again(facts).doing(Told(facts.call.ring.id))
    return _kept(run.resume(ring, _place(facts), heard, facts), facts)


def _again(facts: Facts) -> Turn:
    if any(news_by_call.told_again({}, facts)):
        return _kept(run.go_to(ring, "again", _place(facts), facts), facts)
    return _held(dialog_manager.ask_again(facts), facts)


def _talking(heard: Heard, facts: Facts) -> Turn:
    """The conversation is their own by now; beside it there is hearing the news again, and what waits after it."""
    session, call = facts.me.session, facts.call.ring
    facts = _with(facts, call.but(misses=call.misses + 1 if heard.silent else 0))
    enough = PATIENCE if session.waiting else 1
    if heard.silent and facts.call.ring.misses > enough:
        return _held(Turn(_onward(facts).me.session, (_last_word(facts),)), facts)
    asked = interruption.is_asked_by_us(session) or session.flow == in_touch.name
    if heard.keys == "*" and (asked or not session.waiting) and not session.told:
        return _again(_onward(facts))
    turn = dialog_manager.press(heard, facts)
    if session.flow == offer.name and heard.keys:
        turn = turn.doing(Told(call.id))
    return _held(_and_more(turn, facts), facts)


def _last_word(facts: Facts) -> Prompt:
    """Who says nothing may have the hands on a wheel: only keys are heard, and an offer comes once more."""
    session = facts.me.session
    if not (session.waiting and session.flow == offer.name):
        return GOODBYE
    return OFFER_AGAIN if facts.call.ring.tries <= 1 and not facts.call.theirs else OFFER_LATER


def _and_more(turn: Turn, facts: Facts) -> Turn:
    """After an answer, what else there is; nothing when the call ends."""
    asked_to_look = facts.me.session.flow in (alarm.name, contact.name)
    alone = asked_to_look or facts.me.session.flow == ring.name or turn.session.flow == stuck.name
    if turn.session.waiting or _ends(turn) or _joins(turn) or alone:
        return turn
    here = facts.standing(turn.session)
    if news_by_call.next_offer(here):
        # Not in the same breath: a key that is pressed twice must not take what was not heard.
        asked = run.go_to(ring, "another", _place(here), here)
        return turn.and_then(asked.but(session=asked.session.but(behind=here.me.session.behind)))
    if news_by_call.may_be_asked(here) and not any(isinstance(each, ReachBy) for each in turn.effects):
        return turn.and_then(run.go_to(ring, "reach", _place(here), here))
    return turn


# --- Where the call stands, and where the person does.


def _place(facts: Facts) -> Session:
    """Where the call stands. A form that they were in goes on after what is begun here."""
    session, call = facts.me.session, facts.call.ring
    return session.idle().but(flow=ring.name, step=call.stage, misses=call.misses, behind=interruption.kept(session))


def _question(facts: Facts) -> Session:
    """The same at the question with which the call begins; in calls of older versions that is "gate"."""
    place = _place(facts)
    known = isinstance(ring.find(place.step), Choose)
    return place if known else place.but(step=news_by_call.how_asked(facts))


def _kept(turn: Turn, facts: Facts) -> Turn:
    """A turn of the news call: its place is kept with the call until the conversation is the person's own."""
    session, call = turn.session, facts.call.ring
    if session.waiting and session.flow == ring.name:
        here = _with(facts, call.but(stage=session.step, misses=session.misses))
        return _held(turn.but(session=facts.me.session), here)
    if session.waiting and session.flow == quiet.name:
        misses = call.misses if call.stage == quiet.name else 0
        return _held(turn.but(session=facts.me.session), _with(facts, call.but(stage=quiet.name, misses=misses)))
    if _ends(turn):
        return _held(turn.but(session=facts.me.session), facts)
    here = _with(facts, call.but(stage=TALKING, misses=0, need=0))
    return _held(_their_own(turn, facts), here)


def _their_own(turn: Turn, facts: Facts) -> Turn:
    """The conversation that follows: one that was begun, the question that stands, or none."""
    if turn.session.flow == in_touch.name:
        return turn.saying(Prompt("ring.star"))
    if turn.session.flow != ring.name:
        return turn
    stands = news_by_call.question_that_stands(facts)
    if turn.prompts or _joins(turn) or stands is None:
        return turn.but(session=facts.me.session)
    return run.again(FLOWS[stands.flow], stands, facts).doing(*turn.effects)


def _held(turn: Turn, facts: Facts) -> Turn:
    """The turn, and how far the call has got."""
    return turn.but(effects=(*turn.effects, KeepCall(facts.call.ring)))


def _ends(turn: Turn) -> bool:
    return any(prompt.ends for prompt in turn.prompts)


def _joins(turn: Turn) -> bool:
    return any(isinstance(each, Talk) for each in turn.effects)


def _with(facts: Facts, call: Ring) -> Facts:
    return facts.but(call=facts.call.but(ring=call))


def _onward(facts: Facts) -> Facts:
    """A step of its own: what is late or repeated is known by the count."""
    session = facts.me.session
    return facts.standing(session.but(turn=session.turn + 1))


def _parked(facts: Facts) -> Facts:
    """A form that broke off waits behind the call."""
    return facts.standing(interruption.parked(_onward(facts).me.session))
