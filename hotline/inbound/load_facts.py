"""Loading facts: all that one decision rests on, read from the transaction that writes its outcome.

What is read are the groups of `Facts`, each only where the words, the keys or the caller can need it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain

from hotline.channels.opening_hours import is_open
from hotline.community.model import Community
from hotline.dispatch.quiet_hours import wakes_at
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt
from hotline.engine.steps import Ask, Choose
from hotline.flows import FLOWS
from hotline.flows.coordinator import find_volunteer
from hotline.flows.coordinator.line import KEY, room
from hotline.flows.coordinator.list_needs import MOST_COUNTED, QUIET
from hotline.flows.coordinator.plan_round import plan_round
from hotline.flows.coordinator.record_prompts import studio
from hotline.flows.everyone.access_word import word
from hotline.flows.everyone.menu import menu
from hotline.flows.everyone.opt_out import quiet
from hotline.flows.everyone.other_groups import groups
from hotline.flows.intents.small_words import YES
from hotline.flows.interruption import is_inside
from hotline.flows.neighbor.intake import intake
from hotline.flows.neighbor.outcome import happened
from hotline.flows.neighbor.status import requests
from hotline.flows.sharing.circles.about import rule_of, share_of
from hotline.flows.sharing.gatherings.about import place_of
from hotline.flows.sharing.loans.about import care_of
from hotline.flows.volunteer.availability import WHY_ME
from hotline.inbound.access_code import PIN, PrivateWords
from hotline.inbound.load_shared import load_shared, names_of
from hotline.inbound.own_voice import OwnVoice
from hotline.model import calendar, phone_numbers
from hotline.model.calendar import DAY, HOUR, MINUTE, YEAR
from hotline.model.calls import COMPANY, NO_NEED, NO_RING, Ring, ToTell
from hotline.model.companions import Company
from hotline.model.daily_rings import DailyRing
from hotline.model.events import CallStep
from hotline.model.facts import (
    Asked,
    Directory,
    Facts,
    InCall,
    Lent,
    Listening,
    Mine,
    Offered,
    Past,
    Reachable,
    RelayedWords,
    Team,
)
from hotline.model.loans import Away
from hotline.model.needs import Need, Status, is_code
from hotline.model.outgoing import Outgoing
from hotline.model.people import Person, Volunteer
from hotline.model.recordings import Room, Spoken
from hotline.model.rounds import Consent
from hotline.model.rules import ALL_OF_THEM, FEWEST_TOLD
from hotline.model.safety_rings import Safety
from hotline.outbound import callback_number, danger_alarm, fallback, notify_coordinators
from hotline.outbound.call_queue import CallQueue
from hotline.outbound.companions import Companions
from hotline.outbound.danger_alarm import FLAGS
from hotline.outbound.leases import CALL_LEASE
from hotline.outbound.safety_rings import SafetyRings
from hotline.outbound.sender_hold import TEXTS
from hotline.storage import Transaction

DIRECTORIES = "en"  # the language of most hours that a file of others brings
JUST_NOW = HOUR
HURT = 90 * DAY  # so long nobody who spoke of danger is invited to anything
THE_SAME = 10 * MINUTE  # so long "drop it" after "drop 103" may be about 103 still
TO_MANY_LATELY = 2 * DAY  # so long words may answer a message to many
LATELY = 3 * DAY  # so long after it happened a thank-you is passed on
SAID_LATELY = 2  # things said, as many as a text holds
TOLD_AFTER_ALL = 7 * DAY  # so long somebody whom we rang in vain hears the news when they call
TO_HEAR = 12  # recordings that one caller can choose from
NAMING = ("assign", "approve")
ON_CALL = ("oncall", "offcall")
LISTING = ("list", "flags", "seen")


def load_facts(
    tx: Transaction, me: Person, heard: Heard, community: Community, now: float, about: Iterable[int] = ()
) -> Facts:
    """What this person's words or keys are to be decided on; what they may be about is locked first, and `about`."""
    named = tuple(need for code in _codes(heard, me) if (need := tx.needs.of_code(code, me.phone)))
    shared = load_shared(tx, me, heard, community, now, named)
    lent = shared.tools
    named = tuple(need for need in named if not shared.has_since(need))
    loans = (loan.need for loan in lent.loans if loan.need)
    numbers = list(dict.fromkeys((*about, *(need.number for need in named), *loans)))
    abroad = me.has_number and not phone_numbers.is_of(me.phone, community.country)
    me = me.but(coordinator=community.is_coordinator(me.phone), abroad=abroad)
    team = _people_named(tx, heard, me)  # people are locked before needs, as when they write themselves
    read = {} if tx.needs.lock(me.phone, numbers) else {need.number: need for need in named}
    named = tuple(need for number in numbers if (need := read.get(number) or tx.needs.get(number)))
    alerts = _asked(tx, me, heard, named, now)
    mine, lent = _without_loans(_mine(tx, me, heard, community, alerts, now), lent)
    if (since := me.disowned_at) is not None:
        me = me.but(volunteer=False, waits=False)
        mine, alerts, named = _since(since, mine, named)
    names = names_of(
        tx, {*_helpers(mine.asked_for, named, mine.finished), *(n.neighbor for n in mine.has_taken), *_sides(lent)}
    )
    held = _asks_what_happens(heard, me) and tx.senders.is_held(TEXTS)
    nobody_gives = _is_read_back(me) and not _is_given(tx, me, community)
    reachable = Reachable(_opens_at(community, now), texts_held=held, nobody_gives=nobody_gives)
    daily = tx.daily_rings.of(me.phone) if community.sharing.rings and "daily_rings" in me.has else None
    known = Facts(
        now,
        _offered(community),
        me,
        mine,
        alerts,
        named,
        names,
        reachable,
        team,
        shared=shared.gifts,
        lent=lent,
        hosted=shared.days,
        circled=shared.circles,
        listening=_listening(tx, me, heard, community),
        directory=_directory(tx, community, now) if _asks_for_groups(heard, me, community) else Directory(),
        daily=daily,
        safety=_safety(tx, me, community, daily) if community.sharing.rings else Safety(),
        company=Companions(community).of(tx, me, daily, now) if community.sharing.rings else Company(),
        together=tx.needs.done_since(now - YEAR, most) if (most := _counted_to(heard, me)) else 0,
    )
    known = _with_ways_to_tell(tx, known, community.country)
    known = _with_those_awake(tx, known, community.country) if _about_calls(heard, me) else known
    return _overview(tx, known, heard, community) if me.coordinator else known


def _safety(tx: Transaction, me: Person, community: Community, daily: DailyRing | None) -> Safety:
    """The safety rings in which they have a part."""
    may_ask = community.rings_for_safety and not tx.opening.is_practice()
    is_named = "ring_contacts" in me.has
    begun = "ring_sign_ups" in me.has
    return SafetyRings(community).of(
        tx, me.phone, is_rung=daily is not None, is_named=is_named, may_ask=may_ask, begun=begun
    )


def _asks_what_happens(heard: Heard, me: Person) -> bool:
    """Whether they are about to be told what we do next."""
    return me.session.flow == intake.name or "status" in heard.names


def _counted_to(heard: Heard, me: Person) -> int:
    """How far it is counted what neighbors did for each other: to its end where they may hear it next, no further than
    is worth telling where it may be offered to them, else not at all."""
    if "together" in heard.names or me.session.flow == menu.name:
        return ALL_OF_THEM
    return FEWEST_TOLD if "menu" in heard.names or not heard.words else 0


def _is_read_back(me: Person) -> bool:
    """Whether a request is about to be sent."""
    return me.session.flow == intake.name and me.session.step == "confirm" and me.session.waiting


def _is_given(tx: Transaction, me: Person, community: Community) -> bool:
    """Whether anybody gives what they are about to ask for, there or near by."""
    answers = me.session.answers
    area = answers.get("area", next(iter(community.areas)))
    return any(tx.alerts.is_given(answers.get("what", ""), ring, me.phone) for ring in community.rings(area))


def _codes(heard: Heard, me: Person) -> list[int]:
    """What was named: now, or in what is being asked about."""
    codes = filter(is_code, heard.numbers)
    session, behind = me.session, me.session.behind
    asked = session.answers.get("need", "").split() if session.waiting and not heard.command else []
    asked += behind.answers.get("need", "").split() if behind else []
    return list(dict.fromkeys([*codes, *(int(number) for number in asked if number.isdecimal())]))


# --- What is theirs, and what they were asked.


def _mine(tx: Transaction, me: Person, heard: Heard, community: Community, alerts: Asked, now: float) -> Mine:
    asked_for = tx.needs.asked_for(me.phone)
    has_taken = tx.needs.in_hand(me.phone) if "claims" in me.has else ()
    draft = _draft(asked_for, me.session.answers.get("need", ""))
    under_way = (*has_taken, *(need for need in asked_for if need.takers))
    may_be_asked = heard.words and (asked_for or has_taken)
    team_asks, team_waits = _team_asks(tx, me, draft, community, now) if may_be_asked else (0, False)
    of_many = heard.words and not me.coordinator and "broadcast_people" in me.has
    many = tx.broadcasts.reached(me.phone, now - TO_MANY_LATELY) if of_many else None
    lets_go = has_taken and {"drop", "done"} & set(heard.names) and not heard.numbers
    return Mine(
        draft=draft,
        asked_for=asked_for,
        has_taken=has_taken,
        finished=tx.needs.finished(me.phone, now - LATELY) if _about_the_past(heard) else (),
        volunteer=tx.volunteers.get(me.phone) if me.volunteer and _about_what_they_give(heard) else None,
        team_asks=team_asks,
        team_waits=team_waits,
        held=tx.relays.held_of(me.phone) if heard.words and under_way else (),
        answers=_unanswered(tx, me, under_way, alerts, now) if heard.words and not heard.rest else (),
        talked=heard.only(*YES) and any(tx.relays.has_words(need.number, alerts.asked_at) for need in under_way),
        let_go=tx.needs.let_go_since(me.phone, now - THE_SAME) if lets_go else (),
        to_many_at=many.at if many else 0.0,
        to_many_unanswered=many is not None and not many.heard,
        unlooked=danger_alarm.unlooked(tx, community, me.phone) if _may_end(heard, me) else "",
        endangered=_asked_how_it_went(me) and tx.dangers.named_since(me.phone, now - HURT),
    )


def _may_end(heard: Heard, me: Person) -> bool:
    """Whether it may end our texts."""
    asked = me.session.waiting and me.session.flow == quiet.name
    return bool(asked or heard.stops or heard.ends_texts or "opt_out" in heard.names)


def _asked_how_it_went(me: Person) -> bool:
    return me.session.waiting and me.session.flow in (happened.name, requests.name)


def _about_what_they_give(heard: Heard) -> bool:
    """Whether what they give matters: a command of theirs, why they were asked, or a call."""
    return bool(heard.command) or not heard.words or WHY_ME in heard.names


def _about_the_past(heard: Heard) -> bool:
    """Whether what was done lately matters: they thank, ask how things stand, or call."""
    return not heard.words or bool({"thanks", "status", "news"} & set(heard.names))


def _unanswered(tx: Transaction, me: Person, needs: Iterable[Need], alerts: Asked, now: float) -> tuple[int, ...]:
    """The numbers of the needs about which the other side wrote last: even "ok" is an answer then. After a newer alert
    it answers that."""
    since = max(now - DAY, alerts.asked_at if alerts.open else 0)
    return tuple(need.number for need in needs if tx.relays.waits_for(need.number, me.phone, since))


def _since(moment: float, mine: Mine, named: tuple[Need, ...]) -> tuple[Mine, Asked, tuple[Need, ...]]:
    """What somebody sees who has the number of another person: nothing that is older than that."""
    own = tuple(need for need in mine.asked_for if need.created_at >= moment)
    draft = mine.draft if mine.draft in own else None
    return Mine(draft=draft, asked_for=own), Asked(), tuple(need for need in named if need in own)


def _draft(asked_for: tuple[Need, ...], code: str) -> Need | None:
    """The form at hand: the one that is spoken of, else the newest. Two people may share a telephone."""
    drafts = [need for need in reversed(asked_for) if need.status is Status.DRAFT]
    return next((need for need in drafts if need.code == code), drafts[0] if drafts else None)


def _team_asks(tx: Transaction, me: Person, draft: Need | None, community: Community, now: float) -> tuple[int, bool]:
    """The need about which the team wrote last, where no newer question of another kind stands; 0 for none. And whether
    it wrote after our last question."""
    since = (now - DAY) // MINUTE * MINUTE  # the same question for all who write in this minute
    number, writer, at = tx.relays.written_last(me.phone, since)
    of_the_form = me.session.flow == intake.name and draft is not None and draft.number == number
    newest = at > me.asked_at
    asks = community.is_coordinator(writer) and (not me.session.waiting or of_the_form or newest)
    return (number, newest) if asks else (0, False)


def _asked(tx: Transaction, me: Person, heard: Heard, named: tuple[Need, ...], now: float) -> Asked:
    if not me.gives:
        return Asked()
    asked, asked_at = tx.alerts.open(me.phone)
    open_ones = tuple(need for need in asked if not need.is_past(now))
    late = not open_ones and heard.only("yes")
    settled = tx.alerts.taken_by_others(me.phone, now - DAY) if late else None
    taken = (need for need in (*named, settled) if need and need.status is Status.TAKEN)
    reserved = tuple(need.number for need in taken if tx.alerts.has_reserve(need.number, me.phone))
    return Asked(open_ones, asked_at, settled, reserved)


def _helpers(*needs: tuple[Need, ...]) -> Iterator[str]:
    """Whoever has or had one of these."""
    for need in chain(*needs):
        yield from (*need.takers, *need.helped)


# --- Loans that are talked about.


def _without_loans(mine: Mine, lent: Lent) -> tuple[Mine, Lent]:
    """The requests that only carry the words of loans stand apart: they are talked about, and have an end of their
    own."""
    if not any(need.loan for need in (*mine.asked_for, *mine.has_taken, *mine.finished)):
        return mine, lent  # nearly always
    talks = tuple(need for need in (*mine.asked_for, *mine.has_taken) if need.loan and need.active)
    theirs = {name: tuple(need for need in getattr(mine, name) if not need.loan) for name in ("asked_for", "has_taken")}
    finished = tuple(need for need in mine.finished if not need.loan)
    return mine.but(**theirs, finished=finished), lent.but(talks=talks)


def _sides(lent: Lent) -> Iterator[str]:
    """Whoever is on one side of a loan that is talked about."""
    for need in lent.talks:
        yield from (need.neighbor, *need.takers)


# --- Listening rounds.


def _listening(tx: Transaction, me: Person, heard: Heard, community: Community) -> Listening:
    """Their part in the round that goes on; and for who is about to begin one, whether they may."""
    if not community.sharing.listening:
        return Listening()
    begins = me.coordinator and (heard.command == "round" or me.session.flow == plan_round.name)
    return Listening(
        tx.rounds.part_of(me.phone) if me.listens is Consent.YES else None,
        tx.rounds.latest() if begins else None,
        tx.rounds.agreed() if begins else 0,
    )


# --- What the community offers, and who may be rung.


def _offered(community: Community) -> Offered:
    rules = community.rules
    return Offered(
        community.languages,
        community.needs_offered,
        tuple(community.areas),
        community.approval,
        timezone=rules.timezone.key,
        asks_per_week=rules.asks_per_week,
        crisis=community.crisis,
        groups=community.groups,
        line=community.line,
        sharing=community.sharing,
    )


def _asks_for_groups(heard: Heard, me: Person, community: Community) -> bool:
    """Whether they may hear of other groups now."""
    asks = "groups" in heard.names or me.session.flow in (groups.name, menu.name)
    return bool(community.groups) and (asks or not heard.words)


def _directory(tx: Transaction, community: Community, now: float) -> Directory:
    """Which of the other groups are open now, as far as their hours can be read, and what coordinators said of them."""
    clock = calendar.local(now, community.rules.timezone)
    written_in = (DIRECTORIES, *community.languages)
    known = {group.name: is_open(group.hours, clock, written_in) for group in community.groups}
    checks, zone = tx.group_checks.all(), community.rules.timezone
    return Directory(
        frozenset(name for name, opened in known.items() if opened),
        frozenset(name for name, opened in known.items() if opened is False),
        {each.name: calendar.today(each.checked_at, zone).isoformat() for each in checks.values() if each.checked_at},
        frozenset(each.name for each in checks.values() if each.gone_at is not None),
    )


def _opens_at(community: Community, now: float) -> datetime | None:
    """When people may be written to again, where it is night now."""
    morning = wakes_at(community.rules, now)
    return calendar.local(morning, community.rules.timezone) if morning > now else None


def _about_calls(heard: Heard, me: Person) -> bool:
    """Whether it comes from a call, asks for one, or says with whom."""
    return not heard.words or heard.command == "call" or me.session.flow == "talk"


def _with_ways_to_tell(tx: Transaction, facts: Facts, country: str) -> Facts:
    """How those are told who are on the other side of what this person's words may be about."""
    offered = facts.alerts.open if len(facts.alerts.open) == 1 else ()
    needs = dict.fromkeys((*facts.in_progress, *facts.named, *offered, *facts.mine.finished))
    silent, by_call = set(), set()
    others = {phone: need for need in needs for phone in (*need.other_side(facts.me.phone), *need.helped)}
    for phone, need in others.items():
        match fallback.how_told(tx, need, phone, country):
            case "silent":
                silent.add(phone)
            case "by_call":
                by_call.add(phone)
    return facts.but(reachable=facts.reachable.but(silent=frozenset(silent), by_call=frozenset(by_call)))


def _with_those_awake(tx: Transaction, facts: Facts, country: str) -> Facts:
    """Those on the other side who may be rung now (by day, when it cannot wait, when they wrote just now), and not."""
    awake: dict[str, bool] = {}
    for need, phone in ((each, phone) for each in facts.in_progress for phone in (*each.takers, each.neighbor)):
        reach = tx.people.reach(phone)
        has_number = callback_number.number_about(need, phone, country)
        if phone != facts.me.phone and has_number and reach.may_be_reached:
            lately = facts.reachable.opens_at is None or need.urgent or facts.now - reach.heard_at < JUST_NOW
            awake[phone] = awake.get(phone, False) or lately
    asleep = frozenset(phone for phone in awake if not awake[phone])
    return facts.but(reachable=facts.reachable.but(awake=frozenset(awake) - asleep, asleep=asleep))


# --- What coordinators need to know besides.


def _people_named(tx: Transaction, heard: Heard, me: Person) -> Team:
    """The name that a coordinator says, and all who give. Whoever is meant is locked before any need, then read."""
    name = _name_said(heard, me) if me.coordinator else ""
    if not name:
        return Team()
    tx.people.lock([who.phone for who in find_volunteer.meant(_all_who_give(tx), name)])
    return Team(people=_all_who_give(tx), name_said=name)


def _all_who_give(tx: Transaction) -> tuple[Volunteer, ...]:
    return tuple(tx.volunteers.all())


def _name_said(heard: Heard, me: Person) -> str:
    """The name in what a coordinator says, or in what they are being asked about."""
    if heard.command in NAMING:
        return find_volunteer.name_said(heard)
    return me.session.answers.get("name", "") if me.session.flow in NAMING and me.session.waiting else ""


def _overview(tx: Transaction, facts: Facts, heard: Heard, community: Community) -> Facts:
    """The facts, with what a coordinator's words ask for."""
    team, names = facts.team, dict(facts.names)
    if (heard.command or facts.me.session.flow) in LISTING and not heard.keys:
        team = team.but(waiting=tx.needs.waiting(facts.now - QUIET, MOST_COUNTED), flags=tx.flags.waiting(MOST_COUNTED))
        parties = {flag.party for flag in team.flags if flag.party}
        names |= names_of(tx, parties)
        team = team.but(
            reached_at={phone: callback_number.number_of(tx, phone, community.country) for phone in parties}
        )
        if any(flag.why == "volunteer_waits" for flag in team.flags):
            team = team.but(people=_all_who_give(tx))
    if heard.command in ON_CALL:
        others = notify_coordinators.who_is_rung(tx, community, facts.now) - {facts.me.phone}
        team = team.but(night_ends=_night_ends(community, facts.now), others_on_call=bool(others))
    if facts.named:
        team = team.but(past=_past(tx, facts.named[0], misread=heard.command == "misread"))
        names |= names_of(tx, (taker for need in facts.named for taker in need.takers))
    about = {flag.about for flag in team.flags if flag.why in FLAGS.values()} | {need.number for need in facts.named}
    needs = [need for number in about if number and (need := tx.needs.get(number))]
    team = team.but(
        needs_held=frozenset(need.code for need in needs if need.held and need.status in (Status.DRAFT, Status.OPEN)),
        words_held=frozenset(need.code for need in needs if tx.relays.held(need.number)),
    )
    return facts.but(team=team, names=names)


def _night_ends(community: Community, now: float) -> float:
    """The waking morning after the night that comes, or after the one that is."""
    rules = community.rules
    morning = wakes_at(rules, now)
    return morning if morning > now else wakes_at(rules, calendar.midnight(now, rules.timezone, days=1))


def _past(tx: Transaction, need: Need, *, misread: bool) -> Past:
    reach = tx.people.reach(need.neighbor)
    reads = phone_numbers.is_shown(need.neighbor) and reach.can_text and not (reach.opted_out or reach.blocked)
    said = tx.relays.said_lately(need.number, SAID_LATELY)
    heard_last = tx.inbound.heard_last(need.neighbor) if misread else ""
    asked, silent = tx.alerts.people_asked(need.number)
    return Past(asked, said, reads, heard_last, silent)


# --- What is known in a call alone.


class CallFacts:
    """Reads what a call adds: what may be heard of what others said, and the news where it is a call of ours."""

    def __init__(self, own_voice: OwnVoice, words: PrivateWords, queue: CallQueue) -> None:
        self._own_voice, self._words, self._queue = own_voice, words, queue

    def add(self, tx: Transaction, facts: Facts, heard: Heard, step: CallStep) -> Facts:
        """The facts, with those of the call. A call that begins is in nobody's room."""
        facts = self._opened_by_word(tx, facts)
        call = InCall(on=True, word=self._word(tx, facts))
        call = self._recorded(tx, call, facts, heard, step)
        call = call if step.dialed else self._of_ours(tx, call, facts.me, heard, step, facts.now)
        if call.ring.other:
            facts, call = self._of_team(tx, facts, call)
        spoken = (
            *call.spoken,
            *_once_taken(tx, facts),
            *_of_gifts(tx, facts),
            *_of_tools(tx, facts, call),
            *_of_days(tx, facts),
            *_of_circles(tx, facts),
        )
        return facts.but(
            offered=replace(facts.offered, languages=self._own_voice.speaks()),
            call=call.but(spoken=spoken, theirs=step.theirs, unheard=_unheard(tx, facts), written=_written(tx, facts)),
        )

    def _word(self, tx: Transaction, facts: Facts) -> str:
        """What opens the request at hand: the form that is being filled in, or the one whose word is being told."""
        session, need = facts.me.session, facts.mine.draft
        if session.flow == word.name:
            need = tx.needs.of_code(int(session.answers["need"]), facts.me.phone)
        if not facts.me.has_number and not need:  # whoever hides it asked for this one in this call
            need = next((each for each in facts.mine.asked_for if each.active), None)
        return self._words.of(need.number) if need else ""

    def _opened_by_word(self, tx: Transaction, facts: Facts) -> Facts:
        """The request that its word has opened, as if it were the caller's own."""
        answers = facts.me.session.answers
        code = int(answers.get("opened") or 0)
        need = tx.needs.of_code(code, facts.me.phone) if code and answers.get("word") == "right" else None
        if need is None:
            return facts
        theirs = need.but(neighbor=facts.me.phone)
        mine = facts.mine.but(asked_for=(theirs,) if need.active else (), finished=())
        return facts.but(named=(theirs,), mine=mine)

    def _recorded(self, tx: Transaction, call: InCall, facts: Facts, heard: Heard, step: CallStep) -> InCall:
        session = facts.me.session
        self._own_voice.refresh(tx, facts.now, at_once=session.flow == studio.name)
        if step.turn is not None and (is_inside(session) or session.flow == room.name):
            seen = self._own_voice.room(tx, session.answers.get("take_recording", ""))
            out = tuple(Away(loan, tx.people.name_of(loan.borrower)) for loan in tx.loans.away(TO_HEAR))
            return call.but(spoken=tx.recordings.all_spoken(TO_HEAR), room=seen, out=out)
        # whoever hides the number is counted with nobody: a PIN could be guessed call by call
        has_room = facts.me.has_number and heard.keys == KEY and tx.pins.get(PIN) is not None
        return call.but(
            spoken=tx.recordings.spoken_to(facts.me.phone, TO_HEAR) if facts.in_progress else (),
            room=Room() if has_room else None,
        )

    def _of_ours(self, tx: Transaction, call: InCall, me: Person, heard: Heard, step: CallStep, now: float) -> InCall:
        """What is told in a call of ours: one that we made, or that somebody makes for whom there is news."""
        first = step.turn is None
        ring = self._our_call(tx, me, step, now) if step.out else NO_RING
        if not (ring.id or (first and not step.out and me.by_voice)):
            return call
        if not step.out:  # they call after we rang in vain
            tx.calls.tell_after_all(me.phone, now - TOLD_AFTER_ALL)
        rows = self._queue.drop_outdated(tx, me.phone, now)
        if not step.out and rows:
            ring = tx.calls.they_rang(me.phone, step.call, now + CALL_LEASE, now)
        if not ring.id:
            return call
        told = tx.calls.told_in(ring.id) if ring.stage != "talking" or heard.keys == "*" else []
        spoken = call.spoken
        if not spoken and any(map(_is_recorded, chain.from_iterable(row.prompts for row in (*rows, *told)))):
            spoken = tx.recordings.spoken_to(me.phone, TO_HEAR)
        news = (_to_tell(row, spoken) for row in rows)
        return call.but(
            ring=ring,
            news=tuple(each.but(ring=0) if first else each for each in news),
            told=tuple(_to_tell(row, spoken) for row in told),
        )

    def _of_team(self, tx: Transaction, facts: Facts, call: InCall) -> tuple[Facts, InCall]:
        """Somebody of the team wants to talk to a side of a need: that is up to them, by day and by night. A volunteer
        is rung for whoever has a daily ring, as long as it is their turn."""
        need, other = tx.needs.get(call.ring.need), call.ring.other
        names = {**facts.names, other: tx.people.name_of(other)}
        if call.ring.need == COMPANY:
            ring = tx.daily_rings.of(other)
            now_theirs = ring is not None and ring.rings and ring.asked == facts.me.phone
            return facts.but(names=names), call.but(company=other if now_theirs else "")
        if call.ring.need == NO_NEED and facts.me.coordinator and tx.people.reach(other).may_be_reached:
            return facts.but(names=names), call.but(calls_back=other)
        is_side = need is not None and (need.is_of(other) or other in need.takers)
        if need is None or not is_side or not facts.me.coordinator:
            return facts, call
        awake = facts.reachable.awake | ({other} if tx.people.reach(other).may_be_reached else set())
        return facts.but(names=names, reachable=facts.reachable.but(awake=awake)), call.but(team_need=need)

    def _our_call(self, tx: Transaction, me: Person, step: CallStep, now: float) -> Ring:
        """The call, locked until the turn is kept. One that is not theirs, or over before it began, is none of ours."""
        ring, first = tx.calls.get(step.out), step.turn is None
        if ring is None or ring.party != me.phone or (first and ring.status == "over"):
            return NO_RING
        ring = ring.but(code=tx.needs.code_of(ring.need))
        return ring.but(status="ringing", sid=step.call, leased_until=now + CALL_LEASE) if first else ring


def _unheard(tx: Transaction, facts: Facts) -> Mapping[str, str]:
    """What became of the words that this caller spoke, where we do not have them: "late" or "lost"."""
    spoken = ((need.code, tx.recordings.get(need.recording)) for need in facts.mine.asked_for if need.recording)
    return {code: "late" if row.status == "waiting" else "lost" for code, row in spoken if row and not row.place}


def _written(tx: Transaction, facts: Facts) -> Mapping[str, str]:
    """What was written to callers who hide the number, about the requests that may be heard of here."""
    named = facts.named if facts.me.session.flow == requests.name else ()
    said = ((need.code, tx.relays.kept(need.number, SAID_LATELY)) for need in named)
    return {code: " ".join(map(_quoted, words)) for code, words in said if words}


def _quoted(said: RelayedWords) -> str:
    return f"{said.name}: {said.words}.".lstrip(": ")


def _once_taken(tx: Transaction, facts: Facts) -> Iterator[Spoken]:
    """What the neighbor said aloud about the need that is being offered, the newest first: it is played to whoever
    takes it."""
    for need in facts.alerts.open:
        if need.code == facts.me.session.answers.get("need"):
            sids = filter(None, (need.recording, *tx.needs.spoken_before(need.number)))
            rows = [row for sid in sids if (row := tx.recordings.get(sid)) and row.status in ("waiting", "kept")]
            for row in sorted(rows, key=lambda row: row.made_at, reverse=True):
                yield Spoken(row.sid, row.place, need.number, need.code, need.what, need.area, row.made_at)


def _of_gifts(tx: Transaction, facts: Facts) -> Iterator[Spoken]:
    """What is given, in the voice of whoever gives it, under the number of the offer."""
    for gift in (*facts.shared.mine, *facts.shared.there):
        row = tx.recordings.get(gift.recording) if gift.recording else None
        if row and row.status in ("waiting", "kept"):
            yield Spoken(row.sid, row.place, 0, gift.code, gift.what, gift.area, row.made_at)


def _of_tools(tx: Transaction, facts: Facts, call: InCall) -> Iterator[Spoken]:
    """What is lent, and what to mind, in the voice of whoever lends it, under the number of the tool and of a loan."""
    own = (*((loan.code, loan.tool) for loan in facts.lent.loans), *((tool.code, tool) for tool in facts.lent.mine))
    out = ((each.loan.code, each.loan.tool) for each in call.out)
    for code, tool in (*own, *out, *((tool.code, tool) for tool in facts.lent.there)):
        for number, sid in ((code, tool.recording), (care_of(code), tool.care_recording)):
            row = tx.recordings.get(sid) if sid else None
            if row and row.status in ("waiting", "kept"):
                yield Spoken(row.sid, row.place, 0, number, "tool", tool.area, row.made_at)


def _of_days(tx: Transaction, facts: Facts) -> Iterator[Spoken]:
    """What a day together is, in the host's voice, under its number; where it is for who comes."""
    hosted = facts.hosted
    comes = tuple(guest.gathering for guest in hosted.comes_to)
    for gathering in {each.number: each for each in (*hosted.mine, *comes, *hosted.there)}.values():
        for number, sid in (
            (gathering.code, gathering.recording),
            (place_of(gathering.code), gathering.place_recording),
        ):
            row = tx.recordings.get(sid) if sid else None
            if row and row.status in ("waiting", "kept"):
                yield Spoken(row.sid, row.place, 0, number, "gathering", gathering.area, row.made_at)


def _of_circles(tx: Transaction, facts: Facts) -> Iterator[Spoken]:
    """What a circle is called, what is put in, and the rule, in the voice of who organizes it."""
    said = (facts.circled.said,) if facts.circled.said else ()
    for circle in {each.number: each for each in (*facts.circled.mine, *said)}.values():
        sounds = (circle.recording, circle.share_recording, circle.rule_recording)
        for number, sid in zip((circle.code, share_of(circle.code), rule_of(circle.code)), sounds, strict=True):
            row = tx.recordings.get(sid) if sid else None
            if row and row.status in ("waiting", "kept"):
                yield Spoken(row.sid, row.place, 0, number, "circle", "", row.made_at)


def _to_tell(row: Outgoing, spoken: tuple[Spoken, ...]) -> ToTell:
    """Words that were spoken are heard in the voice that spoke them."""
    said = (prompt.but(plays=_place(prompt, row, spoken)) if _is_recorded(prompt) else prompt for prompt in row.prompts)
    return ToTell(
        row.id,
        row.about,
        row.priority,
        row.ring,
        tuple(prompt.key for prompt in row.prompts),
        tuple(each for each in said if not _asks(each)),
        fallback.is_worth_a_call(row),
    )


def _place(prompt: Prompt, row: Outgoing, spoken: tuple[Spoken, ...]) -> str:
    """Where the sound is: of just those words where they are known, else the newest about that need."""
    sid = prompt.values.get("recording", "")
    found = [each for each in spoken if each.sid == sid] or [each for each in spoken if each.number == row.about]
    return found[0].place if found else ""


def _is_recorded(prompt: Prompt) -> bool:
    return "recorded" in prompt.values.get("details", ())[-1:]


def _asks(prompt: Prompt) -> bool:
    """Whether it is a question of a conversation: that is put as it stands now, or not any more."""
    flow, step = prompt.key.split(".")
    return flow in FLOWS and isinstance(FLOWS[flow].find(step), Choose | Ask)
