"""Examination: looks at everything that can be seen from this machine, and puts what is wrong in order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from hotline.carriers.account import Account, Inspection
from hotline.carriers.api import CarrierError, Paths
from hotline.channels.catalogue import Catalogue
from hotline.channels.prompt_clips import is_for_coordinators, sheet
from hotline.community.model import Community
from hotline.doctor import account_checks, address_checks, machine_checks, people_checks, work_checks
from hotline.doctor.account_checks import Wanted
from hotline.doctor.findings import Finding, found, in_order
from hotline.doctor.machine_checks import Mount
from hotline.doctor.people_checks import People
from hotline.doctor.reach import Outside, Reach
from hotline.inbound.access_code import PIN
from hotline.model.heartbeat import Health, Work
from hotline.model.line import Line
from hotline.model.recordings import BUCKET
from hotline.monitoring import self_probe
from hotline.settings import ANDROID, Settings
from hotline.storage import NoDatabase, Store, StoreDown, Transaction, lists, open_store
from hotline.storage.audio import LAST_START, PlaceError, open_places
from hotline.storage.condition import condition, file_condition
from hotline.web.connections import Addresses

EXAMPLE = ".env.example"  # has no secrets


@dataclass(frozen=True)
class Carried:
    """The carrier in use: what its line can do, where it reaches us, and what it can say about itself."""

    line: Line
    paths: Paths
    inspection: Inspection


@dataclass(frozen=True)
class Surroundings:
    """Where it is looked: the folder of `.env`, the disks, how addresses are asked, when a certificate ends, and the
    clock (UTC seconds)."""

    folder: Path
    now: float
    ends_at: Callable[[str, int], Awaitable[float]]
    reach: Reach = field(default_factory=Outside)
    mounts: Sequence[Mount] = ()


@dataclass(frozen=True)
class Seen:
    """What was read from the database in one moment."""

    work: Work
    health: Health
    people: People


@dataclass(frozen=True)
class Examination:
    """Everything that is wrong, what matters most first; and whether the database could be read as it is."""

    findings: list[Finding]
    could_read: bool


async def examine(settings: Settings, catalogue: Catalogue, carried: Carried, around: Surroundings) -> Examination:
    """Looks at everything."""
    everything: list[Finding] = [*_of_settings(settings, catalogue.community, carried, around)]
    seen, wrong = await _database(settings, catalogue, around)
    everything += wrong
    account, wrong = await _account(settings, carried, catalogue.community, around.now)
    everything += wrong
    everything += await _recordings(settings, around, seen.work.started if seen else None)
    if seen:
        everything += work_checks.judge(seen.work, seen.health, around.now, can_call=carried.line.calls)
        file = settings.community_file
        everything += people_checks.judge(
            seen.people, catalogue.community, file, around.now, can_call=carried.line.calls
        )
    everything += [each async for each in _address(settings, carried, account, seen, around)]
    return Examination(in_order(everything), seen is not None)


def of_forms(settings: Settings, inspection: Inspection, paths: Paths) -> Iterator[Finding]:
    """What is seen of the settings alone, before anybody is asked."""
    yield from address_checks.of_itself(settings.public_url, paths.all)
    for odd in inspection.odd():
        yield found("credential", setting=odd.setting, looks=odd.looks, form=odd.form)


def _of_settings(settings: Settings, community: Community, carried: Carried, around: Surroundings) -> Iterator[Finding]:
    yield from of_forms(settings, carried.inspection, carried.paths)
    if carried.line.calls and not carried.inspection.number:
        yield found("no_number", setting=carried.inspection.number_setting)
    if not settings.secret_key:
        yield found("no_secret")
    yield from people_checks.in_zone(carried.inspection.number, community, around.now)
    if not community.crisis:
        yield found("no_crisis", emergency=community.emergency, file=settings.community_file)
    for file in sorted(around.folder.glob(".env*")):  # and copies that somebody left beside it
        if file.name != EXAMPLE:
            yield from machine_checks.private(file, "env_open")


async def _database(
    settings: Settings, catalogue: Catalogue, around: Surroundings
) -> tuple[Seen | None, list[Finding]]:
    """What stands in it, unless looking would change it."""
    wrong = list(_of_files(settings, around))
    wrong += await asyncio.to_thread(_backups, settings, around.now)
    how = await condition(settings.database_url)
    if how.damage:
        return None, [*wrong, found("damaged", detail=how.damage)]
    if how.present is None:
        return None, [*wrong, _no_database(settings, how.gone, around.folder)]
    if not how.can_be_read:
        name = "newer" if how.present > how.newest else "older"
        return None, [*wrong, found(name, present=how.present, newest=how.newest)]
    try:
        store = await open_store(settings.database_url, create=False)
    except (StoreDown, NoDatabase) as error:
        return None, [*wrong, found("gone", detail=str(error))]
    try:
        return await _look(store, catalogue, around.now), wrong
    except StoreDown as error:
        return None, [*wrong, found("gone", detail=str(error))]
    finally:
        await store.close()


def _of_files(settings: Settings, around: Surroundings) -> Iterator[Finding]:
    """The database, if it is a file: who can read it, and on what it lies."""
    path = _file(settings)
    if path is None:
        return
    for each in (path, *(Path(f"{path}{end}") for end in ("-wal", "-shm"))):
        yield from machine_checks.private(each, "open")
    yield from machine_checks.disk("the database", path.parent, around.mounts)


def _file(settings: Settings) -> Path | None:
    url = settings.database_url
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:") else None


def _backups(settings: Settings, now: float) -> list[Finding]:
    folder = Path(settings.backups)
    newest = machine_checks.newest_backup(folder)
    how = file_condition(newest) if newest else None
    broken = (how.damage or how.gone) if how else ""
    if how and not broken and not how.present:
        broken = "it is no database of a hotline"
    return list(machine_checks.backups(folder, newest, broken, now))


def _no_database(settings: Settings, gone: str, folder: Path) -> Finding:
    path = _file(settings)
    if path is None:
        return found("gone", detail=gone)
    others = [each for each in folder.absolute().glob("*.db") if each.name != path.name]
    others += [each / path.name for each in folder.absolute().parents[:2] if (each / path.name).is_file()]
    elsewhere = f" There is one at {others[0]}." if others else ""
    return found("missing", where=path.absolute(), elsewhere=elsewhere)


async def _look(store: Store, catalogue: Catalogue, now: float) -> Seen:
    """A look at a time, and the long ones beside the writer: texts go on, also where it all takes half a second."""
    coordinators = catalogue.community.coordinators.values()
    people = People(
        volunteers=await lists.volunteers(store),
        flags=await lists.open_flags(store),
        reach=await store.run(lambda tx: {phone: tx.people.reach(phone) for phone in coordinators}),
        shut_out=await store.run(lambda tx: tx.volunteers.shut_out()),
        has_pin=await store.run(lambda tx: tx.pins.get(PIN) is not None),
        unspoken=await store.run(lambda tx: dict(_unspoken(tx, catalogue))),
    )
    work = await store.run(lambda tx: tx.heartbeat.work(now - work_checks.LATELY))
    return Seen(work, await store.run(lambda tx: tx.heartbeat.health()), people)


def _unspoken(tx: Transaction, catalogue: Catalogue) -> Iterator[tuple[str, int]]:
    """What each language lacks that is offered by phone and has no voice of the carrier's."""
    said = {(voice.language, voice.words) for voice in tx.voices.all()}
    for language in catalogue.community.languages:
        if catalogue.has_voice(language):
            continue
        wanted = [piece for piece in sheet(language, catalogue) if not is_for_coordinators(piece)]
        if lacking := sum((language, piece.words) not in said for piece in wanted):
            yield language, lacking


async def _account(
    settings: Settings, carried: Carried, community: Community, now: float
) -> tuple[Account | None, list[Finding]]:
    try:
        account = await carried.inspection.account(now)
    except CarrierError as error:
        name = "refused_by" if error.refuses_us else "silent"
        of = "phone_" if settings.carrier == ANDROID else "carrier_"
        return None, [found(f"{of}{name}", detail=error.told, where=settings.android_url)]
    people = {phone: name for name, phone in community.coordinators.items()}
    base = settings.public_url.rstrip("/")
    texts, calls, ends = (f"{base}{path}" for path in (carried.paths.text, carried.paths.call, carried.paths.status))
    wanted = Wanted(carried.inspection.number, community.country, texts, calls, ends, people)
    return account, list(account_checks.judge(account, wanted, now))


async def _recordings(settings: Settings, around: Surroundings, started: float | None) -> list[Finding]:
    """Whether sounds can be kept, who can read them, and whether they are there after the next start."""
    try:
        places = open_places(settings.keeping)
        await places.check()
        forgot = started is not None and await places.get(LAST_START) is None
    except PlaceError as error:
        return [found("recordings_shut", folder=settings.recordings, detail=str(error))]
    wrong = [found("disk_forgot", folder=settings.recordings)] if forgot else []
    if settings.recordings.startswith(BUCKET):
        return wrong
    folder = Path(settings.recordings)
    wrong += machine_checks.private(folder, "open")
    return [*wrong, *machine_checks.disk("the folder of recordings", folder, around.mounts)]


async def _address(
    settings: Settings, carried: Carried, account: Account | None, seen: Seen | None, around: Surroundings
) -> AsyncIterator[Finding]:
    if any(each.name == "address_local" for each in address_checks.of_itself(settings.public_url, ())):
        return
    here = address_checks.Here(
        settings.public_url,
        self_probe.key(settings.secret),
        seen.work.started if seen else None,
        settings.port,
        Addresses(settings.proxies).is_proxy,
        _elsewhere(account, carried.paths),
        self_probe.place(settings.database_url),
    )
    async for each in address_checks.from_outside(
        here, around.reach, carried.inspection.signed(settings.public_url.rstrip("/")), around.now
    ):
        yield each
    async for each in address_checks.certificate(settings.public_url, around.ends_at, around.now):
        yield each


def _elsewhere(account: Account | None, paths: Paths) -> tuple[str, ...]:
    """Where the carrier believes that we are, without what we add to our address."""
    hooks = [hook for each in (account.entrances if account else ()) for hook in (each.texts, each.calls) if hook]
    urls = [hook.url.split("#")[0] for hook in hooks]
    found = [url.removesuffix(end) for url in urls for end in paths.all if url.endswith(end)]
    return tuple(each for each in dict.fromkeys(found) if urlsplit(each).hostname)
