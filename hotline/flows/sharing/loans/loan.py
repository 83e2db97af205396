"""What the two sides of a loan say: yes, no, it is with me, back, longer, soon, broken; and its keys in a call."""

from collections.abc import Callable, Iterable

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Begin, Choose, Do, End, Flow
from hotline.flows.everyone.bridge import talk
from hotline.flows.sharing.gifts.about import ONE, own_voice, the_next_of
from hotline.flows.sharing.gifts.giver import answering
from hotline.flows.sharing.loans.about import (
    is_ones_own,
    lends,
    line,
    lines,
    said,
    shown,
    the_loan,
    the_tool,
    told_of_tool,
    with_me,
)
from hotline.model.effects import BreakTool, Effect, EndTool, LoanStep, MendTool, MoveLoan, Relay
from hotline.model.facts import Facts
from hotline.model.loans import Loan, State, Tool, due_by, fetch_by

# --- Which one, where no number was said.


def to_answer(facts: Facts) -> tuple[Loan, ...]:
    """What waits for a word of this person's as a lender."""
    return tuple(loan for loan in facts.lent.to_others if loan.state in (State.ASKED, State.BACK))


def the_only_one(answers: Answers, facts: Facts) -> Answers:
    """A yes without a number is about the only one that waits."""
    waits = to_answer(facts)
    return {**answers, ONE: waits[0].code} if ONE not in answers and len(waits) == 1 else answers


def borrowed(facts: Facts) -> tuple[str, ...]:
    return tuple(loan.code for loan in with_me(facts))


def the_only_loan(answers: Answers, facts: Facts) -> Answers:
    codes = borrowed(facts)
    return {**answers, ONE: codes[0]} if ONE not in answers and len(codes) == 1 else answers


def the_one_meant(answers: Answers, facts: Facts) -> Answers:
    """A yes or no is about what waits for it, another word about what they have."""
    answering_one = answers.get("does") in ("yes", "no")
    return the_only_one(answers, facts) if answering_one else the_only_loan(answers, facts)


def nothing_to_choose(answers: Answers, facts: Facts) -> bool:
    return ONE in answers or answers.get("does") in ("yes", "no") or not with_me(facts)


def called(_: Answers, facts: Facts) -> Values:
    return {loan.code: _named(loan.tool) for loan in with_me(facts)}


def _named(tool: Tool) -> tuple[str, ...]:
    return tool.called if isinstance(tool.called, tuple) else (tool.called,)


# --- What a word does, as things stand.


def yes_means(loan: Loan, facts: Facts) -> LoanStep | None:
    match loan.state:
        case State.ASKED | State.REFUSED if lends(loan, facts) and not loan.tool.away:
            return LoanStep.PROMISED
        case State.FETCH:
            return LoanStep.FETCHED
        case State.OUT | State.BACK if lends(loan, facts):
            return LoanStep.IS_BACK
    return None


def no_means(loan: Loan, facts: Facts) -> LoanStep | None:
    if lends(loan, facts):
        meant = {State.ASKED: LoanStep.REFUSED, State.FETCH: LoanStep.CALLED_OFF, State.BACK: LoanStep.NOT_BACK}
        return meant.get(loan.state)
    return LoanStep.GIVEN_UP if loan.state.waits or loan.state is State.FETCH else None


def return_means(loan: Loan, facts: Facts) -> LoanStep | None:
    if lends(loan, facts):
        return LoanStep.IS_BACK if loan.state in (State.OUT, State.BACK) else None
    return LoanStep.RETURNED if loan.state in (State.OUT, State.FETCH) else None


def keep_means(loan: Loan, facts: Facts) -> LoanStep | None:
    """Not while somebody waits for it."""
    return LoanStep.KEPT if loan.state is State.OUT and not lends(loan, facts) and not loan.tool.line else None


def soon_means(loan: Loan, facts: Facts) -> LoanStep | None:
    return LoanStep.SOON if loan.state is State.OUT and not lends(loan, facts) else None


MEANS: dict[str, Callable[[Loan, Facts], LoanStep | None]] = {
    "yes": yes_means,
    "no": no_means,
    "return": return_means,
    "keep": keep_means,
    "soon": soon_means,
    "status": lambda _, __: None,
}


def own_loan(answers: Answers, facts: Facts) -> Loan | None:
    loan = the_loan(answers, facts)
    return loan if loan and is_ones_own(loan, facts) else None


def step_of(answers: Answers, facts: Facts) -> LoanStep | None:
    """What the word does, None for nothing."""
    loan = own_loan(answers, facts)
    step = MEANS[answers.get("does", "yes")](loan, facts) if loan else None
    return LoanStep.SOON_SAID if step is LoanStep.SOON and answers.get("said") else step


def do(answers: Answers, facts: Facts) -> Iterable[Effect]:
    loan, step = own_loan(answers, facts), step_of(answers, facts)
    if loan and step:
        yield MoveLoan(loan.number, step)
        if step is LoanStep.SOON_SAID:
            yield Relay(loan.need, answers["said"])


def how_it_went(answers: Answers, facts: Facts) -> str:
    """The name of the step, or why nothing was done."""
    loan, step = own_loan(answers, facts), step_of(answers, facts)
    if loan is None:
        return "several" if ONE not in answers and len(to_answer(facts)) > 1 else "none"
    if step is LoanStep.FETCHED and lends(loan, facts):
        return "fetched_here"
    if step:
        return str(step)
    waited_for = answers.get("does") == "keep" and loan.state is State.OUT and not lends(loan, facts)
    return "waited_for" if waited_for else "as_it_is" if loan.live else "over"


def with_its_day(answers: Answers, facts: Facts) -> Values:
    """The loan with its last day, as it is once this is done."""
    loan, step = own_loan(answers, facts), step_of(answers, facts)
    if loan is None:
        return shown(answers, facts)
    zone, rules = facts.offered.zone, facts.offered.sharing
    match step:
        case LoanStep.PROMISED:
            loan = loan.but(until=fetch_by(facts.now, zone))
        case LoanStep.FETCHED:
            loan = loan.but(until=due_by(facts.now, loan.tool.days, rules.tools_come_back, zone))
        case LoanStep.KEPT:
            loan = loan.but(until=loan.kept_until(facts.now, rules.tools_come_back, zone))
    return said(loan, facts)


def as_it_is(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    loan = own_loan(answers, facts)
    return (line(loan, facts),) if loan else ()


def those_that_wait(_: Answers, facts: Facts) -> Values:
    return {"numbers": ", ".join(loan.code for loan in to_answer(facts))}


loan = Flow(
    "loan",
    Do("look", learns=the_one_meant),
    Choose("which", borrowed, saves=ONE, unless=nothing_to_choose, exact=True, shows=called),
    Do("do", do, then=how_it_went),
    End("promised", shows=with_its_day),
    End("refused", says=lambda _, __: (Prompt("gift_no.no"),)),
    End("fetched", shows=with_its_day),
    End("fetched_here", shows=with_its_day),
    End("kept", shows=with_its_day),
    End("waited_for", shows=shown),
    End("soon", shows=shown),
    End("soon_said", says=lambda answers, facts: (Prompt("loan.soon", values=shown(answers, facts)),)),
    End("returned", shows=shown),
    End("is_back", shows=shown),
    End("not_back", shows=shown),
    End("given_up", says=lambda answers, facts: (Prompt("unask.told", values={"number": answers.get(ONE, "")}),)),
    End("called_off", says=lambda answers, facts: (Prompt("drop.told_gift", values=shown(answers, facts)),)),
    End("as_it_is", says=as_it_is),
    End("over", shows=shown),
    End("several", says=lambda answers, facts: (Prompt("gift_yes.several", values=those_that_wait(answers, facts)),)),
    End("none", shows=shown),
)
"""One word of one side: `does` is "yes", "no", "return", "keep" or "soon", which mean what they can as things stand."""


# --- A tool of one's own, or that one has.


def in_ones_hands(answers: Answers, facts: Facts) -> Tool | None:
    """The tool that is spoken of: one's own, or one that one has."""
    own = next((tool for tool in facts.lent.mine if tool.code == answers.get(ONE)), None)
    loan = own_loan(answers, facts)
    return own or (loan.tool if loan and (loan.state in (State.FETCH, State.OUT) or lends(loan, facts)) else None)


def the_only_tool(answers: Answers, facts: Facts) -> Answers:
    """A word without a number is about the only one that they have, or lend."""
    codes = borrowed(facts) or tuple(tool.code for tool in facts.lent.mine)
    return {**answers, ONE: codes[0]} if ONE not in answers and len(codes) == 1 else answers


def break_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    tool = in_ones_hands(answers, facts)
    if tool and tool.live and tool.broken_at is None:
        yield BreakTool(tool.number)


def mend_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    tool = in_ones_hands(answers, facts)
    if tool and tool.live and tool.broken_at is not None and tool.is_of(facts.me.phone):
        yield MendTool(tool.number)


def end_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    tool = in_ones_hands(answers, facts)
    if tool and tool.is_of(facts.me.phone):
        yield EndTool(tool.number)


def whose(answers: Answers, facts: Facts) -> str:
    tool = in_ones_hands(answers, facts)
    if tool is None:
        return "none"
    return "told" if tool.is_of(facts.me.phone) else "told_lender"


def mended_or_not(answers: Answers, facts: Facts) -> str:
    tool = in_ones_hands(answers, facts)
    return "told" if tool and tool.broken_at is not None and tool.is_of(facts.me.phone) else "as_it_is"


def of_tool(answers: Answers, facts: Facts) -> Values:
    tool = in_ones_hands(answers, facts)
    return told_of_tool(tool) if tool else shown(answers, facts)


def own_lines(_: Answers, facts: Facts) -> Iterable[Prompt]:
    return tuple(lines(facts)) or (Prompt("status.nothing"),)


def ended_or_not(answers: Answers, facts: Facts) -> str:
    tool = in_ones_hands(answers, facts)
    return "told" if tool and tool.is_of(facts.me.phone) else "not_yours"


NOT_YOURS = End("none", says=lambda answers, facts: (Prompt("loan.none", values=shown(answers, facts)),))

broken = Flow(
    "broken",
    Do("look", learns=the_only_tool),
    Do("break", break_it, then=whose),
    End("told", shows=of_tool),
    End("told_lender", shows=of_tool),
    NOT_YOURS,
)

mended = Flow(
    "mended", Do("mend", mend_it, then=mended_or_not), End("told", shows=of_tool), End("as_it_is", says=own_lines)
)
"""YES and the number of what one lends: it is mended."""

tool_end = Flow(
    "tool_end",
    Do("end", end_it, then=ended_or_not),
    End("told", shows=of_tool),
    End("not_yours", says=lambda answers, facts: (Prompt("empty.not_yours", values=shown(answers, facts)),)),
)


# --- In a call: one after another.


def next_loan(answers: Answers, facts: Facts) -> Answers:
    """What waits for a word first, then the other loans, then what one lends."""
    heard_of = [each for each in facts.lent.to_others if each.state not in (State.LINE, State.REFUSED)]
    loans = sorted((*heard_of, *facts.lent.borrowed), key=lambda each: each not in to_answer(facts))
    return the_next_of(answers, (*(each.code for each in loans), *(tool.code for tool in facts.lent.mine)))


def which_kind(answers: Answers, facts: Facts) -> str:
    each = own_loan(answers, facts) if the_tool(answers, facts) is None else None
    if each is None:
        tool = in_ones_hands(answers, facts)
        return ("mine_broken" if tool.broken_at is not None else "mine") if tool else "rest"
    if lends(each, facts):
        return {State.ASKED: "asked", State.FETCH: "to_fetch_here", State.BACK: "back"}.get(each.state, "out_here")
    return {State.FETCH: "to_fetch", State.OUT: "out"}.get(each.state, "waits")


def saying(word: str) -> Callable[[Answers, Facts], Answers]:
    return lambda answers, _: {**answers, "does": word}


def as_it_stands(*names: str) -> Callable[[Answers, Facts], Iterable[str]]:
    """What can be pressed now. Talking is for two who know of each other: it was promised, or somebody has it."""

    def offered(answers: Answers, facts: Facts) -> Iterable[str]:
        loan = own_loan(answers, facts)
        talks = facts.offered.line.joins_calls and any(loan and loan.need == each.number for each in facts.lent.talks)
        return (name for name in names if name != "talk" or talks)

    return offered


def talked_about(answers: Answers, _: Facts) -> Answers:
    return {**answers, "need": answers.get(ONE, "")}


def rest_or_all(_: Answers, facts: Facts) -> str:
    return "answering" if facts.in_call else "all"


def spoken(name: str, **options: str) -> Choose:
    steps = {**options, "next": "next"}
    now = as_it_stands(*steps)
    return Choose(name, steps, exact=True, shows=shown, sounds=own_voice, skip="next", back=name, offers=now)


# What a slip of the finger would take from somebody is read back before it is done.
READ_BACK = {
    "fetched": "yes",
    "called_off": "no",
    "is_back": "return",
    "given_up": "no",
    "broken": "broken",
    "ended": "empty",
}


def meaning(name: str) -> Do:
    return Do(name, learns=lambda answers, _: {**answers, "does": READ_BACK[name], "sure": name}, then=to_be_sure)


def to_be_sure(_: Answers, __: Facts) -> str:
    return "sure"


def read_back(answers: Answers, facts: Facts) -> Values:
    return {**shown(answers, facts), "reason": (f"sure_{answers.get('sure', '')}",)}


def carried_out(answers: Answers, _: Facts) -> str:
    return {"broken": "break", "empty": "end"}.get(answers.get("does", ""), "loan")


lent = Flow(
    "lent",
    Do("next", learns=next_loan, then=which_kind),
    spoken("asked", yes="yes", no="no"),
    spoken("to_fetch_here", yes="fetched", no="called_off", talk="to_talk"),
    spoken("back", yes="yes", no="no", talk="to_talk"),
    spoken("out_here", back="is_back", talk="to_talk"),
    spoken("to_fetch", yes="yes", no="given_up", talk="to_talk"),
    spoken("out", back="return", keep="keep", talk="to_talk", broken="broken"),
    spoken("waits", no="given_up"),
    spoken("mine", broken="broken", empty="ended"),
    spoken("mine_broken", mended="mended", empty="ended"),
    *map(meaning, READ_BACK),
    Choose("sure", {"yes": "do_it", "no": "stays"}, exact=True, shows=read_back, back="stays"),
    Do("stays", then=which_kind),
    Do("do_it", then=carried_out),
    Do("yes", learns=saying("yes"), then=lambda _, __: "loan"),
    Do("no", learns=saying("no"), then=lambda _, __: "loan"),
    Do("return", learns=saying("return"), then=lambda _, __: "loan"),
    Do("keep", learns=saying("keep"), then=lambda _, __: "loan"),
    Do("to_talk", learns=talked_about, then=lambda _, __: "talk"),
    Begin("talk", talk),
    Begin("loan", loan),
    Begin("break", broken),
    Begin("mended", mended),
    Begin("end", tool_end),
    Do("rest", then=rest_or_all),
    Begin("answering", answering),
    End("all", says=own_lines),
)
"""Who asks for what they lend, what they have borrowed, and what they lend; then what they give and asked for."""
