"""Company in the daily ring (telephone reassurance): a volunteer offers to ring somebody in place of the machine, and
whoever is rung says whether this one may."""

from collections.abc import Iterable

from hotline.engine import run
from hotline.engine.answers import Heard, Name
from hotline.engine.session import Prompt, Turn, Values
from hotline.engine.steps import Answers, Ask, Begin, Choose, Do, End, Flow, Question
from hotline.flows.intents.intents import Meaning, command
from hotline.flows.shared_questions import nothing_changed
from hotline.flows.sharing.daily_rings.safety import last
from hotline.model.companions import EVERY, Companion
from hotline.model.daily_rings import Came
from hotline.model.effects import Effect, IsWell, RingsNeighbors, RingsNobody, WantsCompany
from hotline.model.facts import Facts
from hotline.model.rounds import Consent

LONGEST_NAME = 20  # letters
OFTEN = dict(zip(("once", "thrice", "daily"), EVERY, strict=True))  # options, and so many days a week at most


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """COMPANY alone, where nothing is asked that has it for an answer."""
    alone = heard.command == "company" and not heard.told and not heard.keys
    return command("company") if alone and facts.offered.sharing.rings and question is None else None


# --- Whoever is rung each day: may this one ring them?


def may_be_asked(facts: Facts) -> bool:
    """Whether they are asked by us: once, where somebody would ring them."""
    return (
        facts.company.offered is not None
        and facts.daily is not None
        and facts.daily.consent in (Consent.NEVER_ASKED, Consent.YES)
    )


def with_question(turn: Turn, facts: Facts) -> Turn:
    """The turn in which they said that they are fine, and whether somebody may ring them."""
    well = any(isinstance(each, IsWell) and each.came is Came.FINE for each in turn.effects)
    if not well or facts.in_call or turn.session.waiting or turn.session.behind or not may_be_asked(facts):
        return turn
    return turn.and_then(run.start(neighbor, turn.session.idle(), facts))


def named(answers: Answers, facts: Facts) -> Answers:
    return {**answers, "who": facts.company.offered.volunteer} if facts.company.offered else answers


def who_would(answers: Answers, facts: Facts) -> Values:
    return facts.company.name_of(answers.get("who", ""))


def name_is_known(_: Answers, facts: Facts) -> bool:
    """In a call nobody can type one: then they are a neighbor to who rings."""
    return bool(facts.me.name) or facts.in_call


def is_there(answers: Answers, facts: Facts) -> bool:
    """Whether the one who was named would ring them still."""
    return facts.company.offered is not None and facts.company.offered.volunteer == answers.get("who")


def asked_or_nobody(_: Answers, facts: Facts) -> str:
    return "asked" if facts.company.offered else "gone"


def was_asked(_: Answers, __: Facts) -> Iterable[Effect]:
    yield WantsCompany(Consent.ASKED)


def agree(answers: Answers, facts: Facts) -> Iterable[Effect]:
    who = answers.get("who", "") if is_there(answers, facts) else ""
    yield WantsCompany(Consent.YES, who, answers.get("called", ""))


def decline(_: Answers, __: Facts) -> Iterable[Effect]:
    yield WantsCompany(Consent.NO)


company_yes = Flow(
    "company_yes",
    Ask("called", Name(LONGEST_NAME), saves="called", unless=name_is_known, free=True),
    Do("agree", agree, then=lambda answers, facts: "agreed" if is_there(answers, facts) else "gone"),
    End("agreed", says=last("company_yes.agreed", who_would)),
    End("gone", says=last("company_yes.gone")),
    form=True,
)
"""They say yes, and by which name they are called."""

neighbor = Flow(
    "neighbor",
    Do("look", was_asked, then=asked_or_nobody, learns=named),
    Choose("asked", {"yes": "joins", "no": "decline"}, exact=True, harmless=True, closing=True, shows=who_would),
    Begin("joins", company_yes),
    Do("decline", decline),
    End("declined", says=last("neighbor.declined")),
    End("gone", says=last("company_yes.gone")),
    in_passing=True,
)


# --- Volunteers: would they ring somebody?


def where_to_begin(_: Answers, facts: Facts) -> str:
    if not facts.me.volunteer:
        return "neighbor" if may_be_asked(facts) else "only"
    mine = facts.company.mine
    return "offer" if mine is None else "have" if mine.other else "waits"


def mine_shown(_: Answers, facts: Facts) -> Values:
    mine: Companion | None = facts.company.mine
    if mine is None or not mine.other:
        return {}
    return {
        **facts.company.name_of(mine.other),
        "hour": (facts.company.hour,) if facts.company.hour else "",
        "times": (f"times_{mine.most}",),
    }


def begin(answers: Answers, _: Facts) -> Iterable[Effect]:
    if most := OFTEN.get(answers.get("often", "")):
        yield RingsNeighbors(most)


def leave(_: Answers, __: Facts) -> Iterable[Effect]:
    yield RingsNobody()


company = Flow(
    "company",
    Do("look", then=where_to_begin),
    Choose(
        "offer",
        {**dict.fromkeys(OFTEN, "begin"), "no": "kept"},
        saves="often",
        exact=True,
    ),
    Do("begin", begin),
    End("begun"),
    Choose("have", {"leave": "leave", "keep": "kept"}, exact=True, shows=mine_shown),
    Choose("waits", {"leave": "leave", "keep": "kept"}, exact=True),
    Do("leave", leave),
    End("left"),
    End("kept", says=nothing_changed),
    End("only"),
    Begin("neighbor", neighbor),
)


def lines(facts: Facts) -> Iterable[Prompt]:
    """What STATUS says to a volunteer."""
    if facts.company.mine and facts.company.mine.other:
        yield Prompt("status.company", values=mine_shown({}, facts))
