"""Safety rings: the ladder alone. An alarm goes to one person after the other until a person says that all is well."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hotline.dispatch.safety_rings import (
    ASKS,
    LOOKS_FOR,
    MOST_NAMED,
    TURN,
    again,
    cannot,
    due,
    goes,
    may_be_named,
    raised,
)
from hotline.flows import dialog_manager
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.safety_rings import TEAM, Alarm, Consent, Contact, Safety
from tests.unit.build import facts

ANA, BEN, CHO, ROSA, SAM = (f"+121255501{n}" for n in (11, 12, 13, 98, 99))
NOW = 1_000_000.0
FIRST, SECOND = (Contact(ANA, who, place, Consent.YES, NOW) for who, place in ((BEN, 1), (CHO, 2)))
BOTH, TEAM_OF_TWO = (FIRST, SECOND), (ROSA, SAM)


def asked_in_turn(alarm: Alarm, times: int) -> list[tuple[float, str]]:
    """Whom it goes to, and how many minutes after it was raised, where nobody says anything."""
    turns, now = [], alarm.raised_at
    for _ in range(times):
        turn = due(alarm, BOTH, TEAM_OF_TWO, now)
        assert turn
        turns.append(((now - NOW) / MINUTE, turn.asked))
        alarm, now = turn.alarm, turn.alarm.check_at
    return turns


def test_contact_one_contact_two_then_coordinators_in_turn_every_fifteen_minutes() -> None:
    assert asked_in_turn(raised(ANA, NOW), 6) == [
        (0, BEN),
        (15, CHO),
        (30, ROSA),
        (45, SAM),
        (60, ROSA),
        (75, SAM),
    ]


def test_who_goes_has_an_hour_once_and_whoever_can_not_passes_it_on_at_once() -> None:
    turn = due(raised(ANA, NOW), BOTH, TEAM_OF_TWO, NOW)
    assert turn
    looks = goes(turn.alarm, BEN, NOW + 60, of_team=False)
    assert (looks.looks, looks.check_at) == (BEN, NOW + 60 + LOOKS_FOR)
    assert due(looks, BOTH, TEAM_OF_TWO, NOW + LOOKS_FOR) is None
    further = due(looks, BOTH, TEAM_OF_TWO, NOW + 60 + LOOKS_FOR)
    assert further
    assert (further.asked, further.alarm.looks) == (CHO, "")
    once_more = goes(further.alarm, BEN, NOW + 2 * HOUR, of_team=False)
    assert once_more.check_at == further.alarm.check_at  # the same person holds it up once
    assert cannot(further.alarm, CHO, NOW + 2 * HOUR).check_at == NOW + 2 * HOUR
    assert cannot(further.alarm, SAM, NOW + 2 * HOUR) == further.alarm  # it is not up to them


def test_a_contact_who_goes_does_not_hold_up_coordinators_and_a_coordinator_does() -> None:
    alarm = Alarm(ANA, NOW, NOW + TURN, place=TEAM, turns=1, asked=ROSA)
    assert goes(alarm, BEN, NOW, of_team=False).check_at == NOW + TURN
    assert goes(alarm, SAM, NOW, of_team=True).check_at == NOW + LOOKS_FOR


def test_without_contacts_or_coordinators_it_still_goes_on() -> None:
    turn = due(raised(ANA, NOW), (), (), NOW)
    assert turn
    assert (turn.asked, turn.alarm.check_at) == ("", NOW + TURN)
    assert due(turn.alarm, (), (ROSA,), NOW + TURN)


def test_a_clock_that_was_set_back_holds_up_nothing() -> None:
    assert due(Alarm(ANA, NOW + DAY, NOW + DAY), BOTH, TEAM_OF_TWO, NOW)


def test_who_never_says_is_no_contact() -> None:
    contact = Contact(ANA, BEN, 1, Consent.ASKED, NOW, check_at=NOW)
    for _ in range(ASKS):
        contact = again(contact, NOW)
        assert contact.consent is Consent.ASKED
    assert again(contact, NOW).consent is Consent.NO


def test_nobody_names_themself_or_who_said_no_or_half_the_town() -> None:
    assert not may_be_named(ANA, ANA, (), NOW)
    assert may_be_named(BEN, ANA, (), NOW)
    assert not may_be_named(BEN, ANA, (FIRST.but(consent=Consent.NO),), NOW)
    named = tuple(FIRST.but(contact=f"+1212555010{n}") for n in range(MOST_NAMED))
    assert not may_be_named(BEN, ANA, named, NOW)
    assert may_be_named(BEN, ANA, named, NOW + 31 * DAY)


class Ladder(RuleBasedStateMachine):
    """One alarm: people say anything at any time, contacts leave, nobody is on call, we stop for any while."""

    @initialize()
    def begin(self) -> None:
        self.now, self.alarm = NOW, raised(ANA, NOW)
        self.contacts: tuple[Contact, ...] = BOTH
        self.team: tuple[str, ...] = TEAM_OF_TWO
        self.held: list[str] = []

    @rule(minutes=st.sampled_from((0, 1, 14, 16, 61, 700)))
    def time_passes(self, minutes: int) -> None:
        self.now += minutes * MINUTE
        before = self.alarm
        turn = due(before, self.contacts, self.team, self.now)
        if turn is None:
            assert self.now < before.check_at
            return
        assert before.check_at <= self.now
        assert turn.alarm.place >= before.place
        assert due(turn.alarm, self.contacts, self.team, self.now) is None  # whoever looks twice asks nobody twice
        if self.team or any(each.place > before.place for each in self.contacts):
            assert turn.asked
        assert turn.first_of_team == (turn.alarm.place == TEAM > before.place)
        self.alarm = turn.alarm

    @rule(who=st.sampled_from((BEN, CHO)))
    def a_contact_goes(self, who: str) -> None:
        before = self.alarm
        self.alarm = goes(before, who, self.now, of_team=False)
        if self.alarm.check_at != before.check_at:
            assert who not in self.held
            self.held.append(who)

    @rule(who=st.sampled_from(TEAM_OF_TWO))
    def a_coordinator_goes(self, who: str) -> None:
        self.alarm = goes(self.alarm, who, self.now, of_team=True)

    @rule(who=st.sampled_from((BEN, CHO, ROSA, SAM)))
    def somebody_can_not(self, who: str) -> None:
        before = self.alarm
        self.alarm = cannot(before, who, self.now)
        assert self.alarm.check_at <= max(before.check_at, self.now)

    @precondition(lambda self: self.contacts)
    @rule()
    def a_contact_leaves(self) -> None:
        self.contacts = self.contacts[1:]

    @rule(team=st.sampled_from(((), (SAM,), TEAM_OF_TWO)))
    def the_team_changes(self, team: tuple[str, ...]) -> None:
        self.team = team

    @invariant()
    def it_goes_on_within_the_hour(self) -> None:
        assert self.alarm.check_at <= self.now + LOOKS_FOR
        assert self.alarm.phone == ANA


TestLadder = Ladder.TestCase


def test_nobody_is_asked_about_an_alarm_that_is_over() -> None:
    """Whoever lay in a machine's call when it ended calls days later about something else."""
    asked = {"flow": "alarm", "step": "asked", "language": "en"}
    alarm = Alarm(ANA, NOW, NOW, place=1, asked=BEN)
    over, stands = facts(asked), facts(asked, safety=Safety(alarms=(alarm,)))
    assert [prompt.key for prompt in dialog_manager.pick_up(stands).prompts] == ["alarm.asked"]
    assert "alarm.asked" not in [prompt.key for prompt in dialog_manager.pick_up(over).prompts]
    wishes = facts({**asked, "flow": "contact"})
    assert "contact.asked" not in [prompt.key for prompt in dialog_manager.pick_up(wishes).prompts]
