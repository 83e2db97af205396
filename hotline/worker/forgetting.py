"""Erasure of one person, everywhere: what they have under way ends, then the records, the sounds and the carrier's own.

What others wrote and read is looked through as well: their number, their words, and their name where it was read by
somebody who had to do with them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hotline.carriers.api import Carrier, CarrierError
from hotline.community.model import Community
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt, Turn
from hotline.flows.volunteer.done_or_drop import give_all_back
from hotline.inbound import admission
from hotline.inbound.apply_effects import EffectHandler
from hotline.inbound.load_facts import load_facts
from hotline.model import phone_numbers
from hotline.model.effects import Effect, Leave, LeaveSharing, StandDown, Tell, Withdraw
from hotline.model.facts import Facts
from hotline.model.personal_data import Erased
from hotline.model.pseudonyms import Pseudonyms
from hotline.model.recordings import Recording
from hotline.model.traces import Traces
from hotline.outbound import suppression
from hotline.storage import Store, Transaction, lists
from hotline.storage.audio import PlaceError, Places
from hotline.storage.tables.forgotten import BLANKS

PAGE = 200  # rows of others in one transaction: whoever texts is answered meanwhile


@dataclass(frozen=True)
class About:
    """What is known of one person before they are forgotten. ``near`` are those who had to do with them, ``refused`` is
    why they are not forgotten, as in `Erased`."""

    traces: Traces
    needs: tuple[int, ...]
    near: frozenset[str]
    sounds: tuple[Recording, ...]
    left_alone: str
    refused: str


class Eraser:
    """Forgets one person. `marks` makes the hash by which whoever ended our texts is still left alone."""

    def __init__(
        self,
        store: Store,
        carrier: Carrier,
        places: Places,
        community: Community,
        marks: Pseudonyms | None,
        clock: Callable[[], float],
    ) -> None:
        self._store, self._carrier, self._places = store, carrier, places
        self._community, self._marks, self._clock = community, marks, clock

    async def look(self, phone: str) -> About:
        """What is known of them now."""
        return await self._store.run(self._about, phone)

    async def forget(self, phone: str) -> Erased:
        """Everything, here and at the carrier. Can be done again, and goes on with what was left."""
        about, told = await self.look(phone), Erased()
        if about.refused:
            return Erased(refused=about.refused)
        await self._store.run(self._end_what_is_under_way, phone, about)
        await self._forget_sounds(about, told)
        await self._store.run(self._forget_records, phone, about)
        told.add("requests", len(about.needs))
        await self._sweep(about, told)
        await self._forget_at_carrier(phone, about, told)
        return told

    def _about(self, tx: Transaction, phone: str) -> About:
        needs, team = tuple(tx.forgotten.needs_of(phone)), self._community.coordinators.values()
        traces = Traces.of(phone, tx.forgotten.said(phone, needs), tx.people.name_of(phone))
        near = tx.forgotten.had_to_do_with(phone, needs).union(team) - {phone}
        sounds = tuple(row for row in tx.forgotten.recordings(phone) if row.kind == "words")
        left_alone = suppression.must_be_remembered(tx.people.reach(phone))
        # Whoever ended our texts must not be texted again by an import: that is known by a hash, whose key has to stay.
        refused = "team" if phone in team else "no_key" if left_alone and self._marks is None else ""
        return About(traces, needs, frozenset(near), sounds, left_alone, refused)

    def _end_what_is_under_way(self, tx: Transaction, phone: str, about: About) -> None:
        """As if they had texted NO to each request of theirs, and LEAVE: the other side hears so. What is kept of it
        says nothing about them."""
        now = self._clock()
        me = tx.people.get(phone, now)
        facts = load_facts(tx, me, Heard(), self._community, now)
        tx.forgotten.forget_words(phone, about.needs, now)
        turn = Turn(me.session.idle(), (), (*give_all_back(facts), *_withdrawals(facts), Leave(), LeaveSharing()))
        EffectHandler(self._community).keep(tx, turn, facts, admission.count(me, now), introduced=False)

    def _forget_records(self, tx: Transaction, phone: str, about: About) -> None:
        now = self._clock()
        if about.left_alone and self._marks:
            suppression.remember(tx, self._marks, phone, about.left_alone, now)
        tx.forgotten.forget_person(phone, about.needs, now)

    async def _forget_sounds(self, about: About, told: Erased) -> None:
        """First at the carrier, then here. What cannot be forgotten now the worker goes on with."""
        for row in about.sounds:
            await self._store.run(lambda tx, sid: tx.recordings.forget(sid, self._clock()), row.sid)
            try:
                await self._carrier.forget_sound(row.sid)
                if row.place:
                    await self._places.delete(row.place)
            except (CarrierError, PlaceError) as error:
                told.left.append(f"a recording: {error}")
            else:
                await self._store.run(lambda tx, row: tx.recordings.gone(row.sid, self._clock()), row)
                told.add("recordings", 1)

    async def _sweep(self, about: About, told: Erased) -> None:
        """What others said and read. What is not over stays, and is told where the number is in it: in a request of
        somebody else it may be what helps them."""
        for kind in BLANKS:
            rows = await lists.in_words(self._store, kind)
            found = [row for row in rows if about.traces.are_in(row["said"], near=row["party"] in about.near)]
            over = [row["key"] for row in found if not row["waits"] or kind == "outbox"]
            for at in range(0, len(over), PAGE):
                await self._store.run(_blank, kind, over[at : at + PAGE])
            told.add("words with others", len(over))
            named = sum(row["key"] not in over and about.traces.number_is_in(row["said"]) for row in found)
            if named:
                told.left.append(f"{named} of other people's {kind} that are not over have their number in them")

    async def _forget_at_carrier(self, phone: str, about: About, told: Erased) -> None:
        """Texts and calls of theirs, and what others read or wrote there about them."""
        try:
            kept = [*(await self._carrier.texts_with(phone)), *(await self._carrier.calls_with(phone))]
            for other in sorted(filter(phone_numbers.is_shown, about.near)):
                texts = await self._carrier.texts_with(other)
                kept += [text for text in texts if about.traces.are_in(text.words, near=True)]
        except CarrierError as error:
            told.left.append(f"the carrier's lists cannot be read now: {error}")
            return
        for each in {one.id: one for one in kept}.values():
            try:
                await self._carrier.erase(each)
            except CarrierError as error:
                told.left.append(f"a {each.kind} at the carrier: {error}")
            else:
                told.add(f"{each.kind}s at the carrier", 1)


def _withdrawals(facts: Facts) -> Iterable[Effect]:
    """Each request of theirs ends; who has it, or was asked, hears its number and what it was for, and nothing else."""
    for need in facts.mine.asked_for:
        over = Prompt("news.withdrawn", values={"number": need.code, "what": (need.what or "something",)})
        yield Withdraw(need.number)
        yield from (Tell(taker, over, need.number) for taker in need.takers)
        yield StandDown(need.number, over)


def _blank(tx: Transaction, kind: str, keys: Iterable[int | str]) -> None:
    for key in keys:
        tx.forgotten.blank(kind, key)
