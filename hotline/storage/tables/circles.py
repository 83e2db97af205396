"""Circles: neighbors who put in together, each with a turn; who is in, and what is on record."""

from collections.abc import Sequence

from hotline.model.circles import Beat, Circle, Cover, Deed, Mark, Member, TurnOrder
from hotline.storage.execute import Row, Statements, Table
from hotline.storage.tables.codes import Codes

AS_KEPT = (
    *("number", "organizer", "words", "recording", "share", "share_recording", "rule", "rule_recording", "starts_at"),
    *("turn", "told", "seed", "swap_from", "swap_to", "created_at", "ended_at", "why"),
)
LISTED = (
    *("number", "words", "recording", "share", "share_recording", "cover", "rule", "rule_recording", "beat"),
    "starts_at",
)
STANDS = ("number", "starts_at", "turn", "told", "seed", "swap_from", "swap_to")


class Circles(Table):
    """Circles, each with its members and its record."""

    def __init__(self, run: Statements, codes: Codes) -> None:
        super().__init__(run)
        self._codes = codes

    def begin(self, phone: str, words: str, now: float, check_at: float) -> int:
        """Somebody begins one; the number of the row. The code is a new one."""
        values = {"code": self._codes.give(now), "phone": phone, "words": words, "check_at": check_at}
        return int(self._all("begin_circle", now=now, **values)[0]["number"])

    def list(self, circle: Circle, check_at: float | None) -> bool:
        """Its form is filled in: others may join."""
        self._run.woke = True
        values = {name: getattr(circle, name) for name in LISTED}
        last = int(circle.newcomers_last)
        changed = self._change("list_circle", check_at=check_at, ordered=circle.order, newcomers_last=last, **values)
        return changed == 1

    def get(self, number: int) -> Circle | None:
        return self._whole(self._one("circle", number=number))

    def of_code(self, code: int) -> Circle | None:
        return self._whole(self._one("circle_of_code", code=code))

    def of(self, phone: str) -> tuple[Circle, ...]:
        """Which somebody organizes, or is about to."""
        return tuple(filter(None, map(self._whole, self._all("circles_of", phone=phone))))

    def with_(self, phone: str) -> tuple[Circle, ...]:
        """In which somebody is."""
        return tuple(filter(None, map(self._whole, self._all("circles_with", phone=phone))))

    def lock(self, numbers: Sequence[int]) -> bool:
        """Before anything changes in one. Whether what was read
        before may have changed. Most texts are about none: they ask the database nothing."""
        return bool(numbers) and self._change("lock_circles", numbers=numbers) > 0

    def keep(self, circle: Circle, check_at: float | None) -> None:
        """Where it stands from now on."""
        self._run.woke = True
        values = {name: getattr(circle, name) for name in STANDS}
        self._change("keep_circle", check_at=check_at, swap_agreed=int(circle.swap_agreed), **values)

    def place(self, before: Circle, circle: Circle) -> None:
        """Which turn is whose, and who is not in it any more, where that is new."""
        for each in circle.members:
            if each not in before.members:
                values = {"seat": each.seat, "nth": each.place, "left_at": each.left_at}
                self._change("place_member", number=each.number, **values)

    def end(self, number: int, why: str, now: float) -> bool:
        """False where it was over already."""
        if self._change("end_circle", number=number, why=why, now=now) != 1:
            return False
        self._change("end_circle_members", number=number, now=now)
        return True

    def join(self, circle: Circle, phone: str, *, newcomer: bool, now: float) -> None:
        """Somebody is in it, by their own yes, under the next number."""
        values = {"circle": circle.number, "seat": len(circle.members) + 1, "newcomer": int(newcomer)}
        self._change("join_circle", phone=phone, now=now, **values)

    def mark(self, circle: int, turn: int, by: int, about: int, deed: Deed, now: float) -> None:
        """Something is on record."""
        self._change("mark_circle", circle=circle, turn=turn, doer=by, other=about, deed=deed, now=now)

    def _whole(self, row: Row | None) -> Circle | None:
        """With its members, and what is on record of it."""
        if row is None:
            return None
        number = row["number"]
        return circle_of(
            row, self._all("members_of_circle", number=number), self._all("marks_of_circle", number=number)
        )


def circle_of(row: Row, members: Sequence[Row], marks: Sequence[Row]) -> Circle:
    return Circle(
        **{name: row[name] for name in AS_KEPT},
        code=str(row["code"]),
        cover=Cover(row["cover"] or Cover.ALL),
        beat=Beat(row["beat"] or Beat.MONTH),
        order=TurnOrder(row["ordered"] or TurnOrder.LOT),
        newcomers_last=bool(row["newcomers_last"]),
        swap_agreed=bool(row["swap_agreed"]),
        listed=bool(row["listed"]),
        members=tuple(map(member_of, members)),
        marks=tuple(map(mark_of, marks)),
    )


def member_of(row: Row) -> Member:
    return Member(
        number=row["number"],
        phone=row["member"],
        newcomer=bool(row["newcomer"]),
        seat=row["seat"],
        place=row["nth"],
        joined_at=row["joined_at"],
        left_at=row["left_at"],
        ended_at=row["ended_at"],
    )


def mark_of(row: Row) -> Mark:
    return Mark(row["turn"], row["doer"], row["about"], Deed(row["deed"]), row["made_at"])
