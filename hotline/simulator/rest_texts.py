"""Messages in the REST API: send a text, list texts, look one up."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from hotline.simulator.errors import Refused
from hotline.simulator.exchange import Exchange
from hotline.simulator.forms import read_form
from hotline.simulator.resources import Json, answer, text_json
from hotline.simulator.rest_lists import in_time, page
from hotline.simulator.traffic import Message

ON_ITS_WAY = ("accepted", "queued", "sending")


class Texts:
    """The Messages resource of one exchange."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange

    async def create(self, request: Request) -> Response:
        """Accept a text; it is delivered soon after the answer."""
        form = dict(read_form(await request.body()))
        service, sender = form.get("MessagingServiceSid", ""), form.get("From", "")
        if not service and not sender:
            raise Refused(400, 21603, "A 'From' phone number is required.")
        if not service and sender != self.exchange.number:
            raise Refused(400, 21606, f"The 'From' phone number {sender} is not a valid phone number of this account.")
        if code := self.exchange.faults.refusal(form.get("To", "")):
            raise Refused(400, code, "The message was refused.")
        text = self.exchange.texting.accept(
            form.get("To", ""), form.get("Body", ""),
            service_sid=service, status_callback=form.get("StatusCallback", ""),
        )  # fmt: skip
        return answer(self._show(text), 201)

    async def listed(self, request: Request) -> Response:
        """Texts both ways, newest first; those the hotline never answered are among them."""
        query = request.query_params
        found = [text for text in reversed(self.exchange.texts) if not text.carrier and _fits(text, query)]
        return answer(page(request, "messages", found, self._show))

    async def fetch(self, request: Request) -> Response:
        """One text."""
        return answer(self._show(self._find(request)))

    async def delete(self, request: Request) -> Response:
        """Forget a text, and what was said in it; not one that is on its way."""
        text = self._find(request)
        if text.status in ON_ITS_WAY:
            raise Refused(409, 20009, "Cannot delete message because delivery has not been completed.")
        self.exchange.texts.remove(text)
        return Response(status_code=204)

    def _find(self, request: Request) -> Message:
        for text in reversed(self.exchange.texts):
            if text.sid == request.path_params["sid"]:
                return text
        raise Refused(404, 20404, f"The requested resource {request.url.path} was not found")

    def _show(self, text: Message) -> Json:
        return text_json(text, self.exchange.account_sid)


def _fits(text: Message, query: Mapping[str, str]) -> bool:
    ends = query.get("To", text.to) == text.to and query.get("From", text.from_) == text.from_
    return ends and in_time(query, "DateSent", text.at)
