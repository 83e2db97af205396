"""Operator news: in which words whoever runs the hotline hears that it does not work, and the texts that test it."""

from collections.abc import Callable
from dataclasses import dataclass

from hotline.channels import text
from hotline.channels.catalogue import Catalogue
from hotline.community.model import Community, Operator
from hotline.engine.session import Prompt
from hotline.model.calendar import HOUR, MINUTE, midnight
from hotline.model.outgoing import NEWS
from hotline.model.people import Person
from hotline.storage import Transaction

TEST = "operator_test"  # the mark of the last one
STILL_BEGINS = 15 * MINUTE  # after its time; a hotline that was down then begins with the next
ANSWERED_WITHIN = 2 * HOUR
STILL_ANSWERS = 12 * HOUR  # one that comes later is heard as anything else


class Worded:
    """What the operator reads, in the community's first language."""

    def __init__(self, catalogue: Catalogue, clock: Callable[[], float]) -> None:
        self._catalogue, self._clock = catalogue, clock
        self.operator: Operator = catalogue.community.operator

    def texts(self, told: tuple[str, ...]) -> list[str]:
        """One text for each label of the message files."""
        prompts = [Prompt("news.alarm", values={"reason": (each,)}) for each in told]
        return list(text.render(prompts, self._catalogue.community.languages[0], self._catalogue.on(self._clock())))


@dataclass(frozen=True)
class Tested:
    """Whether a test begins now, and whether nobody answered the last one."""

    begins: bool = False
    unanswered: bool = False


def answers_test(tx: Transaction, community: Community, me: Person, now: float) -> bool:
    """Whether an OK from this person answers the test text, and no question that they were asked since."""
    if not community.operator.tests or me.phone != community.operator.phone:
        return False
    sent_at = tx.heartbeat.mark(TEST)
    asked_since = me.session.waiting and sent_at is not None and me.asked_at > sent_at
    return sent_at is not None and now - sent_at <= STILL_ANSWERS and not asked_since


class TestTexts:
    """A text at some times of the day to the operator's phone, which answers: then texts go out and come in."""

    __test__ = False  # pytest takes every Test... for tests

    def __init__(self, catalogue: Catalogue) -> None:
        self._operator, self._zone = catalogue.community.operator, catalogue.community.rules.timezone

    def look(self, tx: Transaction, now: float) -> Tested:
        """Sends what is due, and looks whether the last was answered."""
        due_at = max((at for at in self._times(now) if at <= now < at + STILL_BEGINS), default=None)
        begins = due_at is not None and tx.heartbeat.take_mark(TEST, due_at - 1, due_at)
        if begins:
            tx.outbox.put(self._operator.phone, [Prompt("news.test")], 0, NEWS, now, any_hour=True)
        sent_at = tx.heartbeat.mark(TEST) if self._operator.tests else None
        late = sent_at is not None and now - sent_at > ANSWERED_WITHIN
        return Tested(begins, late and not tx.inbound.texted_since(self._operator.phone, sent_at or 0.0))

    def _times(self, now: float) -> list[float]:
        today = midnight(now, self._zone)
        return [today + minute * MINUTE for minute in self._operator.tests]
