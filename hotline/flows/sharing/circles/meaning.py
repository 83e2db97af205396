"""Words about circles: TANDA, PAID, RECEIVED, SWAP, and yes or no with the number of one. Pure."""

from hotline.engine.answers import Heard
from hotline.engine.steps import Ask, Choose, Question
from hotline.flows.intents.intents import Meaning, command
from hotline.flows.intents.small_words import AS_A_VERB
from hotline.flows.sharing.circles.about import GIVER
from hotline.flows.sharing.circles.form import begun, circle
from hotline.flows.sharing.circles.mine import OF_A_MEMBER, to_confirm
from hotline.flows.sharing.gifts.about import ONE
from hotline.model.circles import Circle
from hotline.model.facts import Facts
from hotline.model.needs import is_code

VERBS = frozenset(("yes", "no", "done", "drop", "status", "take", "cancel", "withdraw"))
FLOWS = {"paid": "circle_paid", "received": "circle_received", "swap": "circle_swap"}
OF_ONE_THING = frozenset(("request", "unneeded"))  # objects of stopping


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A command about circles, or the number of one. `question` is what we wait to hear about."""
    if not facts.offered.sharing.circles or heard.keys:
        return None
    if isinstance(question, Ask):  # "PAID 131" is no answer in free words
        named = facts.circled.circle(heard.code)
        theirs = _command(heard, facts) if named and named.member(facts.me.phone) and not heard.told else None
        return theirs or (_by_number(heard, facts, question) if heard.names and not heard.rest else None)
    return (
        _command(heard, facts) or _instead_of_a_language(heard, facts, question) or _by_number(heard, facts, question)
    )


def _command(heard: Heard, facts: Facts) -> Meaning | None:
    named, mine = facts.circled.circle(heard.code), facts.circled.mine
    match heard.command:
        case "circle" if named and not heard.told:
            return _by_verb(named, "status", facts)
        case "circle" if heard.code and not heard.told:
            return command("circle_join", **{ONE: heard.code})
        case "circle" if mine and not heard.told and not heard.code:
            return command("my_circles")
        case "circle" if not heard.asks:
            return command("circle", **begun(heard, facts, f"{heard.code} {heard.tail}".strip()))
        case "paid" | "received" | "swap" if heard.code and (named or not heard.told):
            known = _whom(named, heard, facts) if named and heard.told else {}
            return command(FLOWS[heard.command], **{ONE: heard.code}, **known)
        case "paid" | "received" | "swap" if mine and not heard.told:
            return command(FLOWS[heard.command], **{ONE: mine[0].code}) if len(mine) == 1 else command("my_circles")
        case "leave" if named and not heard.told and named.member(facts.me.phone):
            return command("circle_leave", **{ONE: named.code})
        case "leave" if mine and not heard.told and not heard.code and not facts.me.volunteer:
            return command("gift_leave")
    return None


def _whom(circle: Circle, heard: Heard, facts: Facts) -> dict[str, str]:
    """ "Received 131 Ana": from whom, where one of them is called so; "received 131 2" where one told no name."""
    if heard.command != "received" or not circle.begun or not circle.member(facts.me.phone):
        return {}
    said = heard.tail.strip().casefold()
    names = facts.circled.names
    called = {each: names.get(each.phone, "").casefold() or str(each.seat) for each in to_confirm(circle, facts)}
    fitting = [each for each, name in called.items() if name == said]
    return {GIVER: f"{OF_A_MEMBER}{fitting[0].number}"} if len(fitting) == 1 else {}


def _instead_of_a_language(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """TANDA, and then what it is called, where we asked for the language first."""
    asked = facts.me.session.flow == circle.name and isinstance(question, Choose) and question.saves == "language"
    says = heard.rest and not heard.code and not heard.command and not heard.danger
    return command("circle", **begun(heard, facts, heard.own)) if asked and says else None


def cancels(heard: Heard, facts: Facts) -> Meaning | None:
    """ "Cancel 131": a word of stopping whose object is the number of a circle in which they are."""
    about = [stop for stop in heard.stops if stop.object in OF_ONE_THING]
    if not facts.offered.sharing.circles or not about or heard.ends_texts or len(heard.numbers) != 1 or heard.danger:
        return None
    named = facts.circled.circle(str(heard.numbers[0]))
    return command("circle_leave", **{ONE: named.code}) if named and named.member(facts.me.phone) else None


def _by_number(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    codes = [number for number in heard.numbers if is_code(number)]
    if len(codes) != 1 or heard.command or heard.danger or heard.stops:
        return None
    named, said = facts.circled.circle(str(codes[0])), {AS_A_VERB.get(name, name) for name in heard.names}
    if named is None:
        return None
    if isinstance(question, Choose) and named.code in question.names(facts, facts.me.session.answers):
        return None
    clear = said <= VERBS and len(said) < 2 and len(heard.numbers) == 1 and not heard.rest and not heard.asks
    return _by_verb(named, next(iter(said), "status") if clear else "status", facts)


def _by_verb(named: Circle, verb: str, facts: Facts) -> Meaning:
    """A word of somebody who is in it, or of who would join."""
    one = {ONE: named.code}
    if not named.live or not named.member(facts.me.phone):
        return command("circle_join", **one)
    if verb in ("yes", "take"):
        return command("circle_yes", **one)
    if verb in ("no", "drop", "cancel", "withdraw"):
        return command("circle_no", **one)
    return command("my_circles", **one)
