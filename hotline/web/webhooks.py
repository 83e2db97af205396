"""Webhook routes: texts, steps of calls and reports of the carrier. Kept before they are answered."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from hotline.carriers.api import Provider
from hotline.inbound.call_ended import EndedCalls
from hotline.inbound.call_steps import CallSteps
from hotline.inbound.fallback_answer import FallbackAnswer
from hotline.inbound.switchboard import Switchboard
from hotline.model.events import Beat, CallReport, CallStep, Event, RecordingReport, Text, TextReport
from hotline.model.pseudonyms import Somebody
from hotline.outbound.carrier_reports import CarrierReports
from hotline.outbound.gateway import came_alive
from hotline.storage import InDoubt, Store, StoreDown
from hotline.web.deadline import answer_kept, in_time
from hotline.web.forgery_budget import ForgeryBudget
from hotline.web.signed_endpoint import NOT_KEPT, NOTED, XML, Answer, Door, Reply
from hotline.web.wrong_signatures import WrongSignatures

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Receivers:
    """Where the webhooks of one telephone line go, and the carrier that brings them."""

    store: Store
    switchboard: Switchboard
    calls: CallSteps
    fallback: FallbackAnswer
    reports: CarrierReports
    ended_calls: EndedCalls
    public_url: str
    provider: Provider
    wrong: WrongSignatures
    clock: Callable[[], float]


def doors(to: Receivers) -> dict[str, Door]:
    """The webhooks of one telephone line, by their path."""
    webhooks, answer, budget = to.provider.webhooks, _answer(to), ForgeryBudget()
    return {path: Door(to.public_url, webhooks, answer, budget, to.wrong) for path in webhooks.paths.all}


def _answer(to: Receivers) -> Answer:
    async def answer(came: Event | None) -> Reply:
        match came:
            case Text() if not to.provider.line.replies_at_once:
                return await _answered_later(to, came)
            case Text():
                return await _kept(to, to.switchboard.answer_text, came)
            case CallStep():
                return await _kept(to, to.calls.answer, came)
            case TextReport(sid, status, rank, code):
                return await _noted(to, to.reports.reported, sid, status, rank, code)
            case CallReport(sid, party, status, seconds, out):
                log.info("a call with %s: over (%s, %s seconds)", Somebody(party), status, seconds or 0)
                return await _noted(to, to.ended_calls.ended, sid, out, party, status, seconds)
            case RecordingReport(sid, status, seconds):
                return await _noted(to, to.reports.recording_reported, sid, status, seconds)
            case Beat():
                return await _noted(to, came_alive, to.clock())
        return NOTED

    return answer


async def _answered_later(to: Receivers, came: Text) -> Reply:
    """Keeps a text with its answer, which goes out as any other text. What was not kept, the carrier brings again."""
    began = time.perf_counter()
    try:
        reply = await _noted(to, to.switchboard.answer_text, came)
        _note(came, time.perf_counter() - began)
        return reply
    except Exception:
        log.exception("a mistake of ours: what %s said is set aside", Somebody(came.party))
        return await _noted(to, to.fallback.set_aside, came)


async def _kept(to: Receivers, turn: Callable[..., str], came: Text | CallStep) -> Reply:
    """The answer, after it is kept. One of the two places that catch everything: a caller never hears an error."""
    began = time.perf_counter()
    try:
        answer = await in_time(to.store, turn, came)
        _note(came, time.perf_counter() - began)
    except InDoubt as error:
        log.error("nobody knows whether something was kept: %s", error)
        answer = await answer_kept(to.store, came.id) or to.fallback.unsure(came)
    except StoreDown as error:
        log.error("nothing can be kept now: %s", error)
        answer = to.fallback.try_again(came)
    except Exception:
        log.exception("a mistake of ours: what %s said is set aside", Somebody(came.party))
        answer = await _set_aside(to, came)
    return Reply(200, answer, XML)


def _note(came: Text | CallStep, seconds: float) -> None:
    """A line for each text and for each call that begins."""
    if isinstance(came, Text):
        log.info("a text from %s: answered in %.0f ms", Somebody(came.party), seconds * 1000)
    elif came.turn is None and not came.hung_up and not came.whisper and not came.dialed:
        log.info("a call %s %s: begins", "to" if came.out else "from", Somebody(came.party))


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


async def _noted(to: Receivers, turn: Callable[..., object], *args: object) -> Reply:
    """A report is kept, or the carrier hears that it was not; what it does not bring again is asked for later."""
    try:
        await in_time(to.store, turn, *args)
    except StoreDown as error:
        log.error("a report cannot be kept now: %s", error)
        return NOT_KEPT
    return NOTED
