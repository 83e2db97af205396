"""A town of any size, written straight into a hotline's SQLite file, and the pieces that answer its people."""

import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.texts import NUMBER, NUMBERS, fields, said, sid
from hotline.carriers.twilio import parse
from hotline.carriers.twilio.forms import pairs, webhook
from hotline.channels import catalogue as words
from hotline.channels.catalogue import Catalogue
from hotline.community.reading import load
from hotline.inbound.switchboard import Switchboard
from hotline.model.events import Text
from hotline.storage import Store, open_store

NOW = time.time()
DAY = 24 * 3600.0

# Numbers in no order that helps an index, as in texts.py but behind another area code.
PHONE = f"'+1646' || (2000000 + i * 1299709 % {NUMBERS})"
COUNT = "WITH RECURSIVE town (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM town WHERE i + 1 < :size) "

PEOPLE = f"""INSERT INTO people (phone, language, created_at, heard_at)
{COUNT} SELECT {PHONE}, 'en', :now - 90 * 86400 + i, :now - 86400 FROM town"""
NEEDS = f"""INSERT INTO needs (neighbor, code, status, what, area, words, details, created_at, changed_at)
{COUNT} SELECT {PHONE}, 101 + i % 9000, CASE WHEN i % 100 < 3 THEN 'taken' ELSE 'done' END, 'food', 'north',
'food 11216', 'rice and beans for two, by friday if you can', :now - 86400, :now - 86400 FROM town"""
INBOUND = f"""INSERT INTO inbound (id, party, channel, words, body, answer, received_at)
{COUNT} SELECT 'SM' || lower(hex(randomblob(16))), {PHONE}, 'text', 'food 11216', :body, :answer,
:now - 30 * 86400 + i FROM town"""
VOLUNTEERS = f"""INSERT INTO volunteers (phone, needs, areas, asked_at, created_at)
{COUNT} SELECT {PHONE}, 'food ride', 'north downtown', :now - 30 * 86400 + i * 7919 % 1000003, 0 FROM town"""
OFFERS = """INSERT INTO offers (what, area, language, phone, asked_at)
SELECT what.column1, area.column1, 'en', phone, asked_at FROM volunteers
JOIN (VALUES ('food'), ('ride')) AS what JOIN (VALUES ('north'), ('downtown')) AS area"""
ASKED = f"""INSERT INTO alerts (need, volunteer, wave, sent_at, answer)
{COUNT} SELECT (SELECT MIN(number) FROM needs) + i % 1000, {PHONE}, 1, :now - (1 + i % 13) * 86400, 'no' FROM town"""


@dataclass(frozen=True)
class Town:
    """A hotline that is open on a town's file. Its people may text as often as they like."""

    store: Store
    switchboard: Switchboard
    catalogue: Catalogue
    size: int

    async def answer(self, text: Text) -> str:
        answer = await self.store.run(self.switchboard.answer_text, text)
        assert "<Message>" in answer, "nobody was answered: the figures would mean nothing"
        return answer


def neighbor(place: int) -> str:
    """The number of someone who lives in the town."""
    return f"+1646{2_000_000 + place * 1_299_709 % NUMBERS}"


def texts(numbers: Iterable[int], size: int) -> Iterator[Text]:
    """What people of the town say, three texts each, as webhooks bring it. Who speaks is spread over the whole town."""
    for number in numbers:
        speaker, _ = said(number)
        form = dict(fields(number)) | {"From": neighbor(speaker * 7919 % size)}
        yield _text(form)


def text(phone: str, body: str, number: int) -> Text:
    """One text from one person; `number` makes its id."""
    return _text(dict(fields(number)) | {"From": phone, "Body": body, "MessageSid": sid(-number - 1), "To": NUMBER})


def _text(form: dict[str, str]) -> Text:
    body = urlencode(form)
    return parse.text(webhook(pairs(body.encode())), "US", body)


def _settled_in(folder: Path) -> Catalogue:
    folder.mkdir(parents=True)
    community = folder / "community.toml"
    community.write_text(resources.files("hotline").joinpath("demo.toml").read_text("utf-8"), "utf-8")
    return Catalogue(load(community, words.languages()))


@contextlib.asynccontextmanager
async def town(folder: Path, size: int, volunteers: int = 0) -> AsyncIterator[Town]:
    """Seeds a file with so many people, a need and a text of each, and volunteers who were all asked before."""
    catalogue = _settled_in(folder)
    url = f"sqlite:///{folder}/hotline.db"
    await (await open_store(url)).close()
    _seed(folder / "hotline.db", size, volunteers)
    store = await open_store(url)
    switchboard = Switchboard(catalogue, time.time)
    try:
        yield Town(store, switchboard, catalogue, size)
    finally:
        await store.close()


def _seed(file: Path, size: int, volunteers: int) -> None:
    values = {"size": size, "now": NOW, "body": urlencode(fields(0)), "answer": "<Response><Message/></Response>"}
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -2000000")  # KiB: indexes of a million random keys are built here
        connection.execute("BEGIN")
        for statement in (PEOPLE, NEEDS, INBOUND):
            connection.execute(statement, values)
        if volunteers:
            for statement in (VOLUNTEERS, OFFERS, ASKED):
                connection.execute(statement, values | {"size": volunteers})
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def waking(here: Town, wave_size: int) -> Catalogue:
    """The same community with larger waves."""
    rules = replace(here.catalogue.community.rules, wave_size=wave_size, asks_per_week=1_000_000)
    return replace(here.catalogue, community=replace(here.catalogue.community, rules=rules))
