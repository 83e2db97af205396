"""Joins the two sides of a need in one call: rings the other, asks them first, and goes on when the talk is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline import phones
from hotline.channels import joining, voice
from hotline.channels.catalogue import Catalogue
from hotline.effects import Talk
from hotline.engine import run
from hotline.engine.session import Prompt, Turn, Values
from hotline.flows import FLOWS
from hotline.flows.calling import others
from hotline.flows.taking import story
from hotline.records import Facts, Need, Person

if TYPE_CHECKING:
    from hotline.recordings.calls import Calls
    from hotline.rings import Dialed
    from hotline.storage import Transaction
    from hotline.switchboard import CallStep


class Joining:
    """`voice_url` takes every step of these calls, as of all others; `calls` know what is said in the own voice."""

    def __init__(self, catalogue: Catalogue, voice_url: str, calls: Calls) -> None:
        self._catalogue, self._voice_url, self._calls = catalogue, voice_url, calls

    def join(self, tx: Transaction, turn: Turn, step: CallStep, me: Person, action: str) -> str:
        """The document that rings the other side. Their number stands in it, and nowhere else."""
        number = next(effect.number for effect in turn.effects if isinstance(effect, Talk))
        need = tx.need(number)
        ends = tuple(filter(None, (self._number(each, need) for each in others(need, me.phone)))) if need else ()
        if need is None or not ends:
            told: Values = {"number": str(number)}
            nobody = [Prompt("talk.nobody", values=told)]
            return voice.render(nobody, me.session.language, self._catalogue, action, "", self._calls.sounds)
        prompts = turn.prompts or (Prompt("talk.ringing", values=self._seen_by(tx, need, me.phone)),)
        return joining.join(
            prompts,
            turn.session.language,
            self._catalogue,
            to=ends,
            line=step.line,
            action=f"{action}&dialed={number}",
            ask=f"{self._voice_url}?whisper={number}",
            sounds=self._calls.sounds,
        )

    def ask(self, tx: Transaction, step: CallStep, me: Person) -> str:
        """The other side has picked up: nobody is joined who has not pressed 1."""
        if step.turn is not None:
            return joining.accepted() if step.keys == "1" else joining.declined()
        need = tx.need(step.whisper)
        if need is None:
            return joining.declined()
        told = self._seen_by(tx, need, me.phone)
        action = f"{self._voice_url}?whisper={step.whisper}&turn=1"
        prompt, sounds = Prompt("ring.asked", values=told), self._calls.sounds
        return joining.ask(prompt, me.session.language, self._catalogue, action, sounds)

    def after(self, tx: Transaction, dialed: Dialed, facts: Facts) -> Turn:
        """The talk is over, or never began: then words may be left. How long it was is kept, what was said never."""
        session = facts.me.session.but(turn=facts.me.session.turn + 1)
        if dialed.sid:
            tx.call_ended(dialed.sid, facts.me.phone, dialed.status, dialed.seconds, facts.now)
        if tx.keys_of(f"{dialed.sid}/1") == "1":
            return Turn(session, (Prompt("ring.talked"),))
        if dialed.left:
            return Turn(session)
        here = facts.but(me=facts.me.but(session=session))
        return run.start(FLOWS["not_there"], session, here, {"need": str(dialed.need)})

    def _number(self, phone: str, need: Need) -> str:
        """A withheld number is nobody's: they left one to be called back at, perhaps."""
        if phone.startswith("+"):
            return phone
        return phones.normalise(need.callback, self._catalogue.community.country) or ""

    def _seen_by(self, tx: Transaction, need: Need, me: str) -> Values:
        sides = (
            (need.neighbor,) if me in need.takers else need.takers
        )  # who is called back at another number is neither
        names = ", ".join(filter(None, map(tx.name_of, sides)))
        return story(need, names)
