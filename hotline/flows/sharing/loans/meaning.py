"""Words about tools: LEND, BORROW, RETURN, KEEP, SOON, BROKEN, "who has a drill", "I brought it back", and yes, no or a
number of a tool or a loan. Pure."""

from hotline.engine.answers import Heard
from hotline.engine.steps import Ask, Choose, Question
from hotline.flows.intents.intents import Meaning, command
from hotline.flows.intents.small_words import AS_A_VERB, NO, YES
from hotline.flows.shared_questions import instead_of_a_language
from hotline.flows.sharing.gifts.about import ONE
from hotline.flows.sharing.loans.about import fits, is_ones_own, with_me
from hotline.flows.sharing.loans.borrow import WANTED
from hotline.flows.sharing.loans.lend import begun, lend
from hotline.flows.sharing.loans.loan import to_answer
from hotline.model.facts import Facts
from hotline.model.loans import Loan, State, Tool
from hotline.model.needs import is_code

# Names of words beside a thing.
SMALL = frozenset(("filler", "for", "to", "in", "at", "any", "until", "asks", "people"))
VERBS = frozenset(("yes", "no", "done", "drop", "status", "take"))


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A command about tools, or a number of one or of a loan. `question` is what we wait to hear about."""
    if not facts.offered.sharing.tools or heard.keys:
        return None
    if isinstance(question, Ask):  # "RETURN 131" is no answer in free words
        theirs = _command(heard, facts) if _is_known(heard.code, facts) and not heard.told else None
        return theirs or (_by_number(heard, facts, question) if heard.names and not heard.rest else None)
    if instead_of_a_language(heard, facts, question, lend):
        return command("lend", **begun(heard, facts, heard.own))
    return (
        _command(heard, facts)
        or _by_number(heard, facts, question)
        or _without_number(heard, facts, question)
        or _in_words(heard, facts)
    )


def _command(heard: Heard, facts: Facts) -> Meaning | None:
    if "other" in heard.lending:  # "lend a hand", and money: we are no bank
        return None
    number = {ONE: heard.code} if heard.code else {}
    match heard.command:
        case "lend" if "borrow" not in heard.lending:  # "lend me a ladder"
            return command("lend", **begun(heard, facts, f"{heard.code} {heard.tail}".strip()))
        case "borrow":
            wanted = " ".join(word for word in heard.told if word not in SMALL)
            return command("borrow", **number, **({WANTED: wanted} if wanted and not number else {}))
        case "return" | "keep" | "soon" if not heard.told and (number or with_me(facts)):
            return command("loan", does=heard.command, **number)
        case "broken" if not heard.told and (number or facts.lent.mine or with_me(facts)):
            return command("broken", **number)
        case "empty" if not heard.told and (mine := _only_mine(heard, facts)):
            return command("tool_end", **{ONE: mine})
        case "leave" if not heard.told and (facts.lent.mine or facts.lent.loans) and not facts.me.volunteer:
            return command("gift_leave")
    return None


def _is_known(code: str, facts: Facts) -> bool:
    """Whether it is the number of a loan or a tool in which they have a part."""
    loan = _loan_of(code, facts)
    return bool(loan and is_ones_own(loan, facts)) or any(tool.code == code for tool in facts.lent.mine)


def _only_mine(heard: Heard, facts: Facts) -> str:
    """The tool that EMPTY is about: its number, or the only thing that they lend where they give nothing."""
    if heard.code:
        return heard.code if any(tool.code == heard.code for tool in facts.lent.mine) else ""
    return facts.lent.mine[0].code if len(facts.lent.mine) == 1 and not facts.shared.mine else ""


# --- A number.


def _by_number(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    codes = list(filter(is_code, heard.numbers))
    if len(codes) != 1 or len(heard.numbers) > 1 or heard.rest or heard.command:
        return None
    code, said = str(codes[0]), {AS_A_VERB.get(name, name) for name in heard.names}
    if isinstance(question, Choose) and not said and code in question.names(facts, facts.me.session.answers):
        return None  # one of those that were listed
    if not said <= VERBS or len(said) > 1:
        return None
    verb = next(iter(said), "status")
    loan = _loan_of(code, facts)
    if loan and is_ones_own(loan, facts):
        return _about_loan(loan, verb, code)
    tool = facts.lent.tool(code)
    return _about_tool(tool, verb, facts) if tool else None


def _loan_of(code: str, facts: Facts) -> Loan | None:
    """The loan of that number; or by the number of its tool, where they borrowed it."""
    said = facts.lent.said_loan
    if said and said.code == code:
        return said
    found = (loan for loan in facts.lent.borrowed if code in (loan.code, loan.tool.code))
    return next(found, None)


def _about_loan(loan: Loan, verb: str, code: str) -> Meaning | None:
    does = {"yes": "yes", "take": "yes", "no": "no", "drop": "no", "done": "done"}.get(verb, "")
    if does == "done":  # it is done: it is fetched, or back
        does = "return" if loan.state in (State.OUT, State.BACK) else "yes"
    return command("loan", does=does or "status", **{ONE: code})


def _about_tool(tool: Tool, verb: str, facts: Facts) -> Meaning | None:
    if not tool.is_of(facts.me.phone):
        return command("borrow", **{ONE: tool.code})
    back = next((loan for loan in facts.lent.to_others if loan.tool.number == tool.number and loan.state.away), None)
    if verb in ("yes", "take") and tool.broken_at is not None:
        return command("mended", **{ONE: tool.code})
    if verb in ("yes", "done") and back and back.state is not State.FETCH:
        return command("loan", does="return", **{ONE: back.code})
    if verb in ("no", "drop", "done"):
        return command("tool_end", **{ONE: tool.code})
    return command("mended", **{ONE: tool.code})


# --- No number.


def _without_number(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """Yes or no of a lender whom somebody waits for, where nothing else is asked of them."""
    others = facts.alerts.open or facts.mine.answers or facts.shared.to_answer
    if not to_answer(facts) or question is not None or others:
        return None
    if heard.only(*YES):
        return command("loan", does="yes")
    return command("loan", does="no") if heard.only(*NO) else None


def _in_words(heard: Heard, facts: Facts) -> Meaning | None:
    """What they say of a tool in words of their own."""
    if not heard.lending or "other" in heard.lending or heard.danger or heard.stops or heard.command == "call":
        return None
    about = _about_which(heard, facts)
    for kind in ("broken", "back", "bringing"):
        if kind in heard.lending and about and not heard.asks:
            return _said_of(kind, about, heard, facts)
    if heard.numbers:
        return None
    if "borrow" in heard.lending and heard.thing and not set(heard.names) & {"no", "emergency"}:
        return command("borrow", **{WANTED: heard.thing})
    if "who" in heard.lending and (_may_be_lent(heard, facts) or _is_no_news(heard, facts)):
        return command("borrow", **{WANTED: heard.thing})
    if "lend" in heard.lending and heard.thing and not heard.asks:
        return command("lend", **begun(heard, facts, heard.thing))
    return None


def _may_be_lent(heard: Heard, facts: Facts) -> bool:
    return any(fits(heard.thing, tool) for tool in facts.lent.there)


def _is_no_news(heard: Heard, facts: Facts) -> bool:
    """ "Who has a ladder" of somebody for whom nobody can have anything: then it is no question for news of it."""
    return bool(heard.thing) and set(heard.names) == {"news"} and not (facts.mine.asked_for or facts.mine.has_taken)


def _about_which(heard: Heard, facts: Facts) -> Loan | Tool | None:
    """What they speak of: of what they have, and what they lend, the one that is named, or the only one."""
    lent = (each for each in facts.lent.to_others if each.state in (State.OUT, State.BACK))
    known: list[Loan | Tool] = [*with_me(facts), *lent]
    known += [tool for tool in facts.lent.mine if not tool.away]
    named = [each for each in known if fits(heard.thing, each if isinstance(each, Tool) else each.tool)]
    there = named or ([] if len(known) != 1 or (heard.thing and isinstance(known[0], Tool)) else known)
    return there[0] if len(there) == 1 else None


def _said_of(kind: str, about: Loan | Tool, heard: Heard, facts: Facts) -> Meaning | None:
    if kind == "broken":
        return command("broken", **{ONE: about.code})
    if isinstance(about, Tool):
        return None
    if kind == "back":
        return command("loan", does="return", **{ONE: about.code})
    theirs = about.borrower == facts.me.phone
    return command("loan", does="soon", said=heard.words, **{ONE: about.code}) if theirs else None
