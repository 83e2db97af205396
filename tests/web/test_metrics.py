"""Metrics: for this machine or whoever has the token, as Prometheus reads them; the alert rules name what there is."""

import asyncio
import re
from pathlib import Path

import pytest
from starlette.requests import Request

from hotline.carriers.twilio.webhooks import FormWebhooks
from hotline.storage import open_store
from hotline.web.metrics import may_read, routes
from hotline.web.wrong_signatures import WrongSignatures

NOW = 1_773_158_400.0
TOKEN = "a token for a watcher"


def asked(host: str, **headers: str) -> Request:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/metrics", "headers": named, "client": (host, 1)})


@pytest.mark.parametrize(
    ("request_", "allowed"),
    [
        (asked("127.0.0.1"), True),
        (asked("::1"), True),
        (asked("127.0.0.1", x_forwarded_for="203.0.113.9"), False),
        (asked("203.0.113.9"), False),
        (asked("203.0.113.9", authorization=f"Bearer {TOKEN}"), True),
        (asked("203.0.113.9", authorization="Bearer another"), False),
        (asked("not an address"), False),
    ],
)
def test_who_may_read(request_: Request, allowed: bool) -> None:
    assert may_read(request_, TOKEN) is allowed


def test_without_a_token_nobody_elsewhere_may() -> None:
    assert not may_read(asked("203.0.113.9", authorization="Bearer "), "")


def page(url: str) -> str:
    async def read() -> str:
        store = await open_store(url)
        try:
            await store.run(lambda tx: tx.heartbeat.beat("worker-1", NOW - 7))
            await store.run(lambda tx: tx.needs.draft("+12125550111", "food", NOW))
            await store.run(lambda tx: tx.heartbeat.set_mark("backed_up", NOW - 60))
            wrong = WrongSignatures("https://hotline.example.org", FormWebhooks("AC1", "a token", "US"), lambda: NOW)
            (route,) = routes(store, lambda: NOW, wrong, "")
            answer = await route.endpoint(asked("127.0.0.1"))
            return bytes(answer.body).decode()
        finally:
            await store.close()

    return asyncio.run(read())


def test_every_line_is_one_that_prometheus_reads(database_url: str) -> None:
    text = page(database_url)
    line = re.compile(r"# (HELP|TYPE) hotline_\w+ .+|hotline_\w+(\{\w+=\"\w+\"\})? ([\d.e+]+|inf)")
    assert [each for each in text.splitlines() if not line.fullmatch(each)] == []
    assert "hotline_worker_beat_age_seconds 7\n" in text
    assert 'hotline_needs{status="draft"} 1\n' in text
    assert "hotline_backup_age_seconds 60\n" in text
    assert "2125550111" not in text


def test_the_alert_rules_name_figures_that_there_are(tmp_path: Path) -> None:
    there = set(re.findall(r"^hotline_\w+", page(f"sqlite:///{tmp_path}/hotline.db"), re.MULTILINE))
    rules = Path("docs/alerts.rules.yml").read_text("utf-8")
    named = set(re.findall(r"\bhotline_\w+", rules))
    assert named
    assert named <= there
