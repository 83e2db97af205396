"""Coordinator commands: LIST, ASSIGN, CLOSE, SAY and the others, read from a text."""

from hotline.engine.answers import Heard
from hotline.engine.steps import Ask, Choose, Question
from hotline.flows.coordinator.close import close
from hotline.flows.coordinator.find_volunteer import order
from hotline.flows.intents.intents import Kind, Meaning, command
from hotline.model.facts import Facts

HALF = 2  # words after a command without a number: more are no command, as in "close to the church"
TO_THE_END = frozenset(("opt_out", "emergency", "person"))


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """The command of a coordinator, whole or half; a half one only where no free words are being asked for."""
    if not facts.me.coordinator or heard.keys:
        return None
    if not heard.command:
        return _story(heard, facts, question) if heard.code else _why(heard, facts)
    whole = _about_one(heard) or _passing(heard, facts)
    if whole is None and not isinstance(question, Ask):
        whole = _half(heard)
    return whole or _of_all(heard)


def _story(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A number alone: the story of that need. One that answers a question of ours is an answer."""
    if heard.tail or isinstance(question, Ask):
        return None
    offered = isinstance(question, Choose) and heard.code in question.names(facts)
    return None if offered else command("story", heard.code)


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
    return heard.words[heard.words.rfind(heard.tail) :].strip() if heard.tail else ""


def _about_one(heard: Heard) -> Meaning | None:
    """ASSIGN 112 Ben, CLOSE 112 why, SAY 112 words, SEEN 112, ASK 112, PASS 112, APPROVE Ben."""
    match heard.command:
        case "assign" | "approve":
            number, name = order(heard)
            whole = name and (number or heard.command == "approve")
            return command(heard.command, number, name=name) if whole else None
        case "close" if heard.code:
            happened = set(heard.names) == {"done"} and len(heard.rest) <= 1
            known = {"why": _words(heard)} if heard.tail else {}
            return command("close", heard.code, **known, **({"outcome": "done"} if happened else {}))
        case "say" if heard.code:
            return command("say", heard.code, said=_words(heard))
        case "ask" if heard.code and not heard.tail:
            return command("ask", heard.code)
        case "seen" | "misread" if heard.code:
            return command(heard.command, heard.code)
    return None


def _passing(heard: Heard, facts: Facts) -> Meaning | None:
    """PASS 112, where words wait for it; else it may be a no to an alert."""
    waits = heard.code and not heard.tail and facts.team.past.words_held
    return command("pass", heard.code) if heard.command == "pass" and waits else None


def _half(heard: Heard) -> Meaning | None:
    """A command that lacks something is answered with how it goes."""
    few = len(heard.tail.split()) <= HALF and not _is_to_the_end(heard)
    known = {"assign": "assign", "close": "close", "say": "say", "approve": "approve", "seen": "seen"}
    known |= {"misread": "misread"}
    return command(known[heard.command], heard.code) if few and heard.command in known else None


def _of_all(heard: Heard) -> Meaning | None:
    """LIST, LIST 2, FLAGS."""
    if heard.command == "list" and not heard.code and (not heard.tail or heard.tail.isdecimal()):
        return command("list", page=heard.tail)
    return command("flags") if heard.command == "flags" and not heard.code and not heard.tail else None
