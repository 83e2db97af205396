"""What a call knows of sounds: the community's own voice, what may be heard, whether the PIN was right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hotline.channels.catalogue import Catalogue
from hotline.channels.prompt_clips import Sounds, all_pieces, sheet
from hotline.engine.answers import NOT_RUNG, Heard, PhoneNumber, Pin
from hotline.engine.session import Session
from hotline.engine.steps import Ask
from hotline.flows import question_of
from hotline.flows.coordinator.line import KEY, room
from hotline.flows.coordinator.record_prompts import studio
from hotline.flows.interruption import is_inside
from hotline.inbound import pin
from hotline.inbound.access_code import PrivateWords
from hotline.model import phone_numbers
from hotline.model.facts import Facts
from hotline.model.people import Person
from hotline.model.recordings import Piece, Room

if TYPE_CHECKING:
    from hotline.model.events import CallStep
    from hotline.storage import Transaction

FRESH = 30.0  # seconds for which what was read of the own voice holds
SHORT_WHILE = 20.0  # seconds after which a sound is looked for, should the carrier never say that it is there
SHORTEST_SECRET = 4  # digits
TO_HEAR = 12  # recordings that one caller can choose from


class Calls:
    """What is known of sounds beside the facts of a conversation; the own voice is read now and then, not each time."""

    def __init__(self, catalogue: Catalogue, address: Callable[[str], str] = str, secret: str = "") -> None:
        self._catalogue, self._address, self._words = catalogue, address, PrivateWords(secret)
        self._pieces: Mapping[str, tuple[Piece, ...]] = {}
        self._sheets: Mapping[str, tuple[Piece, ...]] = {}
        self._recorded: frozenset[tuple[str, str]] = frozenset()
        self._read_at = float("-inf")
        self.sounds = Sounds(address=address)

    def hear(self, tx: Transaction, me: Person, step: CallStep, now: float) -> Heard:
        """What was pressed and said. A PIN is tried here and kept nowhere; whether it was right is heard."""
        recorded_prompt, question = me.session.flow == studio.name, question_of(me.session)
        kind = question.answer if isinstance(question, Ask) else None
        recording = step.recording if recorded_prompt or not step.brief else ""  # a digit takes no longer than a second
        if recording:
            tx.recordings.begun(recording, me.phone, "prompt" if recorded_prompt else "words", now + SHORT_WHILE, now)
        if isinstance(kind, PhoneNumber) and len(step.keys) > 1:
            number = phone_numbers.to_call(step.keys, self._catalogue.community.country)
            ours = phone_numbers.normalise(step.line, self._catalogue.community.country)
            return Heard(keys=step.keys) if number and number != ours else Heard(keys="phone", names=(NOT_RUNG,))
        secret = isinstance(kind, Pin) and step.keys.isdecimal() and len(step.keys) > 1
        late = step.turn != me.session.turn and step.keys.isdecimal() and len(step.keys) >= SHORTEST_SECRET
        if late:  # typed where a PIN was asked for, perhaps: a text came in between
            tx.inbound.forget_keys(step.id)
        if not secret:
            return Heard(keys=step.keys, recording=recording)
        tx.inbound.forget_keys(step.id)
        right = step.turn == me.session.turn and self._opens(tx, me, step.keys, now)
        return Heard(keys="pin", names=("pin_right" if right else "pin_wrong",))

    def _opens(self, tx: Transaction, me: Person, keys: str, now: float) -> bool:
        if me.session.flow == room.name:
            return pin.opens(tx, keys, now)
        number = me.session.answers.get("need", "")
        return number.isdecimal() and self._words.opens(tx, int(number), keys, me.phone, now)

    def know(self, tx: Transaction, facts: Facts, heard: Heard, step: CallStep) -> Facts:
        """The facts, and what this caller may hear of what others said. A call that begins is in nobody's room."""
        session, facts = facts.me.session, self._with_words(tx, facts.but(in_call=True))
        self._refresh(tx, facts.now, at_once=session.flow == studio.name)
        if step.turn is not None and (is_inside(session) or session.flow == room.name):
            return facts.but(spoken=tx.recordings.all_spoken(TO_HEAR), room=self._room(tx, session))
        if heard.keys == KEY and tx.pins.get(pin.NAME):
            facts = facts.but(room=Room())
        return facts.but(spoken=tx.recordings.spoken_to(facts.me.phone, TO_HEAR)) if facts.in_progress else facts

    def _with_words(self, tx: Transaction, facts: Facts) -> Facts:
        """The word of the request at hand; and the one that its word has opened, as if it were the caller's own."""
        if facts.draft:
            facts = facts.but(word=self._words.of(facts.draft.number))
        answers = facts.me.session.answers
        need = tx.needs.get(int(answers.get("opened") or 0)) if answers.get("word") == "right" else None
        if need is None:
            return facts
        theirs = need.but(neighbor=facts.me.phone)
        return facts.but(named=(theirs,), asked_for=(theirs,) if need.active else (), finished=())

    def _room(self, tx: Transaction, session: Session) -> Room:
        take = tx.recordings.get(session.answers.get("take_recording", ""))
        return Room(self._all_sheets(), self._recorded, take.place if take else "")

    def _refresh(self, tx: Transaction, now: float, at_once: bool) -> None:
        """A recording is found by what it says: one whose wording was changed since is not played any more."""
        if not at_once and 0 <= now - self._read_at < FRESH:
            return
        says, self._read_at = {(each.language, each.words): each.place for each in tx.voices.all()}, now
        self._recorded = frozenset(
            (language, each.name)
            for language, pieces in self._all_sheets().items()
            for each in pieces
            if (language, each.words) in says
        )
        self.sounds = Sounds({each: self._places(each, says) for each in self._sheets}, self._address)

    def _places(self, language: str, says: Mapping[tuple[str, str], str]) -> dict[str, str]:
        return {each.name: place for each in self._pieces[language] if (place := says.get((language, each.words)))}

    def _all_sheets(self) -> Mapping[str, tuple[Piece, ...]]:
        if not self._sheets:
            languages = self._catalogue.community.languages
            self._sheets = {language: sheet(language, self._catalogue) for language in languages}
            self._pieces = {language: all_pieces(language, self._catalogue) for language in languages}
        return self._sheets
