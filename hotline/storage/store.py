"""Store and Transaction: one method for each thing we ask or write."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from hotline.engine.session import Prompt, Session
from hotline.records import Need, Person, Status, Volunteer

T = TypeVar("T")
Row = Mapping[str, Any]


class StoreDown(Exception):
    """The database cannot be reached or will not write now. Nothing was kept."""


class Store(Protocol):
    """Runs whole turns, each in one transaction. `run` returns after the COMMIT that holds the turn, never before."""

    async def run(self, turn: Callable[..., T], *args: Any) -> T:
        """`turn(transaction, *args)`; what it raises undoes what it wrote. StoreDown: nothing could be kept."""
        ...

    async def close(self) -> None: ...


Execute = Callable[[str, Mapping[str, Any]], tuple[Sequence[Row], int]]
"""Runs one named statement with its values: the rows it gives, and how many it changed."""


@dataclass(frozen=True)
class Outgoing:
    """A row of the outbox, held by one worker until its lease runs out. `sids` are the texts that went already."""

    id: int
    party: str
    prompt: Prompt
    about: int
    priority: int
    attempts: int
    lease: int
    sids: tuple[str, ...]


class Transaction:
    """Everything that can be asked and written. Times are UTC seconds."""

    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def _all(self, name: str, /, **values: Any) -> Sequence[Row]:
        return self._execute(name, values)[0]

    def _one(self, name: str, /, **values: Any) -> Row | None:
        rows = self._execute(name, values)[0]
        return rows[0] if rows else None

    def _change(self, name: str, /, **values: Any) -> int:
        return self._execute(name, values)[1]

    # What came in, and what it was answered.

    def receive(self, id: str, party: str, channel: str, words: str, body: str, now: float) -> bool:
        """Keeps what came in; False when it came before."""
        values = {"id": id, "party": party, "channel": channel, "words": words, "body": body, "now": now}
        return self._change("receive", **values) == 1

    def answer_given(self, id: str) -> str:
        row = self._one("answer_given", id=id)
        return (row["answer"] if row else None) or ""

    def give_answer(self, id: str, answer: str) -> None:
        self._change("give_answer", id=id, answer=answer)

    # People and where they stand.

    def person(self, phone: str, now: float) -> Person:
        """Who speaks; a new number gets a row."""
        row = self._one("person", phone=phone)
        if row is None:
            self._change("meet", phone=phone, now=now)
            return Person(phone, Session(phone))
        session = Session.from_plain(phone, row["language"], row["turn"], json.loads(row["session"]))
        return Person(
            phone,
            session,
            known=row["heard_at"] is not None,
            name=row["name"],
            area=row["area"],
            volunteer=row["gives"] is not None and row["gives"] != "waiting",
            opted_out=row["opted_out_at"] is not None,
            can_text=bool(row["can_text"]),
            asked_at=row["asked_at"],
        )

    def keep_session(self, session: Session, asked_at: float, now: float) -> None:
        plain = json.dumps(session.to_plain(), ensure_ascii=False)
        values = {"phone": session.party, "session": plain, "language": session.language, "turn": session.turn}
        self._change("keep_session", **values, asked_at=asked_at, now=now)

    def reach(self, phone: str) -> tuple[str, bool, bool]:
        """(language, whether texts arrive, whether they opted out)."""
        row = self._one("reach", phone=phone)
        return (row["language"], bool(row["can_text"]), row["opted_out_at"] is not None) if row else ("", True, False)

    def name_of(self, phone: str) -> str:
        row = self._one("names", phone=phone)
        return row["name"] if row else ""

    def opt_out(self, phone: str, now: float) -> None:
        self._change("opt_out", phone=phone, now=now)
        self._change("forget_waiting", phone=phone, now=now)

    def opt_in(self, phone: str) -> None:
        self._change("opt_in", phone=phone)

    # Needs.

    def asked_for(self, phone: str) -> tuple[Need, ...]:
        return tuple(map(_need, self._all("asked_for", phone=phone)))

    def in_hand(self, phone: str) -> tuple[Need, ...]:
        return tuple(map(_need, self._all("in_hand", phone=phone)))

    def open_alerts(self, phone: str) -> tuple[tuple[Need, ...], float]:
        """What this volunteer was asked and is still open, newest first, and when the newest was sent."""
        rows = self._all("open_alerts", phone=phone)
        return tuple(map(_need, rows)), rows[0]["sent_at"] if rows else 0.0

    def need(self, number: int) -> Need | None:
        row = self._one("need", number=number)
        return _need(row) if row else None

    def draft(self, phone: str, words: str, now: float) -> int:
        """A need begins; its number."""
        return int(self._all("draft", phone=phone, words=words, now=now)[0]["number"])

    def add_words(self, number: int, words: str, now: float) -> None:
        self._change("add_words", number=number, words=f"\n{words}", now=now)

    def record(self, number: int, fields: Mapping[str, str], now: float) -> None:
        self._must("record", number=number, now=now, **fields)

    def take(self, number: int, phone: str, now: float) -> None:
        self._must("take", number=number, phone=phone, now=now)
        self._change("claim", number=number, phone=phone, now=now)
        self._change("answer_alert", number=number, phone=phone, answer="yes")

    def give_back(self, number: int, phone: str, now: float) -> None:
        self._must("give_back", number=number, phone=phone, now=now)
        self._change("end_claim", number=number, phone=phone, outcome="dropped", now=now)

    def decline(self, number: int, phone: str) -> None:
        self._change("answer_alert", number=number, phone=phone, answer="no")

    def finish(self, number: int, phone: str, now: float) -> None:
        self._must("finish", number=number, now=now)
        self._change("end_claim", number=number, phone=phone, outcome="done", now=now)

    def withdraw(self, number: int, now: float) -> None:
        self._must("withdraw", number=number, now=now)

    def stand_down(self, number: int, phone: str, prompt: Prompt, now: float) -> None:
        """Everyone else who was asked and has not answered hears it once, by one statement however many they are."""
        self._change("tell_the_others", number=number, phone=phone, prompt=_plain(prompt), now=now)
        self._change("stand_down", number=number)

    def _must(self, name: str, /, **values: Any) -> None:
        """A change that the decision knew to be allowed: the lock was taken before, so it changes one row."""
        if self._change(name, **values) != 1:
            raise RuntimeError(f"{name}: the need is not in a status that allows this")

    # Volunteers.

    def enroll(self, phone: str, needs: Sequence[str], areas: Sequence[str], status: str, now: float) -> None:
        self._change("enroll", phone=phone, needs=" ".join(needs), areas=" ".join(areas), status=status, now=now)
        self._change("clear_offers", phone=phone)
        for what in needs:
            for area in areas:
                self._change("offer", what=what, area=area, phone=phone)

    def introduce(self, phone: str, name: str, language: str, now: float) -> None:
        """A person with a name and a language, before they were ever heard."""
        self._change("meet", phone=phone, now=now)
        if name:
            self._change("name_person", phone=phone, name=name)
        if language:
            self._change("speak_to", phone=phone, language=language)

    def approve(self, phone: str) -> bool:
        return self._change("approve", phone=phone) == 1

    def volunteers(self) -> list[Volunteer]:
        return [_volunteer(row) for row in self._all("volunteers")]

    # Dispatch.

    def next_to_look_at(self, now: float) -> Need | None:
        row = self._one("next_to_look_at", now=now)
        return _need(row) if row else None

    def candidates(self, need: Need, area: str, week_ago: float, room: int) -> list[Volunteer]:
        """At most `room` people who give this in that area and were not asked yet, least recently asked first."""
        values = {"what": need.what, "area": area, "neighbor": need.neighbor, "number": need.number}
        return [_volunteer(row) for row in self._all("candidates", **values, week_ago=week_ago, room=room)]

    def alert(self, need: Need, phone: str, wave: int, prompt: Prompt, now: float) -> None:
        self._change("alert", number=need.number, phone=phone, wave=wave, now=now)
        self._change("asked_now", phone=phone, now=now)
        self._change("offers_asked_now", phone=phone, now=now)
        self.put(phone, prompt, need.number, 3, now)

    def wave_sent(self, number: int, wave: int, look_at: float | None, now: float) -> None:
        self._change("wave_sent", number=number, wave=wave, look_at=look_at, now=now)

    def escalated(self, number: int, now: float) -> None:
        self._change("escalated", number=number, now=now)

    # The outbox and what became of it.

    def put(self, party: str, prompt: Prompt, about: int, priority: int, now: float) -> None:
        """Something to be said; a lower priority number goes first."""
        self._change("put", party=party, prompt=_plain(prompt), about=about, priority=priority, now=now)

    def lease_due(self, room: int, until: float, now: float) -> list[Outgoing]:
        """Takes at most `room` due rows for this worker, until that time."""
        rows = self._all("lease_due", room=room, until=until, now=now)
        return sorted(map(_outgoing, rows), key=lambda row: (row.priority, row.id))

    def settle(
        self, row: Outgoing, status: str, now: float, *, reason: str = "", due_at: float = 0.0, sids: Iterable[str] = ()
    ) -> None:
        values = {"id": row.id, "lease": row.lease, "status": status, "reason": reason, "due_at": due_at or now}
        self._change("settle", **values, sids=" ".join(sids), now=now)

    def next_due(self) -> float | None:
        row = self._one("next_due")
        return row["at"] if row else None

    def sent_as(self, sid: str, row: Outgoing, status: str, now: float) -> None:
        self._change("sent_as", sid=sid, id=row.id, status=status, rank=0, now=now)

    def report(self, sid: str, status: str, rank: int, code: str, now: float) -> None:
        """The carrier's word on a text or call. Reports come in any order; a lower rank changes nothing."""
        self._change("report", sid=sid, status=status, rank=rank, code=code, now=now)

    # Flags and health.

    def flag(self, why: str, party: str, words: str, about: int, now: float) -> None:
        self._change("flag", why=why, party=party, words=words, about=about, now=now)

    def beat(self, worker: str, now: float) -> None:
        self._change("beat", worker=worker, now=now)

    def health(self) -> tuple[float | None, float | None]:
        """(when the worker last beat, since when the oldest message is due)."""
        row = self._one("health")
        return (row["beat_at"], row["waiting_since"]) if row else (None, None)


def _plain(prompt: Prompt) -> str:
    return json.dumps(prompt.to_plain(), ensure_ascii=False)


def _need(row: Row) -> Need:
    return Need(
        number=row["number"],
        neighbor=row["neighbor"],
        status=Status(row["status"]),
        what=row["what"],
        area=row["area"],
        words=row["words"],
        details=row["details"],
        recording=row["recording"],
        callback=row["callback"],
        wanted=row["wanted"],
        takers=tuple(row["takers"].split()),
        wave=row["wave"],
        created_at=row["created_at"],
        asked_since=row["asked_since"],
        escalated=row["escalated_at"] is not None,
    )


def _volunteer(row: Row) -> Volunteer:
    keys = row.keys()
    return Volunteer(
        phone=row["phone"],
        name=row["name"],
        needs=tuple(row["needs"].split()),
        areas=tuple(row["areas"].split()),
        language=row["language"],
        status=row["status"],
        last_asked_at=row["asked_at"],
        asks_this_week=row["asks_this_week"] if "asks_this_week" in keys else 0,
    )


def _outgoing(row: Row) -> Outgoing:
    prompt = Prompt.from_plain(json.loads(row["prompt"]))
    sids = tuple(row["sids"].split())
    return Outgoing(row["id"], row["party"], prompt, row["about"], row["priority"], row["attempts"], row["lease"], sids)
