"""Bridge: joins the two sides of a need in one call. The other side is rung and asked first."""

from collections.abc import Callable

from hotline.channels import dial, voice
from hotline.channels.catalogue import Catalogue
from hotline.channels.prompt_clips import Sounds
from hotline.engine import run
from hotline.engine.session import Prompt, Turn, Values
from hotline.flows import FLOWS
from hotline.flows.about_needs import story
from hotline.model import phone_numbers
from hotline.model.calls import COMPANY, NO_NEED
from hotline.model.daily_rings import Came
from hotline.model.effects import Talk
from hotline.model.events import CallStep, Dialed
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status
from hotline.model.people import Person
from hotline.outbound import callback_number, ring_time
from hotline.outbound.daily_rings import DailyRings
from hotline.outbound.practice import Practice
from hotline.storage import Transaction

NOT_JOINED = Prompt("ring.not_joined")
NO_ANSWER, ASKED_BACK = Prompt("talk.no_answer"), Prompt("ring.asked_back")
MACHINE_RINGS = Prompt("ring.company_none", ends=True)
OF_NO_NEED = (NO_NEED, COMPANY)
WRONG_KEYS = 2  # of whoever is rung
GROUP, GROUP_RINGS = 0, 40  # in place of a need: another group was rung; so many seconds
MOST_ASKED = 5  # times that whoever is rung hears the question, then the caller waits no longer


class Bridge:
    """`voice_url` takes every step of these calls, as of all others; `sounds` is what is said in the own voice now."""

    def __init__(self, catalogue: Catalogue, voice_url: str, sounds: Callable[[], Sounds]) -> None:
        self._catalogue, self._voice_url, self._sounds = catalogue, voice_url, sounds
        self._country, self._practice = catalogue.community.country, Practice(catalogue.community)
        self._daily = DailyRings(catalogue.community)

    def join(self, tx: Transaction, turn: Turn, step: CallStep, facts: Facts, action: str) -> str:
        """The document that rings the other side: those who may be rung now. Their numbers stand in it, and nowhere
        else."""
        effect, me = next(effect for effect in turn.effects if isinstance(effect, Talk)), facts.me
        if effect.number in OF_NO_NEED:
            return self._call_back(tx, effect, turn, step, action)
        number, need = effect.number, tx.needs.get(effect.number)
        sides = (effect.other,) if effect.other else need.other_side(me.phone) if need else ()
        awake = [each for each in sides if each in facts.reachable.awake]
        ends = tuple(filter(None, (self._number(each, need, step.line) for each in awake))) if need else ()
        ends = tuple(each for each in ends if self._practice.may_reach(tx, each, ()))
        if need is None or not ends:
            told: Values = {"number": tx.needs.code_of(number)}
            nobody = [Prompt("talk.nobody", values=told)]
            return voice.render(nobody, me.session.language, self._catalogue, action, "", self._sounds())
        seen = {"name": tx.people.name_of(effect.other)} if effect.other else self._seen_by(tx, need, me.phone)
        prompts = turn.prompts or (Prompt("talk.ringing", values={**story(need), **seen}),)
        return dial.join(
            prompts,
            turn.session.language,
            self._catalogue,
            to=ends,
            line=step.line,
            action=f"{action}&dialed={number}",
            ask=f"{self._voice_url}?whisper={number}",
            seconds=min(ring_time.seconds(tx.people.reach(each).leave_word) for each in awake),
            sounds=self._sounds(),
        )

    def _call_back(self, tx: Transaction, effect: Talk, turn: Turn, step: CallStep, action: str) -> str:
        """The same about no need: somebody whose call we missed, or who waits for a person; or whom a volunteer rings
        at the hour of their daily ring."""
        other, about = effect.other, effect.number
        number = callback_number.own(other, self._country)
        language = turn.session.language
        if number in ("", step.line) or not self._practice.may_reach(tx, number, ()):
            return voice.render([NO_ANSWER], language, self._catalogue, action, "", self._sounds())
        return dial.join(
            (Prompt("talk.ringing", values={"name": tx.people.name_of(other) or ("someone",)}),),
            language,
            self._catalogue,
            to=(number,),
            line=step.line,
            action=f"{action}&dialed={about}",
            ask=f"{self._voice_url}?whisper={about}",
            seconds=ring_time.seconds(tx.people.reach(other).leave_word),
            sounds=self._sounds(),
        )

    def join_group(self, tx: Transaction, name: str, turn: Turn, step: CallStep, action: str) -> str:
        """The document that rings another group; "" where it may not be rung. Whoever picks up there is asked nothing:
        it is their own line. Afterwards the caller hears what can be done about it, as before."""
        group = next((each for each in self._catalogue.community.groups if each.name == name), None)
        number = phone_numbers.normalise(group.phone, self._country) if group else ""
        if not number or number == step.line or not self._practice.may_reach(tx, number, ()):
            return ""
        return dial.join(
            (Prompt("groups.joining", values={"group": (name,)}),),
            turn.session.language,
            self._catalogue,
            to=(number,),
            line=step.line,
            action=f"{action}&dialed={GROUP}",
            ask="",
            seconds=GROUP_RINGS,
            sounds=self._sounds(),
        )

    def ask(self, tx: Transaction, step: CallStep, me: Person, now: float) -> str:
        """The other side has picked up: nobody is joined who has not pressed 1. They may hear the question again."""
        asked = step.turn or 0
        if step.keys == "1":
            if step.whisper == NO_NEED:
                tx.flags.settle_missed(me.phone, now)
            if step.whisper == COMPANY:  # a key, and only a key, says that they are well
                self._daily.heard(tx, me.phone, Came.FINE, now)
            return dial.accepted()
        patience = MOST_ASKED if step.keys in ("*", "#") else WRONG_KEYS
        if asked and step.keys == "" and me.leave_word != "no":  # perhaps they talk to us, or drive
            return dial.declined((NOT_JOINED,), me.session.language, self._catalogue, self._sounds())
        if asked and (step.keys in ("", "2", "9") or asked >= patience):
            return dial.declined()
        need = tx.needs.get(step.whisper)
        if not (self._is_a_side(tx, need, me.phone) if need else self._is_called_back(tx, step, me.phone)):
            return dial.declined()
        me = tx.people.get(need.neighbor, now) if need and me.phone not in (need.neighbor, *need.takers) else me
        if step.keys == "0":
            tx.flags.add_once("wants_a_person", me.phone, "", need.number if need else 0, now)
            told_so = (Prompt("person.told"),)
            return dial.declined(told_so, me.session.language, self._catalogue, self._sounds())
        action = f"{self._voice_url}?whisper={step.whisper}&turn={asked + 1}"
        # Whoever picks up hears no more than they allowed: it may be somebody else, or a machine.
        known = me.say_who == "yes" or (me.say_who != "no" and (me.gives or me.introduced))
        known = known or step.whisper == COMPANY  # they asked for this very call, in which we always say who we are
        asked_about = Prompt("ring.asked", values=self._seen_by(tx, need, me.phone)) if need else ASKED_BACK
        asked_about = self._in_company(tx, me.phone) if step.whisper == COMPANY else asked_about
        prompt = asked_about if known else Prompt("ring.unnamed", ("hear",), True)
        # Twice: whoever picks up may not listen yet. Where others may listen: once, and nothing that names or hints.
        prompts = (Prompt("ring.careful", ("hear",), True),) if me.leave_word == "no" else (prompt, prompt)
        sounds = self._sounds()
        return dial.ask(prompts, me.session.language, self._catalogue, action, sounds)

    def after(self, tx: Transaction, dialed: Dialed, facts: Facts) -> Turn:
        """The talk is over, or never began: then words may be left. How long it was is kept, what was said never."""
        session = facts.me.session.but(turn=facts.me.session.turn + 1)
        if dialed.sid:
            tx.calls.ended(dialed.sid, facts.me.phone, dialed.status, dialed.seconds, facts.now)
        if dialed.need == GROUP:
            flow = FLOWS.get(session.flow)
            return run.again(flow, session, facts) if flow and session.waiting and not dialed.left else Turn(session)
        if "1" in (tx.inbound.keys_of(f"{dialed.sid}/{asked}") for asked in range(1, MOST_ASKED + 1)):
            return Turn(session, (Prompt("ring.talked"),))
        if dialed.left:
            return Turn(session)
        if dialed.need == NO_NEED:
            return Turn(session, (NO_ANSWER,))
        if dialed.need == COMPANY:
            self._daily.company.to_machine(tx, facts.me.phone, facts.now)
            return Turn(session, (MACHINE_RINGS,))
        need = tx.needs.get(dialed.need)
        if need and facts.me.coordinator and facts.me.phone not in (need.neighbor, *need.takers):
            return Turn(session, (Prompt("talk.nobody", values={"number": need.code}),))
        return run.start(FLOWS["not_there"], session, facts.standing(session), {"need": tx.needs.code_of(dialed.need)})

    def _number(self, phone: str, need: Need, line: str) -> str:
        """Where somebody is rung: a neighbor at the number that they left, if they left one. Never at our own."""
        number = callback_number.number_about(need, phone, self._country)
        return "" if number == line else number

    def _is_called_back(self, tx: Transaction, step: CallStep, phone: str) -> bool:
        """Whether one of the team, or a volunteer whose turn it is, is being joined with them now, about no need."""
        if step.whisper == COMPANY:
            each = tx.companions.who_rings(phone)
            return each is not None and self._daily.company.has_turn(tx, each.volunteer, phone)
        return step.whisper == NO_NEED and tx.calls.of_team(phone)

    def _in_company(self, tx: Transaction, phone: str) -> Prompt:
        each = tx.companions.who_rings(phone)
        name = tx.people.name_of(each.volunteer) if each else ""
        return Prompt("ring.company_asked", values={"name": name or ("someone",)})

    def _is_a_side(self, tx: Transaction, need: Need, phone: str) -> bool:
        """Whether they are, of something that goes on. The team may talk to who has only begun to ask as well."""
        at_home = callback_number.number_about(need, need.neighbor, self._country)
        goes_on = need.active or (need.status is Status.DRAFT and tx.calls.of_team(need.neighbor))
        return goes_on and phone in (need.neighbor, *need.takers, at_home)

    def _seen_by(self, tx: Transaction, need: Need, me: str) -> Values:
        if tx.calls.of_team(me):
            return {**story(need), "name": ("team",)}
        sides = (
            (need.neighbor,) if me in need.takers else need.takers
        )  # who is called back at another number is neither
        names = ", ".join(filter(None, map(tx.people.name_of, sides)))
        return story(need, names)
