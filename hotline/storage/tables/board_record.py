"""What is done at the board: the trail, which only grows, who looks after what, and notes about needs."""

import json

from hotline.model.board import Hand
from hotline.storage.execute import Table


class BoardRecord(Table):
    """What coordinators do at the board. They are named by the keys that the community file has for them."""

    def did(self, coordinator: str, what: str, now: float, need: int = 0, more: str = "", press: str = "") -> None:
        """Written down for ever: no telephone number and no word of anybody stands in it. `more` is whom or which of
        two it was about: "neighbor", "helper", "person 12" (a record), the key of another coordinator; `press` the form
        that was sent."""
        told = {"coordinator": coordinator, "what": what, "number": need, "more": more, "press": press}
        self._change("board_did", **told, now=now)

    def record_of(self, phone: str) -> int:
        """Somebody's record, by which the board's pages and the trail name them; made where they have none."""
        self._change("board_record", phone=phone)
        return int(self._all("board_records", people=json.dumps([phone]))[0]["record"])

    def whose(self, record: int) -> str:
        """Whose record that is, "" for nobody's."""
        row = self._one("board_whose", number=record)
        return row["phone"] if row else ""

    def exported(self, coordinator: str, what: str, reason: str, now: float) -> None:
        """Personal data was taken out as a file, and why."""
        self._change("board_exported", coordinator=coordinator, what=what, reason=reason, now=now)

    def was_pressed(self, press: str) -> bool:
        """Whether that form was sent before, and carried out."""
        return self._one("board_pressed", press=press) is not None

    def need_of_press(self, press: str) -> int:
        """The need that a form was about, 0 for none."""
        row = self._one("board_pressed", press=press)
        return int(row["need"]) if row else 0

    def last_by(self, need: int) -> tuple[str, str, float] | None:
        """(who, what, when) of what was done last to a need at the board."""
        row = self._one("board_last_by", number=need)
        return (row["coordinator"], row["what"], row["at"]) if row else None

    def hand(self, subject: str, silent_since: float) -> Hand | None:
        """Who looks after something, and did anything about it since then."""
        row = self._one("board_hand", subject=subject)
        if row is None or row["seen_at"] <= silent_since:
            return None
        return Hand(subject, row["coordinator"], row["seen_at"])

    def take_in_hand(self, subject: str, coordinator: str, silent_since: float, now: float) -> bool:
        """False when somebody else was first, and is not silent since then."""
        values = {"subject": subject, "coordinator": coordinator, "silent_since": silent_since, "now": now}
        return self._change("board_take_in_hand", **values) == 1

    def let_go(self, subject: str, coordinator: str) -> None:
        self._change("board_let_go", subject=subject, coordinator=coordinator)

    def still_in_hand(self, subject: str, coordinator: str, now: float) -> None:
        """Whoever looks after it did something about it; nothing where that is somebody else."""
        self._change("board_still_in_hand", subject=subject, coordinator=coordinator, now=now)

    def hand_over(self, coordinator: str, words: str, now: float) -> None:
        """A line for the next one."""
        self._change("handover_said", coordinator=coordinator, words=words, now=now)

    def read_handover(self, id: int, coordinator: str, now: float) -> str:
        """Who wrote it; "" where it was read before, is their own, or is not there."""
        if not self._change("handover_read", id=id, coordinator=coordinator, now=now):
            return ""
        return str(self._all("handover", id=id)[0]["coordinator"])

    def forget_handovers(self, before: float) -> None:
        """Lines of before then, read or not."""
        self._change("drop_old_handovers", before=before)

    def note(self, need: int, coordinator: str, tier: str, words: str, now: float) -> None:
        self._change("board_note", number=need, coordinator=coordinator, tier=tier, words=words, now=now)
