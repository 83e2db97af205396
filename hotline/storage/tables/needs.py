"""Needs: what people ask for, and who has it."""

from collections.abc import Mapping

from hotline.model.needs import Need, Status
from hotline.storage.execute import NOT_ALLOWED, Row, Statements, Table
from hotline.storage.tables.codes import Codes

MOST_OF_A_CODE = 8  # needs that had one code, one after the other, each at least some months
AS_FOR_ANY = {"urgent": 0, "every": "", "wanted": 1, "due": "", "starts_at": None, "ends_at": None}
NOTHING_ANSWERED = {"what": "", "area": "", "details": "", "recording": "", "besides": ""}


AS_KEPT = (
    *("number", "neighbor", "what", "area", "words", "details", "recording", "callback", "wanted", "wave"),
    *("created_at", "asked_since", "every", "coming_at", "checks", "drops", "paused_until"),
    *("doubted_by", "due", "starts_at", "ends_at", "besides", "again_since", "gift", "loan", "same_as"),
)


class Needs(Table):
    """What people ask for, and who has it."""

    def __init__(self, run: Statements, codes: Codes) -> None:
        super().__init__(run)
        self._codes = codes

    def asked_for(self, phone: str) -> tuple[Need, ...]:
        return tuple(map(need_of, self._all("asked_for", phone=phone)))

    def open(self, room: int) -> list[Need]:
        return list(map(need_of, self._all("open_needs", room=room)))

    def in_hand(self, phone: str) -> tuple[Need, ...]:
        return tuple(map(need_of, self._all("in_hand", phone=phone)))

    def get(self, number: int) -> Need | None:
        row = self._one("need", number=number)
        return need_of(row) if row else None

    def of_code(self, code: int, phone: str) -> Need | None:
        """The need that a person means by a code: theirs, though another may have that by now; else the newest."""
        had = [need_of(row) for row in self._all("needs_of_code", code=code, room=MOST_OF_A_CODE)]
        theirs = (need for need in had if self._one("is_a_side", number=need.number, phone=phone))
        return next(theirs, had[0]) if len(had) > 1 else next(iter(had), None)

    def code_of(self, number: int) -> str:
        """What people text for a need; "" for none."""
        row = self._one("code_of", number=number) if number else None
        return str(row["code"]) if row else ""

    def draft(
        self, phone: str, words: str, now: float, fields: Mapping[str, str] | None = None, check_at: float | None = None
    ) -> int:
        """A need begins, with what the first words have answered already; its number."""
        answered = {**NOTHING_ANSWERED, **(fields or {}), "code": self._codes.give(now)}
        return int(self._all("draft", phone=phone, words=words, now=now, check_at=check_at, **answered)[0]["number"])

    def again(self, number: int, again_at: float | None, due: str, span: tuple[float, float] | None, now: float) -> int:
        """The next need of a weekly one, in its place, first for who did it last time; its number. `due` and `span` as
        in `due`."""
        self._run.woke = True
        times = {"due": due, "starts_at": span and span[0], "ends_at": span and span[1]}
        made = self._all("make_again", number=number, code=self._codes.give(now), again_at=again_at, now=now, **times)
        self._change("weekly", number=number, every="", again_at=None, now=now)
        self._change("copy_spoken", number=number, made=int(made[0]["number"]))
        return int(made[0]["number"])

    def add_words(self, number: int, words: str, now: float) -> None:
        self._change("add_words", number=number, words=f"\n{words}", now=now)

    def fill_draft(self, number: int, fields: Mapping[str, str], now: float) -> None:
        self._keep_spoken(number, fields["recording"])
        self._change("fill_draft", number=number, now=now, **{"besides": "", **fields})

    def by_hand(self, number: int, callback: str, urgent: bool, due: str, span: tuple[float, float] | None) -> None:
        """What a form knows besides that somebody fills in for them; `due` and `span` as in `due`."""
        times = {"due": due, "starts_at": span and span[0], "ends_at": span and span[1]}
        self._change("fill_by_hand", number=number, callback=callback, urgent=int(urgent), **times)

    def record(self, number: int, fields: Mapping[str, str | int | float | None], now: float) -> None:
        """A draft becomes an open need. `fields` are its columns; those not given are as for any need."""
        self._keep_spoken(number, str(fields["recording"]))
        self._must("record", number=number, now=now, **{**AS_FOR_ANY, **fields})
        self._run.woke = True

    def make_urgent(self, number: int, now: float) -> None:
        self._change("make_urgent", number=number, now=now)
        self._run.woke = True

    def hold(self, number: int, now: float) -> None:
        """No volunteer is asked about it before a person has looked."""
        self._change("hold_need", number=number, now=now)

    def let_go(self, number: int, now: float) -> bool:
        """Volunteers are asked about it from now on; False when nothing held it."""
        self._run.woke = True
        return self._change("let_need_go", number=number, now=now) == 1

    def take(self, number: int, phone: str, now: float) -> Need:
        """The need as it is from then on."""
        rows = self._all("take", number=number, phone=phone, now=now)
        if not rows:
            raise RuntimeError(NOT_ALLOWED.format("take"))
        self._change("claim", number=number, phone=phone, now=now)
        self._change("answer_alert", number=number, phone=phone, answer="yes", now=now)
        return need_of(rows[0])

    def give_back(self, number: int, phone: str, now: float) -> None:
        self._must("give_back", number=number, phone=phone, now=now)
        self._change("end_claim", number=number, phone=phone, outcome="dropped", now=now)
        self._run.woke = True

    def finish(self, number: int, phone: str, now: float) -> None:
        self._must("finish", number=number, phone=phone, now=now)
        self._change("end_claim", number=number, phone=phone, outcome="done", now=now)

    def withdraw(self, number: int, now: float) -> None:
        self._must("withdraw", number=number, now=now)
        self._change("end_all_claims", number=number, now=now)

    def finished(self, phone: str, since: float) -> tuple[Need, ...]:
        """What a person asked for and was done since then, the newest first."""
        return tuple(map(need_of, self._all("finished", phone=phone, since=since)))

    def amend(self, number: int, what: str, area: str, details: str, recording: str, now: float) -> None:
        """Other words, or another place or kind: then other people are asked, at once."""
        self._keep_spoken(number, recording)
        self._must("amend", number=number, what=what, area=area, details=details, recording=recording, now=now)
        self._run.woke = True

    def _keep_spoken(self, number: int, recording: str) -> None:
        """Another recording takes nothing away: the one before is heard as well."""
        if recording:
            self._change("keep_spoken", number=number, recording=recording)

    def spoken_before(self, number: int) -> tuple[str, ...]:
        """The carrier's ids of what was spoken about a need before its last recording."""
        return tuple(row["recording"] for row in self._all("spoken_before", number=number))

    def lock(self, phone: str, numbers: list[int]) -> bool:
        """Before anything is decided: every need that this person's words may be about. Whether what was read
        before may have changed."""
        return self._change("lock_needs", phones=[phone], numbers=numbers) > 0

    def close(self, number: int, done: bool, now: float) -> None:
        self._must("close", number=number, status="done" if done else "cancelled", now=now)
        self._change("close_claims", number=number, outcome="done" if done else "withdrawn", now=now)

    def waiting(self, quiet_since: float, room: int) -> tuple[Need, ...]:
        """Oldest first; a draft counts when nothing was heard of it since then."""
        return tuple(map(need_of, self._all("waiting_needs", quiet_since=quiet_since, room=room)))

    def being_asked_about(self, since: float) -> tuple[int, tuple[str, ...]]:
        """How many requests people are being asked about that came since then, and what for, the most wanted first."""
        rows = self._all("asked_for_now", since=since)
        return sum(row["needs"] for row in rows), tuple(row["what"] for row in rows)

    def of_the_day(self, since: float, until: float) -> tuple[int, int]:
        """How many are in somebody's hands, and how many were taken between those times (UTC seconds)."""
        row = self._all("counts_of_the_day", since=since, until=until)[0]
        return int(row["in_hand"]), int(row["taken"])

    def coming(self, number: int, at: float) -> None:
        self._change("coming", number=number, coming_at=at)

    def done_since(self, since: float, most: int) -> int:
        """How many things neighbors did for each other since then, counted no further than `most`."""
        return int(self._all("done_since", since=since, most=most)[0]["done"])

    def happened(self, number: int, now: float) -> None:
        self._must("happened", number=number, now=now)
        self._change("end_claims_done", number=number, now=now)

    def not_yet(self, number: int, now: float) -> None:
        self._code_again(number, now)
        self._must("not_yet", number=number, now=now)
        self._change("reopen_claims", number=number)

    def due(self, number: int, due: str, span: tuple[float, float] | None) -> None:
        """For when it is: as it is kept, and when that begins and ends (UTC seconds)."""
        self._change("due", number=number, due=due, starts_at=span and span[0], ends_at=span and span[1])

    def still_needed(self, number: int, now: float) -> None:
        self._code_again(number, now)
        self._must("still_needed", number=number, now=now)
        self._change("due_no_more", number=number, now=now)
        self._run.woke = True

    def reopen(self, number: int, now: float) -> list[str]:
        """It was closed, or given up, and is asked around again; under its old code, if that is free. Who had it."""
        self._code_again(number, now)
        self._must("reopen", number=number, now=now)
        self._run.woke = True
        return [row["volunteer"] for row in self._all("had_it", number=number)]

    def link(self, number: int, into: int, now: float) -> None:
        """It is looked after under another need, and so is whatever was looked after under it."""
        self._must("link_need", number=number, into=into, now=now)
        self._change("relink_needs", number=number, into=into)
        self._change("end_all_claims", number=number, now=now)

    def _code_again(self, number: int, now: float) -> None:
        """What was over keeps its code, unless that was given to another by now: then it has a new one."""
        if self._one("code_of_another", number=number):
            self._change("code_anew", number=number, code=self._codes.give(now))
        else:
            self._change("keep_code", number=number)

    def expire(self, number: int, now: float) -> None:
        self._must("expire", number=number, now=now)
        self._change("end_all_claims", number=number, now=now)

    def doubt(self, number: int, phone: str, at: float | None) -> None:
        """Who has it says that they cannot come: a coordinator hears of it at that time. "" and none ends that."""
        self._change("doubt", number=number, phone=phone, at=at)

    def let_go_since(self, phone: str, since: float) -> tuple[Need, ...]:
        """What a volunteer gave back or finished since then."""
        return tuple(map(need_of, self._all("let_go_since", phone=phone, since=since)))

    def callback_of(self, party: str) -> str:
        """The number that somebody left to be called back at, as it was typed."""
        row = self._one("callback_of", party=party)
        return row["callback"] if row else ""


def need_of(row: Row) -> Need:
    return Need(
        **{name: row[name] for name in AS_KEPT},
        code=str(row["code"]),
        status=Status(row["status"]),
        takers=tuple(row["takers"].split()),
        first_choices=tuple(row["first_choice"].split()),
        escalated=row["escalated_at"] is not None,
        urgent=bool(row["urgent"]),
        held=row["held_since"] is not None,
        helped=tuple(row["helped"].split()),
        confirmed=row["status"] == Status.DONE and row["check_at"] is None,
    )
