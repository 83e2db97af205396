"""Alerts: who was asked about which need, and what they said."""

import json
from dataclasses import replace

from hotline.engine.session import Prompt
from hotline.model.calendar import WEEK
from hotline.model.needs import Need
from hotline.model.outgoing import ALERT
from hotline.model.people import Volunteer
from hotline.storage.execute import Statements, Table
from hotline.storage.tables.needs import need_of
from hotline.storage.tables.outbox import OutboxRows
from hotline.storage.tables.volunteers import volunteer_of


class Alerts(Table):
    """Who was asked about which need, and what they said."""

    def __init__(self, run: Statements, outbox: OutboxRows) -> None:
        super().__init__(run)
        self._outbox = outbox

    def open(self, phone: str) -> tuple[tuple[Need, ...], float]:
        """What this volunteer was asked and is still open, newest first, and when the newest was sent."""
        rows = self._all("open_alerts", phone=phone)
        return tuple(map(need_of, rows)), rows[0]["sent_at"] if rows else 0.0

    def taken_by_others(self, phone: str, since: float) -> Need | None:
        """What this volunteer was asked last and somebody else has taken."""
        row = self._one("settled", phone=phone, since=since)
        return need_of(row) if row else None

    def decline(self, number: int, phone: str) -> None:
        self._change("answer_alert", number=number, phone=phone, answer="no")

    def reserve(self, number: int, phone: str, now: float) -> None:
        """Too late for this need, and asked before others should it come free."""
        if not self._change("be_reserve", number=number, phone=phone, now=now):
            self._change("new_reserve", number=number, phone=phone, now=now)

    def has_reserve(self, number: int, but: str) -> bool:
        """Whether somebody else was too late for this need before."""
        return self._one("in_reserve", number=number, phone=but) is not None

    def stand_down(self, number: int, phone: str, prompt: Prompt, now: float) -> None:
        """Everyone else who was asked and has not answered hears it once, by one statement however many they are."""
        self._change("withhold_alerts", number=number, now=now)
        plain = json.dumps([prompt.to_plain()], ensure_ascii=False)
        self._change("tell_the_others", number=number, phone=phone, prompt=plain, now=now)
        self._change("stand_down", number=number)
        self._run.woke = True

    def withdraw(self, number: int, phone: str) -> None:
        self._change("withdraw_alert", number=number, phone=phone)

    def send(self, need: Need, phone: str, wave: int, prompt: Prompt, now: float, expires_at: float) -> None:
        """Asks one volunteer about one need, and puts them at the end of the order."""
        self._change("alert", number=need.number, phone=phone, wave=wave, now=now)
        self._change("asked_now", phone=phone, now=now)
        self._change("offers_asked_now", phone=phone, now=now)
        self._outbox.put(phone, [prompt], need.number, ALERT, now, expires_at)

    def wave_sent(self, number: int, wave: int, look_at: float | None, now: float) -> None:
        self._change("wave_sent", number=number, wave=wave, look_at=look_at, now=now)

    def hold(self, number: int, until: float, now: float) -> None:
        """Nobody else is asked before that time."""
        self._change("hold_waves", number=number, until=until, now=now)

    def give_time(self, until: float) -> None:
        """Who was asked about a need while nothing went has until then to answer, before others are asked."""
        self._change("give_time", until=until)

    def escalated(self, number: int, now: float) -> None:
        self._change("escalated", number=number, now=now)

    def candidates(
        self, need: Need, area: str, language: str, now: float, room: int, after: Volunteer | None = None
    ) -> list[Volunteer]:
        """At most `room` people of that language who give this in that area and were not asked yet, least recently
        asked first; those that come after one of them."""
        page = (after.in_turn_at, after.phone) if after else (-1.0, "")
        values = {"what": need.what, "area": area, "neighbor": need.neighbor, "number": need.number, "room": room}
        values |= {"language": language, "asked_at": page[0], "after": page[1], "now": now, "week_ago": now - WEEK}
        return [volunteer_of(row) for row in self._all("candidates", **values)]

    def before_all_others(self, need: Need, now: float) -> list[Volunteer]:
        """Who did it last time, and then those who said yes too late, the first first: each of them is waited for."""
        asking = {"number": need.number, "week_ago": now - WEEK}
        first = self._all("first_choice", phone=need.first_choice, **asking) if need.first_choice else ()
        late = self._all("reserves", **asking)
        return [replace(who, comes_first=True) for who in dict.fromkeys(map(volunteer_of, (*first, *late)))]

    def next_need(self, now: float) -> Need | None:
        """The need that dispatch should look at first, locked until the wave is kept."""
        row = self._one("next_to_look_at", now=now)
        return need_of(row) if row else None

    def people_asked(self, number: int) -> int:
        """How many people were asked about a need."""
        return int(self._all("asked_about", number=number)[0]["people"])
