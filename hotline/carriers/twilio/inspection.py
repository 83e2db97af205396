"""Inspection of Twilio and those that speak its API: the form of its settings, a webhook of our own, the account."""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode, urlsplit

from twilio.rest import Client

from hotline.carriers.account import Account, Odd, Signed
from hotline.carriers.twilio.account import AccountReader, Hosts
from hotline.carriers.twilio.client import SECONDS, HttpClient, as_carrier_errors
from hotline.carriers.twilio.signature import content, sign
from hotline.carriers.twilio.webhooks import PATHS
from hotline.settings import Settings

HOSTS = Hosts(*(f"https://{name}.twilio.com" for name in ("api", "messaging", "voice", "monitor")))
ID = r"[0-9a-fA-F]{32}"
UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
ANY, ANY_SAID = re.compile(r"[!#-&(-~]{8,}"), "letters and digits, 8 or more, without blanks or quotes"
Form = tuple[re.Pattern[str], str]
FORMS: Mapping[str, Mapping[str, Form]] = {
    "twilio": {
        "twilio_account_sid": (re.compile(f"AC{ID}"), "AC and 32 letters and digits"),
        "twilio_auth_token": (re.compile(ID), "32 letters and digits"),
        "twilio_messaging_service_sid": (re.compile(f"(MG{ID})?"), "MG and 32 letters and digits, or nothing"),
    },
    "signalwire": {
        "twilio_account_sid": (re.compile(UUID), "the project's id, as 01234567-89ab-cdef-0123-456789abcdef"),
        "twilio_auth_token": (ANY, ANY_SAID),
        "twilio_api_url": (re.compile(r".*/api/laml/?"), "the space's address, which ends with /api/laml"),
    },
}
FORMS_OF_OTHERS: Mapping[str, Form] = dict.fromkeys(("twilio_account_sid", "twilio_auth_token"), (ANY, ANY_SAID))
"""Of Somleng, and of whoever else speaks Twilio's API at an address of its own: what ids look like is theirs alone."""
STAND_IN = re.compile(r"(?i)(.)\1{7,}|x{6,}|\.{3}|<.*>|your[_-]|change[_-]?me|example|placeholder|replace")
NOTHING_NEW = ("RecordingStatus", "in-progress")  # of no recording


class TwilioInspection:
    """Of one account. `header` is where the signature stands."""

    number_setting = "TWILIO_PHONE_NUMBER"

    def __init__(self, settings: Settings, country: str, key: str, header: bytes) -> None:
        self.number = settings.twilio_phone_number
        self._settings, self._country, self._key, self._header = settings, country, key, header.decode("ascii")
        self._http: HttpClient | None = None

    def odd(self) -> Sequence[Odd]:
        return tuple(self._odd())

    def _odd(self) -> Iterator[Odd]:
        here = self._settings
        for name, (form, told) in self._forms().items():
            value = getattr(here, name)
            if not form.fullmatch(value):
                yield Odd(name.upper(), f"it has {len(value)} letters", told)
            elif form is ANY and STAND_IN.search(value):
                yield Odd(name.upper(), "it is still the stand-in of an example", told)
        if here.twilio_auth_token == here.twilio_account_sid:
            yield Odd("TWILIO_AUTH_TOKEN", "it is the account's id once more", "the token stands beside the id")

    def _forms(self) -> Mapping[str, Form]:
        """What the settings of this provider look like: known of some, and of none where the address is another's."""
        here = self._settings
        host = urlsplit(here.twilio_api_url).hostname or ""
        elsewhere = here.carrier == "twilio" and host and not host.endswith("twilio.com")
        return FORMS_OF_OTHERS if elsewhere else FORMS.get(here.carrier, FORMS_OF_OTHERS)

    def signed(self, base: str) -> Signed:
        """A report of no recording: it reports nothing."""
        fields = [("AccountSid", self._settings.twilio_account_sid), NOTHING_NEW]
        signature = sign(self._key, f"{base}{PATHS.recording}", content(fields)).decode("ascii")
        headers = {self._header: signature, "content-type": "application/x-www-form-urlencoded"}
        return Signed(PATHS.recording, headers, urlencode(fields))

    async def account(self, now: float) -> Account:
        here = self._settings
        self._http = HttpClient(SECONDS)
        client = Client(here.twilio_account_sid, here.twilio_auth_token, http_client=self._http, environment={"-": "-"})

        async def ask(url: str, wanted: Mapping[str, str]) -> str:
            with as_carrier_errors():
                return str((await client.request_async("GET", url, params=dict(wanted) or None)).text)

        api = here.twilio_api_url.rstrip("/")
        hosts = Hosts(api, api, api, api) if api else HOSTS
        reader = AccountReader(
            ask, hosts, here.twilio_account_sid, self.number, here.twilio_messaging_service_sid, self._country
        )
        return await reader.read(now)

    async def close(self) -> None:
        if self._http:
            await self._http.close()
