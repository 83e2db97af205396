"""Needs, from the first word to the last."""

import json
from collections.abc import Mapping

from hotline.engine.session import Prompt
from hotline.model.records import Need, Status
from hotline.storage.execute import Row, Statements

NOTHING_ANSWERED = {"what": "", "area": "", "details": "", "recording": ""}


class Needs(Statements):
    """What people ask for, and who has it."""

    def asked_for(self, phone: str) -> tuple[Need, ...]:
        return tuple(map(need_of, self._all("asked_for", phone=phone)))

    def open_needs(self, room: int) -> list[Need]:
        return list(map(need_of, self._all("open_needs", room=room)))

    def in_hand(self, phone: str) -> tuple[Need, ...]:
        return tuple(map(need_of, self._all("in_hand", phone=phone)))

    def open_alerts(self, phone: str) -> tuple[tuple[Need, ...], float]:
        """What this volunteer was asked and is still open, newest first, and when the newest was sent."""
        rows = self._all("open_alerts", phone=phone)
        return tuple(map(need_of, rows)), rows[0]["sent_at"] if rows else 0.0

    def need(self, number: int) -> Need | None:
        row = self._one("need", number=number)
        return need_of(row) if row else None

    def draft(
        self, phone: str, words: str, now: float, fields: Mapping[str, str] | None = None, check_at: float | None = None
    ) -> int:
        """A need begins, with what the first words have answered already; its number."""
        answered = {**NOTHING_ANSWERED, **(fields or {})}
        return int(self._all("draft", phone=phone, words=words, now=now, check_at=check_at, **answered)[0]["number"])

    def add_words(self, number: int, words: str, now: float) -> None:
        self._change("add_words", number=number, words=f"\n{words}", now=now)

    def fill_draft(self, number: int, fields: Mapping[str, str], now: float) -> None:
        self._change("fill_draft", number=number, now=now, **fields)

    def settled(self, phone: str, since: float) -> Need | None:
        """What this volunteer was asked last and somebody else has taken."""
        row = self._one("settled", phone=phone, since=since)
        return need_of(row) if row else None

    def record(self, number: int, fields: Mapping[str, str | int], now: float) -> None:
        """A draft becomes an open need. `fields` are its columns; those not given are as for any need."""
        self._must("record", number=number, now=now, **{"urgent": 0, "every": "", "wanted": 1, **fields})
        self.woke = True

    def make_urgent(self, number: int, now: float) -> None:
        self._change("make_urgent", number=number, now=now)
        self.woke = True

    def take(self, number: int, phone: str, now: float) -> None:
        self._must("take", number=number, phone=phone, now=now)
        self._change("claim", number=number, phone=phone, now=now)
        self._change("answer_alert", number=number, phone=phone, answer="yes")

    def give_back(self, number: int, phone: str, now: float) -> None:
        self._must("give_back", number=number, phone=phone, now=now)
        self._change("end_claim", number=number, phone=phone, outcome="dropped", now=now)
        self.woke = True

    def decline(self, number: int, phone: str) -> None:
        self._change("answer_alert", number=number, phone=phone, answer="no")

    def reserve(self, number: int, phone: str, now: float) -> None:
        """Too late for this need, and asked first should it come free."""
        if not self._change("be_reserve", number=number, phone=phone):
            self._change("new_reserve", number=number, phone=phone, now=now)

    def finish(self, number: int, phone: str, now: float) -> None:
        self._must("finish", number=number, phone=phone, now=now)
        self._change("end_claim", number=number, phone=phone, outcome="done", now=now)

    def withdraw(self, number: int, now: float) -> None:
        self._must("withdraw", number=number, now=now)
        self._change("end_all_claims", number=number, now=now)

    def stand_down(self, number: int, phone: str, prompt: Prompt, now: float) -> None:
        """Everyone else who was asked and has not answered hears it once, by one statement however many they are."""
        self._change("withhold_alerts", number=number, now=now)
        plain = json.dumps([prompt.to_plain()], ensure_ascii=False)
        self._change("tell_the_others", number=number, phone=phone, prompt=plain, now=now)
        self._change("stand_down", number=number)
        self.woke = True


AS_KEPT = (
    *("number", "neighbor", "what", "area", "words", "details", "recording", "callback", "wanted", "wave"),
    *("created_at", "asked_since", "every", "first_choice", "coming_at", "checks", "drops"),
)


def need_of(row: Row) -> Need:
    return Need(
        **{name: row[name] for name in AS_KEPT},
        status=Status(row["status"]),
        takers=tuple(row["takers"].split()),
        escalated=row["escalated_at"] is not None,
        urgent=bool(row["urgent"]),
        helped=tuple(row["helped"].split()),
        confirmed=row["status"] == Status.DONE and row["check_at"] is None,
    )
