"""Orders about one person: what the team does about somebody who asks or gives, at the board or by a command. One set
of rules, two doors; each in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hotline.community.model import Community
from hotline.engine.answers import Heard
from hotline.engine.session import Turn
from hotline.flows.volunteer.availability import go
from hotline.inbound.apply_effects import EffectHandler
from hotline.inbound.board_desk import Outcome, changed_meanwhile
from hotline.inbound.load_facts import load_facts
from hotline.inbound.person_undo import can_be_taken_back
from hotline.model.board import Member
from hotline.model.calendar import DAY
from hotline.model.people import Volunteer
from hotline.model.pseudonyms import Pseudonyms
from hotline.outbound import suppression
from hotline.storage import Transaction
from hotline.storage.tables.person_undo import BACK

GIVING = ("active", "waiting", "invited")
LONGEST_PAUSE = 365  # days
ONCE_TOLD = frozenset(("approved",))  # what is not taken back any more once they have read of it


def gives_no_longer(tx: Transaction, phone: str, here: Community, now: float) -> bool:
    """As if they had left by themselves, but that they are not told: what they have in hand is asked of others. False
    for somebody who gives nothing."""
    known = tx.volunteers.get(phone)
    if known is None or known.status == "left":
        return False
    me = tx.people.get(phone, now)
    facts = load_facts(tx, me, Heard(""), here, now)
    turn = Turn(me.session, (), tuple(go({}, facts)))
    EffectHandler(here).keep(tx, turn, facts, (me.recent, me.recent_since), introduced=me.introduced)
    return True


@dataclass(frozen=True)
class PeopleDesk:
    """Where the board's presses about a person are carried out. `marks` tells who is left alone though all else about
    them is forgotten; None without SECRET_KEY."""

    community: Community
    marks: Pseudonyms | None
    clock: Callable[[], float]

    def fields(self, name: str, language: str, calls: bool, gives: Volunteer | None) -> dict[str, str]:
        """What of a person can be changed at the board, by name, as their page shows it."""
        theirs = gives if gives and gives.status in GIVING else Volunteer("")
        return {
            "name": name,
            "language": language,
            "calls": "yes" if calls else "",
            "needs": " ".join(each for each in self.community.needs_offered if each in theirs.needs),
            "areas": " ".join(each for each in self.community.areas if each in theirs.areas),
        }

    def pause(self, tx: Transaction, who: Member, record: int, days: int, token: str) -> Outcome:
        """A volunteer is asked nothing for so many days; 0 ends a pause."""
        phone = tx.board.whose(record)
        known = tx.volunteers.get(phone)
        if known is None or known.status not in GIVING:
            return Outcome(False, key="gives_nothing")
        if tx.board.was_pressed(token):
            return Outcome(True, key="twice")
        now, what = self.clock(), "paused" if days else "unpaused"
        with can_be_taken_back(tx, who.key, what, phone, token, now):
            tx.volunteers.pause(phone, now + min(days, LONGEST_PAUSE) * DAY, now)
        self._did(tx, who, what, record, token)
        return Outcome(True, key=what)

    def end_giving(self, tx: Transaction, who: Member, record: int, token: str) -> Outcome:
        """What they have in hand is asked of others, and stays so when it is taken back."""
        if tx.board.was_pressed(token):
            return Outcome(True, key="twice")
        phone, now = tx.board.whose(record), self.clock()
        with can_be_taken_back(tx, who.key, "removed", phone, token, now):
            gave = gives_no_longer(tx, phone, self.community, now)
        if not gave:
            return Outcome(False, key="gives_nothing")
        self._did(tx, who, "removed", record, token)
        return Outcome(True, key="removed")

    def block(self, tx: Transaction, who: Member, record: int, blocked: bool, token: str) -> Outcome:
        """They get no answer any more and reach nobody, or are answered again. Nobody shuts out the team."""
        phone = tx.board.whose(record)
        if self.community.is_coordinator(phone):
            return Outcome(False, key="of_the_team")
        if tx.board.was_pressed(token):
            return Outcome(True, key="twice")
        what = "blocked" if blocked else "unblocked"
        with can_be_taken_back(tx, who.key, what, phone, token, self.clock()):
            tx.people.block(phone, blocked, self.clock())
        self._did(tx, who, what, record, token)
        return Outcome(True, key=what)

    def undo(self, tx: Transaction, who: Member, record: int, change: int, token: str) -> Outcome:
        """What was done about somebody is taken back, where they stand as it left them."""
        if tx.board.was_pressed(token):
            return Outcome(True, key="twice")
        phone, done = tx.board.whose(record), tx.person_undo.change(change)
        if done is None or done.what == "imported" or not tx.person_undo.holds(change, phone):
            return Outcome(False, key="undo_late")
        if done.undone_at is not None:
            return Outcome(False, key="undone_already")
        tx.people.lock([phone])
        told = done.what in ONCE_TOLD
        if tx.person_undo.take_back(change, phone, self.clock(), unless_told=told) != BACK:
            return Outcome(False, key="undo_changed")
        tx.person_undo.undone(change, who.key, self.clock())
        self._did(tx, who, "undid_person", record, token)
        return Outcome(True, key="undone_removed" if done.what == "removed" else "undone_person")

    def change(
        self,
        tx: Transaction,
        who: Member,
        record: int,
        given: Mapping[str, str],
        seen: Mapping[str, str],
        token: str,
    ) -> Outcome:
        """Name, language, how they are reached, and what they give where. Whoever gives nothing yet is asked from now
        on only with a word on how they agreed to that (`consent`)."""
        phone, now = tx.board.whose(record), self.clock()
        tx.people.lock([phone])
        me, gives = tx.people.get(phone, now), tx.volunteers.get(phone)
        stands = self.fields(me.name, me.session.language, me.calls, gives)
        if tx.board.was_pressed(token):
            return Outcome(True, key="twice")
        if theirs := changed_meanwhile(stands, given, seen):
            return Outcome(False, key="conflict", theirs=theirs)
        new = {name: given[name] for name in stands if name in given and given[name] != stands[name]}
        if not new:
            return Outcome(True, key="same")
        with can_be_taken_back(tx, who.key, "changed_person", phone, token, now):
            wrong = self._correct(tx, phone, stands, new, given.get("consent", ""))
        if wrong:
            return wrong
        self._did(tx, who, "changed_person", record, token)
        return Outcome(True, key="changed")

    def _correct(
        self, tx: Transaction, phone: str, stands: Mapping[str, str], new: Mapping[str, str], consent: str
    ) -> Outcome | None:
        """What is wrong with it; None where it is on record."""
        now, gives = {**stands, **new}, tx.volunteers.get(phone)
        if ("needs" in new or "areas" in new) and (wrong := self._gives(tx, phone, now, consent, gives)):
            return wrong
        tx.people.correct(phone, now["name"], now["language"])
        if "language" in new and gives:
            tx.volunteers.speak(phone, new["language"])
        if "calls" in new:
            tx.people.reach_by(phone, new["calls"] == "yes")
        return None

    def _gives(
        self, tx: Transaction, phone: str, new: Mapping[str, str], consent: str, known: Volunteer | None
    ) -> Outcome | None:
        """What is wrong with it; None where it is on record."""
        needs, areas = new["needs"].split(), new["areas"].split()
        if not (needs and areas):
            return Outcome(False, key="gives_half", wrong="needs")
        gives = known is not None and known.status in GIVING
        if not gives and (tx.people.reach(phone).opted_out or self._left_alone(tx, phone)):
            return Outcome(False, key="left_alone", wrong="needs")
        if not gives and not consent:
            return Outcome(False, key="no_consent", wrong="consent")
        tx.volunteers.enroll(phone, needs, areas, known.status if known and gives else "active", self.clock())
        if consent:
            tx.volunteers.consented(phone, consent)
        return None

    def _left_alone(self, tx: Transaction, phone: str) -> bool:
        reach = tx.people.reach(phone)
        known = suppression.why(tx, self.marks, phone) if self.marks else suppression.must_be_remembered(reach)
        return bool(known) or reach.stop_asked or reach.disowned_at is not None

    def saw_number(self, tx: Transaction, who: Member, record: int) -> None:
        """A number is shown to somebody: written down before they see it."""
        self._did(tx, who, "saw_number", record)

    def exported(self, tx: Transaction, who: Member, record: int, reason: str) -> None:
        """All that is kept of somebody is taken out, and why: written down before it is."""
        tx.board.exported(who.key, _of(record), reason, self.clock())
        self._did(tx, who, "exported", record)

    def took_out(self, tx: Transaction, who: Member, what: str, reason: str) -> None:
        """A list is taken out as a file, with a `reason` where personal data is in it: written down before it is."""
        now = self.clock()
        if reason:
            tx.board.exported(who.key, what, reason, now)
        tx.board.did(who.key, f"exported_{what}{'_whole' if reason else ''}", now)

    def forgets(self, tx: Transaction, who: Member, record: int) -> None:
        """All that is kept of somebody goes. The trail keeps that there was such a record."""
        self._did(tx, who, "forgot", record)

    def _did(self, tx: Transaction, who: Member, what: str, record: int, token: str = "") -> None:
        tx.board.did(who.key, what, self.clock(), more=_of(record), press=token)


def _of(record: int) -> str:
    """How the trail names a person."""
    return f"person {record}"
