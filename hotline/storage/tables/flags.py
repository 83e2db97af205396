"""Flags: notes that a person should look."""

from hotline.model.flags import Flag
from hotline.storage.execute import Row, Table


class Flags(Table):
    """Notes that a person should look."""

    def add(self, why: str, party: str, words: str, about: int, now: float, recording: str = "") -> int:
        """`about` is the number of a need, 0 for none; `recording` the carrier's id of what was spoken. Its id."""
        values = {"why": why, "party": party, "words": words, "about": about, "recording": recording, "now": now}
        return int(self._all("flag", **values)[0]["id"])

    def add_once(self, why: str, party: str, words: str, about: int, now: float, recording: str = "") -> bool:
        """False when the same stands there already and nobody has looked."""
        values = {"why": why, "party": party, "words": words, "about": about, "recording": recording, "now": now}
        return self._change("flag_once", **values) == 1

    def add_once_since(self, since: float, why: str, now: float) -> bool:
        """Something about the whole hotline; False when the same was noted since then, whether or not it was seen."""
        return self._change("flag_once_since", since=since, why=why, now=now) == 1

    def is_open(self, why: str, about: int) -> bool:
        return self._one("is_flagged", why=why, about=about) is not None

    def is_open_about(self, why: str, party: str) -> bool:
        """Whether a person has yet to look at this about somebody."""
        return self._one("flag_is_open_about", why=why, party=party) is not None

    def open(self) -> list[Flag]:
        return [flag_of(row) for row in self._all("open_flags")]

    def settle(self, id: int, now: float) -> bool:
        """A person has looked, and what waited for that goes on; False when there is no such open flag."""
        self._change("own_again", id=id)
        self._change("answered_for", id=id)
        self._change("go_on_asking", id=id, now=now)
        return self._change("settle_flag", id=id, now=now) == 1

    def waiting(self, room: int) -> tuple[Flag, ...]:
        return tuple(map(flag_of, self._all("waiting_flags", room=room)))

    def missed(self, party: str, at: float) -> None:
        """Calls of theirs were missed: then it is looked whether anybody called back."""
        self._change("missed_look_at", phone=party, at=at)
        self._run.woke = True

    def is_missed(self, party: str) -> bool:
        """Whether a call of theirs was missed."""
        return self._one("is_missed", phone=party) is not None

    def settle_missed(self, party: str, now: float) -> bool:
        """They were heard, or called back; False where no call of theirs was missed."""
        return self._change("settle_missed", phone=party, now=now) > 0

    def note(self, why: str, party: str, words: str, about: int, now: float) -> None:
        """For the record: nobody has to look."""
        self._change("note", why=why, party=party, words=words, about=about, now=now)

    def count(self, why: str, until: float, now: float) -> None:
        """From now on it is counted how many more there are; at `until` that is told. Nobody has to look at this."""
        self._change("count_flags", why=why, until=until, now=now)
        self._run.woke = True

    def is_counting(self, why: str, since: float) -> bool:
        """Whether those are counted just now; a count that began before `since` is over whatever became of it."""
        return self._one("is_counting_flags", why=why, since=since) is not None

    def more_hidden(self, since: float) -> int:
        """How many called without a number since then of whom nobody was told, and whom nobody has looked at."""
        return int(self._all("more_hidden", since=since)[0]["many"])

    def more_wrong_pins(self, since: float) -> int:
        """In how many calls three wrong PINs were typed since then, of which the same is so."""
        return int(self._all("more_wrong_pins", since=since)[0]["many"])

    def settle_about(self, number: int, now: float) -> None:
        self._change("own_again_about", number=number)
        self._change("answered_for_about", number=number)
        self._change("go_on_asking_about", number=number, now=now)
        self._change("settle_flags_about", number=number, now=now)

    def settle_untaken(self, number: int, now: float) -> None:
        """Nobody has to look any more because nobody has it."""
        self._change("settle_waiting", number=number, now=now)

    def settle_why(self, number: int, why: str, now: float) -> None:
        """A person has looked at what was flagged about a need for this reason."""
        self._change("settle_flags_why", number=number, why=why, now=now)

    def looked(self, party: str) -> None:
        """A coordinator reads what is flagged about this person: nobody has to be rung for it any more."""
        self._change("flags_looked_at", party=party)

    def told_since(self, party: str, since: float) -> str:
        """Why coordinators were last texted about this number since then; "" where they were not."""
        row = self._one("flag_told_since", party=party, since=since)
        return row["why"] if row else ""

    def times_told(self, why: str, party: str, since: float) -> int:
        """How often coordinators were texted about this number for this reason since then."""
        return int(self._all("flags_told_since", why=why, party=party, since=since)[0]["many"])

    def called_since(self, party: str, since: float) -> bool:
        """Whether this person asked for somebody or named a danger since then, and nobody has looked."""
        return self._one("flag_called_since", party=party, since=since) is not None

    def told(self, id: int, now: float) -> None:
        """Coordinators are texted about it."""
        self._change("flag_told", id=id, now=now)

    def ring_later(self, id: int, at: float) -> None:
        """Then a coordinator is rung about it, unless somebody looks before."""
        self._change("flag_rings", id=id, at=at)
        self._run.woke = True

    def take_to_ring(self, id: int, now: float) -> bool:
        """Nobody else rings about it from now on; False when somebody does, or has looked."""
        return self._change("take_flag_to_ring", id=id, now=now) == 1

    def rung(self, id: int, now: float) -> None:
        """A coordinator is rung about it."""
        self._change("flag_rung", id=id, now=now)

    def rung_since(self, party: str, since: float) -> bool:
        """Whether a coordinator was rung about this number since then."""
        return self._one("flag_rung_since", party=party, since=since) is not None

    def hidden_rung_since(self, since: float) -> bool:
        """Whether a coordinator was rung about anybody without a number since then."""
        return self._one("hidden_rung_since", since=since) is not None

    def to_ring(self, id: int) -> Flag:
        """What nobody has looked at for too long, as coordinators are shown it."""
        return flag_of(self._all("flag_to_ring", id=id)[0])

    def misread(self) -> list[str]:
        """The words that coordinators said were read wrongly, the oldest first."""
        return [row["words"] for row in self._all("misread")]

    def settle_of(self, phone: str, why: str, now: float) -> None:
        self._change("settle_flags_of", phone=phone, why=why, now=now)


def flag_of(row: Row) -> Flag:
    columns = ("id", "why", "party", "words", "about", "raised_at", "recording")
    return Flag(**{name: row[name] for name in columns}, code=str(row["code"] or ""))
