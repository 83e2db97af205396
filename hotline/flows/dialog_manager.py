"""Dialog manager: carries out what a reply means. A flow begins or goes on; a form that it interrupts goes on later."""

from collections.abc import Mapping

from hotline.engine import run
from hotline.engine.answers import (
    NO_AREA_CODE,
    NO_SUCH_CODE,
    NONE,
    NOT_RUNG,
    OUR_OWN_NUMBER,
    SHUT,
    WRONG,
    Heard,
    PhoneNumber,
    Pin,
    Words,
)
from hotline.engine.session import Prompt, Session, Turn
from hotline.engine.steps import Ask, Flow
from hotline.flows import FLOWS, call_continuation, flow_of, interruption, question_of
from hotline.flows.coordinator.line import KEY, TOO_MANY, room, shut
from hotline.flows.everyone import danger, news_by_call, relay
from hotline.flows.everyone.menu import AGAIN, go_on, menu
from hotline.flows.everyone.opt_out import end_all, farewell, quiet, stopped_at_carrier
from hotline.flows.everyone.person import about, person, stuck
from hotline.flows.intents import answers_many
from hotline.flows.intents.intents import OURS, Kind, Meaning
from hotline.flows.intents.routing import KEYS, about_texting, meaning
from hotline.flows.intents.small_words import SMALL, asks_for_a_person
from hotline.flows.neighbor.amend import amend
from hotline.flows.neighbor.intake import begun, corrected, corrects, first_words, intake
from hotline.flows.neighbor.said import noted, says_more
from hotline.flows.neighbor.status import finish
from hotline.flows.sharing.circles.join import circle_join
from hotline.flows.sharing.daily_rings import company, safety
from hotline.flows.sharing.gifts import invitation
from hotline.flows.sharing.rounds import listen
from hotline.flows.volunteer.availability import offered
from hotline.model.board import ANSWERS_MANY
from hotline.model.calendar import DAY, HOUR
from hotline.model.coordinator_effects import Seen
from hotline.model.daily_rings import Came
from hotline.model.effects import (
    Add,
    Disown,
    Draft,
    Flag,
    Happened,
    IsWell,
    NotYet,
    OptIn,
    Record,
    Relay,
    StillNeeded,
    Withdraw,
)
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status

FEW = 2  # words that are no more than a slip
PATIENCE = 3  # misses, then a person
TRIES = "callback_tries"  # the answer that counts numbers which cannot be called
NOT_NEEDED, FEW_WORDS = "unneeded", 2
IN_PASSING = 2 * DAY  # so long a question that nobody has to answer stands
STALE = 12 * HOUR  # after which words that do not answer a question are a new request
WHY_NOT = {  # said before a number is asked for again
    NO_AREA_CODE: Prompt("hello.no_area_code"),
    OUR_OWN_NUMBER: Prompt("hello.our_own_number"),
    NOT_RUNG: Prompt("hello.not_rung"),
    NO_SUCH_CODE: Prompt("hello.no_such_code"),
}
WRONG_PIN, WRONG_WORD, WORD_SHUT = Prompt("hello.wrong_pin"), Prompt("hello.wrong_word"), Prompt("hello.word_shut")
DECIDING = (Happened, NotYet, StillNeeded, Withdraw)  # what answers a question that time brought
ALARM_OVER = Prompt("hello.alarm_over")
GOODBYE = Prompt("hello.goodbye", ends=True)
EMERGENCY = Prompt("hello.emergency")
LINE = Prompt("hello.line")
HOW_TEAM, KEPT = Prompt("team.how"), Prompt("hello.kept")
WRONG_NUMBER = Prompt("hello.wrong_number")
WHO_WE_ARE, ANYTHING_ELSE = Prompt("hello.first"), Prompt("hello.anything_else")
OPTED_IN = Prompt("hello.opted_in")


def answer(heard: Heard, facts: Facts) -> Turn:
    """One thing said, whether a text or a key: the turn that follows."""
    session = _in_their_language(facts.me.session, heard).but(turn=facts.me.session.turn + 1)
    facts = facts.standing(session)
    if danger.is_asked(session) and heard.words:
        return _in_danger_or_not(heard, facts)
    if beside := _beside_a_passing_question(heard, facts):
        return beside
    means = meaning(heard, facts, question_of(session))
    turn = _carry_out(means, heard, facts)
    if means.kind is Kind.ANSWER and facts.mine.team_waits and isinstance(question_of(session), Ask) and heard.words:
        turn = turn.doing(Flag("words_about_a_need", heard.words, facts.mine.team_asks))  # it may answer them as well
    if answers_many.kept(means, heard, facts, turn.effects, question_of(session)):
        turn = turn.doing(Flag(ANSWERS_MANY, heard.words))
    turn = company.with_question(turn, facts)
    turn = listen.with_question(invitation.with_invitation(_with_words_unsent(turn, facts), facts), facts)
    return _asked_about_danger(turn, heard, facts) if means.danger else turn


def _beside_a_passing_question(heard: Heard, facts: Facts) -> Turn | None:
    """A text that is no answer to what nobody has to answer means what it would mean without the question, which stands
    silently unless something begins."""
    session, flow = facts.me.session, flow_of(facts.me.session)
    if flow is None or not (flow.in_passing and session.waiting and heard.words):
        return None
    lately = facts.now - facts.me.asked_at < IN_PASSING
    if lately and run.is_chosen(flow, session, heard, facts):
        return None
    before = facts.standing((session.behind or session.idle()).but(turn=session.turn - 1, language=session.language))
    if lately and flow is invitation.give_too:
        means = meaning(heard, before, question_of(before.me.session))
        if invitation.is_unable(heard, means):
            return invitation.fine(facts)
        if invitation.is_of_their_own(heard, means, before):
            return invitation.meant(heard, facts)
    turn = answer(heard, before)
    stands = lately and not (turn.session.waiting or turn.session.behind)
    return turn.but(session=session.but(language=turn.session.language)) if stands else turn


def _with_words_unsent(turn: Turn, facts: Facts) -> Turn:
    """Words that waited for a number, and something else was said instead: a person reads them."""
    words = relay.unsent(facts.me.session)
    kept = any(isinstance(effect, Relay | Flag) and words in effect.words for effect in turn.effects)
    if not words or kept or relay.unsent(turn.session):
        return turn
    return turn.doing(Flag("words_about_a_need", words, about(facts)))


def _in_danger_or_not(heard: Heard, facts: Facts) -> Turn:
    """A text while we wait to hear whether somebody is in danger. A yes may have any words around it, a no none at
    first; danger that is named again is a yes. Everything else means what it would mean without the question, which is
    put again."""
    session = facts.me.session
    said = heard.own and not heard.code and _yes_or_no(heard, session)
    if said and heard.danger != "certain":
        more = {"words": heard.words} if heard.rest else {}
        session = session.but(answers={**session.answers, **more})
        turn = run.resume(danger.danger, session, heard.but(names=(said,), rest=(), numbers=(), asks=False), facts)
        return _silently_back(turn) if said == "yes" and "begun" in session.answers else _return(turn, facts)
    before = session.behind or session.idle()
    if _waves_off(heard):
        turn = Turn(before.but(turn=session.turn, language=session.language))
        return _with_question(turn, session.but(behind=None, misses=session.misses + 1), facts)
    turn = answer(heard, facts.standing(before.but(turn=session.turn - 1, language=session.language)))
    if heard.danger or session.misses or danger.is_asked(turn.session):
        return turn
    return _with_question(turn, session.but(behind=None, misses=session.misses + 1), facts)


def _yes_or_no(heard: Heard, session: Session) -> str:
    if heard.digits in ("1", "2"):
        return "yes" if heard.digits == "1" else "no"
    first = heard.names[0] if heard.names else ""
    if heard.danger == "possible" and first != "no":
        return "yes"
    if first == "yes" and "no" not in heard.names:
        return "yes"
    if _waves_off(heard):
        return ""
    return "no" if heard.only("no") or (first == "no" and session.misses and not heard.danger) else ""


def _waves_off(heard: Heard) -> bool:
    """ "No need", "it's ok": may be said by whoever holds the phone, or about anything. It answers no question about
    danger, and closes nothing while that question stands."""
    unneeded = any(stop.object == NOT_NEEDED and not stop.number for stop in heard.stops)
    fine = bool(heard.names) and set(heard.names) <= {"ok", "noted", "thanks"} and len(heard.rest) <= FEW_WORDS
    says_no = heard.leads == "no" and bool(set(heard.names) - {"no"})  # "no I'm ok now"; not "no hace falta"
    return not (heard.danger or heard.digits or says_no) and (unneeded or fine)


def _silently_back(turn: Turn) -> Turn:
    """Nobody in danger is asked for a form that has just begun with their words; its question stands all the same."""
    behind = turn.session.behind
    stands = behind.but(turn=turn.session.turn, language=turn.session.language) if behind else turn.session.idle()
    return turn.but(session=stands)


def _asked_about_danger(turn: Turn, heard: Heard, facts: Facts) -> Turn:
    """What the words meant beside is done. The one question stands alone: what else is asked is put again after it."""
    number = 0 if any(isinstance(effect, Draft) for effect in turn.effects) else danger.about(turn.effects, facts)
    turn = turn.but(effects=(*turn.effects, danger.spoken_of("possible", heard.words, number)))
    known = {"line": "crisis"} if danger.in_crisis(heard, facts) else {}
    known |= {} if facts.me.session.waiting else {"begun": "yes"}
    return _with_question(turn, run.start(danger.danger, turn.session.idle(), facts, known).session, facts)


def _with_question(turn: Turn, asking: Session, facts: Facts) -> Turn:
    behind = turn.session if turn.session.waiting else turn.session.behind
    asking = asking.but(behind=behind, turn=turn.session.turn, language=turn.session.language)
    said = tuple(prompt for prompt in turn.prompts if not prompt.waits)
    asked = run.again(danger.danger, asking, facts)
    return Turn(asked.session, (*said, *(prompt.but(again=0) for prompt in asked.prompts)), turn.effects)


def read(heard: Heard, facts: Facts, *unread: Prompt) -> Turn:
    """A text. `unread` says what of it we cannot read; a picture alone is no answer. The first answer says who we are;
    it is said once more in the language that the person then chooses."""
    turn = answer(heard, facts) if heard.words or not unread else _as_it_stood(facts).saying(*unread)
    turn = heard_from(turn, heard, facts)
    turn = turn.saying(*unread) if turn.prompts and heard.words else turn
    asks = not facts.me.gives or (not facts.me.volunteer and any(isinstance(each, Draft) for each in turn.effects))
    first = not facts.me.introduced and asks
    chosen = not facts.me.session.language and turn.session.language not in ("", facts.offered.languages[0])
    says_who = any(prompt in turn.prompts for prompt in (WRONG_NUMBER, WHO_WE_ARE))
    return turn.saying(WHO_WE_ARE) if turn.prompts and (first or chosen) and not says_who else turn


def heard_from(turn: Turn, heard: Heard, facts: Facts) -> Turn:
    """The turn, and that whoever is rung each day was heard: by a key in any call, and by any text while they are being
    rung, or others look for them. What a machine wrote is no sign of life; words of danger end no alarm."""
    ring, alarmed = facts.daily, facts.safety.alarm is not None
    waits = alarmed or (ring is not None and ring.rings)
    said = bool(heard.keys) or (waits and bool(heard.words))
    if ring is None or not said or heard.machine or (alarmed and heard.danger):
        return turn
    turn = turn if any(isinstance(each, IsWell) for each in turn.effects) else turn.doing(IsWell(Came.HEARD))
    return turn.saying(ALARM_OVER) if alarmed and turn.prompts else turn


def _as_it_stood(facts: Facts) -> Turn:
    """What was asked is asked again; where nothing was asked, nothing is."""
    session = facts.me.session.but(turn=facts.me.session.turn + 1)
    flow = flow_of(session)
    return run.again(flow, session, facts) if flow and session.waiting else Turn(session)


def may_be_a_copy(heard: Heard, facts: Facts) -> bool:
    """Whether the same words as a moment ago, in a form, are one text that came twice. Never a digit, a yes, a no or
    an option of the question now asked, and never danger."""
    session, flow = facts.me.session, flow_of(facts.me.session)
    if flow is None or not interruption.is_form(session) or heard.danger or not heard.words:
        return False
    if heard.digits or heard.only(*SMALL) or run.is_chosen(flow, session, heard, facts):
        return False
    return meaning(heard, facts, question_of(session)).kind is Kind.ANSWER


def is_about_texting(heard: Heard) -> bool:
    """Whether it ends or begins our texts, or speaks of danger: accepted from everyone, even above the limit."""
    return bool(heard.danger) or heard.ends_texts or about_texting(heard, None) is not None


def _only_calls(heard: Heard) -> bool:
    """A 0 and nothing else: "please call me" is what a person should know."""
    return bool(heard.keys) or heard.digits == "0"


def calls_for_somebody(heard: Heard, session: Session) -> bool:
    """Whether it names a danger, asks for a person, or is what a person should know: no limit keeps that back."""
    asks = heard.digits == "0" or heard.only("person") or asks_for_a_person(heard)
    return bool(heard.danger) or asks or (session.flow == person.name and session.waiting)


def pick_up(facts: Facts) -> Turn:
    """A call begins with the form that broke off, or with the menu; we say who we are once the language is known."""
    facts = facts.standing(_without_what_is_over(interruption.left_behind(facts.me.session), facts))
    language = facts.me.session.language
    known = language or len(facts.offered.languages) == 1
    begins = interruption.offer if interruption.broke_off(facts.me.session) else ask_again
    begins = _how_are_you if news_by_call.is_daily(facts) else begins
    begins = _look_after if safety.at_hand(facts) else begins
    unspoken = (Prompt("hello.by_text_only", values={"language": (language,)}),)
    told = unspoken if language and language not in facts.offered.languages else ()
    turn = begins(facts).saying(*told)
    alone = begins in (_look_after, _how_are_you)
    return greeted(turn) if known and not alone else turn  # one's own language comes first, then who we are


def _without_what_is_over(session: Session, facts: Facts) -> Session:
    """Nobody is asked about an alarm that is over, or to look after somebody who wants somebody else by now."""
    over = {safety.alarm.name: not facts.safety.alarms, safety.contact.name: not facts.safety.asked_by}
    return session.idle() if session.waiting and session.step == "asked" and over.get(session.flow) else session


def _look_after(facts: Facts) -> Turn:
    """Whoever may know something in an alarm is asked that before all else; what they were in goes on afterwards."""
    session = facts.me.session
    return run.start(safety.alarm, session.idle().but(behind=interruption.kept(session)), facts)


def _how_are_you(facts: Facts) -> Turn:
    """Whoever calls back is asked that at once: who hears the menu and hangs up has said nothing."""
    session = facts.me.session
    asked = session.idle().but(flow=news_by_call.ring.name, behind=interruption.kept(session))
    return run.go_to(news_by_call.ring, "daily", asked, facts)


def greeted(turn: Turn) -> Turn:
    """The turn, with who we are. Who comes to the menu may be new: only there the emergency number is said as well, so
    that nobody waits long for the first key."""
    at_the_menu = turn.session.flow == menu.name and turn.session.step == "what_next"
    return turn.saying(Prompt("hello.call") if at_the_menu else LINE)


def press(heard: Heard, facts: Facts) -> Turn:
    """A key, a recording or silence in a call. With no open question, a key brings the menu, and a second silence ends
    the call."""
    turn = heard_from(_pressed(heard, facts), heard, facts)
    return turn.but(session=turn.session.but(silent=heard.silent))


def _pressed(heard: Heard, facts: Facts) -> Turn:
    if call_continuation.is_no_answer_yet(heard, facts.me.session):
        return ask_again(facts)
    if call_continuation.is_enough(heard, facts.me.session):
        return Turn(facts.me.session.idle().but(turn=facts.me.session.turn + 1), (GOODBYE,))
    if heard.keys == KEY and facts.call.room is not None and facts.me.session.flow == menu.name:
        return run.start(room, facts.me.session.but(turn=facts.me.session.turn + 1), facts)
    if call_continuation.says_again(heard, facts):
        return told_again(facts)
    if facts.me.session.waiting or heard.keys in KEYS:
        turn = call_continuation.told(call_continuation.more(answer(heard, facts), facts), facts)
        chosen = turn.session.language and not facts.me.session.language
        return greeted(turn) if chosen else turn
    session = facts.me.session.but(turn=facts.me.session.turn + 1)
    if heard.silent and not session.silent:
        return Turn(session, (ANYTHING_ELSE.but(waits=True, again=1),))
    return Turn(session, (GOODBYE,)) if heard.silent else run.start(menu, session, facts, AGAIN)


def told_again(facts: Facts) -> Turn:
    """What was told last, and the question that stands after it."""
    session = facts.me.session.but(turn=facts.me.session.turn + 1)
    flow = flow_of(session)
    asked = run.again(flow, session, facts) if flow and session.waiting else Turn(session)
    return asked.saying(*session.told)


def ask_again(facts: Facts) -> Turn:
    """The open question once more; if there is none, the menu."""
    session = facts.me.session.but(turn=facts.me.session.turn + 1)
    flow = flow_of(session)
    return run.again(flow, session, facts) if flow and session.waiting else run.start(menu, session, facts)


def _in_their_language(session: Session, heard: Heard) -> Session:
    """A greeting such as "hola" chooses the language, so that it is not asked."""
    return session if session.language else session.but(language=heard.language)


def _carry_out(means: Meaning, heard: Heard, facts: Facts) -> Turn:
    session = facts.me.session
    match means.kind:
        case _ if means.beside is not None:
            return _both(means, means.beside, heard, facts)
        case Kind.OPT_OUT:
            if means.name == "carrier":
                return Turn(session.idle(), (), tuple(stopped_at_carrier(means.known, facts)))
            return Turn(session.idle(), tuple(farewell({}, facts)), tuple(end_all({}, facts)))
        case Kind.STOP_UNCLEAR:
            return _interrupt(quiet, {"words": heard.words}, facts)
        case Kind.HOURS:
            return _at_other_hours(heard, facts)
        case Kind.WRONG_NUMBER:
            return _wrong_number(heard, facts)
        case Kind.OPT_IN:
            return Turn(session, (OPTED_IN,) if means.name == OURS else (), (OptIn(),))
        case Kind.CARRIERS if means.name == OURS:
            return _who_we_are(heard, facts)
        case Kind.CARRIERS if not (facts.me.known or facts.me.introduced or facts.me.gives):
            return Turn(session, (), (Draft(""), Flag("asked_the_carrier", heard.words)))
        case Kind.CARRIERS | Kind.NOTHING:
            return Turn(session)
        case Kind.EMERGENCY:
            return _emergency(means, heard, facts)
        case Kind.GOODBYE if (session.flow, session.step) == (news_by_call.ring.name, "daily"):
            return run.go_to(news_by_call.ring, "heard", session, facts)
        case Kind.GOODBYE:
            return Turn(session, (GOODBYE,))
        case Kind.BACK if session.page:
            return _on_question(run.back, facts)
        case Kind.BACK if facts.in_call and _at_the_first_step(session, facts):
            return run.start(menu, session.idle().but(language=""), facts.standing(session.but(language="")))
        case Kind.BACK if facts.in_call and _leads_to_the_menu(session, facts):
            return run.start(menu, session.idle().but(behind=session.behind), facts, AGAIN)
        case Kind.BACK:
            return _on_question(run.back, facts)
        case Kind.AGAIN:
            return _on_question(run.again, facts)
        case Kind.LANGUAGE:
            return _on_question(run.again, _speaking(means.name, facts))
        case Kind.ANSWER:
            return _answered(means.said or heard, facts)
        case Kind.NEW | Kind.UNCLEAR | Kind.NOTE if _still_stuck(heard, facts):
            kept = () if facts.in_call else (Prompt("hello.note"),)
            return Turn(session, kept, (Flag("still_not_understood", heard.words, about(facts)),))
        case Kind.NEW:
            return _begin(heard, facts)
        case Kind.UNCLEAR:
            return run.start(menu, session.idle(), facts)
    if means.kind is Kind.PERSON and session.flow == person.name and session.waiting:
        # somebody knows already, however often 0 is pressed
        return run.again(person, session, facts) if _only_calls(heard) else _answered(heard, facts)
    flow = FLOWS.get(means.flow)
    if flow is None:
        return _remark(means, heard, facts)
    if flow.replaces:
        return run.start(flow, session.idle(), facts, {"words": heard.words})
    if flow is finish and (draft := facts.need(means.number)):
        facts = facts.but(mine=facts.mine.but(draft=draft))
    turn = _interrupt(flow, _about(means, heard), facts)
    return _with_form_set_aside(turn, facts) if means.kind is Kind.STATUS else turn


def _with_form_set_aside(turn: Turn, facts: Facts) -> Turn:
    """Who asks how things stand, and has a form that was set aside, goes on with it."""
    draft = facts.mine.draft
    if draft is None or turn.session.waiting or facts.in_call:
        return turn
    return turn.and_then(run.start(finish, turn.session, facts, {"need": draft.code}))


def _both(means: Meaning, other: Meaning, heard: Heard, facts: Facts) -> Turn:
    """Two things in one text. Texts are ended last, with one confirmation; what was asked for stays with a person."""
    said = other.said or heard
    if means.kind is not Kind.OPT_OUT:
        first = _carry_out(means.but(beside=None), heard, facts)
        return first.and_then(_carry_out(other.but(said=None), said, facts))
    done = _carry_out(other.but(said=None), said, facts)
    if other.kind is Kind.TAKE:  # what is taken needs texts: they end once they say so again
        return done.and_then(_interrupt(quiet, {}, facts))
    kept = tuple(effect for effect in done.effects if not isinstance(effect, OptIn))
    words = (Flag("opted_out_asking", heard.words, about(facts)),) if other.kind in (Kind.NEW, Kind.WITHDRAW) else ()
    held = tuple(need for need in facts.mine.has_taken if need.code != other.number)
    ended = end_all({}, facts.but(mine=facts.mine.but(has_taken=held)))
    said_last = () if done.session.waiting else done.prompts
    known = done.session.answers if done.session.flow == intake.name else {}
    session = done.session.idle().but(flow=done.session.flow, answers=known) if known else done.session.idle()
    return Turn(session, (*said_last, *farewell({}, facts)), (*kept, *words, *ended))


def _who_we_are(heard: Heard, facts: Facts) -> Turn:
    """Where no carrier answers HELP: who we are and how it goes on, for somebody new the menu as well."""
    if not facts.me.introduced and not facts.me.gives:
        return _begin(heard, facts)
    turn = ask_again(facts) if facts.me.session.waiting else Turn(facts.me.session, (ANYTHING_ELSE,))
    return turn.saying(WHO_WE_ARE)


def _at_other_hours(heard: Heard, facts: Facts) -> Turn:
    """Nothing ends: volunteers are offered hours or a pause, everybody else how texts would end."""
    if not facts.me.volunteer:
        return Turn(facts.me.session, (Prompt("hello.how_to_end"),))
    means = offered(heard, facts)
    return _interrupt(FLOWS[means.flow], means.known, facts)


def _wrong_number(heard: Heard, facts: Facts) -> Turn:
    """Who we are and how to end it. A number may have gone to somebody else: they are asked nothing, a person looks."""
    if facts.me.coordinator:  # an order of theirs was for somebody else
        return Turn(facts.me.session, (HOW_TEAM,))
    if facts.heard_lately:  # it was the same person a moment ago
        return Turn(facts.me.session, (Prompt("hello.first"),))
    new = not facts.me.known and not facts.me.introduced
    told = () if new else (Flag("wrong_number", heard.words, about(facts)), Disown())
    return Turn(facts.me.session.idle(), (WRONG_NUMBER,), told)


def _at_the_first_step(session: Session, facts: Facts) -> bool:
    """Whether going back leads to the language: who chose the wrong one by mistake chooses again."""
    first = session.flow == menu.name and session.step in ("what_next", "in_hand")
    return first and len(facts.offered.languages) > 1


def _leads_to_the_menu(session: Session, facts: Facts) -> bool:
    """Whether the question before this one is the menu: at the first question of what was chosen there."""
    flow = flow_of(session)
    if flow is None or not session.waiting or flow in (menu, go_on) or flow.asked_by_us:
        return False
    return run.is_first(flow, session, facts)


def _still_stuck(heard: Heard, facts: Facts) -> bool:
    """Whether they were told that a person will look: until we understand a word, they hear only that it is kept."""
    recently = facts.now - facts.me.asked_at < STALE
    return facts.me.session.flow == stuck.name and recently and not heard.names and not heard.language


def _about(means: Meaning, heard: Heard) -> Mapping[str, str]:
    return {"words": heard.words, **means.known} | ({"need": means.number} if means.number else {})


def _remark(means: Meaning, heard: Heard, facts: Facts) -> Turn:
    """A short line to words that need no flow; the open question stays open."""
    if means.kind is Kind.NOTE and facts.me.coordinator and not (facts.in_progress or facts.mine.team_asks):
        return Turn(facts.me.session, (HOW_TEAM,))  # they are the person who would read it
    prompt = Prompt(f"hello.{means.kind}")
    to_many = facts.mine.to_many_at and not (facts.in_progress or facts.mine.team_asks)
    read = Flag(ANSWERS_MANY, heard.words) if to_many else Flag("words_about_a_need", heard.words, about(facts))
    return Turn(facts.me.session, (prompt,), (read,) if means.kind is Kind.NOTE else ())


def _begin(heard: Heard, facts: Facts) -> Turn:
    """A new request. Someone who asks for help may be answered even after they opted out."""
    turn = run.start(intake, facts.me.session.idle(), facts, begun(heard, facts))
    turn = turn.doing(OptIn()) if facts.me.opted_out else turn
    sent = [need.code for need in facts.mine.asked_for if need.active]
    new = sent and any(isinstance(effect, Draft) for effect in turn.effects)  # nobody has two without knowing it
    turn = turn.saying(Prompt("hello.new_request", values={"numbers": ", ".join(sent)})) if new else turn
    return _warned(turn, heard, facts) if "emergency" in heard.names and not heard.danger else turn


def _emergency(means: Meaning, heard: Heard, facts: Facts) -> Turn:
    """The emergency number at once, and no question. What was asked stands; the words are kept with the request, or go
    to the other side of what is under way, or wait until a person has looked."""
    prompt = Prompt("hello.crisis") if means.name == "crisis" and facts.offered.crisis else EMERGENCY
    session = facts.me.session
    passed_on = relay.in_danger(heard, facts) if heard.danger else None
    if passed_on:
        turn = run.start(relay.relay, session.idle(), facts, _about(passed_on, heard))
        beside, session = turn, session
    elif session.waiting or facts.in_progress:
        beside = Turn(session, (), _added(heard, facts))
    else:
        beside = run.start(intake, session, facts, first_words(heard, facts))
        beside, session = beside.but(prompts=()), beside.session
    begun = any(isinstance(effect, Draft) for effect in beside.effects)
    raised = danger.spoken_of("certain", heard.words, 0 if begun else danger.about(beside.effects, facts))
    return Turn(session, (prompt, *beside.prompts), (*beside.effects, raised))


def _added(heard: Heard, facts: Facts) -> tuple[Add, ...]:
    """What is said in the middle of a form is kept with it."""
    in_form = facts.me.session.flow == intake.name and facts.mine.draft
    return (Add(facts.mine.draft.number, heard.words),) if in_form and facts.mine.draft else ()


def _on_question(ask: run.Asking, facts: Facts) -> Turn:
    """BACK and a change of language apply to the open question; if there is none, to the menu."""
    session = _without_what_is_over(facts.me.session, facts)
    flow = flow_of(session)
    return ask(flow, session, facts) if flow and session.waiting else run.start(menu, session.idle(), facts)


def _speaking(language: str, facts: Facts) -> Facts:
    return facts.standing(facts.me.session.but(language=language))


def _answered(heard: Heard, facts: Facts) -> Turn:
    session = facts.me.session
    flow = flow_of(session)
    if flow is None:
        return _begin(heard, facts)
    if heard.keys == "#" and run.is_choice(flow, session):
        return run.again(flow, session, facts)
    if session.step == "language" and _speaks(heard, facts):
        if flow is not intake and set(heard.names) & set(facts.offered.needs):
            return _begin(heard, facts)
        known = first_words(heard, facts) if flow is intake else {}
        return run.start(flow, session, facts, {**session.answers, **known, **_said(session, heard, facts)})
    if corrects(session, heard, facts):
        return run.go_to(flow, "confirm", session.but(answers=corrected(session.answers, heard, facts)), facts)
    turn = run.resume(flow, _filled_in(session, heard, facts), heard, facts)
    if turn.session.misses > session.misses:
        return _missed(turn, heard, facts)
    led_by_no = heard.leads in ("no", "wrong", "not_yet") and heard.rest  # what follows a leading no is kept with it
    beside = flow is intake and run.is_choice(flow, session) and says_more(heard, facts)
    if led_by_no or beside:
        turn = turn.doing(*_kept(heard, facts))
    turn = turn if turn.session.waiting else interruption.instead(turn, facts) or _return(turn, facts)
    return _warned(turn, heard, facts) if "emergency" in heard.names and not heard.danger else turn


def _speaks(heard: Heard, facts: Facts) -> bool:
    """Whether the language question is answered in a language instead of with its name: "comida" is Spanish."""
    chosen = heard.keys or heard.digits or set(heard.names) & {*facts.offered.languages, run.MORE}
    return not chosen and heard.language in facts.offered.languages


def _filled_in(session: Session, heard: Heard, facts: Facts) -> Session:
    """An answer that says more than was asked, such as "food 11216": what it says is not asked later."""
    if session.flow == relay.relay.name:
        return session.but(answers=relay.with_more(session.answers, heard))
    if session.flow not in (intake.name, amend.name) or isinstance(question_of(session), Ask):
        return session
    known = first_words(heard, facts) if session.flow == intake.name else {}
    return session.but(answers={**known, **session.answers, **_said(session, heard, facts)})


def _said(session: Session, heard: Heard, facts: Facts) -> Mapping[str, str]:
    """What was said for the helper so far, and of a time, with these words."""
    told = noted(session.answers, heard, facts)
    return {name: told[name] for name in ("said", "when", "half") if name in told}


def _missed(turn: Turn, heard: Heard, facts: Facts) -> Turn:
    """The options again, and after some misses a person. The words that were not understood are kept."""
    if heard.words and (facts.now - facts.me.asked_at > STALE or _asks_plainly(turn, heard, facts)):
        return _begin(heard, facts)
    if _asks_for(Pin, facts) and {WRONG, SHUT} & set(heard.names):
        return _not_opened(turn, heard, facts)
    kept = _kept(heard, facts)
    if _says_beside(heard, facts):  # "at 8", where it was asked where: that is no miss
        asked = tuple(prompt.but(again=0) for prompt in turn.prompts)
        return Turn(turn.session.but(misses=facts.me.session.misses), (KEPT, *asked), (*turn.effects, *kept))
    if len(relay.unsent(turn.session)) > len(relay.unsent(facts.me.session)):  # they wait with the others
        turn = turn.but(prompts=tuple(prompt.but(again=0) for prompt in turn.prompts))
    why_not = tuple(WHY_NOT[name] for name in heard.names if name in WHY_NOT)
    turn = _instead_of_once_more(turn, why_not) if why_not else turn
    if _asks_for(PhoneNumber, facts) and not heard.silent:
        turn = _without_silences(turn)
    if turn.session.misses < PATIENCE:
        return turn.doing(*kept)
    if _asks_for(PhoneNumber, facts) and not heard.silent:  # the request goes out without one; its word is told
        return _answered(Heard(keys=NONE), facts)
    if NO_SUCH_CODE in heard.names:
        return run.go_to(circle_join, "gone", facts.me.session.idle().but(flow=circle_join.name), facts)
    if _asks_for(Words, facts):  # a key held down at the tone says nothing
        return _answered(Heard(), facts)
    after = shut if turn.session.flow == room.name else person if heard.silent else stuck
    return run.start(after, facts.me.session.idle(), facts, {"words": heard.words}).doing(*kept)


def _without_silences(turn: Turn) -> Turn:
    """A number that cannot be called is a miss by itself: whoever was silent before it hears why all the same."""
    tries = int(turn.session.answers.get(TRIES, "0")) + 1
    return turn.but(session=turn.session.but(misses=tries, answers={**turn.session.answers, TRIES: str(tries)}))


def _not_opened(turn: Turn, heard: Heard, facts: Facts) -> Turn:
    """A PIN or the word of a request was wrong, or none is tried any more: that is said, and nothing else."""
    session, again = facts.me.session, turn.session.misses < PATIENCE
    if session.flow == room.name:
        if again and WRONG in heard.names:
            return _instead_of_once_more(turn, (WRONG_PIN,))
        return run.start(shut, session.idle(), facts, TOO_MANY if SHUT in heard.names else {})
    if again and WRONG in heard.names:
        return _instead_of_once_more(turn, (WRONG_WORD,))
    told = WORD_SHUT if SHUT in heard.names else WRONG_WORD
    return run.start(person, session.idle(), facts).saying(told)


def _instead_of_once_more(turn: Turn, told: tuple[Prompt, ...]) -> Turn:
    return turn.but(prompts=(*told, *(prompt.but(again=0) for prompt in turn.prompts)))


def _says_beside(heard: Heard, facts: Facts) -> bool:
    """Whether words in a request's form tell its helper something that was not asked just now: a time, an address."""
    here = facts.me.session.flow == intake.name and facts.me.session.step in ("what", "area")
    tells = heard.when is not None or (bool(heard.rest) and (heard.precise or bool(heard.numbers)))
    return here and bool(heard.words) and tells and not (heard.asks or heard.stops or heard.danger)


def _asks_for(kind: type[PhoneNumber | Words | Pin], facts: Facts) -> bool:
    question = question_of(facts.me.session)
    return isinstance(question, Ask) and isinstance(question.answer, kind)


def _asks_plainly(turn: Turn, heard: Heard, facts: Facts) -> bool:
    """Whether they said what they need instead of choosing a language or a line of the menu."""
    asks = set(heard.names) & set(facts.offered.needs)
    return bool(asks) and (turn.session.flow, turn.session.step) in (("menu", "what_next"), ("menu", "language"))


def _kept(heard: Heard, facts: Facts) -> tuple[Add | Flag, ...]:
    """Words that were not understood: added to the draft, or shown to a person if the need is under way."""
    if not heard.words:
        return ()
    if interruption.is_asked_by_us(facts.me.session):
        need = facts.need(facts.me.session.answers.get("need", ""))
        return (Flag("words_about_a_need", heard.words, need.number if need else 0),)
    waits = facts.me.session.flow == relay.relay.name  # what waits for a number is read by a person later
    if not (facts.mine.draft or waits) and facts.in_progress and len(heard.words.split()) > FEW and heard.rest:
        return (Flag("words_about_a_need", heard.words, about(facts)),)  # said where it was asked which one is done
    return (Add(facts.mine.draft.number, heard.words),) if facts.mine.draft else ()


def _warned(turn: Turn, heard: Heard, facts: Facts) -> Turn:
    """Words that may speak of danger, or a house number like the emergency number: the person is warned too."""
    flag = Flag("emergency", heard.words, about(facts))
    prompt = Prompt("hello.crisis") if heard.crisis and facts.offered.crisis else EMERGENCY
    return turn.saying(prompt).but(effects=(*turn.effects, flag))


def _interrupt(flow: Flow, answers: Mapping[str, str], facts: Facts) -> Turn:
    """A word about a need does not end the form that someone is in: afterwards its question stands again. A form that
    is about no need, and is begun once more, takes its own place."""
    session = facts.me.session
    behind = interruption.kept(session)
    if behind and flow.form and behind.flow == flow.name and "need" not in behind.answers:
        behind = behind.behind
    turn = run.start(flow, session.but(behind=behind), facts, answers)
    return turn if turn.session.waiting else _return(turn, facts)


def _is_settled(behind: Session, flow: Flow, turn: Turn, facts: Facts) -> bool:
    """Whether what was asked about is decided by what interrupted it."""
    if flow in (safety.alarm, safety.contact):
        asked = facts.safety.alarms if flow is safety.alarm else facts.safety.asked_by
        seen = any(isinstance(e, Seen) and e.party == each.phone for e in turn.effects for each in asked[:1])
        return turn.session.flow == flow.name or seen or not asked
    if flow is intake:
        form = facts.need(behind.answers.get("need", "")) or _newest_draft(facts)
        return any(isinstance(e, Withdraw | Record) and form and e.number == form.number for e in turn.effects)
    need = facts.need(behind.answers.get("need", ""))
    over = need is None or need.status in (Status.CANCELLED, Status.EXPIRED) or need.confirmed
    decided = any(isinstance(e, DECIDING) and need and e.number == need.number for e in turn.effects)
    return flow.asked_by_us and flow is not danger.danger and (over or decided)


def _newest_draft(facts: Facts) -> Need | None:
    """What a form by text is about: `facts.mine.draft` may be another one, that was named just now."""
    return next((need for need in reversed(facts.mine.asked_for) if need.status is Status.DRAFT), None)


def _set_aside(turn: Turn, form: Session, facts: Facts) -> Turn:
    """A coordinator's own form does not stand under every answer: it waits until we ask about it, and they read so."""
    told = facts.mine.draft and form.flow == intake.name and facts.me.session.flow == intake.name
    own = (Prompt("hello.form_waits", values={"number": facts.mine.draft.code}),) if told and facts.mine.draft else ()
    return turn.but(session=turn.session.idle().but(behind=form), prompts=(*turn.prompts, *own))


def _return(turn: Turn, facts: Facts) -> Turn:
    """The form that was interrupted goes on."""
    behind = turn.session.behind
    flow = flow_of(behind) if behind else None
    after_danger = turn.session.flow == danger.danger.name
    goes_on = flow is not None and (interruption.goes_on(flow) or after_danger)
    if behind is None or flow is None or not goes_on or _is_settled(behind, flow, turn, facts):
        return turn.but(session=turn.session.idle())
    if facts.me.coordinator and flow.form and not after_danger and not facts.in_call:
        return _set_aside(turn, behind, facts)
    if facts.in_call and turn.session.flow != go_on.name:  # it is offered when they call again, or by text
        return turn.but(session=turn.session.idle().but(behind=behind))
    behind = behind.but(turn=turn.session.turn, language=turn.session.language, misses=0)
    return turn.and_then(run.again(flow, behind, facts))
