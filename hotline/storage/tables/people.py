"""People: whoever was ever heard or is to be told something."""

import json
from collections.abc import Sequence

from hotline.engine.session import Session
from hotline.model.people import Person, Reach
from hotline.model.rounds import Consent
from hotline.storage.execute import JSON, Row, Table

NOTHING = frozenset[str]()


class People(Table):
    """Whoever was ever heard or is to be told something."""

    def get(self, phone: str, now: float) -> Person:
        """Who speaks, locked until the turn is kept; a new number gets a row."""
        row = self._one("person", phone=phone)
        if row is None and self._change("meet", phone=phone, now=now) == 1:
            return Person(phone, Session(phone), has=_has(self._all("newcomer_has", phone=phone)[0]))
        return _person(row or self._all("person", phone=phone)[0])

    def keep_session(
        self, session: Session, asked_at: float, heard: tuple[int, float], introduced: bool, now: float
    ) -> None:
        """Where a person stands now. `heard` is how much was heard from them, and since when that is counted."""
        plain = JSON.encode(session.to_plain())
        values: dict[str, object] = {
            "phone": session.party,
            "session": plain,
            "language": session.language,
            "turn": session.turn,
        }
        values |= {"recent": heard[0], "recent_since": heard[1], "introduced": int(introduced)}
        self._change("keep_session", **values, asked_at=asked_at, now=now)

    def heard_much(self, phone: str, heard: tuple[int, float], now: float) -> None:
        self._change("heard_much", phone=phone, recent=heard[0], recent_since=heard[1], now=now)

    def newcomers_since(self, since: float, most: int) -> int:
        """How many numbers were heard for the first time since then, counted up to `most`."""
        return int(self._all("newcomers_since", since=since, most=most)[0]["people"])

    def first_at(self) -> float | None:
        """When the first person was heard of, None while there is nobody."""
        row = self._one("first_at", since=0.0)
        return float(row["at"]) if row else None

    def reach(self, phone: str) -> Reach:
        row = self._one("reach", phone=phone)
        if row is None:
            return Reach()
        return Reach(
            language=row["language"],
            can_text=bool(row["can_text"]),
            opted_out_at=row["opted_out_at"],
            blocked=bool(row["blocked"]),
            heard_at=row["heard_at"] or 0.0,
            gives=row["status"] or "",
            hours=row["hours"] or "",
            timezone=row["timezone"] or "",
            paused_until=row["paused_until"] or 0.0,
            calls=bool(row["calls"]),
            say_who=row["say_who"],
            leave_word=row["leave_word"],
            no_calls_until=row["no_calls_until"],
            rung_instead=bool(row["rung_instead"]),
            stop_asked=bool(row["stop_asked"]),
            disowned_at=row["disowned_at"],
            introduced=bool(row["introduced"]),
        )

    def name_of(self, phone: str) -> str:
        row = self._one("names", phone=phone)
        return row["name"] if row else ""

    def introduce(self, phone: str, name: str, language: str, now: float) -> None:
        """A person with a name and a language, before they were ever heard."""
        self._change("meet", phone=phone, now=now)
        if name:
            self._change("name_person", phone=phone, name=name)
        if language:
            self._change("speak_to", phone=phone, language=language)

    def correct(self, phone: str, name: str, language: str) -> None:
        """Another name, or another language in which they are spoken to."""
        self._change("name_person", phone=phone, name=name)
        self._change("speak_from_now", phone=phone, language=language)

    def opt_out(self, phone: str, now: float, *, rung_instead: bool = False) -> None:
        """No more texts. Whoever is rung instead hears in a call what waits; for all others it is forgotten."""
        self._change("opt_out", phone=phone, rung_instead=int(rung_instead), now=now)
        if not rung_instead:
            self._change("forget_waiting", phone=phone, now=now)

    def opt_in(self, phone: str) -> None:
        self._change("opt_in", phone=phone)

    def introduced(self, phone: str) -> None:
        """They were told who we are."""
        self._change("introduced", phone=phone)

    def invited(self, phone: str, now: float) -> None:
        """They were invited to give something of their own; nobody is twice."""
        self._change("invited", phone=phone, now=now)

    def stop_asked(self, phone: str, asked: bool, *, in_vain: bool = False) -> None:
        """Whether we asked if all texts end and wait; `in_vain` once coordinators know that there is no answer."""
        self._change("stop_asked", phone=phone, asked=2 if in_vain else int(asked))

    def disown(self, phone: str, now: float) -> None:
        """Somebody else has this number now; the name is forgotten."""
        self._change("disown", phone=phone, now=now)

    def block(self, phone: str, blocked: bool, now: float) -> None:
        self._change("meet", phone=phone, now=now)
        self._change("block", phone=phone, blocked=int(blocked))

    def cannot_text(self, phone: str) -> None:
        self._change("cannot_text", phone=phone)

    def can_text(self, phone: str) -> None:
        self._change("can_text", phone=phone)

    def reach_by(self, phone: str, calls: bool, say_who: str = "", leave_word: str = "") -> None:
        """By calls or by texts; what a call may say is kept as it was where nothing new is given."""
        self._change("reach_by", phone=phone, calls=int(calls), say_who=say_who, leave_word=leave_word)

    def rest(self, phone: str, until: float) -> None:
        """No calls that they did not ask for until then."""
        self._change("rest", phone=phone, until=until)

    def lock(self, phones: Sequence[str]) -> None:
        """Whom a coordinator named: before their needs, so that nothing of theirs is decided meanwhile."""
        self._all("lock_people", phones=list(phones))

    def place(self, session: Session, now: float) -> None:
        """Puts someone who has said nothing just now before a question."""
        plain = json.dumps(session.to_plain(), ensure_ascii=False)
        self._change("place", phone=session.party, session=plain, turn=session.turn, now=now)


def _has(row: Row) -> frozenset[str]:
    return frozenset(row["has"].split()) if row["has"] else NOTHING


def _person(row: Row) -> Person:
    session = Session.from_plain(row["phone"], row["language"], row["turn"], json.loads(row["session"]))
    return Person(
        row["phone"],
        session,
        known=row["heard_at"] is not None,
        name=row["name"],
        area=row["area"],
        volunteer=row["gives"] == "active",
        waits=row["gives"] == "waiting",
        introduced=bool(row["introduced"]),
        opted_out=row["opted_out_at"] is not None,
        can_text=bool(row["can_text"]),
        asked_at=row["asked_at"],
        blocked=bool(row["blocked"]),
        recent=row["recent"],
        recent_since=row["recent_since"],
        calls=bool(row["calls"]),
        say_who=row["say_who"],
        leave_word=row["leave_word"],
        rung_instead=bool(row["rung_instead"]),
        stop_asked=bool(row["stop_asked"]),
        disowned_at=row["disowned_at"],
        has=_has(row),
        invited=row["invited_at"] is not None,
        listens=Consent(row["listens"]),
    )
