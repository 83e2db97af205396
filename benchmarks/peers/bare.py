"""(a) Starlette that answers a fixed document: what the web server and the framework cost alone."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PATHS = ("/twilio/sms", "/twilio/status", "/twilio/voice")
DOCUMENT = "<?xml version='1.0' encoding='utf-8'?><Response><Message>Thank you. We have your text.</Message></Response>"


async def answer(_: Request) -> Response:
    return Response(DOCUMENT, media_type="text/xml")


async def health(_: Request) -> Response:
    return Response("alive", media_type="text/plain")


app = Starlette(routes=[*(Route(path, answer, methods=["POST"]) for path in PATHS), Route("/health", health)])
