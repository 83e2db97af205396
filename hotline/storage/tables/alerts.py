"""Alerts: who was asked about which need, and what they said."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from hotline.engine.session import Prompt
from hotline.model.calendar import DAY, WEEK
from hotline.model.needs import Need
from hotline.model.outgoing import ALERT
from hotline.model.people import Volunteer
from hotline.model.town import PastAsk
from hotline.storage.execute import Row, Statements, Table
from hotline.storage.tables.needs import need_of
from hotline.storage.tables.outbox import OutboxRows
from hotline.storage.tables.volunteers import lot, volunteer_of

RECORD = 90 * DAY  # after that a record fades


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

    def decline(self, number: int, phone: str, now: float) -> None:
        self._change("answer_alert", number=number, phone=phone, answer="no", now=now)

    def reserve(self, number: int, phone: str, now: float) -> None:
        """Too late for this need, and asked before others should it come free."""
        if not self._change("be_reserve", number=number, phone=phone, now=now):
            self._change("new_reserve", number=number, phone=phone, now=now)

    def has_reserve(self, number: int, but: str) -> bool:
        """Whether somebody else was too late for this need before."""
        return self._one("in_reserve", number=number, phone=but) is not None

    def stand_down(self, number: int, phone: str, prompt: Prompt, now: float) -> None:
        """Everyone else who was asked and has not answered hears it once, by one statement however many they are. Whose
        question has not left was never asked."""
        for row in self._all("withhold_alerts", number=number, now=now):
            self.withdraw(number, row["party"], row["created_at"])
        plain = json.dumps([prompt.to_plain()], ensure_ascii=False)
        self._change("tell_the_others", number=number, phone=phone, prompt=plain, now=now)
        self._change("stand_down", number=number, now=now)
        self._run.woke = True

    def withdraw(self, number: int, phone: str, asked_at: float) -> None:
        """The text in which somebody was asked then never left: it was no question, and costs no place in the order."""
        rows = self._all("withdraw_alerts", number=number, phone=phone, sent_at=asked_at)
        stood = [row["stood_at"] for row in rows if row["stood_at"] is not None]
        if stood:
            self._change("offers_stand_again", phone=phone, sent_at=asked_at, stood_at=min(stood))
            self._change("stands_again", phone=phone, sent_at=asked_at, stood_at=min(stood))

    def send(
        self,
        need: Need,
        who: Volunteer,
        wave: int,
        prompts: Sequence[Prompt],
        now: float,
        expires_at: float,
        beside: Sequence[Need] = (),
    ) -> None:
        """Asks one volunteer about one need, and in the same text about those `beside` it; and puts them at the end of
        the order."""
        if who.was_silent:
            self._change("silent_before", number=need.number, phone=who.phone)
        asked = {"phone": who.phone, "now": now, "stood_at": who.in_turn_at}
        self._change("alert", number=need.number, wave=wave, beside=0, **asked)
        for other in beside:
            self._change("alert", number=other.number, wave=other.wave + 1, beside=need.number, **asked)
        self._change("asked_now", phone=who.phone, now=now)
        self._change("offers_asked_now", phone=who.phone, asked_at=now - lot(who.phone, need.number))
        self._outbox.put(who.phone, prompts, need.number, ALERT, now, expires_at)

    def offered_beside(self, other: Need, look_at: float, now: float) -> None:
        """It stood in texts about another need: its own wave waits until then at least."""
        self._change("offered_beside", number=other.number, wave=other.wave + 1, look_at=look_at, now=now)

    def ask_again(self, number: int, now: float) -> None:
        """Whoever was asked and said nothing may be asked a second time."""
        self._change("ask_silent_again", number=number, now=now)
        self._run.woke = True

    def not_answered(self, number: int) -> tuple[float, ...]:
        """When those were asked about a need who have not answered yet (UTC seconds)."""
        return tuple(row["sent_at"] for row in self._all("not_answered", number=number))

    def wave_left(self, need: Need) -> tuple[float, float]:
        """When the last text of a need's newest wave left, and since when one of them has not left (0.0: none)."""
        row = self._all("wave_left", number=need.number, wave=need.wave)[0]
        return row["left_at"] or 0.0, row["not_left_since"] or 0.0

    def hold(self, phones: Iterable[str], now: float) -> dict[str, int]:
        """Takes these volunteers for one wave: no other worker asks them until it is kept. How often each of those who
        are not being asked by another was asked this week."""
        held = self._all("hold_volunteers", people=json.dumps(list(phones)))
        return {row["phone"]: self._asks_this_week(row["phone"], now) for row in held}

    def _asks_this_week(self, phone: str, now: float) -> int:
        return int(self._all("asks_this_week", phone=phone, week_ago=now - WEEK)[0]["asks"])

    def wave_sent(self, number: int, wave: int, look_at: float | None, now: float) -> None:
        self._change("wave_sent", number=number, wave=wave, look_at=look_at, now=now)

    def put_off(self, number: int, until: float, now: float) -> None:
        """Nobody else is asked before that time."""
        self._change("hold_waves", number=number, until=until, now=now)

    def give_time(self, until: float) -> None:
        """Who was asked about a need while nothing went has until then to answer, before others are asked."""
        self._change("give_time", until=until)

    def escalated(self, number: int, now: float) -> None:
        self._change("escalated", number=number, now=now)

    def candidates(
        self, need: Need, area: str, language: str | None, now: float, room: int, after: Volunteer | None = None
    ) -> list[Volunteer]:
        """At most `room` people who give this in that area and were not asked yet, least recently asked first; those
        that come after one of them. None is any language."""
        place = (after.in_turn_at, after.phone) if after else (-1.0, "")
        values = {"what": need.what, "area": area, "neighbor": need.neighbor, "room": room, **_asking(need, now)}
        values |= {"asked_at": place[0], "after": place[1], "again_since": need.again_since or -1.0}
        if language is None:
            return [volunteer_of(row) for row in self._all("candidates", **values)]
        return [volunteer_of(row) for row in self._all("candidates_speaking", language=language, **values)]

    def before_all_others(self, need: Need, now: float) -> list[Volunteer]:
        """Who did it last time, and then those who said yes too late, the first first: each of them is waited for."""
        asking = _asking(need, now)
        first = [row for phone in need.first_choices for row in self._all("first_choice", phone=phone, **asking)]
        late = self._all("reserves", **asking)
        return [replace(who, comes_first=True) for who in dict.fromkeys(map(volunteer_of, (*first, *late)))]

    def also_given(self, phone: str, areas: Collection[str], but: int, room: int) -> list[Need]:
        """What else is open in these areas that this person gives and was never asked about, what was asked about in
        the fewest waves first, and then in the order in which it would be asked about; locked."""
        values = {"phone": phone, "areas": json.dumps(list(areas)), "number": but, "room": room}
        return [need_of(row) for row in self._all("also_given", **values)]

    def is_given(self, what: str, area: str, neighbor: str) -> bool:
        """Whether anybody but the neighbor gives this there."""
        return any(row["phone"] != neighbor for row in self._all("givers", what=what, area=area))

    def lately(self, since: float, before: float, room: int) -> list[PastAsk]:
        """The newest of the questions that were put between these times (UTC seconds)."""
        return [past_ask(row) for row in self._all("asks_lately", since=since, before=before, room=room)]

    def people_asked_since(self, since: float, most: int) -> int:
        return int(self._all("people_asked_since", since=since, most=most)[0]["people"])

    def being_asked_about(self, since: float, long_ago: float, most: int) -> tuple[int, int]:
        """How many requests people are being asked about that came since then, counted no further than `most`, and how
        many of these are fresh: of those from before `long_ago`, what coordinators do not know of."""
        row = self._all("being_asked_about", since=since, long_ago=long_ago, most=most)[0]
        return int(row["needs"]), int(row["fresh"])

    def people_asked(self, number: int) -> tuple[int, int]:
        """How many people were asked about a need, and how many of them said nothing."""
        row = self._all("asked_about", number=number)[0]
        return int(row["people"]), int(row["silent"])


def _asking(need: Need, now: float) -> dict[str, float]:
    return {"number": need.number, "now": now, "week_ago": now - WEEK, "lately": now - RECORD}


def past_ask(row: Row) -> PastAsk:
    yes = row["answer"] in ("yes", "late")
    return PastAsk(row["volunteer"], row["sent_at"], row["ended_at"], yes, row["gone_at"])
