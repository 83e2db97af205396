"""Every fault that the doctor knows is made in a set-up in which nothing is wrong, and has to be named."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest

from hotline.carriers.account import Account, Entrance, Failed, Hook, Odd
from hotline.carriers.api import CarrierError, Reaction
from hotline.doctor.findings import Finding, found, in_order, kinds
from hotline.doctor.machine_checks import Mount
from hotline.model.calendar import DAY, HOUR
from hotline.model.heartbeat import SENSELESS
from hotline.model.senders import Sender, Standing
from hotline.monitoring import self_probe
from hotline.storage import Transaction
from tests.doctor.places import HOOK, Site, hotline
from tests.doctor.setups import BASE, BEN, COMMUNITY, SetUp, good

Break = Callable[[SetUp], Awaitable[None]]
FAULTS: dict[str, Break] = {}
ELSEWHERE = ("mistake",)  # tested with the command: nothing can be opened then


def fault(name: str) -> Callable[[Break], Break]:
    def keep(work: Break) -> Break:
        FAULTS[name] = work
        return work

    return keep


def settings(name: str, **fields: object) -> None:
    """A fault that is a setting."""

    @fault(name)
    async def _(here: SetUp) -> None:
        here.set(**fields)


def account(name: str, **fields: object) -> None:
    """A fault of the carrier's account."""

    @fault(name)
    async def _(here: SetUp) -> None:
        here.provider.change(**fields)


def line(name: str, **fields: Any) -> None:
    """A fault of the number, as the carrier has it."""

    @fault(name)
    async def _(here: SetUp) -> None:
        here.provider.change(entrances=(replace(here.provider.of.entrances[0], **fields),))


def words(name: str, before: str, after: str) -> None:
    """A fault of the community file."""

    @fault(name)
    async def _(here: SetUp) -> None:
        assert before in COMMUNITY
        here.write("community.toml", COMMUNITY.replace(before, after))


settings("address_local", public_url="http://192.168.1.20:8000")
settings("address_plain", public_url="http://hotline.example.org")
settings("address_path", public_url=f"{BASE}{HOOK}")
settings("address_underscore", public_url="https://my_hotline.example.org")
settings("no_secret", secret_key="")
settings("gone", database_url="postgresql://nobody@127.0.0.1:1/none")
account("closed", status="suspended")
account("trial", trial=True)
account("unverified", trial=True, confirmed=frozenset(("+12125550199",)))
account("no_money", balance=0.2)
account("money_ends", balance=3.0, spent_a_day=0.6)
account("number_unknown", has_number=False)
account("service_unknown", has_service=False)
account("service_empty", has_service=True, pooled=False)
account("registration_missing", registration="missing")
account("registration_waits", registration="waiting", registration_says="PENDING")
account("registration_failed", registration="failed", registration_says="FAILED")
account("texts_unregistered", refused=(Failed("30034", 1, "registration"),))
account("texts_filtered", refused=(Failed("30007", 1, "filtered"),))
account("texts_refused", refused=(Failed("30008", 5),))
account("webhooks_fail", unbrought=(Failed("11200", 2),))
account("country_shut", calls_home=False)
account("clock", clock=time.time() + 600)
line("no_texts", can_text=False)
line("no_calls", can_call=False)
line("text_hook_missing", texts=Hook(""))
line("text_hook_elsewhere", texts=Hook("https://old.example.org/sms", "POST", "https://elsewhere.example.net/"))
line("text_hook_method", texts=Hook(f"{BASE}{HOOK}", "GET", "https://elsewhere.example.net/"))
line("voice_hook_missing", calls=Hook(""))
line("voice_hook_elsewhere", calls=Hook("https://demo.example.org/welcome", "POST", "https://elsewhere.example.net/"))
line("voice_hook_method", calls=Hook(f"{BASE}/carrier/call", "get", "https://elsewhere.example.net/"))
line("ends_elsewhere", ends=Hook("https://old.example.org/status"))
line("no_fallback", texts=Hook(f"{BASE}{HOOK}#rc=3", "POST"))
words("no_crisis", 'crisis = "988"', 'crisis = ""')
words("zone_elsewhere", "America/New_York", "America/Los_Angeles")
words("no_coordinators", COMMUNITY[COMMUNITY.index("[coordinators.rosa]") :], "")
words("one_coordinator", COMMUNITY[COMMUNITY.index("[coordinators.ines]") :], "")
words("nobody_rung", "rings_for_danger = true", "")
words("no_safety_calls", "[coordinators.rosa]", "[sharing]\nrings = true\n\n[coordinators.rosa]")
words(
    "more_without",
    "[areas.north]",
    "".join(f'[needs.{each}]\nen = "{each}"\nes = "{each}s"\n\n' for each in ("ride", "tools", "wood"))
    + "[areas.north]",
)
words("nobody_gives", "[areas.north]", '[needs.ride]\nen = "a ride"\nes = "viaje"\n\n[areas.north]')
IN_CREOLE = {
    'es = "comida"': 'ht = "manje"',
    'es = "Norte"': 'ht = "Nò"',
    'es = "Centro"': 'ht = "Anba"',
    '"es"]': '"ht"]',
}


def sites(name: str, change: Callable[[SetUp], dict[str, Site]]) -> None:
    """A fault of what stands at our address."""

    @fault(name)
    async def _(here: SetUp) -> None:
        here.world.sites = change(here)


sites("name_unknown", lambda _: {})
sites("nobody_listens", lambda _: {BASE: Site(broken="nobody_listens")})
sites("certificate_bad", lambda _: {BASE: Site(broken="certificate_bad")})
sites("another_program", lambda _: {BASE: Site(status=404)})
sites("too_slow", lambda here: {BASE: replace(here.world.sites[BASE], slow=9.0)})
sites("proxy_unknown", lambda here: {BASE: replace(here.world.sites[BASE], client="198.51.100.7")})
sites("no_lock", lambda here: {BASE: Site(broken="nobody_listens"), f"http{BASE[5:]}": here.world.sites[BASE]})
sites("refused", lambda here: {BASE: replace(here.world.sites[BASE], drops=("x-signature",))})


@fault("unspoken")
async def _(here: SetUp) -> None:
    spoken = COMMUNITY
    for before, after in IN_CREOLE.items():
        spoken = spoken.replace(before, after)
    here.write("community.toml", spoken)


@fault("another_hotline")
async def _(here: SetUp) -> None:
    other = _copied(here)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("UPDATE marks SET at = 1 WHERE name = 'started'")
        connection.commit()


@fault("credential")
async def _(here: SetUp) -> None:
    here.provider.wrong = (Odd("AUTH_TOKEN", "it has 31 letters", "32 letters and digits"),)


@fault("no_number")
async def _(here: SetUp) -> None:
    here.provider.number = ""


@fault("moved")
async def _(here: SetUp) -> None:
    right = here.world.sites[BASE]
    here.world.sites = {
        BASE: Site(sends_on="https://www.hotline.example.org"),
        "https://www.hotline.example.org": right,
    }


@fault("elsewhere")
async def _(here: SetUp) -> None:
    here.set(public_url=f"{BASE}/carrier/text")


@fault("wrongly_signed")
async def _(here: SetUp) -> None:
    ours, wrong = self_probe.place(here.settings.database_url), "some were wrongly signed: see the log"
    some = hotline(here.settings.secret, here.store, lambda: here.now, ours, wrong)
    here.world.sites[BASE] = replace(here.world.sites[BASE], app=some)


@fault("certificate_ends")
async def _(here: SetUp) -> None:
    here.certificate_ends = here.now + 3 * DAY


@fault("carrier_silent")
async def _(here: SetUp) -> None:
    here.provider.refusal = CarrierError(Reaction.AGAIN, "no connection")


@fault("carrier_refused_by")
async def _(here: SetUp) -> None:
    here.provider.refusal = CarrierError(Reaction.STOP, "20003")


@fault("phone_silent")
async def _(here: SetUp) -> None:
    here.set(carrier="android", android_url="http://192.168.1.20:8080")
    here.provider.refusal = CarrierError(Reaction.AGAIN, "no connection")


@fault("phone_refused_by")
async def _(here: SetUp) -> None:
    here.set(carrier="android", android_url="http://192.168.1.20:8080")
    here.provider.refusal = CarrierError(Reaction.STOP, "401")


@fault("env_open")
async def _(here: SetUp) -> None:
    (here.folder / ".env").chmod(0o644)


@fault("open")
async def _(here: SetUp) -> None:
    (here.folder / "hotline.db").chmod(0o664)


@fault("disk_full")
async def _(here: SetUp) -> None:
    patch("hotline.doctor.machine_checks.shutil.disk_usage", lambda _: SimpleNamespace(free=10**6)).start()


@fault("disk_forgets")
async def _(here: SetUp) -> None:
    here.mounts = (Mount(Path("/"), "overlay"),)


@fault("disk_forgot")
async def _(here: SetUp) -> None:
    for each in (here.folder / "recordings").iterdir():
        each.unlink()


@fault("missing")
async def _(here: SetUp) -> None:
    here.set(database_url=f"sqlite:///{here.folder}/other/hotline.db")


@fault("damaged")
async def _(here: SetUp) -> None:
    torn = here.folder / "torn.db"
    torn.write_bytes((here.folder / "backups" / "hotline-2026-03-10.db").read_bytes()[:8192] + b"\0" * 40960)
    torn.chmod(0o600)
    here.set(database_url=f"sqlite:///{torn}")


def _copied(here: SetUp) -> Path:
    """Another database of the same content, which the settings name from now on."""
    other = here.folder / "other.db"
    with closing(sqlite3.connect(here.folder / "hotline.db")) as of, closing(sqlite3.connect(other)) as to:
        of.backup(to)
    other.chmod(0o600)
    here.set(database_url=f"sqlite:///{other}")
    return other


def _of_version(here: SetUp, version: int) -> None:
    other = _copied(here)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("DELETE FROM schema_version")
        connection.execute("INSERT INTO schema_version VALUES (?, '')", (version,))
        connection.commit()


@fault("newer")
async def _(here: SetUp) -> None:
    _of_version(here, 999)


@fault("older")
async def _(here: SetUp) -> None:
    _of_version(here, 2)


@fault("no_backup")
async def _(here: SetUp) -> None:
    for each in (here.folder / "backups").iterdir():
        each.unlink()


@fault("old_backup")
async def _(here: SetUp) -> None:
    for each in (here.folder / "backups").glob("*.db"):
        os.utime(each, (here.now - 5 * DAY, here.now - 5 * DAY))


@fault("broken_backup")
async def _(here: SetUp) -> None:
    (here.folder / "backups" / "hotline-2026-03-10.db").write_bytes(b"no database at all")


@fault("recordings_shut")
async def _(here: SetUp) -> None:
    here.write("a_file", "")
    here.set(recordings=str(here.folder / "a_file"))


def turns(name: str, turn: Callable[[Transaction, float], Any]) -> None:
    """A fault of what stands in the database."""

    @fault(name)
    async def _(here: SetUp) -> None:
        await here.do(turn, here.now)


turns("worker_silent", lambda tx, now: tx.heartbeat.beat("worker-1", now - HOUR))
turns("held", lambda tx, now: _judged(tx, Sender(Standing.HELD, now + DAY, "20003"), now))
turns("coordinator_shut_out", lambda tx, now: _hears_nothing(tx, "+12125550199", now))
turns("volunteers_shut_out", lambda tx, now: tx.people.opt_out(BEN, now))
turns("unseen", lambda tx, now: tx.flags.add("wants_a_person", BEN, "call me", 0, now - 2 * DAY))
turns("waiting", lambda tx, now: tx.flags.add("volunteer_waits", BEN, "", 0, now - 2 * DAY))


def _hears_nothing(tx: Transaction, phone: str, now: float) -> None:
    tx.people.introduce(phone, "Rosa", "en", now)
    tx.people.opt_out(phone, now)


def _judged(tx: Transaction, sender: Sender, now: float) -> None:
    tx.senders.judge("texts", sender, now)


def rows(name: str, *statements: str) -> None:
    """A fault that only time brings: the rows are as they would be then."""

    @fault(name)
    async def _(here: SetUp) -> None:
        with closing(sqlite3.connect(here.folder / "hotline.db")) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()


OUTBOX = (
    "INSERT INTO outbox (party, prompt, priority, status, due_at, created_at, changed_at) "
    f"VALUES ('{BEN}', '[]', 2, '%s', {time.time() - HOUR}, 0, {time.time()})"
)
rows("never_started", "DELETE FROM beats")
rows("stuck", OUTBOX % "waiting")
rows("dead_letters", OUTBOX % "failed")
turns("senseless", lambda tx, now: _judged(tx, Sender(unclear=SENSELESS), now))
rows("no_text", "DELETE FROM inbound WHERE channel = 'text'")
rows("no_call", "DELETE FROM inbound WHERE channel <> 'text'")
rows("long_quiet", f"UPDATE inbound SET received_at = {time.time() - 9 * DAY}")
rows("no_volunteers", "UPDATE volunteers SET status = 'left'")
rows("no_pin", "DELETE FROM pins")


@pytest.mark.parametrize("name", [name for name in kinds() if name not in ELSEWHERE])
def test_a_fault_that_is_made_is_named(name: str, tmp_path: Path) -> None:
    async def play() -> list[Finding]:
        async with good(tmp_path) as here:
            await FAULTS[name](here)
            return await here.examine()

    try:
        findings = asyncio.run(play())
    finally:
        patch.stopall()
    told = {each.name: each for each in findings}
    assert name in told, sorted(told)
    assert "{" not in told[name].wrong + told[name].why + told[name].mend


def test_every_fault_is_made_and_none_twice() -> None:
    assert set(FAULTS) | set(ELSEWHERE) >= set(kinds())
    assert set(FAULTS) <= set(kinds())


def test_there_are_more_than_forty() -> None:
    assert len(kinds()) >= 40


def test_what_matters_most_comes_first_and_once() -> None:
    findings = [found("no_pin"), found("trial"), found("no_pin"), found("number_unknown", number="+1")]
    assert [each.name for each in in_order(findings)] == ["trial", "number_unknown", "no_pin"]


def test_an_account_of_which_nothing_is_known_is_blamed_for_nothing() -> None:
    from hotline.doctor.account_checks import Wanted, judge

    wanted = Wanted("+12125550100", "US", f"{BASE}{HOOK}", f"{BASE}/call", f"{BASE}/status", {})
    assert list(judge(Account(entrances=(Entrance("The number", None, None),)), wanted, 0.0)) == []


def test_a_copied_folder_is_told_from_the_one_that_runs(tmp_path: Path) -> None:
    async def play() -> list[str]:
        async with good(tmp_path) as here:
            copy = tmp_path / "copy.db"
            with closing(sqlite3.connect(tmp_path / "hotline.db")) as file:
                file.execute("VACUUM INTO ?", (str(copy),))
            copy.chmod(0o600)
            (tmp_path / ".env.bak").write_text("TWILIO_AUTH_TOKEN=" + "1" * 32)
            (tmp_path / ".env.bak").chmod(0o644)
            here.set(database_url=f"sqlite:///{copy}")
            return await here.names()

    assert {"another_hotline", "env_open"} <= set(asyncio.run(play()))
