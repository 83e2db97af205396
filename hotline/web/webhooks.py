"""Webhook routes: texts, steps of calls and reports of the carrier. Kept before they are answered."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from hotline.carriers import parse
from hotline.carriers.signature import CALL, RECORDING, STATUS, TEXT
from hotline.inbound.switchboard import Switchboard
from hotline.model import phone_numbers
from hotline.model.events import CallReport, CallStep, Text, TextReport
from hotline.outbound.call_queue import Ringing
from hotline.outbound.outbox import Outbox
from hotline.storage import Store, StoreDown, Transaction
from hotline.web.deadline import in_time
from hotline.web.signed_endpoint import NOTED, XML, Answer, Door, Reply, Request

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Line:
    """What the webhooks need to know of the line they serve."""

    store: Store
    switchboard: Switchboard
    outbox: Outbox
    ringing: Ringing
    public_url: str
    account: str
    token: str
    country: str
    recording_reported: Callable[[Transaction, str, str, int], None]


def doors(line: Line) -> dict[str, Door]:
    """The webhooks of one line, by their path."""
    answers = {
        TEXT: _text(line),
        CALL: _call(line),
        STATUS: _status(line),
        RECORDING: _recording(line),
    }
    return {path: Door(line.public_url, line.account, line.token, answer) for path, answer in answers.items()}


def _text(line: Line) -> Answer:
    async def answer(came: Request) -> Reply:
        text = parse.text(came.hook, line.country, came.body)
        return await _kept(line, line.switchboard.answer_text, text)

    return answer


def _call(line: Line) -> Answer:
    async def answer(came: Request) -> Reply:
        query = dict(parse_qsl(came.query, keep_blank_values=True))
        step = parse.call_step(came.hook, line.country, query, came.body)
        return await _kept(line, line.switchboard.answer_call, step)

    return answer


async def _kept(line: Line, turn: Callable[..., str], came: Text | CallStep) -> Reply:
    """The answer, after it is kept. One of the two places that catch everything: a caller never hears an error."""
    try:
        answer = await in_time(line.store, turn, came)
    except StoreDown as error:
        log.error("nothing can be kept now: %s", error)
        answer = line.switchboard.try_again(came)
    except Exception:
        log.exception("a mistake of ours: what %s said is set aside", phone_numbers.hide(came.party))
        answer = await _set_aside(line, came)
    return Reply(200, answer, XML)


async def _set_aside(line: Line, came: Text | CallStep) -> str:
    try:
        return await in_time(line.store, line.switchboard.set_aside, came)
    except StoreDown:
        return line.switchboard.try_again(came)


def _status(line: Line) -> Answer:
    async def answer(came: Request) -> Reply:
        match parse.report(came.hook, line.country, dict(parse_qsl(came.query))):
            case TextReport(sid, status, rank, code):
                await in_time(line.store, line.outbox.reported, sid, status, rank, code)
            case CallReport() as over:
                await in_time(line.store, line.outbox.call_ended, over.sid, over.party, over.status, over.seconds)
                await in_time(line.store, line.ringing.ended, over.sid, over.out, over.party, over.status)
        return NOTED

    return answer


def _recording(line: Line) -> Answer:
    async def answer(came: Request) -> Reply:
        report = parse.recording(came.hook)
        if report:
            await in_time(line.store, line.recording_reported, report.sid, report.status, report.seconds)
        return NOTED

    return answer
