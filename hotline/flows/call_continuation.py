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
    """Whether silence ends the call here: nothing more is to be heard, or nobody has to answer what was put twice."""
    flow, question = flow_of(session), question_of(session)
    if not heard.silent or flow is None or question is None:
        return False
    return (isinstance(question, Choose) and question.closing) or (flow.optional and session.misses > 0)


def _left_a_number(turn: Turn) -> bool:
    """Whether news is to be told at another telephone: there nobody is texted, who perhaps never agreed to it."""
    return any(isinstance(effect, Record) and effect.callback for effect in turn.effects)


def _known_of_news(turn: Turn, facts: Facts) -> Mapping[str, str] | None:
    """What is known of how news are to be told, where that is asked now: after a request, and after signing up."""
    elsewhere, asked = _left_a_number(turn), is_asked(facts)
    if any(isinstance(effect, Enroll) for effect in turn.effects):
        return KNOWN_TO_VOLUNTEERS if asked else None
    if any(isinstance(effect, Record) for effect in turn.effects):
        return BY_CALL if elsewhere else {} if asked else None
    return None


def _with_word(turn: Turn, facts: Facts) -> Turn:
    """Whoever calls from a telephone that is not theirs hears what opens their request from any other."""
    recorded = next((effect for effect in turn.effects if isinstance(effect, Record)), None)
    if recorded is None or not facts.word or (facts.me.phone.startswith("+") and not recorded.callback):
        return turn
    told = {"number": str(recorded.number), "word": facts.word}
    return turn.but(prompts=(*turn.prompts, Prompt("hello.word", values=told)))


def more(turn: Turn, facts: Facts) -> Turn:
    """The turn, and what a caller may wish to add to it."""
    if turn.session.waiting:
        return turn
    turn = _with_word(turn, facts)
    here = facts.but(me=facts.me.but(session=turn.session))
    known = _known_of_news(turn, facts)
    return turn if known is None else turn.and_then(run.start(reach, turn.session, here, known))
