"""The whole life of needs, with several people acting at once in any order: what must never happen, never does."""

import os
import re

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hotline.model.needs import Need, Status
from hotline.model.people import Volunteer
from tests.life.town import ROSA, Message, Town

NEIGHBORS = ("+12125550131", "+12125550132")
VOLUNTEERS = ("+12125550141", "+12125550142", "+12125550143")
EVERYBODY = (*NEIGHBORS, *VOLUNTEERS)
OVER = (Status.DONE, Status.CANCELLED, Status.EXPIRED)

ASKING = ("food 11216", "a ride, 11216, today", "need food, 2 helpers please", "food every tuesday", "hola", "hi")
ANSWERS = ("1", "2", "3", "for two, 5 Elm St", "no", "yes", "Northside", "0", "menu", "back", "?", "thank you")
ABOUT = ("yes {}", "{}", "done {}", "drop {}", "no {}", "{} I am on my way", "urgent {}", "status {}")
WORDS = ("I am at the door", "when do you come?", "done", "drop", "mine", "status", "pause", "resume", "max 1", "yes")
TIMES = (60.0, 660.0, 3600.0, 6 * 3600.0, 86400.0, 3 * 86400.0)


class WholeLife(RuleBasedStateMachine):
    """Two neighbors, three volunteers, one coordinator, and time."""

    @initialize()
    def the_town(self) -> None:
        self.town = Town()
        for phone, name in zip(VOLUNTEERS, ("Ben", "Cho", "Dee"), strict=True):
            self.town.add_volunteer(Volunteer(phone, name, ("food", "ride"), ("north", "downtown"), "en"))
        self.looked = 0
        self.ended: set[int] = set()
        self.unheard: set[int] = set()

    def teardown(self) -> None:
        if not hasattr(self, "town"):
            return
        try:
            self.town.pass_time(25 * 86400.0)
            self.what_ends_while_nobody_may_be_told_is_noted()
            self._everything_ends_and_is_told()
        finally:
            self.town.close()

    @rule(who=st.sampled_from(NEIGHBORS), words=st.sampled_from(ASKING))
    def asks(self, who: str, words: str) -> None:
        self.town.text(who, words)

    @rule(who=st.sampled_from(NEIGHBORS), words=st.sampled_from(ASKING))
    def asks_to_the_end(self, who: str, words: str) -> None:
        for said in (words, "for two", "1"):
            self.town.text(who, said)

    @rule(who=st.sampled_from(EVERYBODY), words=st.sampled_from((*ANSWERS, *WORDS)))
    def says(self, who: str, words: str) -> None:
        self.town.text(who, words)

    @rule(who=st.sampled_from(EVERYBODY), words=st.sampled_from(ABOUT), place=st.integers(0, 5))
    def says_about_a_need(self, who: str, words: str, place: int) -> None:
        needs = self.town.needs()
        if needs:
            self.town.text(who, words.format(needs[place % len(needs)].code))

    @rule(who=st.sampled_from(EVERYBODY), words=st.sampled_from(("STOP", "START")))
    def ends_or_begins_all_texts(self, who: str, words: str) -> None:
        self.town.text(who, words)

    @rule(seconds=st.sampled_from(TIMES))
    def time_passes(self, seconds: float) -> None:
        self.town.pass_time(seconds)

    @invariant()
    def nobody_has_what_enough_others_have(self) -> None:
        for need in self.town.needs() if hasattr(self, "town") else ():
            assert len(need.takers) + len(need.helped) <= need.wanted, need

    @invariant()
    def what_ends_while_nobody_may_be_told_is_noted(self) -> None:
        for need in self.town.needs() if hasattr(self, "town") else ():
            if need.status in OVER and need.number not in self.ended:
                self.ended.add(need.number)
                self.unheard |= {need.number} if need.neighbor in self.town.stopped else set()

    @invariant()
    def every_text_may_be_sent(self) -> None:
        if not hasattr(self, "town"):
            return
        assert self.town.after_stop == []
        new, self.looked = self.town.read[self.looked :], len(self.town.read)
        for message in new:
            self._names_nobody_s_number(message)
            self._comes_at_a_decent_hour(message)

    def _names_nobody_s_number(self, message: Message) -> None:
        digits = re.sub(r"\D", "", message.body)
        others = [phone for phone in EVERYBODY if phone != message.party]
        assert message.party == ROSA or not [phone for phone in others if phone[2:] in digits], message

    def _comes_at_a_decent_hour(self, message: Message) -> None:
        """At night only answers, what is urgent, and news for someone who is awake: they wrote within the hour."""
        if message.answer or 8 <= message.hour < 21 or message.at - self.town.wrote_at[message.party] <= 3600:
            return
        urgent = {need.code for need in self.town.needs() if need.urgent}
        assert urgent & set(re.findall(r"\d{3,}", message.body)) or message.party == ROSA, message

    def _everything_ends_and_is_told(self) -> None:
        for need in self.town.needs():
            assert need.status in OVER or need.every, need
            if need.status in OVER and need.what:
                self._was_told(need, need.neighbor)

    def _was_told(self, need: Need, party: str) -> None:
        if need.number not in self.unheard and party not in self.town.stopped:
            assert [message for message in self.town.read if message.party == party and need.code in message.body], need


def test_whatever_people_do_in_whatever_order() -> None:
    run_state_machine_as_test(
        WholeLife,
        settings=settings(
            max_examples=int(os.environ.get("LIVES", "15")),
            stateful_step_count=25,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
