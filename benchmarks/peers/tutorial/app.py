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

SCHEMA = "CREATE TABLE IF NOT EXISTS messages (sid TEXT PRIMARY KEY, sender TEXT, body TEXT, received_at REAL)"
KEEP = "INSERT INTO messages VALUES (?, ?, ?, ?) ON CONFLICT (sid) DO NOTHING"
FLUSH = float(os.environ.get("FLUSH_MS", "0")) / 1000

app = Flask(__name__)
validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
local = threading.local()


def database() -> sqlite3.Connection:
    """One connection a thread, kept open."""
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(os.environ["DATABASE"], timeout=30, isolation_level=None)
        local.connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        local.connection.execute(SCHEMA)
    connection: sqlite3.Connection = local.connection
    return connection


def validate_twilio_request(view: Callable[[], Response]) -> Callable[[], Response]:
    """Only what the carrier signed."""

    @functools.wraps(view)
    def checked() -> Response:
        url = os.environ["PUBLIC_URL"] + request.path
        if not validator.validate(url, request.form, request.headers.get("X-Twilio-Signature", "")):
            abort(403)
        return view()

    return checked


@validate_twilio_request
def incoming_sms() -> Response:
    connection = database()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(KEEP, (request.form["MessageSid"], request.form["From"], request.form["Body"], time.time()))
    if FLUSH:
        time.sleep(FLUSH)
    connection.execute("COMMIT")
    response = MessagingResponse()
    response.message("Thank you. We have your text.")
    return Response(str(response), mimetype="text/xml")


app.add_url_rule("/twilio/sms", view_func=incoming_sms, methods=["POST"])
