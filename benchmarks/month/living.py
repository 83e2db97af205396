"""The month as it is lived: everybody does what they are about to do, time moves to whatever comes next, and whoever
read or heard something makes up their mind."""

import heapq
import math
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import count
from random import Random
from typing import Any

from benchmarks.month import answering
from benchmarks.month.answering import Reply
from benchmarks.month.beginnings import DAY, HOUR, MINUTE, Beginning
from benchmarks.month.heard import Ear, number, question
from benchmarks.month.people import Neighbor
from hotline.engine.session import Prompt
from hotline.simulator.handset import Handset
from hotline.simulator.traffic import Call, Message
from tests.world import NOON, ZONE, World

AWAKE = (7.5, 22.0)  # hours of the day in which people read and answer
STUCK = 60.0  # seconds that pass where what is due stays due
MOST_STEPS = 30  # of a call; whoever hears more hangs up
PICKS_UP = 0.8
RINGS_FOR = 9.0  # seconds until somebody is at the phone
A_MACHINE, RECORDS = "a machine", "records"  # who answers, and what it does
NEWS = ("news.", "gift.listed", "loan.", "days.comes", "gift_yes.", "take.", "happened.good")  # heard, and acted upon

Act = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Line:
    """One thing that somebody texted, read, pressed, said or heard, and of which prompts it was made."""

    at: float
    who: str
    verb: str
    words: str
    prompts: tuple[Prompt, ...] = ()
    message: Message | None = None

    def said(self, *keys: str) -> Iterator[Prompt]:
        """The prompts among it that go by these names."""
        return (each for each in self.prompts if each.key in keys)


@dataclass
class Month:
    """`ear` hears of which prompts everything is made."""

    place: World
    people: list[Neighbor]
    ear: Ear
    chance: Random
    lines: list[Line] = field(default_factory=list)
    talks: list[tuple[Neighbor, Call]] = field(default_factory=list)
    asked: dict[str, Prompt] = field(default_factory=dict)
    """The question that each has read last."""
    started: float = NOON
    _agenda: list[tuple[float, int, Act]] = field(default_factory=list)
    _order: Any = field(default_factory=count)
    _read: dict[str, int] = field(default_factory=dict)
    _noticed: set[str] = field(default_factory=set)
    _phones: dict[str, Handset] = field(default_factory=dict)

    def begin(self, beginnings: list[Beginning]) -> None:
        """Plugs in everybody's phone and writes down what they will begin."""
        for who in self.people:
            self._phones[who.name] = self.place.exchange.handset(who.number, who.name, who.kind)
        for each in beginnings:
            self._later(each.at, partial(self._begins, each))

    async def live(self, days: float) -> None:
        clock, until = self.place.clock, self.started + days * DAY
        await self._follow()
        while True:
            own = self._agenda[0][0] if self._agenda else until
            due = await self.place.hotline.store.run(lambda tx: tx.outbox.next_due())
            at = min(own, until if due is None else due)
            if at >= until:
                break
            clock.now = max(clock.now + (STUCK if at < clock.now and at != own else 0.5), at)
            if own <= clock.now:
                await heapq.heappop(self._agenda)[2]()
            await self._follow()
        clock.now = until
        await self._follow()

    async def _follow(self) -> None:
        """What follows at once, and what everybody reads and hears of it."""
        await self.place.settle()
        for who in self.people:
            phone = self._phones[who.name]
            for message in phone.inbox[self._read.get(who.name, 0) :]:
                self._reads(who, message)
            self._read[who.name] = len(phone.inbox)
            if phone.incoming and phone.incoming.call.sid not in self._noticed:
                self._noticed.add(phone.incoming.call.sid)
                self._later(self.chance.uniform(4, RINGS_FOR), partial(self._is_rung, who), awake=False)

    # --- Texts.

    def _reads(self, who: Neighbor, message: Message) -> None:
        prompts = () if message.carrier else self.ear.written.get(message.body, ())
        self._note(who, "reads", message.body, prompts, message)
        if asked := question(prompts):
            self.asked[who.name] = asked
        self._makes_up_their_mind(who, prompts, answer=message.direction == "outbound-reply")

    def _makes_up_their_mind(self, who: Neighbor, prompts: tuple[Prompt, ...], *, answer: bool) -> None:
        for reply in answering.replies(prompts, who, self.chance, answer=answer):
            self._later(reply.after, partial(self._answers, who, reply))

    async def _begins(self, what: Beginning) -> None:
        if self._comes_back(what.who, partial(self._begins, what)):
            return
        told = self._told_by(what.told_by) if what.told_by else ""
        if what.told_by and not told:
            self._later(HOUR, partial(self._begins, what))
            return
        what.who.wants = {key: wanted.format(number=told) for key, wanted in what.wants.items()}
        if not what.words:
            await self._calls(what.who, what.who.wants)
        elif not what.who.by_phone:
            await self._texts(what.who, what.words.format(number=told))

    def _told_by(self, organizer: Neighbor) -> str:
        """The number of their circle, "" while it has none."""
        mine = (line for line in self.lines if line.who == organizer.name)
        return next((number(each) for line in mine for each in line.said("circle.listed")), "")

    def _comes_back(self, who: Neighbor, act: Act) -> bool:
        """Whether somebody is out, and does it when they are back, if they ever are."""
        at = self.place.clock.now - self.started
        if who.is_out(at) and who.back_at(at) < math.inf:
            self._later(who.back_at(at) - at + MINUTE, act)
        return who.is_out(at)

    async def _answers(self, who: Neighbor, reply: Reply) -> None:
        if self._comes_back(who, partial(self._answers, who, reply)):
            return
        if reply.asked is not None and reply.asked is not self.asked.get(who.name):
            return  # another question came meanwhile
        if reply.words and not who.by_phone:
            await self._texts(who, reply.words)
        elif reply.wants:
            await self._calls(who, reply.wants)

    async def _texts(self, who: Neighbor, words: str) -> None:
        self._note(who, "texts", words)
        self.asked.pop(who.name, None)
        await self._phones[who.name].text(words)

    # --- Calls.

    async def _calls(self, who: Neighbor, wants: Mapping[str, str]) -> None:
        phone = self._phones[who.name]
        if phone.busy:
            return
        self._note(who, "calls", "")
        self.ear.spoken = ()
        await phone.call()
        await self._talks(who, phone, wants)

    async def _is_rung(self, who: Neighbor) -> None:
        phone = self._phones[who.name]
        if phone.incoming is None:
            return
        out = who.is_out(self.place.clock.now - self.started)
        machine = who.machine or (out and who.machine_when_out)
        there = 1.0 if machine else 0.0 if out or who.manner == "silent" else PICKS_UP
        if self.chance.random() >= there:
            self._note(who, "lets it ring", "")
            await phone.wait()
            return
        self.ear.spoken = ()
        await phone.answer()
        self._note(who, "answers", A_MACHINE if machine else "")
        while machine and phone.in_call:
            await phone.wait()
        if machine:
            self._note(who, RECORDS, " ".join(phone.heard))
            return
        await self._talks(who, phone, {})

    async def _talks(self, who: Neighbor, phone: Handset, wants: Mapping[str, str]) -> None:
        """Listens and presses keys until there is nothing more to do; the call is in the books of the carrier."""
        if phone.line is not None:
            self.talks.append((who, phone.line.call))
        for _ in range(MOST_STEPS):
            prompts, self.ear.spoken = self.ear.spoken, ()
            self._hears(who, phone, prompts)
            if not phone.in_call or not await self._does(who, phone, prompts, wants):
                break
        if phone.in_call:
            self._note(who, "hangs up", "")
            await phone.hang_up()

    def _hears(self, who: Neighbor, phone: Handset, prompts: tuple[Prompt, ...]) -> None:
        self._note(who, "hears", " ".join(phone.heard[self._heard(phone) :]), prompts)
        self._heard_so_far = (id(phone.heard), len(phone.heard))
        news = tuple(each for each in prompts if each.key.startswith(NEWS) and not each.options)
        self._makes_up_their_mind(who, news, answer=False)

    _heard_so_far = (0, 0)

    def _heard(self, phone: Handset) -> int:
        same, length = self._heard_so_far
        return length if same == id(phone.heard) else 0

    async def _does(self, who: Neighbor, phone: Handset, prompts: tuple[Prompt, ...], wants: Mapping[str, str]) -> bool:
        """One step on; False where they hang up."""
        asked = question(prompts)
        if asked is None:
            if not (prompts and prompts[-1].goes_on):
                return False
            await phone.wait()
            return True
        if asked.key in answering.AFTERWARDS and asked.key not in wants:
            reply = answering.afterwards(asked, self.chance)
            self._later(reply.after, partial(self._calls, who, reply.wants), awake=False)
            return False
        wanted = answering.choice(asked, wants, who, self.chance) if asked.options or asked.answer else ""
        if not wanted:
            return False
        if (read := self.asked.get(who.name)) and read.key == asked.key:
            del self.asked[who.name]  # what they say by key they do not text as well
        if (words := answering.spoken(asked, wanted)) and phone.is_listened_to:
            self._note(who, "says", words)
            await phone.say(words)
            return True
        keys = answering.by_key(asked, wanted)
        if not keys:
            return False
        self._note(who, "presses", keys)
        await phone.press(keys)
        return True

    # --- Time.

    def _later(self, after: float, act: Act, *, awake: bool = True) -> None:
        """In so many seconds; what falls into their night is done in the morning."""
        at = self.place.clock.now + after
        if awake:
            at = self._by_day(at)
        heapq.heappush(self._agenda, (at, next(self._order), act))

    def _by_day(self, at: float) -> float:
        local = datetime.fromtimestamp(at, ZONE)
        hour, (wakes, sleeps) = local.hour + local.minute / 60, AWAKE
        if wakes <= hour < sleeps:
            return at
        hours = (wakes - hour) % 24
        return at + (hours + self.chance.uniform(0, 2)) * HOUR

    def _note(
        self,
        who: Neighbor,
        verb: str,
        words: str,
        prompts: tuple[Prompt, ...] = (),
        message: Message | None = None,
    ) -> None:
        self.lines.append(Line(self.place.clock.now, who.name, verb, words, prompts, message))
