"""Volunteers: who gives what and where, when and how often."""

from collections.abc import Sequence
from zlib import crc32

from hotline.model.people import Volunteer
from hotline.storage.execute import JSON, Row, Table

WAS_SILENT = 2  # what the statements say of somebody who was asked about a need and did not answer


class Volunteers(Table):
    """Who gives what and where, when and how often."""

    def enroll(self, phone: str, needs: Sequence[str], areas: Sequence[str], status: str, now: float) -> None:
        """Becomes a volunteer, or gives something else; a status that stands is kept."""
        self._change("enroll", phone=phone, needs=" ".join(needs), areas=" ".join(areas), status=status, now=now)
        self._change("clear_offers", phone=phone)
        for what in needs:
            for area in areas:
                self._change("offer", what=what, area=area, phone=phone, lot=lot(phone))

    def approve(self, phone: str) -> bool:
        return self._change("approve", phone=phone) == 1

    def accept(self, phone: str) -> bool:
        """Somebody who was invited says yes."""
        return self._change("accept", phone=phone) == 1

    def consented(self, phone: str, how: str) -> None:
        """How they said that they may be texted, as whoever put them on the list says."""
        self._change("consented", phone=phone, how=how)

    def all(self) -> list[Volunteer]:
        return [volunteer_of(row) for row in self._all("volunteers")]

    def get(self, phone: str) -> Volunteer | None:
        row = self._one("volunteer", phone=phone)
        return volunteer_of(row) if row else None

    def pause(self, phone: str, until: float, now: float) -> None:
        """Asked nothing until then; a time that is past ends a pause."""
        self._change("pause", phone=phone, until=until, now=now)
        self._change("stand_in_order", phone=phone, lot=lot(phone))

    def keep_hours(self, phone: str, hours: str) -> None:
        self._change("keep_hours", phone=phone, hours=hours)

    def ask_at_most(self, phone: str, times: int) -> None:
        self._change("ask_at_most", phone=phone, times=times)

    def live_in(self, phone: str, timezone: str) -> None:
        self._change("live_in", phone=phone, timezone=timezone)

    def speak(self, phone: str, language: str) -> None:
        self._change("speak_offers", phone=phone, language=language)

    def leave(self, phone: str, now: float) -> None:
        """Gives no longer, and waits for nothing."""
        self._change("leave", phone=phone, now=now)
        self._change("clear_offers", phone=phone)
        self._change("decline_all", phone=phone, now=now)

    def who_give(self, most: int, now: float) -> int:
        """How many give and do not pause, counted no further than `most`."""
        return int(self._all("who_give", most=most, now=now)[0]["people"])

    def has_namesake(self, phone: str, name: str) -> bool:
        """Whether somebody else who gives has that name, in capitals or without."""
        spellings = {name, name.lower(), name.upper(), name.title(), name.capitalize()}
        return self._one("namesake", phone=phone, spellings=JSON.encode(sorted(spellings))) is not None

    def shut_out(self) -> int:
        """How many give and cannot be reached."""
        return int(self._all("shut_out")[0]["many"])


def lot(phone: str, need: int = 0) -> float:
    """Less than a second by which those stand apart who came, or were asked, at one moment: a lot drawn anew each time,
    so that nobody is first because of their number."""
    return crc32(f"{need} {phone}".encode()) / 2**32


def volunteer_of(row: Row) -> Volunteer:
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
        asked_before="asked_before" in keys and row["asked_before"] is not None,
        was_silent="asked_before" in keys and row["asked_before"] == WAS_SILENT,
        asks_lately=row["asks_lately"] if "asks_lately" in keys else 0,
        yeses_lately=row["yeses_lately"] if "yeses_lately" in keys else 0,
        consent=row["consent"],
        most_a_week=row["most_a_week"],
        hours=row["hours"],
        timezone=row["timezone"],
        paused_until=row["paused_until"],
        opted_out="opted_out_at" in keys and row["opted_out_at"] is not None,
        in_turn_at=row["in_turn_at"] if "in_turn_at" in keys else row["asked_at"],
    )
