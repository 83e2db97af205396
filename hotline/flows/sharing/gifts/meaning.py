"""Words about gifts: OFFER, OFFERS, EMPTY, "I have oranges", and yes, no or a number of an offer. Pure."""

from hotline.engine.answers import Count, Heard
from hotline.engine.steps import Ask, Choose, Question
from hotline.flows.intents.intents import Kind, Meaning, command
from hotline.flows.intents.small_words import AS_A_VERB, NO, YES
from hotline.flows.shared_questions import instead_of_a_language
from hotline.flows.sharing.gifts.about import ONE, my_ask
from hotline.flows.sharing.gifts.offer import begun, gift
from hotline.flows.sharing.loans.lend import bare
from hotline.model.facts import Facts
from hotline.model.gifts import Gift
from hotline.model.needs import Status, is_code

MOST_WORDS = 6  # of "I have ...": a longer story is no offer
NEVER_BESIDE = frozenset(("wants", "person", "emergency", "no", "cannot", "not_yet", "thanks", "greeting"))


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A command about offers, or a number of one. `question` is what we wait to hear about."""
    if isinstance(question, Ask) and isinstance(question.answer, Count) and heard.digits == "0" and not heard.keys:
        return Meaning(Kind.ANSWER)  # for nobody: they are asked once more, and for no person
    if not facts.offered.sharing.offers or heard.keys:
        return None
    if isinstance(question, Ask):  # "EMPTY 131" is no answer in free words
        said = facts.shared.said
        if heard.command == "empty" and said and said.code == heard.code and not heard.told:
            return command("empty", **{ONE: heard.code})
        return _by_number(heard, facts, question) if heard.names and not heard.rest else None
    match heard.command:
        case "offer":
            return command("gift", **begun(heard, facts, _with_code(heard)))
        case "offers" if not heard.told:
            return command("gifts", **({ONE: heard.code} if heard.code else {}))
        case "empty" if not heard.told:
            return command("empty", **({ONE: heard.code} if heard.code else {}))
        case "leave" if not heard.told and facts.me.shares and not facts.me.volunteer:
            return command("gift_leave")
    if instead_of_a_language(heard, facts, question, gift):
        return command("gift", **begun(heard, facts, heard.own))
    return _by_number(heard, facts, question) or _without_number(heard, facts, question)


def _with_code(heard: Heard) -> str:
    """What is offered, with a number that looks like that of a request: "OFFER 200 diapers"."""
    return f"{heard.code} {heard.tail}".strip()


def _by_number(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    codes = list(filter(is_code, heard.numbers))
    if heard.code and heard.rest and _is_over(heard.code, facts):
        return command("gifts", **{ONE: heard.code})  # whoever is on the way to what is gone hears it once more
    if heard.code and heard.rest and _is_an_offer(heard.code, facts):
        return command("gifts", **{ONE: heard.code})  # "101 can you bring it?": nobody has said yes to them yet
    if len(codes) != 1 or len(heard.numbers) > 1 or heard.rest or heard.command:
        return None
    code, said = str(codes[0]), {AS_A_VERB.get(name, name) for name in heard.names}
    if isinstance(question, Choose) and not said and code in question.names(facts, facts.me.session.answers):
        return None  # one of those that were listed
    if not said <= {"yes", "no", "done", "drop", "status", "take"} or len(said) > 1:
        return None
    verb = next(iter(said), "")
    if ask := next((ask for ask in facts.shared.to_answer if ask.code == code), None):
        if verb in ("", "status"):
            return None if ask.named else command("answering", **{ONE: code})
        if verb in ("yes", "take"):
            return command("gift_yes", **{ONE: code})
        return command("gift_no", **{ONE: code})
    late = facts.shared.said_ask
    if late and late.code == code and not late.need and late.gift.is_of(facts.me.phone):
        return command("gift_no" if verb in ("no", "drop") else "gift_yes", **{ONE: code})  # it is answered, or over
    said_of = facts.shared.said
    return _about(said_of, verb, facts) if said_of and said_of.code == code else None


def _is_over(code: str, facts: Facts) -> bool:
    """Whether it is what they were promised of an offer, and that came to nothing."""
    need = next((need for need in facts.named if need.code == code), None)
    return need is not None and need.gift > 0 and need.is_of(facts.me.phone) and need.status is Status.CANCELLED


def _is_an_offer(code: str, facts: Facts) -> bool:
    """Whether it is the number of an offer that is there, and of no request that somebody has."""
    said = facts.shared.said
    return said is not None and said.code == code and said.live and not any(each.code == code for each in facts.named)


def _about(one: Gift, verb: str, facts: Facts) -> Meaning | None:
    """The number of an offer, one's own or another's."""
    if one.is_of(facts.me.phone):
        flows = {"yes": "gift_keep", "take": "gift_keep", "no": "empty", "done": "empty", "drop": "empty"}
        return command(flows.get(verb, "gifts"), **{ONE: one.code})
    if verb in ("no", "drop", "done"):
        return command("unask", **{ONE: one.code}) if my_ask(one, facts) else None
    return command("gifts", **{ONE: one.code})


def _without_number(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """Yes or no of a giver whom somebody asked, where nothing else is asked of them."""
    asked = facts.shared.to_answer
    if not asked or question is not None or facts.alerts.open or facts.mine.answers:
        return None
    if heard.only(*YES):
        return command("gift_yes")
    return command("gift_no") if heard.only(*NO) else None


def has_something(heard: Heard, facts: Facts) -> Meaning | None:
    """ "I have oranges": they are asked whether that is to give, since "I have a cough" is said as well."""
    if not facts.offered.sharing.offers or not heard.has or heard.asks or heard.danger or heard.numbers:
        return None
    if len(heard.has.split()) > MOST_WORDS or NEVER_BESIDE & set(heard.names) or facts.in_progress:
        return None
    return command("gift", maybe="yes", gift_as=bare(heard, heard.has), **begun(heard, facts, heard.has))
