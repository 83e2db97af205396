"""News about days together: who hears what when somebody comes, when it is off or moved, and before it. Inside
transactions.

Only its host's clear word, or that the host is gone, ends one; silence does not. Where it is, only those hear who come:
after the host's yes, but where the host has said that anyone may know. Who is turned away hears that there is no room.
"""

from dataclasses import replace

from hotline.community.model import Community
from hotline.dispatch import gatherings as dispatch
from hotline.dispatch.gatherings import NextOfGathering
from hotline.engine.session import Prompt, Values
from hotline.flows.sharing.gatherings.about import asked_of_host, names_of, told, told_place
from hotline.model import effects
from hotline.model.gatherings import Gathering, Guest, GuestState, next_who_fits, standing, with_a_place
from hotline.model.outgoing import NEWS
from hotline.outbound.sharing import BY_TIME, EMPTY, FORM_WAITS, LEFT, NEVER_SENT, reaches, tell
from hotline.storage import Transaction

OF_A_GATHERING = (
    *("words", "area", "starts_at", "place", "places", "weather", "rain_at", "recording", "place_recording"),
    "anyone",
)


class GatheringNews:
    """What happens to the days together of one community."""

    def __init__(self, community: Community) -> None:
        self._community, self._rules = community, community.rules

    def carry_out(self, tx: Transaction, effect: effects.Effect, phone: str, now: float) -> None:
        """What the person with this number asks for."""
        match effect:
            case effects.BeginGathering(words):
                tx.gatherings.begin(phone, words, now, now + FORM_WAITS)
            case effects.ListGathering(number):
                given = {name: getattr(effect, name) for name in OF_A_GATHERING}
                self._list(tx, replace(Gathering(number, phone), **given), now)
            case effects.Come(number, people, name):
                self.comes(tx, number, phone, people, now, name)
            case effects.AnswerGuest(number, guest, yes):
                self.answered(tx, number, phone, guest, now, yes=yes)
            case effects.DoNotCome(number):
                self.does_not_come(tx, number, phone, now)
            case effects.CallOff(number):
                if gathering := tx.gatherings.get(number):
                    self.ended(tx, gathering, EMPTY, now)
            case effects.Postpone(number):
                self.postponed(tx, number, now)
            case effects.TellGuests(number, words):
                self._pass_on(tx, number, phone, words, now)

    def left(self, tx: Transaction, phone: str, now: float, *, asks_too: bool) -> None:
        """A person leaves: that to which they invite is off, and with `asks_too` they come to nothing."""
        for gathering in tx.gatherings.of(phone):
            self.ended(tx, gathering, LEFT if gathering.listed else NEVER_SENT, now)
        for guest in tx.gatherings.by(phone) if asks_too else ():
            self.does_not_come(tx, guest.gathering.number, phone, now)

    # --- Who comes.

    def comes(self, tx: Transaction, number: int, phone: str, people: int, now: float, name: str = "") -> None:
        """Somebody comes with so many, asks to, or waits for places; who has fewer than before makes room."""
        gathering = tx.gatherings.get(number)
        if gathering is None or not gathering.live or gathering.starts_at <= now or gathering.is_of(phone):
            return
        if number in tx.gatherings.turned_away_from(phone):
            return
        if name and not tx.people.name_of(phone):
            tx.people.introduce(phone, name, "", now)
        before = _of(tx, number, phone)
        tx.gatherings.put(number, phone, *standing(gathering, before, people), now)
        self._host_hears(tx, before, _of(tx, number, phone), now)
        self._places_for_the_next(tx, number, now)

    def does_not_come(self, tx: Transaction, number: int, phone: str, now: float) -> None:
        if guest := _of(tx, number, phone):
            tx.gatherings.put(number, phone, GuestState.NOT, guest.people, now)
            self._places_for_the_next(tx, number, now)

    def answered(self, tx: Transaction, number: int, phone: str, guest: int, now: float, *, yes: bool) -> None:
        """The host's word about one guest (a row). A no needs no reason, and holds."""
        gathering = tx.gatherings.get(number)
        one = next((each for each in tx.gatherings.guests(number) if each.number == guest), None)
        if gathering is None or one is None or not gathering.live or not gathering.is_of(phone):
            return
        if yes and one.asks and gathering.starts_at > now:
            tx.gatherings.put(number, one.guest, GuestState.COMES, one.people, now)
            self._tell(tx, one, "news.day_room", now, place=True)
        elif not yes:
            tx.gatherings.put(number, one.guest, GuestState.TURNED_AWAY, one.people, now)
            self._tell(tx, one, "news.day_no_room", now)
            self._places_for_the_next(tx, number, now)

    def _host_hears(self, tx: Transaction, before: Guest | None, guest: Guest | None, now: float) -> None:
        """Who asks to come, and with how many; and who brings more than the host has said yes to."""
        if guest is None or guest.gathering.anyone or guest.waits:
            return
        if before and not before.waits and before.people >= guest.people:
            return
        key = "news.day_asks" if guest.asks else "news.day_more"
        name = tx.people.name_of(guest.guest)
        tell(tx, guest.gathering.host, key, asked_of_host(guest, name, self._rules.timezone), now)

    def _places_for_the_next(self, tx: Transaction, number: int, now: float) -> None:
        """Who waits comes in turn, where there is room. Who is not reached any more is passed over."""
        while (gathering := tx.gatherings.get(number)) and gathering.line and gathering.starts_at > now:
            guest = next_who_fits(tx.gatherings.guests(number), gathering.room)
            if guest is None:
                return
            reached = reaches(tx, guest.guest, self._community)
            state = with_a_place(gathering) if reached else GuestState.NOT
            tx.gatherings.put(number, guest.guest, state, guest.people, now)
            if state is GuestState.COMES:
                self._tell(tx, guest, "news.day_room", now, place=True)
            elif state is GuestState.ASKS:
                self._host_hears(tx, None, _of(tx, number, guest.guest), now)

    # --- Off, or on another day.

    def ended(self, tx: Transaction, gathering: Gathering, why: str, now: float) -> None:
        """It is over, or off: then all who come or wait hear so once, and nobody walks there in vain."""
        guests = tx.gatherings.guests(gathering.number)
        if tx.gatherings.end(gathering.number, why, now) and why != BY_TIME:
            for guest in guests:
                self._tell(tx, guest, "news.day_host_left" if why == LEFT else "news.day_off", now, wakes=True)

    def postponed(self, tx: Transaction, number: int, now: float) -> None:
        """It is on its other day, by the same list."""
        before = tx.gatherings.get(number)
        if before is None or not before.live or before.rain_at is None or before.rain_at <= now:
            return
        moved = before.but(starts_at=before.rain_at, rain_at=None)
        begins = dispatch.begun(moved, self._rules, now)
        tx.gatherings.move(number, moved.starts_at, begins.check_at, begins.told)
        for guest in tx.gatherings.guests(number):
            early = dispatch.wakes_people(before.starts_at, self._rules, now)
            self._tell(tx, guest, "news.day_moved", now, place=guest.comes, any_hour=early)

    # --- By time.

    def look_after(self, tx: Transaction, gathering: Gathering, now: float) -> NextOfGathering:
        """What is due is done, but for the question to its host whether it takes place: that is returned to be put."""
        if not gathering.listed:
            tx.gatherings.end(gathering.number, NEVER_SENT, now)
            return NextOfGathering.NOTHING
        reached = reaches(tx, gathering.host, self._community)
        step = dispatch.due(gathering, reached=reached, now=now, rules=self._rules)
        tx.gatherings.check(gathering.number, step.check_at, step.told)
        match step.next:
            case NextOfGathering.GONE:
                self.ended(tx, gathering, LEFT, now)
            case NextOfGathering.OVER:
                self.ended(tx, gathering, BY_TIME, now)
            case NextOfGathering.REMIND:
                self._remind(tx, gathering, now)
        return step.next

    def _remind(self, tx: Transaction, gathering: Gathering, now: float) -> None:
        guests = tx.gatherings.guests(gathering.number)
        for guest in guests:
            if guest.comes:
                self._tell(tx, guest, "news.day_tomorrow", now, place=True)
        values = {**told(gathering, self._rules.timezone), "names": names_of(guests, self._names(tx, guests))}
        tell(tx, gathering.host, "news.day_host_tomorrow" if gathering.people else "news.day_nobody", values, now)
        for guest in guests:
            if guest.asks:
                self._host_hears(tx, None, guest, now)

    # --- Words.

    def _pass_on(self, tx: Transaction, number: int, phone: str, words: str, now: float) -> None:
        """Of its host to all who come, of one who comes to its host."""
        gathering = tx.gatherings.get(number)
        if gathering is None or not gathering.live:
            return
        guests = tx.gatherings.guests(number)
        values = {**told(gathering, self._rules.timezone), "details": words}
        if gathering.is_of(phone):
            for guest in guests:
                if guest.comes and reaches(tx, guest.guest, self._community):
                    tell(tx, guest.guest, "news.day_words", values, now)
        elif any(guest.guest == phone and not guest.asks for guest in guests):
            tell(tx, gathering.host, "news.day_said", {**values, "name": tx.people.name_of(phone)}, now)

    # --- Small parts.

    def _list(self, tx: Transaction, gathering: Gathering, now: float) -> None:
        begins = dispatch.begun(gathering, self._rules, now)
        tx.gatherings.list(gathering.but(told=begins.told), begins.check_at)

    def _tell(
        self,
        tx: Transaction,
        guest: Guest,
        key: str,
        now: float,
        *,
        place: bool = False,
        wakes: bool = False,
        any_hour: bool = False,
    ) -> None:
        """Nothing is put for whoever left. With `wakes` they hear it at night where it begins in the morning."""
        gathering = guest.gathering
        if not reaches(tx, guest.guest, self._community):
            return
        zone = self._rules.timezone
        current = tx.gatherings.get(gathering.number) or gathering
        values: Values = {**told(current, zone), **(told_place(current) if place else {"where": (current.area,)})}
        any_hour = any_hour or (wakes and dispatch.wakes_people(gathering.starts_at, self._rules, now))
        tx.outbox.put(guest.guest, [Prompt(key, values=values)], 0, NEWS, now, any_hour=any_hour)

    def _names(self, tx: Transaction, guests: tuple[Guest, ...]) -> dict[str, str]:
        return {guest.guest: tx.people.name_of(guest.guest) for guest in guests}


def _of(tx: Transaction, number: int, phone: str) -> Guest | None:
    return next((guest for guest in tx.gatherings.guests(number) if guest.guest == phone), None)
