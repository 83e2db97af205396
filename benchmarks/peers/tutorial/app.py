"""(d) Flask, gunicorn, sqlite3 and the carrier's package, as its tutorials put them together, and done well."""

import functools
import os
import sqlite3
import threading
import time
from collections.abc import Callable

from flask import Flask, Response, abort, request  # type: ignore[import-not-found, unused-ignore]
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import VoiceResponse

SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (sid TEXT PRIMARY KEY, sender TEXT, body TEXT, received_at REAL);
CREATE TABLE IF NOT EXISTS reports (sid TEXT, status TEXT, received_at REAL);
CREATE TABLE IF NOT EXISTS steps (sid TEXT, digits TEXT, received_at REAL);
"""
KEEP = "INSERT INTO messages VALUES (?, ?, ?, ?) ON CONFLICT (sid) DO NOTHING"
REPORT, STEP = "INSERT INTO reports VALUES (?, ?, ?)", "INSERT INTO steps VALUES (?, ?, ?)"
FLUSH = float(os.environ.get("FLUSH_MS", "0")) / 1000

app = Flask(__name__)
validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
local = threading.local()


def database() -> sqlite3.Connection:
    """One connection a thread, kept open."""
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(os.environ["DATABASE"], timeout=30, isolation_level=None)
        local.connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        local.connection.executescript(SCHEMA)
    connection: sqlite3.Connection = local.connection
    return connection


def validate_twilio_request(view: Callable[[], Response]) -> Callable[[], Response]:
    """Only what the carrier signed."""

    @functools.wraps(view)
    def checked() -> Response:
        url = os.environ["PUBLIC_URL"] + request.full_path.removesuffix("?")
        if not validator.validate(url, request.form, request.headers.get("X-Twilio-Signature", "")):
            abort(403)
        return view()

    return checked


@validate_twilio_request
def incoming_sms() -> Response:
    keep(KEEP, request.form["MessageSid"], request.form["From"], request.form["Body"])
    response = MessagingResponse()
    response.message("Thank you. We have your text.")
    return Response(str(response), mimetype="text/xml")


@validate_twilio_request
def message_status() -> Response:
    keep(REPORT, request.form["MessageSid"], request.form["MessageStatus"])
    return Response(status=204)


@validate_twilio_request
def incoming_call() -> Response:
    keep(STEP, request.form["CallSid"], request.form.get("Digits", ""))
    response = VoiceResponse()
    gather = response.gather(num_digits=1, action=os.environ["PUBLIC_URL"] + "/twilio/voice")
    gather.say("For food, press 1. For a ride, press 2.")
    return Response(str(response), mimetype="text/xml")


def keep(statement: str, *values: str) -> None:
    """In a transaction of its own."""
    connection = database()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(statement, (*values, time.time()))
    if FLUSH:
        time.sleep(FLUSH)
    connection.execute("COMMIT")


for path, view in (("sms", incoming_sms), ("status", message_status), ("voice", incoming_call)):
    app.add_url_rule(f"/twilio/{path}", endpoint=path, view_func=view, methods=["POST"])
