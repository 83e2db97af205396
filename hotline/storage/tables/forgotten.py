"""Erasure of one person: everything that is kept under a number goes, at once; that there was a request stays."""

from collections.abc import Iterable

from hotline.model.pseudonyms import hashed_id
from hotline.model.recordings import Recording
from hotline.storage.execute import Row, Table
from hotline.storage.shared_tables import SHARED
from hotline.storage.tables.recordings import recording_of

BLANKS = {  # what others said and read, by the list that it is found in: see storage/lists.py
    "inbound": "blank_inbound",
    "outbox": "blank_outbox",
    "flags": "blank_flags",
    "relayed": "blank_relayed",
    "dangers": "blank_dangers",
    "needs": "blank_needs",
    **{table.name: f"blank_{table.name}" for table in SHARED if table.words},
    "sessions": "blank_sessions",
    "broadcasts": "blank_broadcasts",
    "sheets": "blank_sheets",
    "kept_forms": "blank_kept_forms",
    "handovers": "blank_handovers",
}


class Forgotten(Table):
    """What is kept of one person, and its end."""

    def needs_of(self, phone: str) -> list[int]:
        """Everything that they ever asked for."""
        return [row["number"] for row in self._all("own_needs", phone=phone)]

    def said(self, phone: str, needs: Iterable[int]) -> set[str]:
        """All that they said, and that was said about what they asked for."""
        own = {row["said"] for row in self._all("said_by", phone=phone)}
        return own.union(row["said"] for number in needs for row in self._all("said_about", number=number)) - {""}

    def had_to_do_with(self, phone: str, needs: Iterable[int]) -> set[str]:
        """Who helped them, was asked to, or was helped by them."""
        helped = {row["phone"] for row in self._all("had_in_hand", phone=phone)}
        asked = (row["phone"] for number in needs for row in self._all("had_to_do_with", number=number))
        return helped.union(asked) - {phone, ""}

    def recordings(self, phone: str) -> list[Recording]:
        return list(map(recording_of, self._all("own_recordings", phone=phone)))

    def forget_words(self, phone: str, needs: Iterable[int], now: float) -> None:
        """What came from them, went to them or to others about what they asked for, and what a person was shown."""
        for row in self._all("own_inbound", phone=phone):
            self.forget_inbound(row["id"])
        self._change("drop_own_deliveries", phone=phone)
        self._change("drop_own_outbox", phone=phone)
        self._change("drop_own_broadcasts", phone=phone)
        self._change("drop_own_relayed", phone=phone)
        self._change("forget_flags_of", phone=phone, now=now)
        self._change("forget_dangers_of", phone=phone, now=now)
        for number in needs:
            self._change("drop_about", number=number)
            self._change("drop_relayed_about", number=number)
            self._change("forget_flags_about", number=number, now=now)
            self._change("forget_dangers_about", number=number, now=now)
            self._change("forget_notes_about", number=number)
            self._change("drop_sheet_about", number=number)
            self._change("drop_kept_forms_about", number=number)
        self._change("drop_sheets_of", phone=phone)
        self._change("undo_none")

    def forget_person(self, phone: str, needs: Iterable[int], now: float) -> None:
        """That there was such a person: whose needs they were, who helped, who called, and what they gave."""
        for number in needs:
            self._change("forget_need", number=number)
            self._change("forget_spoken_before", number=number)
        for row in self._all("needs_helped_by", pattern=f"%{phone}%", phone=phone):
            self._change("forget_helper", **_without(row, phone))
        for table in SHARED:
            self._change(f"forget_own_{table.name}", phone=phone, now=now)
        self._change("drop_own_alerts", phone=phone)
        self._change("drop_own_claims", phone=phone)
        self._change("drop_own_rings", phone=phone)
        self._change("forget_wanted_in_calls", phone=phone)
        self._change("forget_caller", phone=phone)
        self._change("forget_voice_of", phone=phone)
        self._change("drop_ring_alarm_names", phone=phone, now=now)
        self._change("drop_tries", pattern=f"%{phone}%")
        self._change("forget_refused", pattern=f"%{phone}%")
        self.drop_person(phone)

    def drop_person(self, phone: str) -> None:
        """Who they are, where they stand, and what they give."""
        self._change("forget_sessions_apart", phone=phone, before=float("inf"))
        self._change("drop_on_call", phone=phone)
        self._change("drop_daily_ring", phone=phone)
        self._change("drop_own_ring_contacts", phone=phone)
        self._change("drop_ring_sign_up", phone=phone)
        self._change("drop_own_companions", phone=phone)
        self._change("drop_asked_companion", phone=phone)
        self._change("drop_ring_alarm", phone=phone)
        self._change("clear_offers", phone=phone)
        self._change("drop_volunteer", phone=phone)
        self._change("drop_kept_forms_of", phone=phone)
        self._change("forget_record", phone=phone)
        self._change("person_changes_forgotten", phone=phone)
        self._change("drop_person", phone=phone)

    def forget_inbound(self, id: str) -> None:
        """One thing that came in; its id is kept as a hash."""
        self._change("forget_id", id=id, hashed=hashed_id(id))

    def blank(self, kind: str, key: int | str) -> None:
        """What somebody else said or read there."""
        self._change(BLANKS[kind], key=key)


def _without(row: Row, phone: str) -> dict[str, object]:
    """The people of a need but this one."""
    several = ("takers", "helped", "first_choice")
    many = {name: " ".join(who for who in row[name].split() if who != phone) for name in several}
    return {"number": row["number"], **many, "doubted_by": "" if row["doubted_by"] == phone else row["doubted_by"]}
