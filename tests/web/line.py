"""Posts to a hotline whatever a test wants, and counts what was written."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from typing import Any
from uuid import uuid4

from aiohttp import ClientSession, DummyCookieJar
from yarl import URL

from hotline.simulator.signing import sign
from hotline.simulator.webhooks import Webhook
from tests.world import ACCOUNT, NUMBER, TOKEN, World

ANA = "+12125550111"
Fields = list[tuple[str, str]]


def sms(body: str = "food", **other: str | None) -> Fields:
    """The fields of a text; None leaves one out."""
    fields: dict[str, str | None] = {"MessageSid": "SM" + uuid4().hex, "AccountSid": ACCOUNT, "From": ANA, "To": NUMBER}
    fields |= {"Body": body, "NumMedia": "0", "FromCity": "", **other}
    return [(name, value) for name, value in fields.items() if value is not None]


def status(sid: str, state: str, **other: str) -> Fields:
    fields = {"MessageSid": sid, "MessageStatus": state, "AccountSid": ACCOUNT, "From": NUMBER, "To": ANA, **other}
    return list(fields.items())


async def post(
    place: World,
    fields: Fields | bytes,
    path: str = "/twilio/sms",
    *,
    signature: str | None = None,
    headers: Mapping[str, str] | None = None,
    method: str = "POST",
) -> tuple[int, str]:
    """Sends a form, or bytes as they are; rightly signed unless a `signature` is given ("" for none)."""
    url = place.exchange.public_url + path
    body = fields if isinstance(fields, bytes) else Webhook(url, tuple(fields)).form.encode()
    right = sign(url, [] if isinstance(fields, bytes) else fields, TOKEN)
    told = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8", **(headers or {})}
    if (signed := right if signature is None else signature) != "":
        told["X-Twilio-Signature"] = signed
    async with (
        ClientSession(cookie_jar=DummyCookieJar()) as session,
        session.request(method, URL(url, encoded=True), data=body, headers=told, allow_redirects=False) as response,
    ):
        return response.status, await response.text()


def rows(place: World) -> dict[str, int]:
    """How many rows each table has, seen from outside."""
    tables = [row["name"] for row in select(place, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: select(place, f"SELECT COUNT(*) AS many FROM {name}")[0]["many"] for name in tables}


def select(place: World, query: str, *values: Any) -> list[dict[str, Any]]:
    """Reads the database as another process would."""
    path = place.settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query, values)]


async def lives_at(place: World, public_url: str) -> None:
    """The hotline believes that the carrier reaches it there."""
    place.settings = replace(place.settings, public_url=public_url)
    await place.restart()
