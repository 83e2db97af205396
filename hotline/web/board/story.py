"""Story of a need: every line of it in words, in the order of time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from hotline.inbound.board_desk import KEEPERS
from hotline.model import phone_numbers
from hotline.model.board import Card, Role, StoryLine, team_name
from hotline.web.board.asked import Asked
from hotline.web.board.overview import Names

TOGETHER = ("asked", "answered")


@dataclass(frozen=True)
class Line:
    """One line as it is shown: when, what happened in our words, what somebody said in theirs, the address of what they
    said aloud. ``kind`` is for the eye."""

    at: str
    machine: str
    said: str
    words: str = ""
    sound: str = ""
    kind: str = ""


def told(asked: Asked, card: Card, happened: list[StoryLine], names: Names) -> Iterator[Line]:
    """The whole story, as whoever is signed in may read it."""
    need, words = card.need, asked.words
    yield _line(asked, need.created_at, words("story.began", name=_who(asked, card, need.neighbor, names)), need.words)
    if need.details and need.details != need.words:
        yield _line(asked, need.created_at, words("story.details"), need.details, kind="now")
    ordered = sorted(happened, key=lambda line: (line.at, TOGETHER.index(line.what) if line.what in TOGETHER else 2))
    for (what, _, said), lines in groupby(ordered, key=lambda line: _together(line)):
        several = list(lines)
        for each in several[:1] if what in TOGETHER else several:
            found = _told(asked, card, each, several, names, said)
            if found is not None:
                yield found


def _together(line: StoryLine) -> tuple[str, float, str]:
    """Those who were asked at once stand in one line; all else has one of its own."""
    return (
        (line.what, line.at, "" if line.what == "asked" else line.said) if line.what in TOGETHER else ("", line.at, "")
    )


def _told(asked: Asked, card: Card, line: StoryLine, several: list[StoryLine], names: Names, said: str) -> Line | None:
    words = asked.words
    name = _who(asked, card, line.who, names)
    match line.what:
        case "asked":
            people = ", ".join(_asked_one(asked, card, each, names) for each in several)
            return _line(asked, line.at, words("story.asked", names=people, wave=line.many))
        case "answered":
            people = ", ".join(_who(asked, card, each.who, names) for each in several)
            return _line(asked, line.at, words(f"story.said_{said}", name=people))
        case "took":
            return _line(asked, line.at, words("story.took", name=name), kind="took")
        case "ended":
            outcome = line.said if words.has(f"story.ended_{line.said}") else "withdrawn"
            return _line(asked, line.at, words(f"story.ended_{outcome}", name=name))
        case "wrote":
            key = "story.wrote_held" if line.many else "story.wrote"
            to = _who(asked, card, line.place, names)
            return _line(asked, line.at, words(key, name=name, to=to), line.said, kind="held" if line.many else "words")
        case "flag":
            key = "story.flag_open" if line.many else "story.flag"
            return _line(asked, line.at, words(key, why=words.label(line.place), name=name), line.said, kind="flag")
        case "closed" | "reopened" | "linked" | "split":
            return _line(asked, line.at, words(f"story.{line.what}", name=name), line.said)
        case "told":
            return _sent(asked, card, line, name)
        case "spoke":
            sound = asked.board.sounds.of(line.place) if line.place else ""
            return _line(asked, line.at, words("story.spoke", name=name, seconds=line.many), sound=sound, kind="words")
        case "rang":
            return _line(asked, line.at, words("story.rang", name=name))
        case "note":
            return _noted(asked, line)
        case "board" if words.has(f"trail.{line.said}"):
            side = words(f"side.{line.place}") if words.has(f"side.{line.place}") else ""
            what = words(f"trail.{line.said}")
            said_so = words("story.board", name=team_name(line.who), what=f"{what} ({side})" if side else what)
            return _line(asked, line.at, said_so, kind="board")
    return None


def _asked_one(asked: Asked, card: Card, line: StoryLine, names: Names) -> str:
    name = _who(asked, card, line.who, names)
    return name if line.said else asked.words("story.silent", name=name)


def _sent(asked: Asked, card: Card, line: StoryLine, name: str) -> Line | None:
    """What went to one of the two sides; what went to the team stands in its telephones."""
    need = card.need
    if line.who not in (need.neighbor, *need.takers, *need.helped):
        return None
    said = "\n".join(
        phone_numbers.IN_TEXT.sub(lambda found: f"…{found[0][-4:]}", each) for each in json.loads(line.said or "[]")
    )
    words = asked.words
    what = words(f"sent.{line.place}") if words.has(f"sent.{line.place}") else line.place
    return _line(asked, line.at, words("story.told", name=name, what=what), said, kind="ours")


def _noted(asked: Asked, line: StoryLine) -> Line | None:
    if line.place == KEEPERS and asked.me.role is not Role.KEEPER:
        return None
    key = "story.noted_keepers" if line.place == KEEPERS else "story.noted"
    return _line(asked, line.at, asked.words(key, name=team_name(line.who)), line.said, kind="note")


def _who(asked: Asked, card: Card, phone: str, names: Names) -> str:
    return asked.words("who.neighbor") if card.need.is_of(phone) else names.of(phone)


def _line(asked: Asked, at: float, said: str, words: str = "", sound: str = "", kind: str = "") -> Line:
    said = said[:1].upper() + said[1:]
    return Line(asked.words.clock(at), asked.words.machine(at), said, words.strip(), sound, kind)
