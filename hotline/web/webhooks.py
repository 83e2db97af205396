"""Webhook routes: texts, steps of calls and reports of the carrier. Kept before they are answered."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from hotline.carriers import parse
from hotline.carriers.signature import CALL, RECORDING, STATUS, TEXT
from hotline.inbound.call_ended import EndedCalls
from hotline.inbound.call_steps import CallSteps
from hotline.inbound.fallback_answer import FallbackAnswer
from hotline.inbound.switchboard import Switchboard
from hotline.model import phone_numbers
from hotline.model.events import CallReport, CallStep, Text, TextReport
from hotline.outbound.carrier_reports import CarrierReports
from hotline.storage import InDoubt, Store, StoreDown
from hotline.web.deadline import answer_kept, in_time
from hotline.web.forgery_budget import ForgeryBudget
from hotline.web.signed_endpoint import NOT_KEPT, NOTED, XML, Answer, Door, Reply, Request
from hotline.web.wrong_signatures import WrongSignatures

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Receivers:
    """Where the webhooks of one telephone line go, and what their signatures are checked with."""

    store: Store
    switchboard: Switchboard
    calls: CallSteps
    fallback: FallbackAnswer
    reports: CarrierReports
    ended_calls: EndedCalls
    public_url: str
    account: str
    token: str
    country: str
    wrong: WrongSignatures


def doors(to: Receivers) -> dict[str, Door]:
    """The webhooks of one telephone line, by their path."""
    answers = {
        TEXT: _text(to),
        CALL: _call(to),
        STATUS: _status(to),
        RECORDING: _recording(to),
    }
    budget = ForgeryBudget()
    ours = (to.public_url, to.account, to.token)
    return {path: Door(*ours, answer, budget, to.wrong) for path, answer in answers.items()}


def _text(to: Receivers) -> Answer:
    async def answer(came: Request) -> Reply:
        text = parse.text(came.hook, to.country, came.body)
        return await _kept(to, to.switchboard.answer_text, text)

    return answer


def _call(to: Receivers) -> Answer:
    async def answer(came: Request) -> Reply:
        query = dict(parse_qsl(came.query, keep_blank_values=True))
        step = parse.call_step(came.hook, to.country, query, came.body)
        return await _kept(to, to.calls.answer, step)

    return answer


async def _kept(to: Receivers, turn: Callable[..., str], came: Text | CallStep) -> Reply:
    """The answer, after it is kept. One of the two places that catch everything: a caller never hears an error."""
    try:
        answer = await in_time(to.store, turn, came)
    except InDoubt as error:
        log.error("nobody knows whether something was kept: %s", error)
        answer = await answer_kept(to.store, came.id) or to.fallback.unsure(came)
    except StoreDown as error:
        log.error("nothing can be kept now: %s", error)
        answer = to.fallback.try_again(came)
    except Exception:
        log.exception("a mistake of ours: what %s said is set aside", phone_numbers.hide(came.party))
        answer = await _set_aside(to, came)
    return Reply(200, answer, XML)


async def _set_aside(to: Receivers, came: Text | CallStep) -> str:
    try:
        return await in_time(to.store, to.fallback.set_aside, came)
    except InDoubt:
        return await answer_kept(to.store, came.id) or to.fallback.unsure(came)
    except StoreDown:
        return to.fallback.try_again(came)
    except Exception:
        log.exception("it cannot even be set aside")
        return to.fallback.try_again(came)


def _status(to: Receivers) -> Answer:
    async def answer(came: Request) -> Reply:
        match parse.report(came.hook, to.country, dict(parse_qsl(came.query))):
            case TextReport(sid, status, rank, code):
                return await _noted(to, to.reports.reported, sid, status, rank, code)
            case CallReport() as over:
                ended = (over.sid, over.out, over.party, over.status, over.seconds)
                return await _noted(to, to.ended_calls.ended, *ended)
        return NOTED

    return answer


def _recording(to: Receivers) -> Answer:
    async def answer(came: Request) -> Reply:
        report = parse.recording(came.hook)
        if report is None:
            return NOTED
        return await _noted(to, to.reports.recording_reported, report.sid, report.status, report.seconds)

    return answer


async def _noted(to: Receivers, turn: Callable[..., None], *args: object) -> Reply:
    """A report is kept, or the carrier hears that it was not; what it does not bring again is asked for later."""
    try:
        await in_time(to.store, turn, *args)
    except StoreDown as error:
        log.error("a report cannot be kept now: %s", error)
        return NOT_KEPT
    return NOTED
