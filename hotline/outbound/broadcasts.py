"""Broadcast: a message of the team's to many people: whom it reaches, what each gets, and its way into the outbox.

It goes a few at a time, behind all else, and only while there is plenty of room in the day. Everybody is looked at once
more when it is their turn: they may have ended our texts meanwhile.
"""

from collections.abc import Mapping, Sequence

from hotline.channels import text
from hotline.channels.catalogue import Catalogue
from hotline.engine.session import Prompt, Values
from hotline.model import phone_numbers
from hotline.model.broadcasts import ASKS, GIVES, Broadcast, Recipient
from hotline.model.calendar import DAY, MINUTE
from hotline.model.due import DueRow
from hotline.model.outgoing import AFTER_ALL, NO_CALL, TO_MANY
from hotline.model.people import Reach
from hotline.outbound import fallback
from hotline.outbound.budget import Budget
from hotline.outbound.practice import Practice
from hotline.storage import Transaction

FIRST, OVER = Prompt("hello.first"), "news.to_many_over"
AT_ONCE = 20  # of one transaction: a text that comes meanwhile waits for no more
LASTS = 2 * DAY  # what has not gone by then is not said any more
NO_ROOM_FOR = 10 * MINUTE  # then it is seen whether there is room in the day
ON_ITS_WAY_FOR = MINUTE
BEGINNING = 40  # letters of what is no longer needed, by which people know what it was
LATELY = 7 * DAY
ENDED, PAUSED = "ended", "paused"


def prompts(words: str, *, new: bool, rings: bool) -> list[Prompt]:
    """What one person gets: who was never told who we are is told first."""
    told: Values = {"words": words, **({} if rings else {NO_CALL: "yes"})}
    return [*([FIRST] if new else []), Prompt(TO_MANY, values=told)]


def in_which(language: str, words: Mapping[str, str], languages: Sequence[str]) -> str:
    """The language of the words that somebody gets: theirs, else the first of the community's that is written."""
    return next((each for each in (language, *languages) if words.get(each)), "")


class Broadcasting:
    """Whom a message to many reaches, and its way into the outbox."""

    def __init__(self, catalogue: Catalogue, budget: Budget, segments_per_second: float) -> None:
        self._catalogue, self._community = catalogue, catalogue.community
        self._budget, self._rate = budget, segments_per_second
        self._practice = Practice(catalogue.community)

    def recipient(
        self, tx: Transaction, phone: str, words: Mapping[str, str], whom: str, rings: bool, now: float
    ) -> Recipient:
        """How it reaches one person, if it does."""
        reach = tx.people.reach(phone)
        language = reach.language or self._community.languages[0]
        known = Recipient(phone, language=language, words=in_which(language, words, self._community.languages))
        if why := self._why_not(tx, phone, reach, whom, rings, now):
            return Recipient(phone, why, until=reach.paused_until if why == PAUSED else 0.0)
        return Recipient(
            phone,
            "",
            known.language,
            known.words,
            not reach.introduced,
            reach.by_voice,
            fallback.free_for_many(reach, self._community.rules, now),
            tx.broadcasts.texts_lately(phone, now - LATELY),
        )

    def texts(self, recipient: Recipient, words: Mapping[str, str], now: float) -> list[str]:
        """The very texts that somebody gets."""
        said = prompts(words[recipient.words], new=recipient.new, rings=False)
        return text.render(said, recipient.language, self._catalogue.on(now))

    def room_today(self, tx: Transaction) -> int:
        """How many segments of it may go today."""
        return self._budget.room_for_all(tx)

    def takes(self, texts: int, segments: int) -> float:
        """Seconds until so many texts have gone, if nothing else goes."""
        between = self._community.line.seconds_between
        return texts * sum(between) / 2 if between else segments / self._rate

    def _why_not(self, tx: Transaction, phone: str, reach: Reach, whom: str, rings: bool, now: float) -> str:
        if not phone_numbers.is_shown(phone):
            return "no_number"
        if reach.blocked:
            return "blocked"
        if reach.opted_out or reach.stop_asked:
            return ENDED
        if reach.disowned_at is not None:
            return "somebody_else"
        if tx.dangers.of(phone):
            return "danger"  # who reads along is not known
        if whom == GIVES and reach.gives != "active":
            return "left"
        if whom == GIVES and reach.paused_until > now:
            return PAUSED
        if not phone_numbers.is_of(phone, self._community.country):
            return "abroad"
        if not self._practice.may_reach(tx, phone, ()):
            return "practice"
        if reach.by_voice and not (rings and self._community.line.calls):
            return "no_texts"
        return ""

    # --- Its way, of which each step is one transaction of the worker's.

    def pass_on(self, tx: Transaction, row: DueRow, now: float) -> None:
        """The next few of it."""
        broadcast = tx.broadcasts.get(int(row.id))
        if broadcast is None:
            return
        if broadcast.over_at is not None:
            self._say_that_it_is_over(tx, broadcast, now)
        elif now >= broadcast.until + LASTS:
            for phone in tx.broadcasts.to_put(broadcast.id, AT_ONCE):
                tx.broadcasts.put(broadcast.id, phone, 0, "late")
            self._go_on(tx, broadcast.id, now)
        elif self._has_room(tx):
            for phone in tx.broadcasts.to_put(broadcast.id, AT_ONCE):
                self._put(tx, broadcast, phone, now)
            self._go_on(tx, broadcast.id, now)
        else:
            tx.broadcasts.due(broadcast.id, now + NO_ROOM_FOR)

    def _has_room(self, tx: Transaction) -> bool:
        return self._budget.lowest_priority(tx) >= AFTER_ALL

    @staticmethod
    def _go_on(tx: Transaction, id: int, now: float) -> None:
        tx.broadcasts.due(id, now if tx.broadcasts.to_put(id, 1) else None)

    def _put(self, tx: Transaction, broadcast: Broadcast, phone: str, now: float) -> None:
        tx.people.lock([phone])
        one = self.recipient(tx, phone, broadcast.words, broadcast.whom.get("who", ""), broadcast.rings, now)
        if one.why or not one.words:
            return tx.broadcasts.put(broadcast.id, phone, 0, one.why or "no_words")
        said = prompts(broadcast.words[one.words], new=one.new, rings=broadcast.rings)
        if one.new:
            tx.people.introduced(phone)
        id = tx.outbox.put(phone, said, 0, AFTER_ALL, now, broadcast.until + LASTS)
        return tx.broadcasts.put(broadcast.id, phone, id)

    def _say_that_it_is_over(self, tx: Transaction, broadcast: Broadcast, now: float) -> None:
        """To those who had it, in few words."""
        for phone in tx.broadcasts.to_tell(broadcast.id, AT_ONCE):
            tx.people.lock([phone])
            one = self.recipient(tx, phone, broadcast.words, ASKS, broadcast.rings, now)
            words = broadcast.words.get(one.words, "")
            if one.why or not words:
                tx.broadcasts.tell(broadcast.id, phone, -1)
                continue
            told: Values = {"words": beginning(words), **({} if broadcast.rings else {NO_CALL: "yes"})}
            said = [Prompt(OVER, values=told)]
            tx.broadcasts.tell(broadcast.id, phone, tx.outbox.put(phone, said, 0, AFTER_ALL, now, now + LASTS))
        left = now if tx.broadcasts.to_tell(broadcast.id, 1) else None
        later = now + ON_ITS_WAY_FOR if tx.broadcasts.is_on_its_way(broadcast.id) else None
        tx.broadcasts.due(broadcast.id, later if left is None else left)


def beginning(words: str) -> str:
    """The first words of a message, as people know it again."""
    flat = " ".join(words.split())
    return flat if len(flat) <= BEGINNING else f"{flat[:BEGINNING].rsplit(' ', 1)[0]}..."
