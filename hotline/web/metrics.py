"""Metrics for Prometheus: how the hotline does, in numbers, for this machine or whoever has the token. None tells of a
person.

The text format is three lines a figure; a package for it would bring a registry for all the process and two megabytes.
"""

import hmac
import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from hotline.model.calendar import DAY, HOUR
from hotline.storage import Store, StoreDown, lists
from hotline.web.wrong_signatures import WrongSignatures

KIND = "text/plain; version=0.0.4; charset=utf-8"
SPEAKS_FOR = ("x-forwarded-for", "forwarded", "x-real-ip")  # somebody else asks, by way of a proxy
STATUSES = ("draft", "open", "taken")


@dataclass(frozen=True)
class Figure:
    """One figure: its name, what it says, and its value, or one for each of some labels."""

    name: str
    about: str
    value: float | Mapping[str, float]
    label: str = ""
    kind: str = "gauge"

    def __str__(self) -> str:
        head = f"# HELP {self.name} {self.about}\n# TYPE {self.name} {self.kind}\n"
        if not isinstance(self.value, Mapping):
            return f"{head}{self.name} {self.value:.15g}\n"
        return head + "".join(
            f'{self.name}{{{self.label}="{each}"}} {value:.15g}\n' for each, value in self.value.items()
        )


def routes(store: Store, clock: Callable[[], float], wrong: WrongSignatures, token: str) -> list[Route]:
    """The page."""

    async def show(request: Request) -> Response:
        if not may_read(request, token):
            return Response(status_code=404)
        try:
            figures = await _figures(store, clock(), wrong)
        except StoreDown:
            figures = [_up(0)]
        return PlainTextResponse("".join(map(str, figures)), headers={"content-type": KIND})

    return [Route("/metrics", show)]


def may_read(request: Request, token: str) -> bool:
    """Whoever shows the token, and this machine itself."""
    shown = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(shown.encode(), token.encode()):
        return True
    host = request.client.host if request.client else ""
    return _is_this_machine(host) and not any(request.headers.get(name) for name in SPEAKS_FOR)


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _up(value: float) -> Figure:
    return Figure("hotline_database_up", "Whether the database answers.", value)


async def _figures(store: Store, now: float, wrong: WrongSignatures) -> list[Figure]:
    found = await lists.measures(store, now - HOUR, now - DAY)
    (health,), (waits,), flags, backed_up = found["health"], found["outbox"], found["flags"], found["backed_up"]
    needs = {row["status"]: float(row["many"]) for row in found["needs"]}
    spent, came = found["spent"], found["inbound"]
    figures = [
        _up(1),
        Figure("hotline_worker_beat_age_seconds", "Since the worker last beat.", _age(now, health["beat_at"])),
        Figure("hotline_outbox_waiting", "Rows of the outbox that wait.", waits["many"]),
        Figure(
            "hotline_outbox_oldest_seconds", "How long answers or news wait.", _age(now, health["waiting_since"], 0)
        ),
        Figure("hotline_sender_held", "Whether the carrier takes nothing.", float(bool(health["held_for"]))),
        Figure("hotline_unclear_answers", "Answers of the carrier in a row without sense.", health["unclear"] or 0),
        Figure("hotline_needs", "Needs that are not over.", {each: needs.get(each, 0) for each in STATUSES}, "status"),
        Figure("hotline_flags_open", "Notes nobody has looked at.", flags[0]["many"]),
        Figure("hotline_inbound_last_hour", "Texts and steps of calls of the last hour.", came[0]["many"]),
        Figure("hotline_segments_last_day", "Segments sent in the last day.", spent[0]["segments"]),
        Figure("hotline_wrong_signatures_total", "Webhooks wrongly signed.", wrong.count, kind="counter"),
    ]
    if backed_up:
        age = _age(now, backed_up[0]["at"])
        figures.append(Figure("hotline_backup_age_seconds", "Since the last `hotline backup`.", age))
    return figures


def _age(now: float, at: float | None, never: float = float("inf")) -> float:
    return never if at is None else max(0.0, now - at)
