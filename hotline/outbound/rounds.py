"""Listening rounds inside transactions: how one begins, what is kept of an answer, and what is told by time."""

from hotline.community.model import Community
from hotline.dispatch import rounds as dispatch
from hotline.dispatch.quiet_hours import wakes_at
from hotline.engine.session import Values
from hotline.model import calendar
from hotline.model.calendar import HOUR
from hotline.model.effects import AnswerRound, BeginRound, Effect, EndRound, LeaveRound, Listens
from hotline.model.rounds import FEWEST_COUNTED, LONGEST_OUTCOME, MOST_QUESTIONS, Consent, Part, may_begin
from hotline.outbound.sharing import is_reached, tell
from hotline.storage import Transaction

AT_NOON = 12 * HOUR  # of the day after it is told
LONGEST_QUOTED = 60  # letters of what they said, told back


class ListeningRounds:
    """The rounds of one community."""

    def __init__(self, community: Community) -> None:
        self._community = community

    def carry_out(self, tx: Transaction, effect: Effect, phone: str, now: float) -> None:
        match effect:
            case Listens(consent):
                tx.rounds.consent(phone, consent)
            case BeginRound(purpose, questions):
                key = next((key for key, number in self._community.coordinators.items() if number == phone), "")
                self.begin(tx, key, purpose, questions, now)
            case EndRound(outcome):
                latest = tx.rounds.latest()
                if latest and latest.live and self._community.is_coordinator(phone):
                    self.end(tx, latest.number, outcome, now)
            case AnswerRound(words, recording):
                if part := tx.rounds.part_of(phone):
                    tx.rounds.answered(part, words, recording, now)
            case LeaveRound():
                if part := tx.rounds.part_of(phone):
                    tx.rounds.no_more(part, now)

    def left(self, tx: Transaction, phone: str, now: float, *, asks_too: bool) -> None:
        """They leave: nobody asks them any more."""
        tx.rounds.consent(phone, Consent.NO)
        if part := tx.rounds.part_of(phone):
            tx.rounds.end_part(part.number, now)

    def begin(self, tx: Transaction, key: str, purpose: str, questions: tuple[str, ...], now: float) -> int:
        """A round: told today, asked from tomorrow noon on. Its number, 0 where none may begin."""
        asked = tuple(filter(None, map(str.strip, questions)))[:MOST_QUESTIONS]
        may = may_begin(tx.rounds.latest(), now) and tx.rounds.agreed() >= FEWEST_COUNTED
        if not (may and key and asked and purpose.strip()):
            return 0
        rules = self._community.rules
        at, until = dispatch.asks_at(wakes_at(rules, calendar.midnight(now, rules.timezone, days=1) + AT_NOON))
        return tx.rounds.begin(key, purpose.strip(), asked, at, until, now)

    def end(self, tx: Transaction, number: int, outcome: str, now: float) -> bool:
        """What came of it goes to whoever answered."""
        return tx.rounds.end(number, outcome.strip()[:LONGEST_OUTCOME], now)

    def looked_after(self, tx: Transaction, part: Part, *, busy: bool, now: float) -> bool:
        """What is due about somebody's part is done, but for the question: whether that is to be put."""
        reach = tx.people.reach(part.phone)
        agrees = tx.people.get(part.phone, now).listens is Consent.YES
        left_alone = reach.stop_asked or bool(tx.dangers.of(part.phone))
        step = dispatch.due(
            part,
            reached=is_reached(reach, self._community) and agrees and not left_alone,
            busy=busy,
            morning=wakes_at(self._community.rules, now),
            now=now,
        )
        match step.next:
            case dispatch.NextInRound.END:
                tx.rounds.end_part(part.number, now)
            case dispatch.NextInRound.OUTCOME:
                self._tell_outcome(tx, part, now)
                tx.rounds.end_part(part.number, now)
            case dispatch.NextInRound.TELL:
                here = part.round
                day = calendar.today(here.asks_at, self._community.rules.timezone).isoformat()  # said as it is then
                told: Values = {"name": here.name, "count": str(len(here.questions)), "purpose": here.purpose}
                told = {**told, "day": (day,)}
                tell(tx, part.phone, "news.round_begins", told, now)
                tx.rounds.check(part, step.stage, step.check_at)
            case _:
                tx.rounds.check(part, step.stage, step.check_at)
        return step.next is dispatch.NextInRound.ASK

    def _tell_outcome(self, tx: Transaction, part: Part, now: float) -> None:
        """You said ..., and this came of it; whoever only spoke hears what came of it."""
        here, words = part.round, tx.rounds.first_words(part.round.number, part.phone)
        quoted = words if len(words) <= LONGEST_QUOTED else f"{words[:LONGEST_QUOTED].rstrip()}..."
        key = "news.round_you_said" if words else "news.round_outcome"
        tell(tx, part.phone, key, {"name": here.name, "said": quoted, "outcome": here.outcome}, now)
