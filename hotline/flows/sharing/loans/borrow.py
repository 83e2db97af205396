"""List of tools: who lends what, one by one, and asking for one or standing in line. What to mind is read before."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.shared_questions import LANGUAGE
from hotline.flows.sharing.gifts.about import ONE, hidden, own_voice, the_next_of
from hotline.flows.sharing.loans.about import care_aloud, fits, line, the_tool, told_of_tool, tool_shown
from hotline.model.effects import Borrow, Effect
from hotline.model.facts import Facts
from hotline.model.loans import MOST_IN_LINE, Loan, Tool

Sounds = Callable[[Answers, Facts], Mapping[str, Any]]
WANTED = "wanted"  # the answer that holds what they look for


def that_fit(answers: Answers, facts: Facts) -> tuple[Tool, ...]:
    """What is lent of what they look for, all where they said nothing: what is there now comes first."""
    wanted = answers.get(WANTED, "")
    found = (tool for tool in facts.lent.there if not wanted or fits(wanted, tool))
    return tuple(sorted(found, key=lambda tool: not tool.free))


def next_tool(answers: Answers, facts: Facts) -> Answers:
    return the_next_of(answers, (tool.code for tool in that_fit(answers, facts)))


def one_or_all(answers: Answers, facts: Facts) -> str:
    tool = the_tool(answers, facts)
    if answers.get(ONE):
        if tool is None or not tool.live:
            return "gone"
        if tool.is_of(facts.me.phone):
            return "own"
        if my_loan(tool, facts):
            return "twice"
        return "one" if tool.free else "broken" if tool.broken_at is not None else "out"
    if answers.get("heard"):
        return "all"
    return "none_such" if answers.get(WANTED) else "none"


def my_loan(tool: Tool, facts: Facts) -> Loan | None:
    return next((loan for loan in facts.lent.borrowed if loan.tool.number == tool.number), None)


def is_minded(answers: Answers, facts: Facts) -> str:
    tool = the_tool(answers, facts)
    return "mind" if tool and tool.minded else "ask"


def ask_for(answers: Answers, facts: Facts) -> Iterable[Effect]:
    tool = the_tool(answers, facts)
    if tool and how_asking_went(answers, facts) in ("asked", "in_line"):
        yield Borrow(tool.number)


def how_asking_went(answers: Answers, facts: Facts) -> str:
    tool = the_tool(answers, facts)
    if tool is None or not tool.live:
        return "gone"
    if not facts.me.has_number or facts.me.opted_out:
        return "hidden"
    if tool.is_of(facts.me.phone):
        return "own"
    if my_loan(tool, facts):
        return "twice"
    if tool.line >= MOST_IN_LINE:
        return "long_line"
    return "asked" if tool.free else "in_line"


def with_ones_place(answers: Answers, facts: Facts) -> Values:
    """How many are before them: whoever has it, and the line."""
    tool = the_tool(answers, facts)
    return {**tool_shown(answers, facts), "count": str(tool.line + 1) if tool else ""}


def own(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    """How their own tool stands, or what they asked for of it."""
    tool = the_tool(answers, facts)
    loan = my_loan(tool, facts) if tool else None
    if loan:
        return (line(loan, facts),)
    return (Prompt("status.tool", values=told_of_tool(tool)),) if tool else ()


def read_out(name: str, asking: str = "look", sounds: Sounds = own_voice) -> Choose:
    """One tool, and whether they want it or hear of the next."""
    ways, asks = {"ask": asking, "next": "next"}, {"yes": "ask", "no": "next"}
    return Choose(name, ways, shows=tool_shown, sounds=sounds, skip="next", back=name, senses=asks)


borrow = Flow(
    "borrow",
    LANGUAGE,
    Do("next", then=one_or_all, learns=next_tool),
    read_out("one"),
    read_out("out"),
    read_out("broken"),
    Do("look", then=is_minded),
    read_out("mind", "ask", care_aloud),
    Do("ask", ask_for, then=how_asking_went),
    End("asked", shows=tool_shown),
    End("in_line", shows=with_ones_place),
    End("long_line", shows=tool_shown),
    End("twice", says=own),
    End("gone", shows=tool_shown),
    End("own", says=own),
    End("hidden", says=hidden),
    End("all"),
    End("none_such"),
    End("none"),
)
