"""Loans that are out, spoken to a coordinator: what, until when, who has it and at which number, one after another, for
whoever calls around."""

from hotline.engine.session import Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.sharing.gifts.about import ONE, own_voice, the_next_of
from hotline.flows.sharing.loans.about import said
from hotline.model.facts import Facts
from hotline.model.loans import Loan, State


def away(facts: Facts) -> tuple[Loan, ...]:
    """What is promised or with somebody, soonest due first."""
    return tuple(each.loan for each in facts.call.out)


def next_out(answers: Answers, facts: Facts) -> Answers:
    return the_next_of(answers, (loan.code for loan in away(facts)))


def which(answers: Answers, facts: Facts) -> str:
    loan = next((loan for loan in away(facts) if loan.code == answers.get(ONE)), None)
    if loan is None:
        return "all"
    return {State.FETCH: "to_fetch", State.BACK: "back"}.get(loan.state, "out")


def shown(answers: Answers, facts: Facts) -> Values:
    """The loan with its last day, and who has it. The room is open to coordinators alone."""
    out = next((each for each in facts.call.out if each.loan.code == answers.get(ONE)), None)
    if out is None:
        return {"number": answers.get(ONE, "")}
    phone = out.loan.borrower.removeprefix("+1").removeprefix("+")
    return {**said(out.loan, facts), "name": out.name or ("someone",), "phone": phone}


def one(name: str) -> Choose:
    return Choose(name, {"next": "next"}, shows=shown, sounds=own_voice, skip="next", back=name)


lent_out = Flow(
    "lent_out",
    Do("next", learns=next_out, then=which),
    one("out"),
    one("to_fetch"),
    one("back"),
    End("all"),
    locked=True,
)
