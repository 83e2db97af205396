"""Applying effects: carries out what a turn asks to be done, in the transaction that it was decided in."""

import re

from hotline.community.model import Community
from hotline.dispatch.follow_up import COMES_OR_NOT, WHICH_ONE, After, first_look
from hotline.dispatch.quiet_hours import wakes_at
from hotline.dispatch.recurrence import next_made_at
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt, Session, Turn, Values
from hotline.flows.about_needs import story, what_it_is
from hotline.flows.everyone import danger, relay
from hotline.flows.everyone.opt_out import quiet
from hotline.flows.neighbor.intake import intake
from hotline.flows.neighbor.said import besides, told
from hotline.inbound import group_checks
from hotline.model import coordinator_effects, effects, phone_numbers
from hotline.model.calendar import midnight
from hotline.model.facts import Facts
from hotline.model.needs import Need
from hotline.model.outgoing import NEWS
from hotline.model.people import Person
from hotline.model.when import kept
from hotline.outbound import danger_alarm, fallback, notify_coordinators
from hotline.outbound.circles import CircleNews
from hotline.outbound.daily_rings import DailyRings
from hotline.outbound.gatherings import GatheringNews
from hotline.outbound.gifts import GiftNews
from hotline.outbound.loans import LoanNews
from hotline.outbound.rounds import ListeningRounds
from hotline.outbound.sharing import Kind
from hotline.storage import Transaction

OF_A_PERSON = (
    (re.compile(r"\S+@\S+|https?://\S+"), "..."),
    (phone_numbers.IN_TEXT, "555-0100"),
    # A house and its street: a number before or after a name with a capital letter.
    (re.compile(r"\b\d{1,5}[a-zA-Z]?\s+(?:[A-Z\u00c0-\u00de][\w'-]*\s*){1,3}"), "12 Elm St "),
)
DROPPED_TOO_OFTEN = 2  # times: a person should look, once


class EffectHandler:
    """What effects come to in one community."""

    def __init__(self, community: Community) -> None:
        self._community = community
        self._gifts, self._loans = GiftNews(community), LoanNews(community)
        self._daily = DailyRings(community)
        others = (GatheringNews(community), CircleNews(community), self._daily, ListeningRounds(community))
        self._sharing: tuple[Kind, ...] = (self._gifts, self._loans, *others)

    def keep(
        self, tx: Transaction, turn: Turn, facts: Facts, heard_much: tuple[int, float], *, introduced: bool
    ) -> None:
        """Writes a turn: where they stand from now on, and everything that it asks for."""
        asked_at = facts.now if turn.session.waiting else facts.me.asked_at
        tx.people.keep_session(turn.session, asked_at, heard_much, introduced, facts.now)
        stop_asked = turn.session.waiting and turn.session.flow == quiet.name
        if stop_asked != facts.me.stop_asked:
            tx.people.stop_asked(facts.me.phone, stop_asked)
        self._keep_unsent(tx, relay.unsent(facts.me.session), relay.unsent(turn.session), facts)
        if turn.session.language != facts.me.session.language and facts.me.volunteer:
            tx.volunteers.speak(facts.me.phone, turn.session.language)
        draft = self.carry_out(tx, turn, facts)
        if draft and facts.in_call and turn.session.flow == intake.name and "need" not in turn.session.answers:
            # Which form is filled in in this call: another call from this number may fill in one as well.
            session = turn.session.but(answers={**turn.session.answers, "need": tx.needs.code_of(draft)})
            tx.people.keep_session(session, asked_at, heard_much, introduced, facts.now)

    def _keep_unsent(self, tx: Transaction, before: str, words: str, facts: Facts) -> None:
        """Words that wait to be told which request they are about stand with what a person should look at: whatever
        becomes of the question, they are read."""
        if words == before:
            return
        tx.flags.settle_of(facts.me.phone, notify_coordinators.WORDS_WAIT, facts.now)
        if words:
            id = tx.flags.add(notify_coordinators.WORDS_WAIT, facts.me.phone, words, 0, facts.now)
            tx.flags.ring_later(id, facts.now + WHICH_ONE)

    def raise_unanswered(self, tx: Transaction, phone: str, heard: Heard, now: float) -> None:
        """What no limit keeps from people, where it is not answered any more just now."""
        if heard.danger:
            danger_alarm.raise_alarm(tx, self._community, heard.danger, heard.words, phone, 0, now)
        else:
            self._flag(tx, effects.Flag("wants_a_person", heard.words), phone, 0, now)

    def carry_out(self, tx: Transaction, turn: Turn, facts: Facts) -> int:
        """Everything a turn asks for, in its order, wherever they stand in their conversation; the number of the form
        at hand, 0 for none."""
        draft = before = facts.mine.draft.number if facts.mine.draft else 0
        form = turn.session.behind if danger.is_asked(turn.session) else turn.session
        stopped = any(isinstance(effect, effects.OptOut) for effect in turn.effects)
        asking = form is not None and form.flow == intake.name and (form.waiting or stopped) and _is_of(form, facts)
        answered = _answered_so_far(form) if form and asking else {}
        endangered = any(isinstance(effect, effects.Danger) for effect in turn.effects)
        for effect in turn.effects:
            match effect:
                case effects.Record():
                    added = any(isinstance(each, effects.Add) for each in turn.effects)
                    self._record(tx, effect, None if added else facts.mine.draft, facts.now)
                case effects.Draft(words):
                    draft = self._draft(tx, facts.me.phone, words, facts.now, answered)
                case effects.Flag():
                    self._flag(tx, effect, facts.me.phone, effect.about or draft, facts.now, texted=not endangered)
                case effects.Danger(level, words, about):
                    self._danger(tx, level, words, facts, about or draft)
                case coordinator_effects.Split():
                    self.split(tx, effect, facts.me.phone, facts.now)
                case _ if isinstance(effect, coordinator_effects.Order):
                    _carry_out_order(tx, effect, facts.me.phone, facts.now)
                    if isinstance(effect, coordinator_effects.Close):
                        self._loans.request_ended(tx, effect.number, facts.now)
                    if isinstance(effect, coordinator_effects.Seen) and effect.party:
                        self._daily.safety.seen(tx, effect.party, facts.me.phone, facts.now)
                case _:
                    self._do(tx, effect, facts.me, facts.now)
        if before and asking and before == draft:  # a form of somebody else's on the same line stays as it is
            tx.needs.fill_draft(before, answered, facts.now)
        return draft

    def _draft(self, tx: Transaction, phone: str, words: str, now: float, answered: dict[str, str]) -> int:
        """A new number, but never the emergency number: nobody could take that need."""
        begun = After.BEGUN if words else After.ASKED_THE_CARRIER
        check_at = first_look(begun, self._community.rules, now)
        number = tx.needs.draft(phone, words, now, answered, check_at)
        if str(number) != self._community.emergency:
            return number
        tx.needs.withdraw(number, now)
        return tx.needs.draft(phone, words, now, answered, check_at)

    def split(self, tx: Transaction, split: coordinator_effects.Split, me: str, now: float) -> int:
        """The part has its own number, and all that is known of where and when; it is asked about by itself. Its row,
        0 where there is nothing to be split."""
        need = tx.needs.get(split.number)
        if need is None:
            return 0
        answered = {"what": split.what, "area": split.area, "details": split.details, "recording": "", "besides": ""}
        number = self._draft(tx, need.neighbor, need.words, now, answered)
        given = {"what": split.what, "area": split.area, "details": split.details, "recording": ""}
        tx.needs.record(number, {**given, "callback": need.callback, **self._times(need.due)}, now)
        if need.held:
            tx.needs.hold(number, now)
        self._look_after(tx, number, After.RECORDED, now)
        told: Values = {"number": tx.needs.code_of(number), "what": (split.what,)}
        tx.flags.note("split", me, tx.needs.code_of(number), split.number, now)
        tx.outbox.put(need.neighbor, [Prompt("news.split", values=told)], split.number, NEWS, now)
        return number

    def _flag(
        self, tx: Transaction, flag: effects.Flag, phone: str, about: int, now: float, *, texted: bool = True
    ) -> None:
        """A person should look; what cannot wait until someone looks goes to the coordinators' phones."""
        recording = "" if flag.words else flag.recording
        id = tx.flags.add(flag.why, phone, flag.words, about, now, recording=recording)
        if flag.why == "words_about_a_need":
            notify_coordinators.answered(tx, self._community, phone, flag.words, about, now)
        notify_coordinators.flagged(tx, self._community, flag, id, phone, about, now, texted=texted)

    def _danger(self, tx: Transaction, level: str, words: str, facts: Facts, about: int) -> None:
        danger_alarm.raise_alarm(tx, self._community, level, words, facts.me.phone, about, facts.now)

    def _tomorrow(self, now: float) -> float:
        rules = self._community.rules
        return wakes_at(rules, midnight(now, rules.timezone, days=1))

    def _hold(self, tx: Transaction, number: int, words: str, me: Person, now: float) -> None:
        """Words that the other side does not get before a person has looked."""
        need = tx.needs.get(number)
        for reader in need.other_side(me.phone) if need else ():
            tx.relays.hold(number, me.phone, reader, words, now)

    def _relay(
        self, tx: Transaction, number: int, words: str | tuple[str, ...], me: Person, now: float, recording: str = ""
    ) -> None:
        """To the neighbor, or to those who have it. Who reads the first words learns how to answer."""
        need = tx.needs.get(number)
        if need is None:
            return
        for reader in need.other_side(me.phone):
            if fallback.hears_when_they_call(need, reader, self._community.country):
                tx.relays.keep(number, me.phone, reader, words if isinstance(words, str) else "", now)
                continue
            key = "news.words" if tx.relays.was_written_to(number, reader) else "news.first_words"
            told: Values = {"number": need.code, "what": what_it_is(need), "name": me.name, "details": words}
            told = {**told, "recording": recording} if recording else told
            tx.relays.pass_on(
                number, me.phone, reader, words if isinstance(words, str) else "", [Prompt(key, values=told)], now
            )
        self._look_after(tx, number, After.RELAYED, now)

    def _say_if_not_texted(self, tx: Transaction, need: Need, taker: str, now: float) -> None:
        """Who takes a need reads at once that its neighbor ended our texts, and how to talk to them, if at all."""
        if not tx.people.reach(need.neighbor).opted_out:
            return
        silent = fallback.how_told(tx, need, need.neighbor, self._community.country) == "silent"
        key = "news.cannot_write" if silent else "news.gets_no_texts"
        tx.outbox.put(taker, [Prompt(key, values=story(need))], need.number, NEWS, now)

    def _look_after(self, tx: Transaction, number: int, after: After, now: float) -> Need | None:
        """When its follow-up looks at a need first; the need."""
        need = tx.needs.get(number)
        if need:
            self._look_at(tx, need, after, now)
        return need

    def _look_at(self, tx: Transaction, need: Need, after: After, now: float) -> None:
        """A loan has times of its own."""
        if not need.loan:
            tx.follow_ups.check(need.number, first_look(after, self._community.rules, now, need.expected))

    def _record(self, tx: Transaction, record: effects.Record, draft: Need | None, now: float) -> None:
        """A draft becomes an open need; `draft` is it, where that is how it stands."""
        fields = {**_fields(record), **self._times(record.due)}
        tx.needs.record(record.number, fields, now)
        as_it_was = draft is not None and draft.number == record.number
        need = draft.recorded(fields, now) if draft and as_it_was else tx.needs.get(record.number)
        if need:
            self._look_at(tx, need, After.RECORDED, now)
            self._gifts.name_to_givers(tx, need, now)
        if record.every:
            again_at = next_made_at(record.every, self._community.rules, now)
            tx.follow_ups.weekly(record.number, record.every, again_at, now)

    def _span(self, due: str) -> tuple[float, float] | None:
        """When the time that is kept so begins and ends (UTC seconds)."""
        when = kept(due)
        return when.span(self._community.rules.timezone) if when else None

    def _times(self, due: str) -> dict[str, str | float | None]:
        begins, ends = self._span(due) or (None, None)
        return {"due": due, "starts_at": begins, "ends_at": ends}

    def _amend(self, tx: Transaction, effect: effects.Amend, now: float) -> None:
        before = tx.needs.get(effect.number)
        tx.needs.amend(effect.number, effect.what, effect.area, effect.details, effect.recording, now)
        if before and effect.due != before.due:
            tx.needs.due(effect.number, effect.due, self._span(effect.due))
            self._look_after(tx, effect.number, After.TAKEN if before.takers else After.RECORDED, now)

    def _do(self, tx: Transaction, effect: effects.Effect, me: Person, now: float) -> None:
        match effect:
            case effects.Add(number, words):
                tx.needs.add_words(number, words, now)
            case effects.Enroll(needs, areas, name):
                status = "waiting" if self._community.approval and not me.volunteer else "active"
                tx.volunteers.enroll(me.phone, needs, areas, status, now)
                tx.people.introduce(me.phone, name, "", now)
                if status == "waiting":
                    notify_coordinators.wants_to_help(tx, self._community, effect, me.phone, now)
            case effects.Invited():
                tx.people.invited(me.phone, now)
            case effects.Pause(until):
                tx.volunteers.pause(me.phone, until, now)
            case effects.KeepHours(hours):
                tx.volunteers.keep_hours(me.phone, hours)
            case effects.AskAtMost(times):
                tx.volunteers.ask_at_most(me.phone, times)
            case effects.Accept():
                tx.volunteers.accept(me.phone)
            case effects.Leave():
                tx.volunteers.leave(me.phone, now)
                self._leave(tx, me.phone, now, asks_too=False)
            case effects.Amend():
                self._amend(tx, effect, now)
            case effects.Urgent(number):
                tx.needs.make_urgent(number, now)
            case effects.Reserve(number):
                tx.alerts.reserve(number, me.phone, now)
            case effects.Take(number, volunteer):
                taken = tx.needs.take(number, volunteer, now)
                self._look_at(tx, taken, After.TAKEN, now)
                tx.flags.settle_untaken(number, now)
                self._say_if_not_texted(tx, taken, volunteer, now)
                if taken.held and tx.needs.let_go(number, now):  # nobody but a coordinator gives away what is held
                    danger_alarm.seen_to(tx, number, now)
            case effects.Drop(number):
                tx.needs.give_back(number, me.phone, now)
                self._look_after(tx, number, After.GIVEN_BACK, now)
                need = tx.needs.get(number)
                if need and need.drops == DROPPED_TOO_OFTEN:
                    self._flag(tx, effects.Flag("dropped_twice"), me.phone, number, now)
            case effects.MayNotCome(number):
                tx.needs.doubt(number, me.phone, now + COMES_OR_NOT)
            case effects.ComesAfterAll(number):
                tx.needs.doubt(number, "", None)
            case effects.Decline(number):
                tx.alerts.decline(number, me.phone, now)
            case effects.Done(number):
                tx.needs.finish(number, me.phone, now)
                need = tx.needs.get(number)
                if need and not need.takers:
                    self._look_after(tx, number, After.ALL_DONE, now)
            case effects.Withdraw(number):
                tx.needs.withdraw(number, now)
                danger_alarm.taken_back(tx, self._community, number, now)
            case effects.Happened(number):
                tx.needs.happened(number, now)
            case effects.NotYet(number):
                tx.needs.not_yet(number, now)
                self._look_after(tx, number, After.NOT_YET, now)
            case effects.StillNeeded(number):
                tx.needs.still_needed(number, now)
                self._look_after(tx, number, After.STILL_NEEDED, now)
            case effects.Weekly(number, weekday):
                tx.follow_ups.weekly(number, weekday, next_made_at(weekday, self._community.rules, now), now)
            case effects.InDanger(words):
                danger_alarm.is_so(tx, self._community, me.phone, words, now)
            case effects.NoDanger(words):
                danger_alarm.is_not_so(tx, me.phone, words, now)
            case effects.Relay(number, words, held=True):
                self._hold(tx, number, words, me, now)
            case effects.Relay(number, words, recording):
                self._relay(tx, number, words or ("recorded",) * bool(recording), me, now, recording)
            case effects.ReachBy(calls, say_who, leave_word):
                tx.people.reach_by(me.phone, calls, say_who, leave_word)
            case effects.Talk(number, other):
                tx.calls.want(me.phone, now, now, number, other)
            case effects.JoinGroup():
                pass  # the answer to this step of the call rings it
            case effects.GroupChecked(group, still):
                group_checks.said(tx, self._community, me.phone, group, still, now)
            case effects.Rest():
                tx.people.rest(me.phone, self._tomorrow(now))
            case effects.Coming(number, at):
                tx.needs.coming(number, at)
                self._look_after(tx, number, After.COMING, now)
            case effects.StandDown(number, prompt, but):
                tx.alerts.stand_down(number, but or me.phone, prompt, now)
            case effects.Tell(party, prompt, about):
                tx.outbox.put(party, [prompt], about, NEWS, now)
            case effects.KeepVoice(language, piece, words, recording):
                tx.voices.keep(language, piece, words, recording, now)
            case effects.Discard(recording):
                tx.recordings.forget(recording, now)
            case effects.KeepCall(ring):
                tx.calls.keep(ring, now)
            case effects.BeingTold(row, ring_id):
                tx.calls.being_told(row, ring_id, now)
            case effects.Told(ring_id):
                tx.calls.told(ring_id, now)
            case effects.Untell(ring_id):
                tx.calls.untell(ring_id)
            case effects.OptOut(rung_instead):
                tx.people.opt_out(me.phone, now, rung_instead=rung_instead)
                danger_alarm.gets_no_texts(tx, self._community, me.phone, now)
                if not (rung_instead and self._community.line.calls):
                    self._leave(tx, me.phone, now, asks_too=True)
            case effects.Disown():
                tx.people.disown(me.phone, now)
                self._leave(tx, me.phone, now, asks_too=True)
            case effects.HoldWaves(number):
                tx.alerts.put_off(number, self._tomorrow(now), now)
            case effects.OptIn():
                tx.people.opt_in(me.phone)
            case _:
                self._share(tx, effect, me, now)

    def _share(self, tx: Transaction, effect: effects.Effect, me: Person, now: float) -> None:
        """What neighbors give each other without a request."""
        match effect:
            case effects.PromiseGift(ask):
                if made := self._gifts.promised(tx, ask, now):
                    self._look_after(tx, made, After.TAKEN, now)
            case effects.LeaveSharing():
                self._leave(tx, me.phone, now, asks_too=True)
            case _:
                for kind in self._sharing:
                    kind.carry_out(tx, effect, me.phone, now)

    def _leave(self, tx: Transaction, phone: str, now: float, *, asks_too: bool) -> None:
        """What they share is over, and with `asks_too` what they asked for."""
        for kind in self._sharing:
            kind.left(tx, phone, now, asks_too=asks_too)


def _carry_out_order(tx: Transaction, order: coordinator_effects.Order, me: str, now: float) -> None:
    """What the coordinator whose number is `me` asks for."""
    match order:
        case coordinator_effects.Close(number, why, done):
            tx.needs.close(number, done, now)
            tx.flags.note("closed", me, why, number, now)
            tx.flags.settle_untaken(number, now)
            danger_alarm.seen_to(tx, number, now)
        case coordinator_effects.Reopen(number):
            for had_it in tx.needs.reopen(number, now):  # they are asked before all others
                tx.alerts.reserve(number, had_it, now)
            tx.flags.note("reopened", me, "", number, now)
        case coordinator_effects.Link(number, into):
            tx.needs.link(number, into, now)
            tx.flags.note("linked", me, "", number, now)
            tx.flags.settle_untaken(number, now)
        case coordinator_effects.LetGo(number):
            danger_alarm.let_go(tx, number, "news.asked_now", now)
            danger_alarm.seen_to(tx, number, now)
        case coordinator_effects.AskAgain(number):
            tx.alerts.ask_again(number, now)
        case coordinator_effects.PassOn(number):
            danger_alarm.pass_on(tx, number, now)
            danger_alarm.seen_to(tx, number, now)
        case coordinator_effects.Say(number, reader, words, kept=True):
            tx.flags.looked(reader)
            tx.relays.keep(number, me, reader, words, now)
        case coordinator_effects.Say(number, reader, words):
            tx.flags.looked(reader)
            need = tx.needs.get(number)
            told: Values = {"number": tx.needs.code_of(number), "words": words}
            key = "news.from_team" if need is None or need.is_of(reader) else "news.from_team_to_helper"
            tx.outbox.put(reader, [Prompt(key, values=told)], number, NEWS, now)
            tx.relays.team_said(number, me, reader, words, now)
        case coordinator_effects.Approve(phone):
            tx.volunteers.approve(phone)
            tx.flags.settle_of(phone, "volunteer_waits", now)
        case coordinator_effects.TakeBack(number, volunteer):
            tx.needs.give_back(number, volunteer, now)
        case coordinator_effects.Looked(party):
            tx.flags.looked(party)
        case coordinator_effects.Seen(flags, party):
            for flag in flags:
                tx.flags.settle(flag, now)
            danger_alarm.looked_at(tx, tx.dangers.of(party), now)
        case coordinator_effects.OnCall(until):
            tx.on_call.say(me, until)
        case coordinator_effects.SeenAbout(number):
            need = tx.needs.get(number)
            tx.flags.settle_about(number, now)
            tx.flags.looked(need.neighbor if need else "")
            danger_alarm.looked_at(tx, tx.dangers.about(number), now)
        case coordinator_effects.Misread(words, party):
            tx.flags.note("misread", "", without_the_person(words, tx.people.name_of(party)), 0, now)


def without_the_person(words: str, name: str = "") -> str:
    """The words without their writer's name, telephone numbers, house numbers and addresses of mail: what is kept to
    learn from tells of nobody."""
    for pattern, instead in OF_A_PERSON:
        words = pattern.sub(instead, words)
    own = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE) if name.strip() else None
    return own.sub("Ana", words) if own else words


def _is_of(form: Session, facts: Facts) -> bool:
    """Whether it is the form at hand, and not another one of theirs that goes on."""
    draft = facts.mine.draft
    return draft is None or form.answers.get("need", draft.code) == draft.code


def _answered_so_far(session: Session) -> dict[str, str]:
    answers = session.answers
    recording = answers.get("details_recording", "")
    fields = {name: answers.get(name, "") for name in ("what", "area")}
    return fields | {"details": told(answers), "recording": recording, "besides": besides(answers)}


def _fields(record: effects.Record) -> dict[str, str | int]:
    return {
        "what": record.what,
        "area": record.area,
        "details": record.details,
        "recording": record.recording,
        "callback": record.callback,
        "urgent": int(record.urgent),
        "every": record.every,
        "wanted": record.wanted,
    }
