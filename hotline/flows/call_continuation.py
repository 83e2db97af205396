"""Call continuation: what is asked at the end of a conversation in a call, and when silence ends the call."""

from collections.abc import Mapping

from hotline.engine import run
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt, Session, Turn
from hotline.engine.steps import Choose
from hotline.flows import flow_of, question_of
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
    return (closes and session.misses > 0) or (flow.optional and session.misses > 1)


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
    return None


def _with_word(turn: Turn, facts: Facts) -> Turn:
    """Adds the access code of the request for someone who calls from a telephone that is not theirs."""
    recorded = next((effect for effect in turn.effects if isinstance(effect, Record)), None)
    draft, elsewhere = facts.mine.draft, not facts.me.has_number or bool(recorded and recorded.callback)
    if recorded is None or draft is None or not facts.call.word or not elsewhere:
        return turn
    told = {"number": draft.code, "word": facts.call.word}
    return turn.but(prompts=(*turn.prompts, Prompt("hello.word", values=told)))


def more(turn: Turn, facts: Facts) -> Turn:
    """The turn, with what is asked at the end of a conversation in a call."""
    if turn.session.waiting:
        return turn
    turn = _with_word(turn, facts)
    here = facts.standing(turn.session)
    known = _known_of_news(turn, facts)
    return turn if known is None else turn.and_then(run.start(reach, turn.session, here, known))
