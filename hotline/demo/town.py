"""Town: the demo's world. It can be begun again, its time moved, a story played in it, and what was done kept."""

import asyncio
import contextlib
import re
import secrets
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from hotline.app import Hotline, meanwhile
from hotline.channels import own_words
from hotline.channels.catalogue import use_own
from hotline.commands.words import layers
from hotline.community.model import Community
from hotline.demo import behind, pace, trouble
from hotline.demo.cast import KINDS, Cast
from hotline.demo.recorder import Recorder
from hotline.demo.seed import NUMBER, seed
from hotline.demo.story_player import StoryPlayer, noon
from hotline.demo.story_town import community_of, limits_of
from hotline.demo.text_language import language_of
from hotline.demo.words_page import WordsPage
from hotline.demo.workbench import Told, Workbench
from hotline.settings import Settings
from hotline.simulator.clock import Clock
from hotline.simulator.errors import SimulatorError
from hotline.simulator.exchange import Exchange
from hotline.simulator.handset import Handset
from hotline.simulator.page import simulator_app
from hotline.simulator.transcript import Transcript, stories

LIVE_EVERY = 0.25  # seconds between two looks at what is due, while time runs
NOBODY = "http://127.0.0.1:1"  # where nothing listens


class Town:
    """One hotline, its carrier and its people; `own` is a community file instead of the demo's."""

    def __init__(self, folder: Path, port: int, own: Path | None = None, lan: str = "") -> None:
        self.folder, self.own = folder, own
        self.lan = lan  # where other machines find the page
        self.clock = Clock()  # one for all
        self.settings = settings(folder, port, own)
        self.workbench = Workbench(Path(self.settings.community_file))
        self.exchange = Exchange(
            account_sid=self.settings.twilio_account_sid,
            auth_token=self.settings.twilio_auth_token,
            number=NUMBER,
            public_url=self.settings.public_url,
            clock=self.clock,
        )
        self.exchange.language_of = lambda body: language_of(body, self.hotline.catalogue.community.languages)
        self.hotline: Hotline
        self.cast: Cast
        self.recorder: Recorder
        self.player: StoryPlayer | None = None
        self.app = Starlette()
        self.counts: dict[str, Any] = {}
        self.still = False  # time stands still, and nothing is done but what people do
        self._words = WordsPage(self)
        self._page = Mount("/simulator", simulator_app(self.exchange, self))
        self._worlds = self._born = 0
        self._busy = asyncio.Lock()

    async def begin(self, story: Transcript | None = None) -> None:
        """Everything from the beginning: the seeded neighborhood, or the town of a story with nobody in it yet."""
        if self.player:
            await self.player.stop()
        async with self._busy:
            self._worlds += 1
            self.still, self.player, self.counts = False, None, {}
            await self._open(story)
        self.exchange.changes.touch()

    async def close(self) -> None:
        """The end: nothing of it is kept."""
        if self.player:
            await self.player.stop()
        await self.exchange.aclose()
        if self._worlds:
            await self.hotline.close()
        use_own({})  # what is said otherwise ends with the town

    def running(self) -> AbstractAsyncContextManager[None]:
        """What is due is done meanwhile, at the real pace."""
        return meanwhile(self._run())

    # The place of a cast

    async def settle(self) -> None:
        """Lets everything happen that is due."""
        async with self._busy:
            await self._quietly(pace.settle(self.hotline, self.exchange, self.clock))
        await self._count()

    async def pass_time(self, seconds: float) -> None:
        """So much time passes, with all that is due on the way."""
        async with self._busy:
            await self._quietly(pace.pass_time(self.hotline, self.exchange, self.clock, seconds))
        self.exchange.changes.touch()

    async def restart(self) -> None:
        """The hotline is killed and started again on the same database."""
        async with self._busy:
            await self.hotline.close()
            self.hotline = await self._opened()
            self._serve()

    async def go(self, down: bool) -> None:
        """Down: nobody answers the carrier. Up again: what was missed is looked for."""
        self.exchange.public_url = NOBODY if down else self.settings.public_url
        if not down:
            await self.hotline.worker.reconcile()

    # What the page asks

    def state(self) -> dict[str, Any]:
        """What the page shows beside the phones."""
        words = self.hotline.catalogue
        zone = words.community.rules.timezone
        local = datetime.fromtimestamp(self.clock(), zone)
        return {
            "town": words.community.name,
            "local": f"{local:%A} {local.hour % 12 or 12}:{local:%M %p}",
            "born": self._born,
            "still": self.still,
            "troubles": [*trouble.on(self.exchange), *(["down"] if self.exchange.public_url == NOBODY else [])],
            "in_own_words": self.workbench.is_changed,
            "counts": self.counts,
            "need": words.label(next(iter(words.community.needs)), words.speaks("en")),
            "stories": [{"name": path.stem, "title": Transcript.load(path).title} for path in stories()],
            "story": self.player.state() if self.player else None,
        }

    async def do(self, what: str, told: Mapping[str, Any]) -> None:
        """One thing that a button of the page asks for."""
        match what:
            case "begin":
                await self._begin(str(told.get("story", "")))
            case "play" | "step" | "stop" if self.player:
                await getattr(self.player, what)()
            case "move":
                await self._move(told)
            case "pause":
                self._pause(bool(told.get("still")))
            case "trouble":
                await self._trouble(str(told.get("name", "")), bool(told.get("on")), str(told.get("phone", "")))
            case "plug":
                await self._plug(told)
            case "unplug":
                await self._unplug(str(told.get("phone", "")))
            case _:
                raise SimulatorError("there is nothing of that name here now")
        self.exchange.changes.touch()

    def hidden(self) -> frozenset[str]:
        """The real numbers of a community file of one's own."""
        here = self.hotline.catalogue.community
        groups = (group.phone for group in here.groups)
        return frozenset((*here.coordinators.values(), *groups)) if self.own else frozenset()

    def begins(self, handset: Handset, act: str, told: Mapping[str, Any]) -> None:
        """A person is about to do something with a phone."""
        if self.still:
            self.clock.now += 1  # nobody does two things at once
        self.recorder.person_begins(handset, act, told)

    def failed(self) -> None:
        """What was begun last could not be done."""
        self.recorder.failed()

    def written(self) -> str:
        """What was done so far, as a transcript."""
        return self.recorder.written(tuple(self.workbench.remarks()))

    async def changed(self, before: Told) -> None:
        """Something was changed on the workbench: the words are said so by now; another community is spoken for by a
        hotline that starts again on the same records. A story keeps its own."""
        if before.community != self.workbench.now.community and self.player is None:
            await self.restart()
        self.exchange.changes.touch()

    async def behind(self) -> dict[str, Any]:
        """What happened behind: its lines, oldest first, and what it cost."""
        async with self._busy:
            lines = await behind.timeline(self.hotline, self.exchange)
        return {"lines": lines, "bill": behind.bill(self.exchange)}

    async def understood(self, words: str) -> list[tuple[str, str]]:
        """How a text is understood, layer by layer."""
        return layers(self.hotline.inbound.texts.hearing.hear(words), self.hotline.catalogue.community)

    async def _begin(self, name: str) -> None:
        found = {path.stem: path for path in stories()}
        if name and name not in found:
            raise SimulatorError("there is no story of that name")
        await self.begin(Transcript.load(found[name]) if name else None)

    async def _move(self, told: Mapping[str, Any]) -> None:
        """`seconds` from now, or `until` the next "9:00"."""
        until = str(told.get("until", ""))
        line = f"it is {until}" if until else _passing(told.get("seconds"))
        self.recorder.begins("", f"-- {line}")
        if not await self.cast.direct(line):
            self.recorder.failed()
            raise SimulatorError("no such time")

    async def _trouble(self, name: str, on: bool, phone: str) -> None:
        if name in ("down", "restart"):
            line = "the hotline restarts" if name == "restart" else f"the hotline is {'down' if on else 'up again'}"
            self.recorder.begins("", f"-- {line}")
            await self.cast.direct(line)
        elif not trouble.switch(self.exchange, name, on, self.exchange.handsets.get(phone)):
            raise SimulatorError("there is no such trouble")

    async def _plug(self, told: Mapping[str, Any]) -> None:
        """One more phone, by the directions that a transcript has for it."""
        name, kind = str(told.get("name", "")).strip(), str(told.get("kind", ""))
        if not re.fullmatch(r"\w{1,20}", name) or not name[0].isalpha() or name in self.cast.phones:
            raise SimulatorError("a name of letters, and one that nobody here has yet")
        if kind not in (*KINDS, "hidden number"):
            raise SimulatorError("there is no such phone")
        here = self.hotline.catalogue.community
        lines = [f"{name} hides the number as anonymous" if kind == "hidden number" else f"{name} has a {kind}"]
        if told.get("gives"):
            lines.append(f"{name} gives {', '.join(here.needs_offered)} in {', '.join(here.areas)}")
        for line in lines:
            self.recorder.begins("", f"-- {line}")
            await self.cast.direct(line)

    async def _unplug(self, number: str) -> None:
        if handset := self.exchange.handsets.get(number):
            await self.exchange.unplug(handset)

    def _pause(self, still: bool) -> None:
        self.still = still
        self.clock.hold(still)

    async def _open(self, story: Transcript | None) -> None:
        """The page keeps its phones until the new world is there."""
        folder = self.folder / str(self._worlds)
        folder.mkdir()
        self._here = replace(
            self.settings, database_url=f"sqlite:///{folder / 'hotline.db'}", recordings=str(folder / "recordings")
        )
        self.clock.hold(False)
        self.clock.real()
        if story:
            (folder / "community.toml").write_text(community_of(story), "utf-8")
            self._here = replace(self._here, community_file=str(folder / "community.toml"), **limits_of(story))
            self.clock.now = noon()
        opened = await self._opened()
        if self._worlds > 1:
            await self.hotline.close()
        await self.exchange.begin_again()
        self._born = self._worlds  # only now: until then the page shows the old one's phones
        self.exchange.public_url = self.settings.public_url
        self.hotline = opened
        self._serve()
        here = self.hotline.catalogue.community
        self.cast = Cast(self, _coordinators(here))
        self.recorder = Recorder(self.cast, story.head if story else _head(here, self.own))
        for name in self.cast.coordinators:
            self.cast.phone(name, "mobile").role = "coordinator"
        if story:
            self.player = StoryPlayer(self.recorder, story)
        else:
            await seed(self.cast, self.recorder)

    async def _count(self) -> None:
        """What the page's checklist goes by."""
        async with self._busy:
            found = await behind.counts(self.hotline)
        if found != self.counts:
            self.counts = found
            self.exchange.changes.touch()

    async def _opened(self) -> Hotline:
        """Whoever opens the board comes in as the first coordinator: there is nobody here but on this machine."""
        self.workbench.lay(Path(self._here.community_file))
        hotline = await Hotline.open(self._here, self.clock)
        return replace(hotline, board_demo_as=next(iter(hotline.catalogue.community.coordinators), ""))

    def _serve(self) -> None:
        self.app.router.routes[:] = [
            Route("/", _to_phones),
            *self.hotline.routes(),
            *self._words.routes(),
            self._page,
        ]

    async def _run(self) -> None:
        seen = 0
        while True:
            if not self.still and not (self.player and self.player.playing):
                async with self._busy:
                    await self.hotline.worker.round()
            if seen != self.exchange.changes.count:
                await self._count()
                seen = self.exchange.changes.count
            await asyncio.sleep(LIVE_EVERY)

    async def _quietly(self, work: Any) -> None:
        """A webhook that was answered badly is shown on its phone; it ends nothing here."""
        with contextlib.suppress(SimulatorError):
            await work


def settings(folder: Path, port: int, own: Path | None = None) -> Settings:
    """A hotline on SQLite in a folder, with no account and no key; with a community file of one's `own`, a copy."""
    community = folder / "community.toml"
    community.write_bytes(own.read_bytes() if own else _shipped().encode())
    if own and own_words.beside(own).is_file():
        own_words.beside(community).write_bytes(own_words.beside(own).read_bytes())
    url = f"http://127.0.0.1:{port}"
    return Settings(
        public_url=url,
        twilio_account_sid="AC" + secrets.token_hex(16),
        twilio_auth_token=secrets.token_hex(16),
        twilio_phone_number=NUMBER,
        twilio_api_url=f"{url}/simulator/api",
        database_url=f"sqlite:///{folder / 'hotline.db'}",
        community_file=str(community),
        port=port,
        segments_per_second=1000,
        recordings=str(folder / "recordings"),
    )


def _shipped() -> str:
    """The demo's file; coordinators are told late, or they would hear of each request at once: only three are asked."""
    text = resources.files("hotline").joinpath("demo.toml").read_text("utf-8")
    return text.replace("[dispatch]\n", "[dispatch]\ntell_early = false\n")


def _coordinators(here: Community) -> dict[str, str]:
    return {name.capitalize(): phone for name, phone in here.coordinators.items()}


def _head(here: Community, own: Path | None) -> list[str]:
    """What the tests' town has to be told, so that it is this one."""
    if own:
        return ["# What I did.", f"# In the community of {own.name}: it is played with that file."]
    shipped = _shipped()
    groups = shipped[shipped.index("[[groups]]") :].splitlines()
    return [
        "# What I did.",
        f"# community: wave_size = {here.rules.wave_size}",
        "# community: wave_minutes = 1",
        f"# community: escalate_after_minutes = {here.rules.escalate_after_minutes:.0f}",
        '# community: quiet_hours = "00:00-00:00"',
        *(f"# community also: {line.partition('#')[0].rstrip()}" for line in groups if line.strip()),
    ]


def _passing(seconds: Any) -> str:
    if not isinstance(seconds, int | float) or not 60 <= seconds <= 8 * 86400:
        raise SimulatorError("a minute at least, and eight days at most")
    for name, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds % length == 0:
            number = int(seconds // length)
            return f"{number} {name}{'s' if number > 1 else ''} {'pass' if number > 1 else 'passes'}"
    raise SimulatorError("whole minutes only")


async def _to_phones(_: Request) -> Response:
    return RedirectResponse("/simulator/")
