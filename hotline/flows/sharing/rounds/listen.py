"""Listening rounds, by who is asked: whether they agree to be asked at all, the questions one by one, and an end by NO.

Danger, and ending our texts, are heard before any answer; what sounds like a request is asked about, and nothing of it
is lost.
"""

from collections.abc import Iterable, Mapping

from hotline.engine import run
from hotline.engine.answers import Heard, Words
from hotline.engine.session import Prompt, Turn, Values
from hotline.engine.steps import Answers, Ask, Begin, Choose, Do, End, Flow
from hotline.flows.neighbor.intake import intake
from hotline.model.effects import AnswerRound, Done, Draft, Effect, Happened, LeaveRound, Listens, Withdraw
from hotline.model.facts import Facts
from hotline.model.rounds import LONGEST_ANSWER, Consent

# --- Whether they agree: asked once, and whenever they text the word.


def consents(consent: Consent) -> Do:
    return Do(f"is_{consent}", lambda _, __: (Listens(consent),))


listen = Flow(
    "listen",
    consents(Consent.ASKED),
    Choose("asked", {"yes": "is_yes", "no": "is_no"}, exact=True, harmless=True, closing=True),
    consents(Consent.YES),
    End("agreed"),
    Do("is_no", lambda _, __: (Listens(Consent.NO), LeaveRound())),
    End("declined"),
    in_passing=True,
)


def with_question(turn: Turn, facts: Facts) -> Turn:
    """The turn, and whether they agree: asked once, of who has just got something or done it, and waits for nothing."""
    me = facts.me
    if not facts.offered.sharing.listening or me.listens is not Consent.NEVER_ASKED or turn.session.waiting:
        return turn
    done = {each.number for each in turn.effects if isinstance(each, Happened | Done)}
    others = any(need.number not in done for need in (*facts.mine.asked_for, *facts.mine.has_taken))
    hurt = facts.mine.endangered or any(need.held for need in facts.mine.asked_for)
    if not done or others or hurt or not me.has_number or me.disowned_at is not None or turn.session.behind:
        return turn
    return turn.and_then(run.start(listen, turn.session.idle(), facts))


# --- The questions, one at a time.

AT = "at"  # the answer that holds which question is put, from 0


def begin(answers: Answers, facts: Facts) -> Answers:
    part = facts.listening.part
    return {AT: str(part.put) if part else "0"}


def the_question(answers: Answers, facts: Facts) -> str:
    """The one that is put, "" after the last, or where the round is over for them."""
    part, at = facts.listening.part, int(answers.get(AT, "0"))
    return part.round.questions[at] if part and at < len(part.round.questions) else ""


def question_or_end(answers: Answers, facts: Facts) -> str:
    if the_question(answers, facts):
        return "question"
    return "thanks" if facts.listening.part else "over"


END_KEY = "2"  # by phone


def is_ended_by_key(heard: Heard) -> bool:
    return heard.keys == END_KEY and not heard.recording


class Answer(Words):
    """Free words; by phone a key of its own ends the round, as NO does by text."""

    def read(self, heard: Heard) -> str | None:
        return "" if is_ended_by_key(heard) else super().read(heard)


def shown(answers: Answers, facts: Facts) -> Values:
    return {"question": the_question(answers, facts)}


def besides(heard: Heard, facts: Facts) -> Mapping[str, str]:
    """Whether it ends the round, and whether it may be a request: which, and where."""
    if heard.only("no") or is_ended_by_key(heard):
        return {"no": "yes"}
    needs, areas = set(heard.names) & set(facts.offered.needs), set(heard.names) & set(facts.offered.areas)
    named = bool(needs) and heard.only(*facts.offered.needs, *facts.offered.areas)
    if heard.asks or not (named or "wants" in heard.names):
        return {}
    one = {"what": needs.pop()} if len(needs) == 1 else {}
    return {"asks": "yes", **one, **({"area": areas.pop()} if len(areas) == 1 else {})}


def keep(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if "answer_no" in answers:
        yield LeaveRound()
        return
    yield AnswerRound(answers.get("answer", ""), answers.get("answer_recording", ""))
    if "answer_what" in answers and facts.mine.draft is None:
        yield Draft(answers["answer"])  # a request begins at once, so that none is lost


def forget(answers: Answers, _: Facts) -> Answers:
    """The answers, without that to the last question."""
    return {name: value for name, value in answers.items() if name != "answer" and not name.startswith("answer_")}


def onward(answers: Answers, facts: Facts) -> Answers:
    here = {**answers, AT: str(int(answers.get(AT, "0")) + 1)}
    if "answer_no" in answers:
        return {**here, "ended": "yes"}
    return here if "answer_asks" in answers else forget(here, facts)


def what_now(answers: Answers, facts: Facts) -> str:
    if "ended" in answers:
        return "ended"
    return "need_now" if "answer_asks" in answers else question_or_end(answers, facts)


def no_request(answers: Answers, facts: Facts) -> Iterable[Effect]:
    draft = facts.mine.draft
    if draft and draft.words == answers.get("answer"):
        yield Withdraw(draft.number)


def as_a_request(answers: Answers, _: Facts) -> Answers:
    known = {name: answers[f"answer_{name}"] for name in ("what", "area") if f"answer_{name}" in answers}
    return {"words": answers.get("answer", ""), **known}


hear_round = Flow(
    "round",
    Do("begin", learns=begin, then=question_or_end),
    Ask("question", Answer(LONGEST_ANSWER), saves="answer", shows=shown, hears=besides),
    Do("keep", keep, learns=onward, then=what_now),
    Choose("need_now", {"yes": "as_a_request", "no": "not_now"}, exact=True, harmless=True),
    Do("not_now", no_request, learns=forget, then=question_or_end),
    End("thanks"),
    End("ended"),
    End("over"),
    Do("as_a_request", learns=as_a_request),
    Begin("request", intake),
    asked_by_us=True,
)


def ended(_: Answers, __: Facts) -> Iterable[Prompt]:
    yield Prompt("round.ended")


round_no = Flow("round_no", Do("leave", lambda _, __: (LeaveRound(),)), End("ended", says=ended))
"""NO, once they know that they will be asked."""
