"""Loans: the tools that neighbors lend, and who asks for them, has them, and brings them back."""

from collections.abc import Sequence

from hotline.model.loans import Loan, State, Tool
from hotline.storage.execute import Row, Statements, Table
from hotline.storage.tables.codes import Codes

AS_KEPT = (
    *("number", "lender", "words", "recording", "care", "care_recording", "area", "days", "broken_at", "created_at"),
    *("ended_at", "why", "back_by"),
)


class Loans(Table):
    """Tools, and the loans of them."""

    def __init__(self, run: Statements, codes: Codes) -> None:
        super().__init__(run)
        self._codes = codes

    def begin_tool(self, phone: str, words: str, now: float, check_at: float) -> int:
        """Somebody has something to lend: its number. The code is a new one."""
        values = {"code": self._codes.give(now), "phone": phone, "words": words, "check_at": check_at}
        return int(self._all("begin_tool", now=now, **values)[0]["number"])

    def list_tool(self, tool: Tool, check_at: float) -> bool:
        """Its form is filled in: neighbors may ask for it."""
        same = ("number", "words", "recording", "care", "care_recording", "area", "days")
        values = {name: getattr(tool, name) for name in same} | {"of_group": int(tool.of_group)}
        self._run.woke = True
        return self._change("list_tool", check_at=check_at, **values) == 1

    def tool(self, number: int) -> Tool | None:
        row = self._one("tool", number=number)
        return tool_of(row) if row else None

    def tool_of_code(self, code: int) -> Tool | None:
        row = self._one("tool_of_code", code=code)
        return tool_of(row) if row else None

    def tools_of(self, phone: str) -> tuple[Tool, ...]:
        """What somebody lends."""
        return tuple(map(tool_of, self._all("tools_of", phone=phone)))

    def there(self, room: int) -> tuple[Tool, ...]:
        """What is lent here, the oldest first."""
        return tuple(map(tool_of, self._all("tools_there", room=room)))

    def lock(self, numbers: Sequence[int]) -> bool:
        """Before anything is lent or ended. Whether what was read
        before may have changed. Most texts are about none: they ask the database nothing."""
        return bool(numbers) and self._change("lock_tools", numbers=numbers) > 0

    def check_tool(self, number: int, check_at: float) -> None:
        self._change("check_tool", number=number, check_at=check_at)

    def in_repair(self, number: int, since: float | None) -> None:
        """It is in repair since then; None: it is mended."""
        self._change("break_tool", number=number, broken_at=since)

    def end_tool(self, number: int, why: str, now: float) -> bool:
        """False where it was over already."""
        return self._change("end_tool", number=number, why=why, now=now) == 1

    # --- Loans.

    def begin(self, tool: int, phone: str, now: float) -> int:
        """Somebody stands in line for a tool; the number of the loan, whose code is a new one."""
        values = {"code": self._codes.give(now), "tool": tool, "phone": phone}
        return int(self._all("begin_loan", now=now, **values)[0]["number"])

    def get(self, number: int) -> Loan | None:
        row = self._one("loan", number=number)
        return loan_of(row) if row else None

    def of_code(self, code: int) -> Loan | None:
        row = self._one("loan_of_code", code=code)
        return loan_of(row) if row else None

    def by(self, phone: str) -> tuple[Loan, ...]:
        """What somebody asked for, or has."""
        return tuple(map(loan_of, self._all("loans_by", phone=phone)))

    def from_(self, phone: str) -> tuple[Loan, ...]:
        """Who asked for what somebody lends, or has it; also of what is lent no more, and is not back yet."""
        return tuple(map(loan_of, self._all("loans_from", phone=phone)))

    def of(self, tool: int) -> tuple[Loan, ...]:
        """Who asked for a tool, or has it, in line."""
        return tuple(map(loan_of, self._all("loans_of", number=tool)))

    def away(self, room: int) -> tuple[Loan, ...]:
        """What is promised or with somebody, soonest due first."""
        return tuple(map(loan_of, self._all("loans_away", room=room)))

    def has_refused(self, tool: int, phone: str) -> bool:
        return self._one("loan_refused", number=tool, phone=phone) is not None

    def put(self, loan: Loan, check_at: float | None, now: float) -> bool:
        """Where a loan stands from now on; False where it is over."""
        same = {name: getattr(loan, name) for name in ("number", "need", "until", "told")}
        values = {**same, "state": loan.state, "check_at": check_at, "now": now}
        return self._change("set_loan", **values) == 1

    def make_need(self, loan: Loan, now: float) -> int:
        """The request that carries the words of both; its number."""
        words = loan.tool.words
        values = {
            "phone": loan.borrower,
            "code": int(loan.code),
            "words": words,
            "what": "other",
            "area": loan.tool.area,
        }
        return int(self._all("make_need_of_loan", loan=loan.number, now=now, **values)[0]["number"])


def tool_of(row: Row) -> Tool:
    return Tool(
        **{name: row[name] for name in AS_KEPT},
        code=str(row["code"]),
        of_group=bool(row["of_group"]),
        listed=bool(row["listed"]),
        away=bool(row["away"]),
        line=int(row["waiting"]),
    )


def loan_of(row: Row) -> Loan:
    return Loan(
        number=row["loan"],
        tool=tool_of(row),
        borrower=row["borrower"],
        code=str(row["loan_code"]),
        state=State(row["state"]),
        need=row["need"],
        asked_at=row["asked_at"],
        until=row["loan_until"],
        told=row["loan_told"],
    )
