"""Telephone network: every handset that is plugged in, the carrier's books, and the way to the hotline's webhooks."""

import time
from collections.abc import Callable, Mapping

from hotline.simulator import handset
from hotline.simulator.background import Background
from hotline.simulator.changes import Changes
from hotline.simulator.errors import HotlineDown, SimulatorError
from hotline.simulator.faults import Faults
from hotline.simulator.forms import API_VERSION, Form
from hotline.simulator.handset import Handset
from hotline.simulator.inbound_trouble import InboundTrouble
from hotline.simulator.optout import OptOut
from hotline.simulator.traffic import Call, Message, Recording
from hotline.simulator.webhooks import Params, Webhook, Webhooks


class Network:
    """The books of a carrier with one customer, the hotline.

    `number` is the hotline's own; `public_url` is where its webhooks live ("http://127.0.0.1:8000") and may be set
    later, as may `api_url`, the address of this carrier's own REST API, which goes into the URLs of recordings.
    """

    def __init__(
        self, *, account_sid: str, auth_token: str, number: str, public_url: str, clock: Callable[[], float] = time.time
    ) -> None:
        self.account_sid, self.auth_token, self.number = account_sid, auth_token, number
        self.public_url, self.clock = public_url, clock
        self.api_url = ""
        self.sms_path, self.voice_path, self.status_path = "/twilio/sms", "/twilio/voice", "/twilio/status"
        self.handsets: dict[str, Handset] = {}
        self.texts: list[Message] = []
        self.calls: list[Call] = []
        self.lines: dict[str, handset.Line] = {}  # calls that are going on, by CallSid
        self.recordings: dict[str, Recording] = {}
        self.faults, self.optout, self.changes = Faults(), OptOut(), Changes()
        self.on_the_way_in = InboundTrouble()
        self.background, self.webhooks = Background(), Webhooks(auth_token)
        self.language_of: Callable[[str], str] = lambda body: ""  # for whoever has a text read aloud; "" is unknown
        self.told: dict[str, str] = {}  # what the customer said of where it is to be found, by the fields' names
        self._last: Webhook | None = None

    async def begin_again(self) -> None:
        """Every phone is unplugged and the books are empty; whoever looks at the page goes on looking."""
        await self.background.close()
        for kept in (self.handsets, self.texts, self.calls, self.lines, self.recordings, self.told):
            kept.clear()
        self.faults, self.optout, self.background, self._last = Faults(), OptOut(), Background(), None
        self.on_the_way_in = InboundTrouble()
        self.webhooks.kept.clear()
        self.changes.touch()

    @property
    def sms_url(self) -> str:
        """Where texts for the hotline go."""
        return self._address(self.sms_path)

    @property
    def voice_url(self) -> str:
        """Where calls for the hotline go."""
        return self._address(self.voice_path)

    @property
    def status_url(self) -> str:
        """Where the end of an incoming call is reported."""
        return self._address(self.status_path)

    @property
    def last_webhook(self) -> tuple[str, list[tuple[str, str]]]:
        """The address and the fields of the last text or step of a call that a handset sent."""
        webhook = self._last_or_raise()
        return webhook.url, list(webhook.params)

    def remember(self, handset: Handset, webhook: Webhook) -> None:
        """Keep a handset's webhook, so that it can be repeated."""
        self._last = handset.last_webhook = webhook

    async def repeat(self, handset: Handset | None = None) -> tuple[int, str]:
        """Post the last webhook (of this handset) again, as the provider does when in doubt; deliver nothing."""
        webhook = handset.last_webhook if handset and handset.last_webhook else self._last_or_raise()
        answer = await self.webhooks.send(webhook)
        return answer.status, answer.body

    async def post(self, path_or_url: str, params: Params, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Sign and post anything; HotlineDown when nobody answers. `headers` replace ours (to forge a signature)."""
        pairs = params.items() if isinstance(params, Mapping) else params
        webhook = Webhook(self._address(path_or_url), tuple((name, value) for name, value in pairs))
        answer = await self.webhooks.send(webhook, headers)
        return answer.status, answer.body

    async def notify(self, url: str, form: Form) -> None:
        """Tell the hotline what became of something; nobody listens to the answer, so troubles are kept."""
        if not url:
            return
        webhook = Webhook(url, tuple(form))
        try:
            (await self.webhooks.send(webhook)).document(webhook)
        except HotlineDown:
            pass  # the provider does not repeat a status callback
        except SimulatorError as trouble:
            self.background.note(trouble)

    def recording_url(self, recording: Recording) -> str:
        """Where the sound of a recording is fetched (add .wav)."""
        base = self.api_url or self._address("/simulator/api")
        return f"{base}/{API_VERSION}/Accounts/{self.account_sid}/Recordings/{recording.sid}"

    async def settle(self) -> None:
        """Wait until every delivery, status callback and ring that the exchange started is carried out.

        Raises the first SimulatorError that happened on the way, such as a status callback answered with 500.
        """
        await self.background.settle()

    async def aclose(self) -> None:
        """Stop: cancel what is pending, let the page go, close the connections."""
        self.changes.close()
        await self.background.close()
        await self.webhooks.close()

    def _address(self, path_or_url: str) -> str:
        return self.public_url.rstrip("/") + path_or_url if path_or_url.startswith("/") else path_or_url

    def _last_or_raise(self) -> Webhook:
        if self._last is None:
            raise SimulatorError("no handset has sent anything yet")
        return self._last
