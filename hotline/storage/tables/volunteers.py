"""Who gives what and where, and who was asked."""

from collections.abc import Sequence

from hotline.engine.session import Prompt
from hotline.model.records import ALERT, Need, Volunteer
from hotline.storage.execute import Row
from hotline.storage.tables.needs import need_of
from hotline.storage.tables.outbox import OutboxTable

A_WEEK = 7 * 86400.0


class Giving(OutboxTable):
    """Volunteers and the waves that ask them."""

    def enroll(self, phone: str, needs: Sequence[str], areas: Sequence[str], status: str, now: float) -> None:
        """Becomes a volunteer, or gives something else; a status that stands is kept."""
        self._change("enroll", phone=phone, needs=" ".join(needs), areas=" ".join(areas), status=status, now=now)
        self._change("clear_offers", phone=phone)
        for what in needs:
            for area in areas:
                self._change("offer", what=what, area=area, phone=phone)

    def approve(self, phone: str) -> bool:
        return self._change("approve", phone=phone) == 1

    def volunteers(self) -> list[Volunteer]:
        return [_volunteer(row) for row in self._all("volunteers")]

    def next_to_look_at(self, now: float) -> Need | None:
        """The need that dispatch should look at first, locked until the wave is kept."""
        row = self._one("next_to_look_at", now=now)
        return need_of(row) if row else None

    def candidates(
        self, need: Need, area: str, language: str, now: float, room: int, after: Volunteer | None = None
    ) -> list[Volunteer]:
        """At most `room` people of that language who give this in that area and were not asked yet, least recently
        asked first; those that come after one of them."""
        page = (after.in_turn_at, after.phone) if after else (-1.0, "")
        values = {"what": need.what, "area": area, "neighbor": need.neighbor, "number": need.number, "room": room}
        values |= {"language": language, "asked_at": page[0], "after": page[1], "now": now, "week_ago": now - A_WEEK}
        return [_volunteer(row) for row in self._all("candidates", **values)]

    def before_all_others(self, need: Need, now: float) -> list[Volunteer]:
        """Who did it last time, and then those who said yes too late."""
        asking = {"number": need.number, "week_ago": now - A_WEEK}
        first = self._all("first_choice", phone=need.first_choice, **asking) if need.first_choice else ()
        late = self._all("reserves", **asking)
        return list(dict.fromkeys(map(_volunteer, (*first, *late))))

    def volunteer(self, phone: str) -> Volunteer | None:
        row = self._one("volunteer", phone=phone)
        return _volunteer(row) if row else None

    def pause(self, phone: str, until: float) -> None:
        """Asked nothing until then; a time that is past ends a pause."""
        self._change("pause", phone=phone, until=until)
        self._change("stand_in_order", phone=phone)

    def keep_hours(self, phone: str, hours: str) -> None:
        self._change("keep_hours", phone=phone, hours=hours)

    def ask_at_most(self, phone: str, times: int) -> None:
        self._change("ask_at_most", phone=phone, times=times)

    def live_in(self, phone: str, timezone: str) -> None:
        self._change("live_in", phone=phone, timezone=timezone)

    def speak_offers(self, phone: str, language: str) -> None:
        self._change("speak_offers", phone=phone, language=language)

    def leave(self, phone: str) -> None:
        """Gives no longer, and waits for nothing."""
        self._change("leave", phone=phone)
        self._change("clear_offers", phone=phone)
        self._change("decline_all", phone=phone)

    def withdraw_alert(self, number: int, phone: str) -> None:
        self._change("withdraw_alert", number=number, phone=phone)

    def alert(self, need: Need, phone: str, wave: int, prompt: Prompt, now: float, expires_at: float) -> None:
        """Asks one volunteer about one need, and puts them at the end of the order."""
        self._change("alert", number=need.number, phone=phone, wave=wave, now=now)
        self._change("asked_now", phone=phone, now=now)
        self._change("offers_asked_now", phone=phone, now=now)
        self.put(phone, [prompt], need.number, ALERT, now, expires_at)

    def wave_sent(self, number: int, wave: int, look_at: float | None, now: float) -> None:
        self._change("wave_sent", number=number, wave=wave, look_at=look_at, now=now)

    def escalated(self, number: int, now: float) -> None:
        self._change("escalated", number=number, now=now)


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
        asked_before="asked_before" in keys and row["asked_before"] > 0,
        most_a_week=row["most_a_week"],
        hours=row["hours"],
        timezone=row["timezone"],
        paused_until=row["paused_until"],
        opted_out="opted_out_at" in keys and row["opted_out_at"] is not None,
        in_turn_at=row["in_turn_at"] if "in_turn_at" in keys else row["asked_at"],
    )
