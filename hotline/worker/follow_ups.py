"""Follow-ups: looks after needs of which nothing is heard. Reminds, asks, tells a person, and makes next week's."""

from collections.abc import Callable

from hotline.community.model import Community
from hotline.dispatch.follow_up import STOP_OR_NOT, After, Next, due, due_in_danger, first_look
from hotline.dispatch.recurrence import next_due, next_made_at
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt
from hotline.flows import FLOWS
from hotline.flows.about_needs import story
from hotline.flows.neighbor.intake import intake
from hotline.flows.neighbor.said import already_said
from hotline.inbound.load_facts import load_facts
from hotline.model.calendar import DAY
from hotline.model.due import DueRow, Kind
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status
from hotline.model.outgoing import NEWS
from hotline.model.when import at_the_moment
from hotline.outbound import notify_coordinators
from hotline.storage import Transaction
from hotline.worker.poison_rows import RowByRow
from hotline.worker.put_question import put_question

Still = Callable[[int, float], Need | None]
Then = Callable[[Transaction, Need, Facts], None]


class FollowUpWorker:
    """One need a transaction. Locks are taken as by whoever writes: first the person, then their needs."""

    kinds = frozenset(
        (
            Kind.FOLLOW_UP,
            Kind.NEXT_WEEK,
            Kind.DOUBT,
            Kind.STOP,
        )
    )

    def __init__(self, rows: RowByRow, community: Community) -> None:
        self._rows, self._community = rows, community

    async def look_after_one(self) -> bool:
        """One of each kind. False when nothing is due."""
        looked = [
            await self._rows.first(Kind.FOLLOW_UP, self._check),
            await self._rows.first(Kind.NEXT_WEEK, self._make_next_weeks),
            await self._rows.first(Kind.DOUBT, self._look_at_doubt),
            await self._rows.first(Kind.STOP, self._look_at_stop, STOP_OR_NOT),
        ]
        return any(looked)

    def _take_up(self, tx: Transaction, row: DueRow, now: float, still: Still, then: Then) -> None:
        """A need that seems due is locked behind its neighbor and, if it still is due, looked after."""
        facts = load_facts(tx, tx.people.get(row.party, now), Heard(), self._community, now, (row.about,))
        need = still(row.about, now)
        if need:
            then(tx, need, facts)

    def _check(self, tx: Transaction, row: DueRow, now: float) -> None:
        self._take_up(tx, row, now, tx.follow_ups.still_due, self._care_for)

    def _care_for(self, tx: Transaction, need: Need, facts: Facts) -> None:
        if need.status in (Status.DRAFT, Status.OPEN) and _names_danger(tx, need):
            return self._care_in_danger(tx, need, facts.now)
        step = due(need, self._community.rules, facts.now)
        if step.next is Next.NOTHING:
            return tx.follow_ups.check(need.number, step.check_at, step.checks)
        if step.next in (Next.HAPPENED, Next.STILL_NEEDED, Next.GO_ON):
            alone = facts.me.stop_asked or facts.me.disowned_at is not None
            if alone or facts.me.is_answering(facts.now):
                why = After.LEFT_ALONE if alone else After.INTERRUPTED
                look_at = first_look(why, self._community.rules, facts.now)
                return tx.follow_ups.check(need.number, look_at, need.checks)
            if facts.me.opted_out and not facts.me.rung_instead:
                tx.flags.add_once("cannot_be_asked", need.neighbor, "", need.number, facts.now)
        tx.follow_ups.check(need.number, step.check_at, step.checks)
        return self._do(tx, step.next, need, facts)

    def _care_in_danger(self, tx: Transaction, need: Need, now: float) -> None:
        step = due_in_danger(need.held, self._community.rules, now)
        tx.follow_ups.check(need.number, step.check_at, need.checks)
        if step.next is Next.PERSON:
            notify_coordinators.danger_stays_open(tx, self._community, need, now)

    def _do(self, tx: Transaction, step: Next, need: Need, facts: Facts) -> None:
        match step:
            case Next.BEFORE:
                said = Prompt("news.before", values=story(need) | {"area": (need.area, *self._expected(need))})
                for taker in need.takers:
                    tx.outbox.put(taker, [said], need.number, NEWS, facts.now)
            case Next.REMIND:
                for taker in need.takers:
                    tx.outbox.put(taker, [Prompt("news.reminder", values=story(need))], need.number, NEWS, facts.now)
            case Next.GO_ON:
                new = not facts.me.introduced and tx.flags.is_open("asked_the_carrier", need.number)
                before = Prompt("hello.first") if new else Prompt("news.unfinished", values=story(need))
                _put_question(tx, intake.name, need, facts, before)
                if new:
                    tx.people.introduced(need.neighbor)
            case Next.HAPPENED:
                said = Prompt("news.done", values=story(need, facts.names_of(need.helped)))
                _put_question(tx, str(step), need, facts, *([said] if need.helped else []))
            case Next.STILL_NEEDED:
                _put_question(tx, str(step), need, facts)
            case Next.PERSON:
                self._tell_a_person(tx, need, facts.now)
            case Next.EXPIRE:
                _expire(tx, need, facts.now)
                if not need.begun and need.status is Status.OPEN:
                    tx.flags.add_once("nobody_came", need.neighbor, "", need.number, facts.now)
                    notify_coordinators.nobody_came(tx, self._community, need, facts.now)

    def _expected(self, need: Need) -> tuple[str, ...]:
        """The time of a need as it is said: when its taker said they would come, else as its neighbor said."""
        if need.coming_at is None:
            return (need.due,) if need.due else need.times
        return (at_the_moment(need.coming_at, self._community.rules.timezone).name,)

    def _tell_a_person(self, tx: Transaction, need: Need, now: float) -> None:
        tx.flags.add_once("nobody_says", need.neighbor, "", need.number, now)
        notify_coordinators.nobody_says(tx, self._community, need, now)

    def _look_at_doubt(self, tx: Transaction, row: DueRow, now: float) -> None:
        """Who has it said that they cannot come, and then nothing more."""
        self._take_up(tx, row, now, tx.follow_ups.still_in_doubt, self._may_not_come)

    def _may_not_come(self, tx: Transaction, need: Need, facts: Facts) -> None:
        tx.needs.doubt(need.number, need.doubted_by, None)
        if need.doubted_by in need.takers:
            tx.flags.add_once("may_not_come", need.doubted_by, "", need.number, facts.now)
            notify_coordinators.may_not_come(tx, self._community, need, facts.now)

    def _look_at_stop(self, tx: Transaction, row: DueRow, now: float) -> None:
        """Who was asked whether all texts end, and did not say: they are left alone, and a person knows."""
        phone = row.party
        me = tx.people.get(phone, now)
        if me.stop_asked and me.asked_at <= now - STOP_OR_NOT:
            tx.people.stop_asked(phone, True, in_vain=True)
            about = next((need.number for need in tx.needs.asked_for(phone)), 0)
            tx.flags.add_once("stop_unanswered", phone, "", about, now)
            notify_coordinators.stop_unanswered(tx, self._community, phone, about, now)

    def _make_next_weeks(self, tx: Transaction, row: DueRow, now: float) -> None:
        self._take_up(tx, row, now, tx.follow_ups.still_again, self._make_again)

    def _make_again(self, tx: Transaction, need: Need, facts: Facts) -> None:
        rules, now = self._community.rules, facts.now
        when = next_due(need.every, need.due, rules, now)
        due, span = (when.name, when.span(rules.timezone)) if when else ("", None)
        made = tx.needs.again(need.number, next_made_at(need.every, rules, now + DAY), due, span, now)
        tx.follow_ups.check(made, first_look(After.MADE_AGAIN, rules, now, span))
        told = story(need) | {"number": tx.needs.code_of(made), "day": tuple(need.every.split())}
        tx.outbox.put(need.neighbor, [Prompt("news.again", values=told)], made, NEWS, now)


def _names_danger(tx: Transaction, need: Need) -> bool:
    """Whether it names danger, or may: nobody is asked to finish such a form, or whether it is still needed."""
    return need.held or tx.dangers.is_named_in(need.number) or tx.flags.is_open("emergency", need.number)


def _put_question(tx: Transaction, flow: str, need: Need, facts: Facts, *before: Prompt) -> None:
    """About a need; the next question of a form takes the place of the one before."""
    known = {"need": need.code, "words": need.words} | already_said(need)
    put_question(tx, FLOWS[flow], known, facts, need.number, before, replaces=need.status is Status.DRAFT)


def _expire(tx: Transaction, need: Need, now: float) -> None:
    tx.needs.expire(need.number, now)
    tx.outbox.put(need.neighbor, [Prompt("news.expired", values=story(need))], need.number, NEWS, now)
    for taker in need.takers:
        tx.outbox.put(taker, [Prompt("news.expired_in_hand", values=story(need))], need.number, NEWS, now)
    tx.alerts.stand_down(need.number, "", Prompt("news.expired_in_hand", values=story(need)), now)
