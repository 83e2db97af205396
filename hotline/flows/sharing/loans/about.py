"""Tools and loans in a conversation: which one is meant, and what a wording may say about it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers
from hotline.flows.sharing.gifts.about import ONE, played
from hotline.model import calendar
from hotline.model.facts import Facts
from hotline.model.loans import Loan, State, Tool

OF_LENDER = {
    **dict.fromkeys((State.LINE, State.REFUSED), "status.lent_line"),
    State.ASKED: "status.lent_asked",
    State.FETCH: "status.lent_fetch",
    State.OUT: "status.lent_out",
    State.BACK: "status.lent_back",
    State.OVER: "loan.over",
}
OF_BORROWER = {  # that they were told no is told to nobody
    **dict.fromkeys((State.LINE, State.ASKED, State.REFUSED), "status.loan_line"),
    State.FETCH: "status.loan_fetch",
    State.OUT: "status.loan_out",
    State.BACK: "status.loan_back",
    State.OVER: "loan.over",
}
SHORTEST = 3  # letters of a word by which a tool is found
STEM = 4  # letters that two words share where one is the other with an ending: "ladder", "ladders"


def the_tool(answers: Answers, facts: Facts) -> Tool | None:
    return facts.lent.tool(answers.get(ONE, ""))


def the_loan(answers: Answers, facts: Facts) -> Loan | None:
    """The loan that is meant, by its own number or by that of its tool."""
    code, lent = answers.get(ONE, ""), facts.lent
    if not code:
        return None
    own = next((loan for loan in lent.loans if loan.code == code), None)
    if own is None and lent.said_loan and lent.said_loan.code == code:
        return lent.said_loan
    of_tool = (loan for loan in lent.loans if loan.tool.code == code)
    return own or min(of_tool, key=lambda loan: (not loan.state.away, loan.number), default=None)


def lends(loan: Loan, facts: Facts) -> bool:
    """Whether this person is its lender, and not its borrower."""
    return loan.tool.is_of(facts.me.phone)


def is_ones_own(loan: Loan, facts: Facts) -> bool:
    return lends(loan, facts) or loan.borrower == facts.me.phone


def with_me(facts: Facts) -> tuple[Loan, ...]:
    """What this person has borrowed, or may have fetched without a word."""
    return tuple(loan for loan in facts.lent.borrowed if loan.state in (State.FETCH, State.OUT))


# --- What is said about them.


def told_of_tool(tool: Tool) -> dict[str, str | tuple[str, ...]]:
    """What anybody may hear of a tool: not who lends it."""
    return {
        "number": tool.code,
        "gift": tool.called,
        "area": (tool.area,),
        "days": (f"days_{tool.days}",),
        "details": tool.care,
    }


def told(loan: Loan) -> dict[str, str | tuple[str, ...]]:
    """The same of a loan, under its own number."""
    return {**told_of_tool(loan.tool), "number": loan.code}


def day_of(until: float, facts: Facts) -> tuple[str, ...]:
    """The name of the last day."""
    return (calendar.last_day(until, facts.offered.zone),)


def said(loan: Loan, facts: Facts) -> Values:
    """A loan with its last day."""
    return {**told(loan), **({"day": day_of(loan.until, facts)} if loan.until else {"day": ""})}


def shown(answers: Answers, facts: Facts) -> Values:
    loan = the_loan(answers, facts)
    return said(loan, facts) if loan else tool_shown(answers, facts)


def tool_shown(answers: Answers, facts: Facts) -> Values:
    tool = the_tool(answers, facts)
    if tool is None:
        return {"number": answers.get(ONE, "")}
    values = {**told_of_tool(tool), "count": str(tool.line + tool.away)}
    if isinstance(tool.called, tuple) and not facts.in_call:  # it was spoken: whoever reads of it can only hear it
        values["gift"] = (*tool.called, "spoken_offer")
    until = (f"until_{day_of(tool.back_by, facts)[0]}",) if tool.back_by > facts.now else ""
    return {**values, "until": until}


def care_aloud(answers: Answers, facts: Facts) -> Mapping[str, Any]:
    """What to mind, in that voice."""
    return played(care_of(answers.get(ONE, "")), facts)


def care_of(code: str) -> str:
    """Under which number what to mind is played."""
    return f"{code}-care"


def line(loan: Loan, facts: Facts) -> Prompt:
    """How a loan stands, for one of its sides."""
    return Prompt((OF_LENDER if lends(loan, facts) else OF_BORROWER)[loan.state], values=said(loan, facts))


def lines(facts: Facts) -> Iterable[Prompt]:
    """How things stand: what they lend, who asks for it or has it, and what they asked for or have."""
    for tool in facts.lent.mine:
        key = "status.tool_broken" if tool.broken_at is not None else "status.tool"
        yield Prompt(key, values=told_of_tool(tool))
    for loan in facts.lent.to_others:
        if loan.state not in (State.LINE, State.REFUSED):
            yield line(loan, facts)
    for loan in facts.lent.borrowed:
        yield line(loan, facts)


# --- Which tool somebody's words are about.


def fits(wanted: str, tool: Tool) -> bool:
    """Whether a tool may be what somebody's words name: they share a word, whatever its ending."""
    words, names = _words(wanted), _words(tool.words)
    return any(_same(word, name) for word in words for name in names) or _written_without_spaces(wanted, tool.words)


def _words(said: str) -> tuple[str, ...]:
    plain = "".join(each for each in unicodedata.normalize("NFKD", said.lower()) if not unicodedata.combining(each))
    return tuple(word for word in re.findall(r"[^\W\d_]+", plain) if len(word) >= SHORTEST)


def _same(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= STEM and longer.startswith(shorter) and len(longer) - len(shorter) <= 2)


def _written_without_spaces(wanted: str, name: str) -> bool:
    """Chinese: the name stands somewhere among the words."""
    return bool(name) and not name.isascii() and len(name) > 1 and name in wanted
