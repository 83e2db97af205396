"""A whole set-up in a folder, in which nothing is wrong; each test then breaks one thing."""

import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from hotline.channels.catalogue import Catalogue
from hotline.channels.catalogue import languages as all_languages
from hotline.community.reading import load
from hotline.doctor.examination import Carried, Surroundings, examine
from hotline.doctor.findings import Finding
from hotline.doctor.machine_checks import Mount
from hotline.inbound.access_code import PIN
from hotline.model.calendar import DAY
from hotline.model.heartbeat import STARTED
from hotline.model.line import EVERYTHING
from hotline.monitoring import self_probe
from hotline.settings import Settings
from hotline.storage import Store, Transaction, open_store
from hotline.storage.audio import LAST_START, open_places
from tests.doctor.places import PATHS, PretendInspection, Site, World, good_account, hotline

BASE = "https://hotline.example.org"
SECRET = "a secret of nobody at all"
COMMUNITY = """
name = "Eastside Mutual Aid"
languages = ["en", "es"]
country = "US"
timezone = "America/New_York"
emergency = "911"
crisis = "988"

[needs.food]
en = "food"
es = "comida"

[areas.north]
en = "Northside"
es = "Norte"
zips = ["11216"]
near = ["downtown"]

[areas.downtown]
en = "Downtown"
es = "Centro"
zips = ["11201"]

[coordinators.rosa]
phone = "+12125550199"
rings_for_danger = true

[coordinators.ines]
phone = "+12125550198"
"""
BEN = "+12125550112"


@dataclass
class SetUp:
    """A hotline that runs: its folder, its settings, its database, its carrier, and the world around."""

    folder: Path
    settings: Settings
    store: Store
    provider: PretendInspection
    world: World
    now: float
    mounts: tuple[Mount, ...] = (Mount(Path("/"), "ext4"),)
    certificate_ends: float = 0.0

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def set(self, **fields: object) -> None:
        self.settings = replace(self.settings, **fields)  # type: ignore[arg-type]

    async def do(self, turn: object, *args: object) -> None:
        await self.store.run(turn, *args)  # type: ignore[arg-type]

    async def examine(self) -> list[Finding]:
        catalogue = Catalogue(load(Path(self.settings.community_file), all_languages()))

        async def ends_at(host: str, port: int) -> float:
            return self.certificate_ends

        around = Surroundings(self.folder, self.now, ends_at, self.world, self.mounts)
        carried = Carried(EVERYTHING, PATHS, self.provider)
        return (await examine(self.settings, catalogue, carried, around)).findings

    async def names(self) -> list[str]:
        return [each.name for each in await self.examine()]


@asynccontextmanager
async def good(folder: Path, database_url: str = "", base: str = BASE) -> AsyncIterator[SetUp]:
    """One in which nothing is wrong."""
    now = time.time()
    url = database_url or f"sqlite:///{folder}/hotline.db"
    settings = Settings(
        base,
        "AC" + "0" * 32,
        "1" * 32,
        "+12125550100",
        database_url=url,
        community_file=str(folder / "community.toml"),
        secret_key=SECRET,
        recordings=str(folder / "recordings"),
        backups=str(folder / "backups"),
    )
    (folder / "community.toml").write_text(COMMUNITY, "utf-8")
    (folder / ".env").write_text("PUBLIC_URL=https://hotline.example.org\n")
    (folder / ".env").chmod(0o600)
    store = await open_store(url, create=True)
    try:
        await store.run(_live, now)
        await open_places(settings.keeping).put(LAST_START, b"")
        await _back_up(folder / "backups")
        app = hotline(SECRET, store, lambda: now, self_probe.place(url))
        site = Site(app, folder=base.removeprefix(BASE))
        world = World({BASE: site})
        provider = PretendInspection(of=good_account(base, now))
        yield SetUp(folder, settings, store, provider, world, now, certificate_ends=now + 60 * DAY)
    finally:
        await store.close()


def _live(tx: Transaction, now: float) -> None:
    tx.heartbeat.set_mark(STARTED, now - DAY)
    tx.heartbeat.beat("worker-1", now)
    for name, phone, area in (("Ben", BEN, "north"), ("Cho", "+12125550113", "downtown")):
        tx.people.introduce(phone, name, "en", now)
        tx.volunteers.enroll(phone, ("food",), (area,), "active", now)
    tx.inbound.receive("SM1", BEN, "text", "yes", "", now)
    tx.inbound.receive("CA1/0", BEN, "call", "", "", now)
    tx.pins.set(PIN, "hashed")


async def _back_up(folder: Path) -> None:
    folder.mkdir(mode=0o700)  # noqa: ASYNC240 - nobody waits
    kept = folder / "hotline-2026-03-10.db"
    await (await open_store(f"sqlite:///{kept}", create=True)).close()
    os.utime(kept)
