"""IncomingPhoneNumbers and Services in the REST API: where the number, or a messaging service, finds its customer."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.simulator.errors import Refused
from hotline.simulator.exchange import Exchange
from hotline.simulator.forms import read_form
from hotline.simulator.resources import Json, answer

SID = "PN" + "0" * 32
OF_NUMBER = (
    *("SmsUrl", "SmsMethod", "SmsFallbackUrl", "SmsFallbackMethod", "StatusCallback", "StatusCallbackMethod"),
    *("VoiceUrl", "VoiceMethod", "VoiceFallbackUrl", "VoiceFallbackMethod"),
)
OF_SERVICE = ("InboundRequestUrl", "InboundMethod", "FallbackUrl", "FallbackMethod", "UseInboundWebhookOnNumber")


class PointedAt:
    """What the customer said of the one number and of any service: `exchange.told`, by the name of each field."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange

    async def listed(self, request: Request) -> Response:
        ours = request.query_params.get("PhoneNumber", self.exchange.number) == self.exchange.number
        shown = [self._number()] if ours else []
        return answer({"incoming_phone_numbers": shown, "next_page_uri": None, "page": 0, "page_size": 50})

    async def number(self, request: Request) -> Response:
        if request.path_params["sid"] != SID:
            raise Refused(404, 20404, f"The requested resource {request.url.path} was not found")
        await self._told(request, OF_NUMBER)
        return answer(self._number())

    async def service(self, request: Request) -> Response:
        await self._told(request, OF_SERVICE)
        return answer({"sid": request.path_params["sid"], **self._shown(OF_SERVICE)})

    async def _told(self, request: Request, fields: tuple[str, ...]) -> None:
        form = dict(read_form(await request.body())) if request.method == "POST" else {}
        if odd := set(form) - set(fields):
            raise Refused(400, 20001, f"unknown fields: {', '.join(sorted(odd))}")
        self.exchange.told |= form

    def _number(self) -> Json:
        return {"sid": SID, "phone_number": self.exchange.number, **self._shown(OF_NUMBER)}

    def _shown(self, fields: tuple[str, ...]) -> Json:
        return {_snake(name): self.exchange.told.get(name, "") for name in fields}


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
