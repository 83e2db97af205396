"""One phone's end of one call: follows TwiML until something waits or the call is over."""

from __future__ import annotations

from collections import deque
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from hotline.simulator.dialing import Dialing
from hotline.simulator.errors import HotlineDown, SimulatorError
from hotline.simulator.forms import Form, call_form, recording_form
from hotline.simulator.keypad import Keys
from hotline.simulator.recorder import record, words_of
from hotline.simulator.traffic import Call
from hotline.simulator.twiml import VOICE, Verb, read
from hotline.simulator.webhooks import Webhook

if TYPE_CHECKING:
    from hotline.simulator.exchange import Exchange
    from hotline.simulator.handset import Handset

_MOST_DOCUMENTS = 50  # a Redirect in a circle would otherwise never end


class Line:
    """A call between a handset and the hotline."""

    def __init__(self, exchange: Exchange, handset: Handset, call: Call) -> None:
        self.exchange, self.handset, self.call = exchange, handset, call
        self.page = call.url  # the document we are in; relative addresses start here
        self.verbs: deque[Verb] = deque()
        self.waiting: Verb | None = None
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
        await self.exchange.calling.answered(self)
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
        await self.exchange.calling.report(self.call, "completed")
        await self.closed()

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
        await self.exchange.calling.report(self.call, "completed")
        await self.closed()

    async def closed(self) -> None:
        """Something more to do when the call is over: nothing, except for the leg of a Dial."""

    async def recorded(self, verb: Verb, words: str, digits: str = "") -> None:
        """A Record has ended: its action is requested, and its status callback told that the sound is there."""
        recording = record(self.exchange, self.call, words)
        became = self.exchange.faults.take_recording()
        about = recording_form(recording, self.exchange.recording_url(recording))
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
        self.exchange.calling.forget(self)
        self.exchange.changes.touch()
