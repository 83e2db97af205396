"""Texts to a hotline in this process, many at once, over connections that are kept."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from xml.etree.ElementTree import fromstring

from aiohttp import ClientSession, DummyCookieJar, TCPConnector
from yarl import URL

from hotline.channels.catalogue import messages
from hotline.simulator.signing import sign
from hotline.simulator.webhooks import Webhook
from tests.world import ACCOUNT, COMMUNITY, NUMBER, TOKEN

Fields = list[tuple[str, str]]
AWAKE_COMMUNITY = COMMUNITY.replace("[dispatch]\n", '[dispatch]\nquiet_hours = "00:00-00:00"\nasks_per_week = 10000\n')


@dataclass(frozen=True)
class Wire:
    """Where texts go: `public_url` is what is signed, `url` where the process listens."""

    session: ClientSession
    public_url: str
    url: str = ""

    async def post(self, path: str, fields: Fields) -> tuple[int, str]:
        """Rightly signed."""
        webhook = Webhook(self.public_url + path, tuple(fields))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": sign(webhook.url, webhook.params, TOKEN),
        }
        address = URL((self.url or self.public_url) + path, encoded=True)
        async with self.session.post(address, data=webhook.form, headers=headers) as response:
            return response.status, await response.text()

    async def text(self, sid: str, phone: str, words: str) -> str:
        """The answer to a text; anything but a document is an error."""
        status, answer = await self.post("/twilio/sms", text_fields(sid, phone, words))
        assert status == 200, (status, answer)
        return answer


@asynccontextmanager
async def wire(public_url: str, url: str = "") -> AsyncIterator[Wire]:
    """To a server in this process each time anew: its listener delays small packets on a connection that is kept."""
    connector = TCPConnector(limit=64, force_close=not url)
    async with ClientSession(connector=connector, cookie_jar=DummyCookieJar()) as session:
        yield Wire(session, public_url, url)


def text_fields(sid: str, phone: str, words: str) -> Fields:
    return [("MessageSid", sid), ("AccountSid", ACCOUNT), ("From", phone), ("To", NUMBER), ("Body", words)]


def said(answer: str) -> list[str]:
    """The texts of an answer; a document that is not well formed is an error."""
    return [each.text or "" for each in fromstring(answer).iter("Message")]


def wording(key: str, language: str = "en", channel: str = "text") -> str:
    """What every text of that wording holds, whatever was filled in."""
    flow, step = key.split(".")
    parts = re.split(r"\{\w+\}", str(messages(language)[flow][step][channel]))
    return max((line for part in parts for line in part.splitlines()), key=len).strip()


def phones(many: int, area: int = 212) -> list[str]:
    """Numbers that there could be, each one another: at most 7,000 of an area."""
    return [f"+1{area + at // 7000}555{2000 + at % 7000:04}" for at in range(many)]
