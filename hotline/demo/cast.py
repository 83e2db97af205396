"""Cast: the people of a transcript and their phones. What is written is done, what everyone reads and hears is told.

The tests play with it, and so do the page's stories and `hotline play`: one reading of one file.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from itertools import count, takewhile
from typing import Any, Protocol

from hotline.app import Hotline, operator_watch
from hotline.inbound import access_code
from hotline.inbound.volunteer_import import put_all
from hotline.inbound.volunteer_list import Row
from hotline.model.flags import Flag
from hotline.model.needs import Need
from hotline.model.people import Volunteer
from hotline.outbound import suppression
from hotline.settings import Settings
from hotline.simulator.clock import Clock
from hotline.simulator.exchange import Exchange
from hotline.simulator.handset import Handset
from hotline.simulator.transcript import act, done_by
from hotline.storage import Transaction

AT_ITS_PACE = 60.0  # seconds in which a phone has sent what one line of a transcript brings about
A_MOMENT = 60.0  # seconds that the hotline was down: only what is older than half of it was surely missed
FIRST_NUMBER = 110
SOMEBODY = "+12125550188"
FIRST_ROW = 100_001  # of needs: far above the codes that people text
COORDINATORS = {"Rosa": "+12125550199"}  # as in the stories' community file
KINDS = {"flip phone": "flip", "landline": "landline", "mobile": "mobile"}


class Place(Protocol):
    """Where a transcript is played: the tests' world, or the town of the demo."""

    @property
    def settings(self) -> Settings: ...

    @property
    def exchange(self) -> Exchange: ...

    @property
    def hotline(self) -> Hotline: ...

    @property
    def clock(self) -> Clock: ...

    async def settle(self) -> None: ...

    async def pass_time(self, seconds: float) -> None: ...

    async def restart(self) -> None: ...

    async def go(self, down: bool) -> None: ...


class Cast:
    """The people of a transcript and their phones."""

    def __init__(self, place: Place, coordinators: Mapping[str, str] = COORDINATORS) -> None:
        self.place, self.coordinators = place, coordinators
        self.phones: dict[str, Handset] = {}
        self._read: dict[str, int] = {}
        self._rung: set[str] = set()  # calls whose ringing was noticed
        self.seen: list[str] = []  # what is on record, when someone looks

    def phone(self, name: str, kind: str = "flip", withheld: str | None = None) -> Handset:
        if name not in self.phones:
            number = self.coordinators.get(name, f"+12125550{FIRST_NUMBER + len(self.phones)}")
            self.phones[name] = self.place.exchange.handset(number, name, kind, withheld)
        return self.phones[name]

    async def do(self, line: str) -> list[str]:
        """Carries one line out; what everyone read and heard meanwhile, whoever acted first."""
        heard = self.listening()
        return self.observed(await self.carry_out(line), heard)

    async def carry_out(self, line: str) -> str:
        """One line and all that follows at once; who did it, "" for a direction."""
        self.place.clock.now += 1  # nobody does two things at once
        actor = await self._act(line)
        if not line.startswith("#"):
            await self.place.settle()
        if self.place.hotline.provider.line.seconds_between:
            await self.place.pass_time(AT_ITS_PACE)  # texts go one by one
        return actor

    def listening(self) -> dict[str, tuple[list[str], int]]:
        """How much everyone has heard by now, to be handed to `observed` later."""
        return {name: (phone.heard, len(phone.heard)) for name, phone in self.phones.items()}

    def observed(self, actor: str, heard: dict[str, tuple[list[str], int]]) -> list[str]:
        """What everyone has read since the last time, and heard since then."""
        names = sorted(self.phones, key=lambda name: (name != actor, name))
        seen, self.seen = self.seen, []
        return seen + [line for name in names for line in self._news_of(name, *heard.get(name, ([], 0)))]

    async def direct(self, what: str) -> bool:
        """Carries a direction out, without its dashes; False when it is none of those that are known here."""
        for pattern, carry_out in _DIRECTIONS.items():
            if match := re.fullmatch(pattern, what):
                await carry_out(self, match)
                return True
        return False

    async def _act(self, line: str) -> str:
        if line.startswith("-- "):
            if not await self.direct(line[3:]):
                raise ValueError(f"no such direction: {line}")
            return ""
        if not line or line.startswith("#"):
            return ""
        name, verb, rest = done_by(line)
        await act(self.phone(name), verb, rest)
        return name

    async def _gives(self, match: re.Match[str]) -> None:
        name, needs, areas, language, calls = match.groups()
        who = Volunteer(self.phone(name).number, name, _list(needs), _list(areas), language or "en", "active")
        await self._enroll(who)
        if calls:
            await self.place.hotline.store.run(lambda tx: tx.people.reach_by(who.phone, True))

    async def _gives_elsewhere(self, match: re.Match[str]) -> None:
        name, needs, areas, zone = match.groups()
        await self._enroll(
            Volunteer(self.phone(name).number, name, _list(needs), _list(areas), "en", "active", timezone=zone)
        )

    async def _enroll(self, who: Volunteer) -> None:
        await self.place.hotline.store.run(enroll, who, self.place.clock.now)

    async def _is_on_a_list(self, match: re.Match[str]) -> None:
        row = Row(0, self.phone(match[1]).number, match[1], _list(match[2]), _list(match[3]), "en", False, "")
        here = self.place.hotline.catalogue.community
        marks = suppression.marks(self.place.settings.secret_key)
        await self.place.hotline.store.run(put_all, [row], here, marks, self.place.clock.now)

    async def _has(self, match: re.Match[str]) -> None:
        self.phone(match[1], KINDS[match[2]])

    async def _does_not_pick_up(self, match: re.Match[str]) -> None:
        await self.phones[match[1]].wait()

    async def _machine_answers(self, match: re.Match[str]) -> None:
        """A machine picks up and says nothing until the other end is done."""
        phone = self.phones[match[1]]
        await phone.answer()
        while phone.in_call:
            await phone.wait()

    async def _engaged(self, match: re.Match[str]) -> None:
        self.phone(match[1]).engaged = match[2] == "on the phone"

    async def _writes_from(self, match: re.Match[str]) -> None:
        self.phones[match[1]] = self.place.exchange.handset(match[2], match[1], "flip")

    async def _blocked(self, match: re.Match[str]) -> None:
        await self.place.hotline.store.run(
            lambda tx, phone: tx.people.block(phone, True, self.place.clock.now), self.phone(match[1]).number
        )

    async def _pin(self, match: re.Match[str]) -> None:
        await self.place.hotline.store.run(lambda tx: tx.pins.set(access_code.PIN, access_code.hashed(match[1])))

    async def _reconciles(self, _: re.Match[str]) -> None:
        await self.place.hotline.worker.reconcile()

    async def _watch_looks(self, _: re.Match[str]) -> None:
        await operator_watch(self.place.hotline).look()

    async def _goes(self, match: re.Match[str]) -> None:
        down = match[1] == "down"
        if not down:
            self.place.clock.now += A_MOMENT
        await self.place.go(down)

    async def _did_for_each_other(self, match: re.Match[str]) -> None:
        await self.place.hotline.store.run(do_for_each_other, int(match[1]), self.place.clock.now)

    async def _hides(self, match: re.Match[str]) -> None:
        self.phone(match[1], withheld=match[2])

    async def _time_passes(self, match: re.Match[str]) -> None:
        await self.place.pass_time(int(match[1]) * {"minute": 60, "hour": 3600, "day": 86400}[match[2]])

    async def _it_is(self, match: re.Match[str]) -> None:
        zone = self.place.hotline.catalogue.community.rules.timezone
        local = datetime.fromtimestamp(self.place.clock.now, zone)
        await self.place.pass_time(seconds_until(local, int(match[1]), int(match[2])))

    async def _restarts(self, _: re.Match[str]) -> None:
        await self.place.restart()

    async def _looks_at_the_board(self, match: re.Match[str]) -> None:
        self.seen = [f"{match[1]} sees: {line}" for line in await self.place.hotline.store.run(board)]

    def _news_of(self, name: str, heard: list[str], length: int) -> list[str]:
        phone = self.phones[name]
        new = phone.heard[length:] if phone.heard is heard else phone.heard  # a new call begins a new list
        texts = phone.inbox[self._read.get(name, 0) :]
        self._read[name] = len(phone.inbox)
        rings = [f"{name}'s phone rings"] if phone.incoming and phone.incoming.call.sid not in self._rung else []
        if phone.incoming:
            self._rung.add(phone.incoming.call.sid)
        heard_now = [f"{name} hears: " + " ".join(new)] if new else []
        return heard_now + rings + [f"{name} reads: {each.body}" for each in texts]


_DIRECTIONS: dict[str, Callable[[Any, re.Match[str]], Awaitable[None]]] = {
    r"(\w+) gives ([\w, ]+) in ([\w, ]+?)(?: and speaks (\w+))?( and wants calls)?": Cast._gives,
    r"(\w+) gives ([\w, ]+) in ([\w, ]+) and lives in ([\w/]+)": Cast._gives_elsewhere,
    r"(\w+) is on a list for ([\w, ]+) in ([\w, ]+)": Cast._is_on_a_list,
    r"(\w+) has a (landline|flip phone|mobile)": Cast._has,
    r"(\w+) does not pick up": Cast._does_not_pick_up,
    r"(\w+)'s machine answers": Cast._machine_answers,
    r"(\w+) is (on the phone|free again)": Cast._engaged,
    r"(\w+) writes from (\+\d+)": Cast._writes_from,
    r"(\w+) is blocked": Cast._blocked,
    r"the PIN is (\d+)": Cast._pin,
    r"the hotline looks through the carrier's lists": Cast._reconciles,
    r"the watch looks": Cast._watch_looks,
    r"the hotline is (down|up again)": Cast._goes,
    r"(\w+) hides the number as (.*)": Cast._hides,
    r"neighbors did (\d+) things for each other": Cast._did_for_each_other,
    r"(\d+) (minute|hour|day)s? pass(?:es)?": Cast._time_passes,
    r"it is (\d+):(\d+)": Cast._it_is,
    r"the hotline restarts": Cast._restarts,
    r"(\w+) looks at the board": Cast._looks_at_the_board,
}


def enroll(tx: Transaction, who: Volunteer, now: float) -> None:
    """Someone gives from now on."""
    tx.people.introduce(who.phone, who.name, who.language, now)
    tx.volunteers.enroll(who.phone, who.needs, who.areas, who.status, now)
    if who.timezone:
        tx.volunteers.live_in(who.phone, who.timezone)


def do_for_each_other(tx: Transaction, many: int, now: float) -> None:
    """So many requests of somebody else were done."""
    asked = {"what": "food", "area": "north", "details": "", "recording": "", "callback": ""}
    for _ in range(many):
        number = tx.needs.draft(SOMEBODY, "", now, asked)
        tx.needs.record(number, asked, now)
        tx.needs.happened(number, now)


def board(tx: Transaction) -> list[str]:
    """What a coordinator can know: a line for each need, one for each flag."""
    needs = takewhile(bool, map(tx.needs.get, count(FIRST_ROW)))
    return [_need_line(need) for need in needs if need] + [_flag_line(tx, flag) for flag in tx.flags.open()] or ["-"]


def seconds_until(local: datetime, hour: int, minute: int) -> float:
    """Seconds to the next time the clock on the wall shows that."""
    then = local.replace(hour=hour, minute=minute, second=0)
    return (then if then > local else then + timedelta(days=1)).timestamp() - local.timestamp()


def _need_line(need: Need) -> str:
    words, asks = need.words.replace("\n", " / "), f"{need.what or 'what?'}, {need.area or 'where?'}"
    more = [need.details, "a recording" if need.recording else "", f"call {need.callback}" if need.callback else ""]
    return f"{need.code} {need.status}: {asks}; said: {words}; details: {', '.join(filter(None, more))}".rstrip()


def _flag_line(tx: Transaction, flag: Flag) -> str:
    about = f" about {flag.code}" if flag.code else ""
    words = re.sub("RE[0-9a-f]{32}", "a recording", flag.words or flag.recording)
    return f"please look, {flag.why}{about}, {tx.people.name_of(flag.party) or 'somebody'}: {words}".rstrip()


def _list(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(","))
