"""Call continuation: what is asked at the end of a conversation in a call, and when silence ends the call."""

from collections.abc import Mapping

from hotline.engine import run
from hotline.engine.answers import Heard
from hotline.engine.session import Session, Turn
from hotline.engine.steps import Choose
from hotline.flows import flow_of, question_of
from hotline.flows.everyone import access_word
from hotline.flows.everyone.contact_preference import KNOWN_TO_VOLUNTEERS, is_asked, reach
from hotline.model.effects import Enroll, Record
from hotline.model.facts import Facts

BY_CALL = {"how": "call"}


def is_enough(heard: Heard, session: Session) -> bool:
    """Whether silence ends the call: not the first one, but the next where no answer is needed."""
    flow, question = flow_of(session), question_of(session)
    if not heard.silent or flow is None or question is None:
        return False
    closes = isinstance(question, Choose) and question.closing
    return session.silent and ((closes and session.misses > 0) or (flow.optional and session.misses > 1))


def is_no_answer_yet(heard: Heard, session: Session) -> bool:
    """Whether somebody is silent for the first time after wrong keys, where no answer is needed: they are asked again,
    and that is no miss."""
    flow, question = flow_of(session), question_of(session)
    closes = isinstance(question, Choose) and question.closing
    needs_none = flow is not None and question is not None and (closes or flow.optional)
    return heard.silent and needs_none and session.misses > 0 and not session.silent


def says_again(heard: Heard, facts: Facts) -> bool:
    """Whether a key says once more what was told last: a caller can not look back at it. `#` may skip a question."""
    session = facts.me.session
    flow = flow_of(session)
    if not session.told or heard.keys not in ("*", "#"):
        return False
    return heard.keys == "*" or flow is None or not session.waiting or run.is_choice(flow, session)


def told(turn: Turn, facts: Facts) -> Turn:
    """The turn, with what it tells kept for who wants to hear it again. A miss tells nothing new."""
    before, session = facts.me.session, turn.session
    if session.misses > before.misses:
        return turn.but(session=session.but(told=before.told))
    return turn.but(session=session.but(told=tuple(each for each in turn.prompts if not (each.waits or each.ends))))


def _left_a_number(turn: Turn) -> bool:
    """Whether they left another number to call back. It gets no texts: its owner may never have agreed to them."""
    return any(isinstance(effect, Record) and effect.callback for effect in turn.effects)


def _known_of_news(turn: Turn, facts: Facts) -> Mapping[str, str] | None:
    """The answers known when the contact preference is asked, after a request or a sign-up; None if it is not asked."""
    elsewhere, asked = _left_a_number(turn), is_asked(facts)
    if any(isinstance(effect, Enroll) for effect in turn.effects):
        return KNOWN_TO_VOLUNTEERS if asked else None
    if any(isinstance(effect, Record) for effect in turn.effects):
        return BY_CALL if elsewhere else {} if asked else None
    told = facts.me.session if facts.me.session.flow == access_word.word.name else None
    return BY_CALL if told and access_word.ELSEWHERE in told.answers else None


def _with_word(turn: Turn, facts: Facts) -> Turn | None:
    """The access code of the request comes first for someone who calls from a telephone that is not theirs."""
    recorded = next((effect for effect in turn.effects if isinstance(effect, Record)), None)
    draft, elsewhere = facts.mine.draft, not facts.me.has_number or bool(recorded and recorded.callback)
    if recorded is None or draft is None or not facts.call.word or not elsewhere:
        return None
    known = access_word.known(recorded, draft, turn.prompts[-1])
    return run.start(access_word.word, turn.session, facts, known).doing(*turn.effects)


def more(turn: Turn, facts: Facts) -> Turn:
    """The turn, with what is asked at the end of a conversation in a call."""
    if turn.session.waiting:
        return turn
    word = _with_word(turn, facts)
    if word:
        return word
    known = _known_of_news(turn, facts)
    return turn if known is None else turn.and_then(run.start(reach, turn.session, facts.standing(turn.session), known))
