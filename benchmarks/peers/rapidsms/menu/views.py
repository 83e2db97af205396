"""The webhooks: signed, one transaction each, and only then answered."""

import functools
import os
import time
from collections.abc import Callable
from typing import Any, ClassVar

from django.db import transaction  # type: ignore[import-not-found, unused-ignore]
from django.http import (  # type: ignore[import-not-found, unused-ignore]
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
)
from django.utils.decorators import method_decorator  # type: ignore[import-not-found, unused-ignore]
from rapidsms.backends.http.views import GenericHttpBackendView  # type: ignore[import-not-found, unused-ignore]
from rapidsms.router import receive  # type: ignore[import-not-found, unused-ignore]
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import VoiceResponse

from benchmarks.peers.rapidsms.menu import reply
from benchmarks.peers.rapidsms.menu.models import Message, Report, Step

FLUSH = float(os.environ.get("FLUSH_MS", "0")) / 1000
URL = os.environ["PUBLIC_URL"]
validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])

View = Callable[..., Any]


def signed(view: View) -> View:
    """Only what the carrier signed; all of it in one transaction, which has a flush of its own."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        signature = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(URL + request.get_full_path(), request.POST, signature):
            return HttpResponseForbidden()
        with transaction.atomic():
            answer = view(request, *args, **values)
            if FLUSH:
                time.sleep(FLUSH)
        return answer

    return checked


@method_decorator(signed, name="post")
class Texts(GenericHttpBackendView):  # type: ignore[misc, unused-ignore]
    """Brings a text to the router, whose apps answer it. One that comes again gets the answer it got."""

    http_method_names = ("post",)
    params: ClassVar = {"identity_name": "From", "text_name": "Body"}

    def form_valid(self, form: Any) -> HttpResponse:
        sid, sender, body = (self.request.POST[name] for name in ("MessageSid", "From", "Body"))
        before = Message.objects.filter(sid=sid).first()
        if before:
            return HttpResponse(before.answer, content_type="text/xml")
        reply.forget()
        receive(**form.get_incoming_data())
        answer = MessagingResponse()
        for text in reply.said():
            answer.message(text)
        Message.objects.create(sid=sid, sender=sender, body=body, answer=str(answer))
        return HttpResponse(str(answer), content_type="text/xml")


@signed
def report(request: HttpRequest) -> HttpResponse:
    Report.objects.create(sid=request.POST["MessageSid"], status=request.POST["MessageStatus"])
    return HttpResponse(status=204)


@signed
def step(request: HttpRequest) -> HttpResponse:
    Step.objects.create(sid=request.POST["CallSid"], digits=request.POST.get("Digits", ""))
    answer = VoiceResponse()
    gather = answer.gather(num_digits=1, action=f"{URL}/twilio/voice")
    gather.say("For food, press 1. For a ride, press 2.")
    return HttpResponse(str(answer), content_type="text/xml")
