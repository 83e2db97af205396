"""Line: one phone's end of one call. It follows TwiML until something waits or the call is over.

A Dial rings further phones (`Leg`), each a line of its own; the first to answer, and to accept, is joined to the
caller. All of it is one state machine and stands in one file.
"""

from collections import deque
from collections.abc import Coroutine
from typing import Any
from urllib.parse import urljoin, urlsplit

from hotline.simulator.errors import HotlineDown, SimulatorError
from hotline.simulator.forms import Form, call_form, call_status_form, recording_form
from hotline.simulator.handset import Handset
from hotline.simulator.keypad import Keys, listens_to
from hotline.simulator.network import Network
from hotline.simulator.recorder import record, words_of
from hotline.simulator.traffic import Call, new_sid
from hotline.simulator.twiml import VOICE, Verb, read
from hotline.simulator.webhooks import Webhook

_ANY_KEY = "1234567890*#"
_MOST_DOCUMENTS = 50  # a Redirect in a circle would otherwise never end


class Line:
    """A call between a handset and the hotline."""

    def __init__(self, exchange: Network, handset: Handset, call: Call) -> None:
        self.exchange, self.handset, self.call = exchange, handset, call
        self.page = call.url  # the document we are in; relative addresses start here
        self.verbs: deque[Verb] = deque()
        self.waiting: Verb | None = None
        self.patience = 0.0  # seconds for which the phone rings
        self.keys = Keys()
        self.dialing: Dialing | None = None  # phones we are ringing or joined to
        self.documents = 0

    @property
    def over(self) -> bool:
        """Whether the call has ended."""
        return self.call.over

    @property
    def joined(self) -> bool:
        """Whether there is a person at the other end."""
        return self.dialing is not None and self.dialing.joined is not None

    @property
    def waits_for(self) -> str:
        """The verb that waits for the person, or ''."""
        return self.waiting.name if self.waiting and not self.joined else ""

    async def begin(self) -> None:
        """Ask for the first document and follow it."""
        if self.call.twiml:
            await self._or_fail(self.follow(self.call.twiml))
        else:
            await self.fetch(self.call.url)

    async def picked_up(self) -> None:
        """The phone we rang was answered."""
        self.call.status, self.call.answered_at = "in-progress", self.exchange.clock()
        self.exchange.changes.touch()
        await report(self.exchange, self.call, "answered")
        await self.begin()

    def carry(self, words: str) -> None:
        """Words to the person at the other end."""
        if self.dialing is not None:
            self.dialing.carry(self, words)

    async def hang_up(self, words: str = "") -> None:
        """The person ends the call; the hotline is told about a recording or a dialed call that ends with it."""
        waiting, self.waiting = self.waiting, None
        self._let_go("completed")
        if self.dialing is not None:
            await self.dialing.caller_left()
        elif waiting and waiting.name == "Record":
            await self.recorded(waiting, words, "hangup")
        await report(self.exchange, self.call, "completed")
        await self.closed()

    @property
    def hears_words(self) -> bool:
        """Whether words would be heard now, and not only keys."""
        waiting = self.waiting
        if self.joined or waiting is None:
            return self.joined
        return (
            self._is_before_a_tone
            or waiting.name == "Record"
            or (waiting.name == "Gather" and listens_to(waiting, "speech"))
        )

    @property
    def _is_before_a_tone(self) -> bool:
        """Whether only keys are heard now, and whoever says nothing comes to a tone next."""
        waiting = self.waiting
        if waiting is None or waiting.name != "Gather" or waiting.is_on("actionOnEmptyResult"):
            return False
        return bool(self.verbs) and self.verbs[0].name == "Record"

    async def press(self, keys: str) -> None:
        """Keys into a Gather, or the key that ends a Record; a key nobody waits for is lost."""
        self.documents, waiting = 0, self.waiting
        if waiting and waiting.name == "Gather" and listens_to(waiting, "dtmf"):
            for key in keys:
                self.keys = self.keys.press(key, waiting)
            self.exchange.changes.touch()
            if self.keys.finished:
                await self._gathered(waiting)
        elif waiting and waiting.name == "Record":
            enders = [key for key in keys if key in waiting.get("finishOnKey", _ANY_KEY)]
            if enders:
                await self.recorded(waiting, "", enders[0])

    async def say(self, words: str, then_hang_up: bool) -> None:
        """Words into a Record or a listening Gather, or to whom we are joined."""
        if not self.hears_words:
            raise SimulatorError(f"{self.handset}: nobody listens to words now, only to keys")
        if self._is_before_a_tone:  # whoever speaks waits for the tone
            await self.go_on()
        self.documents, waiting = 0, self.waiting
        if self.joined or waiting is None:
            self.carry(words)
        elif waiting.name == "Gather":
            await self.submit(waiting, [("SpeechResult", words), ("Confidence", "0.9")])
        elif then_hang_up:
            await self.hang_up(words)
        else:
            await self.recorded(waiting, words)
        if then_hang_up and not self.over:
            await self.hang_up()

    async def keep_silent(self) -> None:
        """The timeout of what waits: digits so far are sent, otherwise the next verb comes. A tone is waited for."""
        if self._is_before_a_tone and not self.keys.digits:
            await self.go_on()
        self.documents, waiting = 0, self.waiting
        if waiting is None:
            return
        if waiting.name == "Gather":
            await self._gathered(waiting)
        elif waiting.name == "Record":
            await self.go_on()
        elif self.dialing and not self.joined:
            await self.dialing.ring_out()

    async def fetch(self, url: str, extra: Form | None = None, method: str = "POST") -> None:
        """Ask the hotline for the next document and follow it; the call fails when there is none."""
        await self._or_fail(self._fetch(urljoin(self.page, url), extra or [], (method or "POST").upper()))

    async def follow(self, document: str) -> None:
        """Carry out a document, verb by verb."""
        self.verbs = deque(read(document, VOICE)) if document.strip() else deque()
        self.call.status = "in-progress"
        if self.call.answered_at is None:
            self.call.answered_at = self.exchange.clock()
        await self.go_on()

    async def go_on(self) -> None:
        """Carry out the next verbs until one waits, the document runs out, or the call is over."""
        self.waiting, self.keys, verbs = None, Keys(), self.verbs
        while verbs and not self.over and self.waiting is None and self.verbs is verbs:
            await self._carry_out(verbs.popleft())
        if not self.over and self.waiting is None and self.verbs is verbs:
            await self.ran_out()
        self.exchange.changes.touch()

    async def ran_out(self) -> None:
        """The document has no more verbs: the carrier hangs up."""
        await self.end("completed")

    async def end(self, status: str) -> None:
        """The call is over, by the hotline or because nobody answered."""
        if self.over:
            return
        self.waiting = None
        self._let_go(status)
        if self.dialing is not None:
            await self.dialing.caller_left()
        await report(self.exchange, self.call, "completed")
        await self.closed()

    async def closed(self) -> None:
        """Something more to do when the call is over: nothing, except for the leg of a Dial."""

    async def recorded(self, verb: Verb, words: str, digits: str = "") -> None:
        """A Record has ended: its action is requested, and its status callback told that the sound is there."""
        recording = record(self.call, words, self.exchange.clock())
        self.exchange.recordings[recording.sid] = recording
        became = self.exchange.faults.take_recording()
        about = recording_form(recording, self.exchange.recording_url(recording))
        if self.exchange.faults.no_recording_ids:
            about = [field for field in about if field[0] != "RecordingSid"]
        callback = verb.get("recordingStatusCallback")
        told = urljoin(self.page, callback) if callback else ""  # before the action turns the page
        await self.submit(verb, [*about, ("Digits", digits)])
        status = [("CallSid", self.call.sid), ("RecordingStatus", became), ("RecordingSource", "RecordVerb")]
        if became != "completed":
            self.exchange.recordings.pop(recording.sid)
        await self.exchange.notify(told, [("AccountSid", self.exchange.account_sid), *status, *about])

    async def submit(self, verb: Verb, form: Form) -> None:
        """Request a verb's action and follow its answer."""
        # Not waiting while the hotline thinks: keys pressed meanwhile are lost, as with a real carrier.
        self.waiting = None
        await self.fetch(verb.get("action") or self.page, form, verb.get("method"))

    async def _gathered(self, gather: Verb) -> None:
        digits, self.keys = self.keys.digits, Keys()
        if digits or gather.is_on("actionOnEmptyResult"):
            await self.submit(gather, [("Digits", digits)])
        else:
            await self.go_on()

    async def _carry_out(self, verb: Verb) -> None:
        match verb.name:
            case "Say" | "Play" | "Pause":
                await self._hear(verb)
            case "Gather":
                for spoken in verb.inside:
                    await self._hear(spoken)
                self.waiting = verb
            case "Record":
                self.waiting = verb
            case "Redirect":
                await self.fetch(verb.words.strip(), method=verb.get("method"))
            case "Dial":
                self.waiting, self.dialing = verb, Dialing(self, verb)
                await self.dialing.ring()
            case "Hangup":
                await self.end("completed")
            case "Reject":
                await self.end("busy" if verb.get("reason") == "busy" else "no-answer")

    async def _hear(self, verb: Verb) -> None:
        if verb.name == "Say":
            self.handset.hear(" ".join(verb.words.split()), verb.get("language"))
        elif verb.name == "Play":
            status, content = await self.exchange.webhooks.fetch(urljoin(self.page, verb.words.strip()))
            played = f"plays {words_of(content) or 'a sound'}" if status == 200 else "nothing plays"
            self.handset.hear(f"[{played}]")

    async def _or_fail(self, step: Coroutine[Any, Any, None]) -> None:
        try:
            await step
        except HotlineDown:
            # A real caller hears the carrier's apology and is cut off.
            self.call.failed_webhook = True
            await self.end("failed")
        except SimulatorError:
            self.call.failed_webhook = True
            await self.end("failed")
            raise

    async def _fetch(self, address: str, extra: Form, method: str) -> None:
        if not urlsplit(address).netloc:
            raise SimulatorError(f"TwiML that came in a Twiml parameter needs absolute addresses, not {address!r}")
        self.documents += 1
        if self.documents > _MOST_DOCUMENTS:
            raise SimulatorError(f"more than {_MOST_DOCUMENTS} documents in a row without a pause: a circle?")
        form = (*call_form(self.call, self.exchange.account_sid), *extra)
        document = await self._ask(Webhook(address, form, method))
        if not self.over:
            self.page = address
            await self.follow(document)

    async def _ask(self, webhook: Webhook) -> str:
        self.exchange.remember(self.handset, webhook)
        answer = await self.exchange.webhooks.send(webhook)
        document = answer.document(webhook)
        if answer.kind == "text/plain" and document.strip():
            raise SimulatorError(f"a call was answered with plain text instead of TwiML: {document[:200]!r}")
        return document

    def _let_go(self, status: str) -> None:
        self.call.status, self.call.ended_at = status, self.exchange.clock()
        if self.handset.line is self:
            self.handset.line = None
        if self.handset.incoming is self:
            self.handset.incoming = None
        self.exchange.lines.pop(self.call.sid, None)
        self.exchange.changes.touch()


class Dialing:
    """The phones a caller is being connected to."""

    def __init__(self, caller: Line, verb: Verb) -> None:
        self.caller, self.verb = caller, verb
        self.legs: list[Leg] = []
        self.joined: Leg | None = None
        self.finished = False

    async def ring(self) -> None:
        """Ring every Number at once."""
        why = "no-answer"
        for number in self._numbers():
            leg, refusal = await ring_leg(self, number)
            if leg is not None:
                self.legs.append(leg)
            why = refusal or why
        if not self.legs:
            await self.finish(why)

    async def answered(self, first: "Leg") -> None:
        """One phone was picked up: the others stop ringing."""
        for leg in [leg for leg in self.legs if leg is not first]:
            self.legs.remove(leg)
            await leg.end("canceled")

    async def accepted(self, leg: "Leg") -> None:
        """The whisper has run out without hanging up: the two can talk."""
        self.joined = leg

    def carry(self, speaker: Line, words: str) -> None:
        """What one says the other hears."""
        if self.joined is not None:
            listener = self.caller if speaker is self.joined else self.joined
            listener.handset.hear(words)

    async def leg_over(self, leg: "Leg") -> None:
        """One phone is gone again; without the last one the caller goes on with the document."""
        if leg not in self.legs:
            return
        self.legs.remove(leg)
        if not self.legs:
            # A whisper that was not accepted counts as not answered, so the caller gets another chance.
            status = "completed" if leg is self.joined else "no-answer"
            await self.finish("busy" if leg.call.status == "busy" else status, leg)

    async def ring_out(self) -> None:
        """Nobody answers until the patience is over."""
        for leg in tuple(self.legs):
            await leg.end("no-answer")

    async def caller_left(self) -> None:
        """The caller hung up: everybody else is let go, and the action is told."""
        legs, self.legs = self.legs, []
        for leg in legs:
            await leg.end("completed" if leg.call.answered_at else "canceled")
        await self.finish("completed" if self.joined else "canceled", self.joined)

    async def finish(self, status: str, leg: "Leg | None" = None) -> None:
        """Tell the action what became of it, or go on with the next verb."""
        if self.finished:
            return
        self.finished, self.caller.dialing = True, None
        form = [("DialCallStatus", status), ("DialCallSid", leg.call.sid if leg else new_sid("CA"))]
        if leg is not None and status == "completed":
            form.append(("DialCallDuration", str(leg.call.seconds)))
        if self.verb.get("action"):
            await self.caller.submit(self.verb, form)
        elif not self.caller.over:
            await self.caller.go_on()

    def _numbers(self) -> list[Verb]:
        if self.verb.inside:
            return list(self.verb.inside)
        return [Verb("Number", {}, self.verb.words, ())]


class Leg(Line):
    """A line that belongs to somebody else's call."""

    def __init__(self, of: Dialing, handset: Handset, call: Call, number: Verb) -> None:
        super().__init__(of.caller.exchange, handset, call)
        self.of, self.number, self.page = of, number, of.caller.page

    @property
    def joined(self) -> bool:
        """Whether the caller is at the other end."""
        return self.of.joined is self

    async def begin(self) -> None:
        """Hear the whisper, if there is one, before being joined."""
        await self.of.answered(self)
        if whisper := self.number.get("url"):
            await self.fetch(urljoin(self.page, whisper), method=self.number.get("method"))
        else:
            await self.ran_out()

    async def ran_out(self) -> None:
        """The whisper is over: join the caller instead of hanging up."""
        await self.of.accepted(self)

    def carry(self, words: str) -> None:
        """Words to the caller."""
        self.of.carry(self, words)

    async def closed(self) -> None:
        """Let the caller go on."""
        await self.of.leg_over(self)


async def report(network: Network, call: Call, event: str) -> None:
    """Tell the hotline how a call is getting on, when it asked to know."""
    if event in call.events:
        form = call_status_form(call, network.account_sid, network.clock())
        call.reports += 1
        await network.notify(call.status_callback, form)


async def place(network: Network, call: Call, patience: float) -> None:
    """Ring the phone that a call of the hotline's is for."""
    await report(network, call, "initiated")
    handset, refusal = _reach(network, call.to)
    if handset is None:
        await _failed(network, call, refusal)
    else:
        await _ring(Line(network, handset, call), patience)


async def ring_leg(dialing: Dialing, number: Verb) -> tuple[Leg | None, str]:
    """Ring a third phone for a caller; without a leg the second value says why."""
    network, call = dialing.caller.exchange, _leg_call(dialing, number)
    network.calls.append(call)
    handset, refusal = _reach(network, call.to)
    if handset is None:
        await _failed(network, call, refusal)
        return None, refusal
    leg = Leg(dialing, handset, call, number)
    await _ring(leg, float(dialing.verb.get("timeout") or 30))
    return leg, ""


def _reach(network: Network, number: str) -> tuple[Handset | None, str]:
    handset = network.handsets.get(number)
    if handset is None or handset.switched_off:
        return None, "no-answer"
    return (None, "busy") if handset.busy else (handset, "")


async def _ring(line: Line, patience: float) -> None:
    line.handset.incoming, line.call.status, line.patience = line, "ringing", patience
    network = line.exchange
    network.lines[line.call.sid] = line
    network.changes.touch()
    network.background.later(patience, lambda: _ring_out(line))
    await report(network, line.call, "ringing")


async def _ring_out(line: Line) -> None:
    if line.handset.incoming is line:
        await line.end("no-answer")


async def _failed(network: Network, call: Call, status: str) -> None:
    call.status, call.ended_at = status, network.clock()
    await report(network, call, "completed")


def _leg_call(dialing: Dialing, number: Verb) -> Call:
    caller, callback = dialing.caller, number.get("statusCallback")
    return Call(
        sid=new_sid("CA"), parent_sid=caller.call.sid, direction="outbound-dial", status="queued",
        from_=dialing.verb.get("callerId") or caller.call.from_, to=number.words.strip(), at=caller.exchange.clock(),
        status_callback=urljoin(caller.page, callback) if callback else "",
        events=frozenset((number.get("statusCallbackEvent") or "completed").split()),
    )  # fmt: skip
