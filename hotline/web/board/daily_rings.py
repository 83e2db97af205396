"""Page of the daily rings: who asked to be rung each day, at which hour, what came of the last ring, when the next is;
of those for safety, who looks after them and whether there is an alarm.

Only whoever is rung begins or ends it. What can be pressed is the way to an alarm, where a coordinator says that they
have seen to it. Of a number its end stands there, by which the page of people finds whose it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.responses import Response

from hotline.model import phone_numbers
from hotline.model.board import team_name
from hotline.model.companions import Companion
from hotline.model.daily_rings import Came, DailyRing
from hotline.model.safety_rings import Alarm, Contact
from hotline.storage import board_lists
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page
from hotline.web.board.words import ending

OF_A_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One person as the page says it: `last` is what came of the last ring, `next` when the next is made; `look` is
    that a person might call them. `kind` and `contacts` say whether it is for safety and who looks after them, `alarm`
    and `who` since when there is one and whose turn it is, `path` where it is ended. `companion` says which
    volunteer rings them, and how often."""

    name: str
    ending: str
    last: str
    next: str
    look: bool
    kind: str
    contacts: Sequence[str] = ()
    alarm: str = ""
    who: str = ""
    path: str = ""
    companion: str = ""


async def show(asked: Asked) -> Response:
    store = asked.board.store
    there = await board_lists.daily_rings(store, OF_A_PAGE + 1, asked.skipped(OF_A_PAGE))
    phones = [ring.phone for ring, _ in there[:OF_A_PAGE]]
    companions = await board_lists.companions(store, phones)
    contacts, alarms = await board_lists.ring_contacts(store, phones), await board_lists.ring_alarms(store, phones)
    return asked.page(
        "daily_rings.html",
        rings=[
            replace(
                _line(ring, name, contacts.get(ring.phone, ()), alarms.get(ring.phone), asked),
                companion=_companion(companions.get(ring.phone), asked),
            )
            for ring, name in there[:OF_A_PAGE]
        ],
        **asked.around(more=len(there) > OF_A_PAGE),
    )


def _line(
    ring: DailyRing, name: str, contacts: Sequence[tuple[Contact, str]], alarm: tuple[Alarm, int] | None, asked: Asked
) -> Line:
    words = asked.words
    last = words(f"rings.came_{ring.came or 'nothing'}", at=words.clock(ring.came_at), count=ring.silent)
    away = ring.away_until > asked.now
    key = "rings.now" if ring.rings else "rings.away" if away else "rings.next"
    at = ring.next_due(asked.board.catalogue.community.rules.timezone)
    look = ring.came in (Came.SILENT, Came.CALL_ME, Came.NOT_MADE)
    called = {each.contact: " ".join(filter(None, (its, ending(each.contact)))) for each, its in contacts}
    line = Line(
        name or words("who.someone"),
        phone_numbers.ending(ring.phone),
        last,
        words(key, at=words.clock(at)),
        look,
        words("rings.safety" if ring.safety else "rings.company"),
        [words(f"rings.contact_{each.consent}", name=called[each.contact]) for each, _ in contacts],
    )
    return _with_alarm(line, *alarm, called, asked) if alarm else line


def _companion(theirs: tuple[Companion, str] | None, asked: Asked) -> str:
    """By the first name or the end of the number, as contacts."""
    if theirs is None:
        return ""
    each, name = theirs
    return asked.words(f"rings.companion_{each.most}", name=" ".join(filter(None, (name, ending(each.volunteer)))))


def _with_alarm(line: Line, alarm: Alarm, flag: int, called: Mapping[str, str], asked: Asked) -> Line:
    """The line, with since when, whose turn it is or who looks, and where it is ended."""
    words, community = asked.words, asked.board.catalogue.community
    team = {phone: team_name(key) for key, phone in community.coordinators.items()}
    key, whose = ("rings.looks", alarm.looks) if alarm.looks else ("rings.asked", alarm.asked)
    who = words(key, name=team.get(whose) or called.get(whose) or ending(whose)) if whose else words("rings.soon")
    path = f"/waits/{flag}" if flag else ""
    return replace(line, alarm=words("rings.alarm", at=words.clock(alarm.raised_at)), who=who, path=path)


PAGES = (Page("/rings", show),)
