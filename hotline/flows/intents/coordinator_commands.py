"""Coordinator commands: LIST, ASSIGN, CLOSE, SAY and the others, read from a text."""

import re

from hotline.engine.answers import Heard
from hotline.engine.steps import Ask, Choose, Question
from hotline.flows.coordinator.close import close
from hotline.flows.coordinator.find_volunteer import name_said, numbers_said, several_orders
from hotline.flows.coordinator.flags import flags
from hotline.flows.intents.intents import Kind, Meaning, command
from hotline.flows.intents.need_numbers import SIDE_BY_SIDE, each
from hotline.model import phone_numbers
from hotline.model.facts import Facts

SOMEBODY = 2  # words: "from Bea"
HALF = 2  # words after a command without a number: more are no command, as in "close to the church"
HALVES = frozenset(("assign", "close", "reopen", "split", "link", "say", "approve", "seen", "misread"))
OF_COORDINATORS = HALVES | {"list", "flags", "ask", "pass", "oncall", "offcall", "round"}
LINKED = re.compile(r"\W*[^\W\d_]+\W*\d+(?:\s*[,;&+/،、，]\s*|\s+[^\W\d_]+\s+)#?\d")
WORDS = re.compile(r"\w+")
TO_THE_END = frozenset(("opt_out", "emergency", "person"))


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """The command of a coordinator, whole or half; a half one only where no free words are being asked for."""
    if not facts.me.coordinator or heard.keys:
        return None
    if not heard.command:
        found = _who(heard, facts, question) or _taken_back(heard, facts) or _asked_about(heard, facts, question)
        found = found or (_story(heard, facts, question) if heard.code else _why(heard, facts))
        return found or _slip(heard, facts, question)
    whole = _about_some(heard, facts) or _passing(heard, facts)
    if whole is None and not isinstance(question, Ask):
        whole = _half(heard)
    return whole or _of_all(heard)


def _slip(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """Nearly a command of coordinators is asked about before anything else: it must reach no neighbor."""
    if not heard.nearly or heard.nearly_command not in OF_COORDINATORS or isinstance(question, Ask):
        return None
    plain = heard.numbers or len(heard.nearly.split()) <= HALF
    return command("guess", meant=heard.nearly) if plain or not facts.in_progress else None


def _who(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """Asked who is meant, they may write the name instead of the number before it: "no i mean Bea"."""
    if not isinstance(question, Choose) or question.name != "who":
        return None
    offered, said = question.names(facts, facts.me.session.answers), WORDS.findall(heard.own.casefold())
    named = [who for who in facts.team.people if who.phone in offered and who.name.casefold() in said]
    return Meaning(Kind.ANSWER, said=Heard(heard.words, (named[0].phone,), own=heard.own)) if len(named) == 1 else None


def _taken_back(heard: Heard, facts: Facts) -> Meaning | None:
    """DROP 112, or "take 112 from Ben", where others have it: it is taken back from them."""
    plain = len(heard.numbers) == 1 and heard.names and set(heard.names) <= {"drop", "take"} and not heard.asks
    need = facts.need(str(heard.numbers[0])) if plain else None
    others = need is not None and need.takers and facts.me.phone not in need.takers and not need.is_of(facts.me.phone)
    if need is None or not others:
        return None
    from_them = set(facts.names_of(need.takers).casefold().replace(",", "").split()) & set(heard.rest)
    from_somebody = heard.names == ("take",) and len(heard.rest) == SOMEBODY  # they read who has it, and are asked
    alone = heard.names == ("drop",) and not heard.rest
    return command("take_back", need.code) if alone or from_them or from_somebody else None


def _asked_about(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """ "Who has 112", "any news of 112": its story, where it is not one of their own."""
    asks = heard.names and {"news", "status"}.issuperset(heard.names) and not (heard.rest and isinstance(question, Ask))
    plain = asks and len(heard.numbers) == 1 and not heard.keys
    need = facts.need(str(heard.numbers[0])) if plain else None
    theirs = need is not None and (need.is_of(facts.me.phone) or facts.me.phone in need.takers)
    return command("story", need.code) if need and not theirs else None


def _story(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A number alone: the story of that need. One that answers a question of ours is an answer."""
    if isinstance(question, Ask):
        return None
    if heard.tail:
        return _stories(heard, facts, question)
    offered = isinstance(question, Choose) and heard.code in question.names(facts)
    return None if offered else command("story", heard.code)


def _stories(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """Several numbers and nothing else: the story of each, unless they take what was just offered."""
    needs = [facts.need(str(number)) for number in dict.fromkeys(heard.numbers)]
    known = [need for need in needs if need is not None]
    plain = SIDE_BY_SIDE.fullmatch(heard.own) and not (heard.names or heard.rest or isinstance(question, Choose))
    if not plain or len(known) < len(needs) or any(need in facts.alerts.open for need in known):
        return None
    return each([command("story", need.code) for need in known])


def _why(heard: Heard, facts: Facts) -> Meaning | None:
    """Why a need is closed may be said in any words: "she asked us to stop texting" ends no texts of ours."""
    asked = facts.me.session.flow == close.name and facts.me.session.waiting
    return Meaning(Kind.ANSWER) if asked and _is_to_the_end(heard) and _says_more(heard) else None


def _is_to_the_end(heard: Heard) -> bool:
    """Whether it would end something, were it their own wish."""
    return heard.ends_texts or bool(TO_THE_END & set(heard.names))


def _says_more(heard: Heard) -> bool:
    return bool(heard.beside) if heard.stops else bool(heard.rest)


def _words(heard: Heard) -> str:
    """What follows the number, to its last dot."""
    return _to_its_last_dot(heard.tail, heard) if heard.tail else ""


def _to_its_last_dot(said: str, heard: Heard) -> str:
    return heard.words[heard.words.rfind(said) :].strip()


def _about_some(heard: Heard, facts: Facts) -> Meaning | None:
    """ASSIGN 112 Ben, CLOSE 112 why, SAY 112 words, SPLIT 112 a ride, APPROVE Ben; most of several at once."""
    numbers = " ".join(heard.codes)
    match heard.command:
        case "assign" if several_orders(heard):
            return command("assign")  # one at a time: which name is whose would be a guess
        case "assign" if heard.codes and name_said(heard):
            return command("assign", " ".join(numbers_said(heard)), name=name_said(heard))
        case "approve" if name_said(heard):
            return command("approve", name=name_said(heard))
        case "close" if heard.code:
            return _close(heard, facts)
        case "reopen" if heard.code and not heard.after:
            return command("reopen", numbers)
        case "say" if heard.code and _are_linked(heard, facts):
            return each([command("say", code, said=_to_its_last_dot(heard.after, heard)) for code in heard.codes])
        case "split" if heard.code and heard.tail:
            return command("split", heard.code, said=_words(heard), **_the_part(heard, facts))
        case "link" if len(heard.codes) == 2 and not heard.after:
            return command("link", numbers)
        case "say" if heard.code:
            return command("say", heard.code, said=_words(heard))
        case "ask" if heard.code and not heard.after:
            return command("ask", numbers)
        case "ask" if heard.code and "again" in heard.told and {*heard.told} <= {"again", "filler", *heard.codes}:
            return command("ask", heard.code, again="yes")
        case "seen" if heard.code:
            return command("seen", numbers if not heard.after else heard.code)
        case "seen" if (
            heard.tail.isdecimal() and len(heard.tail) < phone_numbers.ENDING and facts.me.session.flow == flags.name
        ):
            return Meaning(Kind.ANSWER, said=Heard(words=heard.tail, own=heard.tail, numbers=(int(heard.tail),)))
        case "seen" if heard.tail:
            return command("seen", whom=heard.tail)
        case "misread" if heard.code:
            return command("misread", heard.code)
        case "call" if heard.code and not heard.tail and _is_of_others(heard.code, facts):
            return command("story", heard.code)  # with the number that they may dial
    return None


def _is_of_others(code: str, facts: Facts) -> bool:
    return any(need.code == code and need not in facts.in_progress for need in facts.named)


def _are_linked(heard: Heard, facts: Facts) -> bool:
    """Whether the words are for the neighbors of several: "101 and 102", "101, 102". With nothing between them the
    second number may be that of a house, and the words are nobody else's."""
    led = LINKED.match(heard.own)
    return bool(led and heard.after and len(heard.codes) > 1 and all(map(facts.need, heard.codes)))


def _close(heard: Heard, facts: Facts) -> Meaning:
    """CLOSE 112 why, CLOSE 112 113 why. A further number that is no need's belongs to the words that follow it."""
    several = not heard.after or all(map(facts.need, heard.codes))
    numbers, why = (heard.codes, heard.after) if several else ((heard.code,), heard.tail)
    happened = set(heard.names) == {"done"} and len(heard.rest) <= 1
    known = {"why": _to_its_last_dot(why, heard)} if why else {}
    return command("close", " ".join(numbers), **known, **({"outcome": "done"} if happened else {}))


def _the_part(heard: Heard, facts: Facts) -> dict[str, str]:
    """What a part is, and where, as far as the words say it."""
    known = {"what": facts.offered.needs, "area": facts.offered.areas}
    found = {part: next((name for name in heard.names if name in names), "") for part, names in known.items()}
    return {part: name for part, name in found.items() if name}


def _passing(heard: Heard, facts: Facts) -> Meaning | None:
    """PASS 112, where words wait for it; else it may be a no to an alert."""
    waits = not heard.after and any(number in facts.team.words_held for number in heard.codes)
    return command("pass", " ".join(heard.codes)) if heard.command == "pass" and waits else None


def _half(heard: Heard) -> Meaning | None:
    """A command that lacks something is answered with how it goes."""
    if heard.command == "ask" and not heard.tail:  # beside other words it is none: "ask Ben"
        return command("ask")
    short = len(heard.tail.split()) <= HALF or (heard.command == "say" and heard.numbers and not heard.code)
    meant = (short or _is_in_capitals(heard)) and not _is_to_the_end(heard)
    return command(heard.command, " ".join(heard.codes)) if meant and heard.command in HALVES else None


def _is_in_capitals(heard: Heard) -> bool:
    """Whether the word of command is written as we write it, and what follows is not: "SAY Gil are you there?"."""
    first, *others = heard.own.split() or [""]
    return first.isupper() and len(first) > HALF and not " ".join(others).isupper()


def _of_all(heard: Heard) -> Meaning | None:
    """LIST, LIST 2, FLAGS, ONCALL, OFFCALL; one more word does no harm: "list all"."""
    more = not heard.code and len(heard.tail.split()) < HALF
    if heard.command in ("oncall", "offcall") and not heard.code and len(heard.tail.split()) <= HALF:
        return command(heard.command)
    if heard.command == "round" and more:
        return command("plan_round")
    if heard.command == "list" and more:
        return command("list", page=heard.tail if heard.tail.isdecimal() else "")
    return command("flags") if heard.command == "flags" and more else None


def _is_of_the_list(said: str) -> bool:
    """A line of the list, and not the end of somebody's number."""
    return said.isdecimal() and len(said) < phone_numbers.ENDING
