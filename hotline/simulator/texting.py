"""Texting: carries texts from a handset to the hotline and back, and from the hotline to a handset."""

from functools import partial
from urllib.parse import urljoin

from hotline.simulator.errors import HotlineDown, Refused, SimulatorError
from hotline.simulator.forms import text_form, text_status_form
from hotline.simulator.handset import Handset
from hotline.simulator.network import Network
from hotline.simulator.segments import count_segments
from hotline.simulator.traffic import Message, is_number, new_sid
from hotline.simulator.twiml import TEXTING, Verb, read
from hotline.simulator.webhooks import Webhook

LONGEST = 1600
_MOST_DOCUMENTS = 50  # the provider's error 14106


class Texting:
    """The exchange's text side."""

    def __init__(self, exchange: Network) -> None:
        self.exchange = exchange

    def new_text(self, from_: str, to: str, body: str, direction: str, status: str) -> Message:
        """A text in the carrier's books."""
        at, size = self.exchange.clock(), count_segments(body)
        text = Message(sid=new_sid("SM"), from_=from_, to=to, body=body, direction=direction, status=status, at=at)
        text.segments, text.language = size, self.exchange.language_of(body)
        self.exchange.texts.append(text)
        return text

    async def from_handset(self, handset: Handset, body: str, media: int = 0, others: tuple[str, ...] = ()) -> None:
        """A text from a phone: the carrier's own words first, then the webhook and the answers it brings."""
        text = self.new_text(handset.number, self.exchange.number, body, "inbound", "received")
        text.media, text.others = media, others
        handset.sent(text)
        if words := self.exchange.optout.hear(handset.number, body):
            self._carrier_says(handset, words)
        form = text_form(text, self.exchange.account_sid)
        webhook = Webhook(self.exchange.sms_url, tuple(form))  # one id for all its copies
        bring = partial(self._bring, handset, text, webhook)
        await self.exchange.on_the_way_in.carry(bring, self.exchange.background.later)

    async def _bring(self, handset: Handset, text: Message, webhook: Webhook) -> None:
        try:
            await self._ask(handset, webhook)
        except HotlineDown:
            text.failed_webhook = True  # nothing more is done: the hotline has to fetch it from the list
        except SimulatorError:
            text.failed_webhook = True
            raise
        finally:
            self.exchange.changes.touch()

    def accept(self, to: str, body: str, *, service_sid: str = "", status_callback: str = "") -> Message:
        """A text the hotline sends; Refused when the carrier will not have it."""
        self._check(to, body)
        text = self.new_text(self.exchange.number, to, body, "outbound-api", "accepted" if service_sid else "queued")
        text.service_sid, text.status_callback = service_sid, status_callback
        self.exchange.background.start(self.deliver(text))
        return text

    async def deliver(self, text: Message) -> None:
        """Bring a text to its phone, and tell the hotline what became of it."""
        handset = self.exchange.handsets.get(text.to)
        text.error_code = self.exchange.faults.take_delivery() or (handset.cannot_read() if handset else None)
        if handset is not None and not text.error_code:
            handset.receive(text)
        text.status = "undelivered" if text.error_code else "delivered"
        self.exchange.changes.touch()
        for status in ("sent", text.status):
            form = text_status_form(text, self.exchange.account_sid, status)
            await self.exchange.notify(text.status_callback, form)

    def _check(self, to: str, body: str) -> None:
        if not is_number(to) or to == self.exchange.number:
            raise Refused(400, 21211, f"The 'To' number {to} is not a valid phone number.")
        if not body.strip():
            raise Refused(400, 21602, "Message body is required.")
        if len(body) > LONGEST:
            raise Refused(400, 21617, "The concatenated message body exceeds the 1600 character limit.")
        if to in self.exchange.optout.blocked:
            raise Refused(400, 21610, "Attempt to send to unsubscribed recipient")

    def _carrier_says(self, handset: Handset, words: str) -> None:
        text = self.new_text(self.exchange.number, handset.number, words, "outbound-reply", "delivered")
        text.carrier = True
        handset.receive(text)

    async def _ask(self, handset: Handset, webhook: Webhook) -> None:
        for _ in range(_MOST_DOCUMENTS):
            self.exchange.remember(handset, webhook)
            answer = await self.exchange.webhooks.send(webhook)
            document = answer.document(webhook)
            if answer.kind == "text/plain" or not document.strip():
                return await self._plain(handset, document)
            onward = await self._obey(handset, read(document, TEXTING))
            if not onward:
                return None
            webhook = Webhook(urljoin(webhook.url, onward), webhook.params)
        raise SimulatorError(f"more than {_MOST_DOCUMENTS} documents for one text (the provider's error 14106)")

    async def _plain(self, handset: Handset, words: str) -> None:
        if words.strip():
            await self._reply(handset.number, words)

    async def _obey(self, handset: Handset, verbs: tuple[Verb, ...]) -> str:
        for verb in verbs:
            if verb.name == "Redirect":
                return verb.words.strip()
            bodies = [inner.words for inner in verb.inside if inner.name == "Body"]
            callback = verb.get("statusCallback") or verb.get("action")
            await self._reply(verb.get("to", handset.number), "".join(bodies) or verb.words, callback)
        return ""

    async def _reply(self, to: str, body: str, status_callback: str = "") -> None:
        if not body.strip() or len(body) > LONGEST:
            raise SimulatorError(f"TwiML: a <Message> of {len(body)} letters, {body[:80]!r}")
        text = self.new_text(self.exchange.number, to, body, "outbound-reply", "queued")
        text.status_callback = urljoin(self.exchange.sms_url, status_callback) if status_callback else ""
        if to in self.exchange.optout.blocked:
            text.status, text.error_code = "failed", 21610
        else:
            await self.deliver(text)
