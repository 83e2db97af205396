"""Plays a written conversation: what people do is done, what they read and hear is compared, word for word.

    # Ana needs food.
    -- Ben gives food, ride in north
    Ana texts: food
    Ana reads: What do you need?
        1 food
    Ana calls
    Ana hears: Hello.
    Ana presses: 1
    -- 20 minutes pass
    -- Rosa looks at the board
    Rosa sees: 101 open food, north

Every text that is sent must be read, in the transcript, by the one it was sent to, before anybody does the next thing.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, takewhile
from pathlib import Path
from xml.sax.saxutils import unescape

from hotline.model.flags import Flag
from hotline.model.needs import Need
from hotline.model.people import Volunteer
from hotline.simulator.handset import Handset
from hotline.storage import Transaction
from tests.aloud import aloud, voiceless
from tests.carrier_trouble import trouble
from tests.world import COMMUNITY, FIRST_ROW, ZONE, World, speaking, world

INDENT = "    "
FIRST_NUMBER = 110
COORDINATORS = {"Rosa": "+12125550199"}  # as in the community file


@dataclass
class Step:
    """Something done, and what is read and heard because of it. `kept` are the lines as they stand, with comments."""

    line: str
    expected: list[str] = field(default_factory=list)


@dataclass
class Transcript:
    """One file: its title and comments, its steps."""

    path: Path
    head: list[str]
    steps: list[Step]

    @classmethod
    def load(cls, path: Path) -> "Transcript":
        head: list[str] = []
        steps: list[Step] = []
        for line in path.read_text("utf-8").splitlines():
            if line.startswith(INDENT) and steps:
                steps[-1].expected[-1] += "\n" + line.removeprefix(INDENT)
            elif re.match(r"\w+ (reads|hears|sees|gets):|\w+'s phone rings$", line):
                steps[-1].expected.append(line)
            elif steps or (line and not line.startswith("#")):
                steps.append(Step(line))
            else:
                head.append(line)
        return cls(path, head, steps)

    def save(self, seen: list[list[str]]) -> None:
        """Writes what was read and heard; never what was said."""
        lines = list(self.head)
        for step, observed in zip(self.steps, seen, strict=True):
            lines += [step.line, *(each.replace("\n", "\n" + INDENT) for each in observed)]
        self.path.write_text("\n".join(lines) + "\n", "utf-8")


class Cast:
    """The people of a transcript and their phones."""

    def __init__(self, place: World) -> None:
        self.place = place
        self.phones: dict[str, Handset] = {}
        self._read: dict[str, int] = {}
        self._rung: set[str] = set()  # calls whose ringing was noticed
        self.seen: list[str] = []  # what is on record, when someone looks

    def phone(self, name: str, kind: str = "flip", withheld: str | None = None) -> Handset:
        if name not in self.phones:
            number = COORDINATORS.get(name, f"+12125550{FIRST_NUMBER + len(self.phones)}")
            self.phones[name] = self.place.exchange.handset(number, name, kind, withheld)
        return self.phones[name]

    async def do(self, line: str) -> list[str]:
        """Carries one line out; what everyone read and heard meanwhile, whoever acted first."""
        heard = {name: (phone.heard, len(phone.heard)) for name, phone in self.phones.items()}
        self.place.clock.now += 1  # nobody does two things at once
        actor = await self._act(line)
        if not line.startswith("#"):
            await self.place.settle()
        return self._observed(actor, heard)

    async def _act(self, line: str) -> str:
        if line.startswith("-- "):
            await self._directive(line[3:])
            return ""
        if not line or line.startswith("#"):
            return ""
        name, verb, rest = re.fullmatch(
            r"(\w+) (says and hangs up|says nothing|sends a picture|texts a group|\w+(?: up| silent)?):? ?(.*)",
            line,
            re.DOTALL,
        ).groups()  # type: ignore[union-attr]
        phone = self.phone(name)
        match verb:
            case "texts":
                await phone.text(_unescaped(rest))
            case "sends a picture":
                await phone.text(_unescaped(rest), media=1)
            case "texts a group":
                await phone.text(_unescaped(rest), others=("+12125550180", "+12125550181"))
            case "calls":
                await phone.call()
            case "presses":
                await phone.press(rest)
            case "says":
                await phone.say(rest)
            case "says and hangs up":
                await phone.say(rest, then_hang_up=True)
            case "answers":
                await phone.answer()
            case "stays silent" | "says nothing":
                await phone.wait()
            case "hangs up":
                await phone.hang_up()
            case _:
                raise ValueError(f"nobody can do this: {line}")
        return name

    async def _directive(self, what: str) -> None:
        if match := re.fullmatch(r"(\w+) gives ([\w, ]+) in ([\w, ]+?)(?: and speaks (\w+))?( and wants calls)?", what):
            name, needs, areas, language, calls = match.groups()
            who = Volunteer(self.phone(name).number, name, _list(needs), _list(areas), language or "en", "active")
            await self.place.add_volunteer(who)
            if calls:
                await self.place.hotline.store.run(lambda tx: tx.people.reach_by(who.phone, True))
        elif match := re.fullmatch(r"(\w+) gives ([\w, ]+) in ([\w, ]+) and lives in ([\w/]+)", what):
            name, needs, areas, zone = match.groups()
            who = Volunteer(self.phone(name).number, name, _list(needs), _list(areas), "en", "active", timezone=zone)
            await self.place.add_volunteer(who)
        elif match := re.fullmatch(r"(\w+) has a landline", what):
            self.phone(match[1], "landline")
        elif match := re.fullmatch(r"(\w+) does not pick up", what):
            await self.phones[match[1]].wait()
        elif match := re.fullmatch(r"(\w+)'s machine answers", what):
            await self._machine_answers(self.phones[match[1]])
        elif match := re.fullmatch(r"(\w+) is (on the phone|free again)", what):
            self.phone(match[1]).engaged = match[2] == "on the phone"
        elif match := re.fullmatch(r"(\w+) writes from (\+\d+)", what):
            self.phones[match[1]] = self.place.exchange.handset(match[2], match[1], "flip")
        elif match := re.fullmatch(r"(\w+) is blocked", what):
            await self.place.hotline.store.run(
                lambda tx, phone: tx.people.block(phone, True, self.place.clock.now), self.phone(match[1]).number
            )
        elif what == "the hotline looks through the carrier's lists":
            await self.place.hotline.worker.reconcile()
        elif match := re.fullmatch(r"the hotline is (down|up again)", what):
            await self.place.go(match[1] == "down")
        elif match := re.fullmatch(r"(\w+) hides the number as (.*)", what):
            self.phone(match[1], withheld=match[2])
        elif match := re.fullmatch(r"(\d+) (minute|hour|day)s? pass(?:es)?", what):
            await self.place.pass_time(int(match[1]) * {"minute": 60, "hour": 3600, "day": 86400}[match[2]])
        elif match := re.fullmatch(r"it is (\d+):(\d+)", what):
            await self.place.pass_time(_until(self.place.clock.now, int(match[1]), int(match[2])))
        elif what == "the hotline restarts":
            await self.place.restart()
        elif match := re.fullmatch(r"(\w+) looks at the board", what):
            self.seen = [f"{match[1]} sees: {line}" for line in await self.place.hotline.store.run(_board)]
        elif match := re.fullmatch(r"the carrier brings (\w+)'s last (?:text|key) once more", what):
            await self._repeat(match[1])
        elif (seen := await aloud(self.place, self.phones, what)) is not None or (
            seen := await trouble(self.place, self.phones, what)
        ) is not None:
            self.seen = seen
        else:
            raise ValueError(f"no such direction: -- {what}")

    @staticmethod
    async def _machine_answers(phone: Handset) -> None:
        """A machine picks up and says nothing until the other end is done."""
        await phone.answer()
        while phone.in_call:
            await phone.wait()

    async def _repeat(self, name: str) -> None:
        """A repeated webhook must get the answer that the first one got."""
        status, answer = await self.place.exchange.repeat(self.phones[name])
        again = await self.place.exchange.repeat(self.phones[name])
        assert (status, answer) == again
        assert status == 200
        said = [unescape(words) for words in re.findall(r"<(?:Message|Say)[^>]*>([^<]*)<", answer)]
        assert said, f"the repeat was answered with nothing: {answer}"
        phone = self.phones[name]
        known = {each.body for each in phone.inbox} | set(map(str, phone.heard))
        assert set(said) <= known, f"the repeat was answered otherwise: {answer}"

    def _observed(self, actor: str, heard: dict[str, tuple[list[str], int]]) -> list[str]:
        names = sorted(self.phones, key=lambda name: (name != actor, name))
        seen, self.seen = self.seen, []
        return seen + [line for name in names for line in self._news_of(name, *heard.get(name, ([], 0)))]

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


def _board(tx: Transaction) -> list[str]:
    """What a coordinator can know: a line for each need, one for each flag."""
    needs = takewhile(bool, map(tx.needs.get, count(FIRST_ROW)))
    return [_need_line(need) for need in needs if need] + [_flag_line(tx, flag) for flag in tx.flags.open()] or ["-"]


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


def _until(now: float, hour: int, minute: int) -> float:
    """Seconds to the next time the clock on the wall shows that."""
    local = datetime.fromtimestamp(now, ZONE)
    then = local.replace(hour=hour, minute=minute, second=0)
    return ((then if then > local else then + timedelta(days=1)).timestamp()) - now


def _unescaped(words: str) -> str:
    """What cannot be written in a text file: \\x0b, \\ud800."""
    return re.sub(r"\\(x[0-9a-f]{2}|u[0-9a-f]{4})", lambda match: chr(int(match[1][1:], 16)), words)


def community_of(transcript: Transcript) -> str:
    """The community file, with what the head of a transcript changes: `# community: approval = true`, or adds:
    `# community also: [[groups]]`, or the languages that it speaks: `# community speaks: en, ht`."""
    speaks = [match[1] for line in transcript.head if (match := re.fullmatch(r"# community speaks: (.*)", line))]
    text = speaking(_list(speaks[0])) if speaks else COMMUNITY
    text += "\n".join(re.findall(r"^# community also: (.*)$", "\n".join(transcript.head), re.MULTILINE))
    for line in transcript.head:
        if match := re.fullmatch(r"# community: (\w+) = (.*)", line):
            key, value = match.groups()
            text, found = re.subn(rf"^{key} = .*$", f"{key} = {value}", text, flags=re.MULTILINE)
            if not found:
                text = text if "[dispatch]" in text else f"{text}\n[dispatch]\n"
                text = text.replace("[dispatch]\n", f"[dispatch]\n{key} = {value}\n")
    return text


def limits_of(transcript: Transcript) -> dict[str, int]:
    """Settings that the head of a transcript lowers: `# setting: texts_per_hour = 6`."""
    return {
        name: int(most) for name, most in re.findall(r"^# setting: (\w+) = (\d+)$", "\n".join(transcript.head), re.M)
    }


async def play(transcript: Transcript, folder: Path, database_url: str = "") -> list[list[str]]:
    """What was read and heard after each step."""
    with voiceless(transcript.head):
        return await _play(transcript, folder, database_url)


async def _play(transcript: Transcript, folder: Path, database_url: str) -> list[list[str]]:
    async with world(folder, community_of(transcript), database_url, **limits_of(transcript)) as place:
        cast = Cast(place)
        for name in COORDINATORS:
            cast.phone(name)
        return [await cast.do(step.line) for step in transcript.steps]
