"""Fallback answer: what is said to whoever cannot be answered, because of a mistake of ours or a silent database."""

from collections.abc import Callable

from hotline.channels import text, voice
from hotline.channels.catalogue import Catalogue
from hotline.channels.parsing.parser import kept
from hotline.engine.session import Prompt, Session
from hotline.model.events import CallStep, Text
from hotline.model.outgoing import ANSWER
from hotline.storage import Transaction

REMEMBERED = 10_000  # languages of the people heard last


class FallbackAnswer:
    """The truth, and no more, in the last language that we know of."""

    def __init__(self, catalogue: Catalogue, clock: Callable[[], float]) -> None:
        self._catalogue, self._clock = catalogue, clock
        self._languages: dict[str, str] = {}

    def remember_language(self, session: Session) -> None:
        """For the one answer that must be given when the database is silent."""
        self._languages.pop(session.party, None)
        self._languages[session.party] = session.language
        if len(self._languages) > REMEMBERED:
            del self._languages[next(iter(self._languages))]

    def set_aside(self, tx: Transaction, came: Text | CallStep) -> str:
        """What could not be answered because of a mistake of ours is kept all the same, and a person looks."""
        now, words = self._clock(), kept(came.words) if isinstance(came, Text) else came.keys
        channel = "text" if isinstance(came, Text) else "voice"
        if not tx.inbound.receive(came.id, came.party, channel, words, came.body, now):
            return tx.inbound.answer_given(came.id)
        tx.flags.add("stumbled", came.party, words, 0, now)
        if isinstance(came, Text) and not self._catalogue.community.line.replies_at_once:
            tx.inbound.give_answer(came.id, text.reply(()))
            tx.outbox.put(came.party, [Prompt("hello.set_aside")], 0, ANSWER, now)
            return ""
        answer = self._last_words(came, "hello.set_aside")
        tx.inbound.give_answer(came.id, answer)
        return answer

    def try_again(self, came: Text | CallStep) -> str:
        """The answer when nothing at all can be kept."""
        return self._last_words(came, "hello.try_again")

    def unsure(self, came: Text | CallStep) -> str:
        """The answer when nobody knows whether it was kept."""
        return self._last_words(came, "hello.unsure")

    def _last_words(self, came: Text | CallStep, key: str) -> str:
        language = self._catalogue.speaks(self._languages.get(came.party, ""))
        if isinstance(came, Text):
            return text.reply(text.render([Prompt(key)], language, self._catalogue))
        return voice.render([Prompt(key, ends=True)], language, self._catalogue, "", "")
