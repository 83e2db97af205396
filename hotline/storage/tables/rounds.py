"""Listening rounds: what is asked, who is asked and how far they are, and what they answered."""

import json
from collections.abc import Sequence

from hotline.model.rounds import Consent, Part, Round, Stage
from hotline.storage.execute import JSON, Row, Table


class Rounds(Table):
    """Rounds, whoever is asked in them, and what they answered."""

    def consent(self, phone: str, consent: Consent) -> None:
        """Whether they agree to be asked; that they were asked about it takes back no answer."""
        if consent is Consent.ASKED:
            self._change("listens_asked", phone=phone, listens=consent)
        else:
            self._change("listens", phone=phone, listens=consent)

    def agreed(self) -> int:
        """How many agreed to be asked."""
        return int(self._all("how_many_listen")[0]["many"])

    def begin(
        self, coordinator: str, purpose: str, questions: Sequence[str], asks_at: float, until: float, now: float
    ) -> int:
        """A round, for everybody who agreed to be asked; its number."""
        values = {"coordinator": coordinator, "purpose": purpose, "questions": JSON.encode(list(questions))}
        row = self._all("begin_round", **values, asks_at=asks_at, closes_at=until, now=now)[0]
        self._change("choose_for_round", round=row["number"], now=now)
        self._run.woke = True
        return int(row["number"])

    def latest(self) -> Round | None:
        row = self._one("latest_round")
        return round_of(row) if row else None

    def part_of(self, phone: str) -> Part | None:
        """Their part in the round that goes on."""
        row = self._one("round_part_of", phone=phone)
        return part_of(row) if row else None

    def part(self, number: int) -> Part | None:
        row = self._one("round_part", number=number)
        return part_of(row) if row else None

    def check(self, part: Part, stage: Stage, check_at: float) -> None:
        self._change("check_round_part", number=part.number, stage=stage, check_at=check_at)

    def end_part(self, number: int, now: float) -> None:
        """They are asked no more in this round."""
        self._change("end_round_part", number=number, now=now)

    def no_more(self, part: Part, now: float) -> None:
        """They are asked no more in this round; whoever answered something still hears what came of it."""
        if self._change("no_more_questions", number=part.number, questions=len(part.round.questions)) == 0:
            self.end_part(part.number, now)

    def answered(self, part: Part, words: str, recording: str, now: float) -> None:
        """The next question of theirs is answered, or passed over where nothing was said."""
        if self._change("step_round_part", number=part.number, put=part.put) == 1 and (words or recording):
            same = {"round": part.round.number, "question": part.put, "phone": part.phone}
            self._change("keep_round_answer", **same, words=words, recording=recording, now=now)

    def first_words(self, round: int, phone: str) -> str:
        """What somebody wrote first in a round; "" where they only spoke."""
        row = self._one("first_round_words", round=round, phone=phone)
        return row["words"] if row else ""

    def end(self, number: int, outcome: str, now: float) -> bool:
        """What came of it is told to whoever answered, by the worker; False where it was over already."""
        ended = self._change("end_round", number=number, outcome=outcome, now=now) == 1
        if ended:
            self._change("outcome_to_parts", round=number, now=now)
            self._change("end_round_parts", round=number, now=now)
            self._run.woke = True
        return ended


def round_of(row: Row) -> Round:
    same = ("coordinator", "purpose", "created_at", "asks_at", "closes_at", "outcome")
    questions = tuple(json.loads(row["questions"]))
    return Round(
        row["round"], questions=questions, ended_at=row["round_ended_at"], **{name: row[name] for name in same}
    )


def part_of(row: Row) -> Part:
    return Part(row["number"], round_of(row), row["phone"], Stage(row["stage"]), row["put"])
