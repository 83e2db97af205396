"""Message relay: the two sides of a need write to each other through the hotline's number; neither sees the other's."""

from collections.abc import Iterable

from hotline.engine.answers import WAS_ALL, Heard
from hotline.engine.session import Prompt, Session
from hotline.engine.steps import Answers, Ask, Choose, Do, End, Flow, Question
from hotline.flows.about_needs import in_progress, story, the_need, the_other_side, with_ones_own
from hotline.flows.everyone.danger import may_come_from_others
from hotline.flows.intents import time_expressions
from hotline.flows.intents.intents import Kind, Meaning, command
from hotline.flows.intents.need_names import by_name
from hotline.flows.intents.need_numbers import the_one
from hotline.flows.neighbor.said import tells_a_helper, with_words
from hotline.flows.shared_questions import which
from hotline.flows.standing import hears_nothing, is_only_called
from hotline.model.effects import Amend, Coming, Effect, Flag, Relay, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status
from hotline.model.phone_numbers import is_shown

VERBS = frozenset(("yes", "no", "done", "drop", "status"))
SIGNS = "?!.,;:¿¡？！。؟ "  # "112 ?" says nothing to its other side
NOISE = frozenset(("yes", "no", "ok", "right", "wrong", "noted", "nothing", WAS_ALL, "noise_alone"))


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A message that begins with a need number goes to its other side; a house number in an answer does not count."""
    if heard.command or not heard.tail.strip(SIGNS) or isinstance(question, Ask):
        return None
    if not heard.rest and set(heard.names) & VERBS:
        return None
    if any(need.code == heard.code for need in facts.in_progress) or _is_over(heard, facts):
        return command("relay", heard.code, **said(heard, facts, heard.code))
    return _not_theirs(heard, facts) if question is None or asks_which(question, facts) else None


def _is_over(heard: Heard, facts: Facts) -> bool:
    """Whether it is done, of theirs. Words about it go to nobody any more, and they hear so; what says how it went is
    no such word."""
    need = facts.need(heard.code)
    if need is None or need.status is not Status.DONE or not heard.rest or heard.danger:
        return False
    theirs = need.is_of(facts.me.phone) or facts.me.phone in need.helped
    return theirs and not {*VERBS, "thanks"} & set(heard.names)


def _not_theirs(heard: Heard, facts: Facts) -> Meaning | None:
    """Words about a request of somebody else's go to nobody. About one that was offered a person reads them."""
    need = facts.need(heard.code)
    if need in facts.alerts.open and heard.names == ("ok",) and not (heard.rest or heard.asks):
        return None  # a yes to it
    if need is None or need.is_of(facts.me.phone) or not (facts.mine.has_taken or facts.mine.asked_for):
        return None
    return Meaning(Kind.UNSURE, need.code) if need in facts.alerts.open else command("not_yours", need.code)


def unasked(heard: Heard, facts: Facts) -> Meaning | None:
    """Free words of someone with a need under way go to its other side, unless they ask for something new."""
    if not heard.words or not facts.in_progress:
        return None
    named = set(heard.names)
    asks = bool(named & set(facts.offered.needs))
    if asks and not heard.rest and named <= {*facts.offered.needs, *facts.offered.areas}:
        return Meaning(Kind.NEW)
    if asked := _asked_of_another(heard, facts):
        return Meaning(Kind.UNSURE, asked)
    answers = tuple(need for need in facts.in_progress if need.number in facts.mine.answers)
    number = named_or_only(heard, facts.in_progress, facts) or the_one(answers)
    if says_nothing(heard) and not answers:
        return command("relay", number, noise="yes") if number else Meaning(Kind.NOTHING_OPEN)
    new = {"asks": "yes"} if asks and not by_name(heard, facts.mine.has_taken, facts) else {}
    return command("relay", number, **new, **said(heard, facts))


def named_or_only(heard: Heard, needs: tuple[Need, ...], facts: Facts) -> str:
    """The number of these that stands among the words, or of the only one there is, or that is what is named."""
    named = tuple(need for need in needs if int(need.code) in heard.numbers)
    return the_one(named or needs) or ("" if named else by_name(heard, needs, facts))


def _asked_of_another(heard: Heard, facts: Facts) -> str:
    """The number of what was offered to them, in a question: "what's the address of 103". It is not theirs yet, so
    it goes to no neighbor of theirs; what is told beside a number may be the number of a house."""
    theirs = any(int(need.code) in heard.numbers for need in facts.in_progress)
    found = the_one(tuple(need for need in facts.alerts.open if int(need.code) in heard.numbers))
    return found if heard.asks and not theirs else ""


def names_which(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """Where it was asked which request words are about: "I am on my way to 101" says it, and says more."""
    number = named_or_only(heard, facts.in_progress, facts) if heard.rest and asks_which(question, facts) else ""
    return command("relay", number, **said(heard, facts)) if number else None


def asks_which(question: Question | None, facts: Facts) -> bool:
    return isinstance(question, Choose) and question.name == "which" and facts.me.session.flow == relay.name


def with_more(answers: Answers, heard: Heard) -> Answers:
    """More words instead of a number: they go the same way, behind those that wait."""
    more = heard.rest and not heard.nearly and "said" in answers
    return {**answers, "said": f"{answers['said']}\n{heard.words}"} if more else answers


def says_nothing(heard: Heard) -> bool:
    """Whether it is a number, a sign or a small word: nothing for the other side, unless it answers their words."""
    return not heard.rest and NOISE.issuperset(heard.names)


def thanks(heard: Heard, facts: Facts) -> Meaning | None:
    """A thank-you after it happened goes to the helper."""
    mine = next((need for need in facts.mine.finished if need.is_of(facts.me.phone) and need.helped), None)
    if mine is None or "thanks" not in heard.names or heard.danger:
        return None
    return command("thank", mine.code, said=heard.words)


def said(heard: Heard, facts: Facts, number: str = "") -> dict[str, str]:
    """The words for the other side, without the number that leads them there; and what else they tell us."""
    words = heard.tail if number and heard.code == number and heard.tail else heard.words
    return {"said": "\n".join(filter(None, (unsent(facts.me.session), words))), **_besides(heard, facts)}


def unsent(session: Session) -> str:
    """Words that wait for a number: which request are they about?"""
    return session.answers.get("said", "") if session.waiting and session.flow == relay.name else ""


def _besides(heard: Heard, facts: Facts) -> dict[str, str]:
    """What else the words tell us: that it may be done, when the helper comes, that a person has to look first."""
    coming = time_expressions.clock_time(heard.told, time_expressions.local(facts))
    told = {"done": "yes"} if {"done", "delivered", "brought"} & set(heard.names) else {}
    told |= {"held": "yes"} if may_come_from_others(heard) or heard.conduct else {}
    told |= {"conduct": "yes"} if heard.conduct else {}
    told |= {"kept": "yes"} if facts.mine.asked_for and tells_a_helper(heard) else {}
    return told | ({"coming": str(coming)} if coming is not None else {})


def about_the_other_side(heard: Heard, facts: Facts) -> Meaning:
    """Words about whoever is on the other side, whatever they would mean otherwise: they wait for a person."""
    number = named_or_only(heard, facts.in_progress, facts)
    return command("relay", number, **said(heard, facts, number))


def in_danger(heard: Heard, facts: Facts) -> Meaning | None:
    """Words of certain danger that are about a need under way: its number is said, or there is no other."""
    if heard.code:
        return meant(heard, facts, None)
    number = the_one(facts.in_progress)
    return command("relay", number, **said(heard, facts)) if number else None


def is_held(answers: Answers, facts: Facts) -> bool:
    """Whether a person looks first: for danger, and for all that follows until a person has looked."""
    need = the_need(answers, facts)
    return "held" in answers or (need is not None and need.number in facts.mine.held)


def pass_on(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need is None or need not in facts.in_progress or "said" not in answers:
        return
    others = need.other_side(facts.me.phone)
    unheard = not is_held(answers, facts) and hears_nothing(others, facts)
    if "conduct" in answers:
        yield Flag("conduct", answers["said"], need.number)
    elif unheard:
        yield Flag("words_about_a_need", answers["said"], need.number)
    if not unheard or not any(map(is_shown, others)):  # whoever hides the number hears them when they call
        yield Relay(need.number, answers["said"], held=is_held(answers, facts))
    if "kept" in answers and need.is_of(facts.me.phone):  # an address that is corrected holds for the next helper too
        words = with_words(need.details, answers["said"])
        yield Amend(need.number, need.what, need.area, words, need.recording)
    if "coming" in answers and need.neighbor != facts.me.phone:
        yield Coming(need.number, float(answers["coming"]))


def how_it_went(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    if need is None or need not in facts.in_progress:
        return "nobody"
    if "noise" in answers:
        return "noise"
    if is_held(answers, facts):
        return "held"
    others = need.other_side(facts.me.phone)
    if hears_nothing(others, facts):
        return "unheard" if any(map(is_shown, others)) else "no_number"
    if is_only_called(others, facts):
        return "by_call"
    if "done" in answers and need.neighbor != facts.me.phone:
        return "is_it_done"
    return "maybe_new" if "asks" in answers else "passed_on"


relay = Flow(
    "relay",
    which(in_progress),
    Do("pass_on", pass_on, then=how_it_went),
    End("passed_on", shows=the_other_side),
    End("by_call", shows=the_other_side),
    End("no_number", shows=the_other_side),
    End("unheard", shows=the_other_side),
    End("noise", shows=the_other_side),
    End("is_it_done", shows=the_other_side),
    End("maybe_new", shows=the_other_side),
    End("nobody", shows=the_other_side),
    End("held", shows=the_other_side),
)


def pass_thanks_on(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    for helper in set(need.helped) - facts.reachable.silent if need else ():
        words = {**story(need, facts.me.name), "details": answers["said"]} if need else {}
        yield Tell(helper, Prompt("news.thanked", values=words), need.number if need else 0)


def thanked(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    return "unheard" if need is None or hears_nothing(need.helped, facts) else "passed_on"


thank = Flow(
    "thank",
    Do("pass_on", pass_thanks_on, then=thanked),
    End("passed_on", shows=the_other_side),
    End("unheard", says=lambda _, __: (Prompt("hello.thanks"),)),
)


not_yours = Flow("not_yours", End("told", shows=with_ones_own))
"""A number that is somebody else's: what was written goes to nobody, and its writer hears so."""
