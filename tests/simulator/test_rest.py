"""The pretend REST API, driven by the provider's own client."""

import asyncio
import io
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client

from hotline.simulator import SimulatorError

from .stand_in import ANA, BEN, NUMBER, ROSA, SID, TOKEN, Stage, bodies, play

# What the provider's client still uses with aiohttp 3.14.
pytestmark = [
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The 'auth' parameter is deprecated:DeprecationWarning"),
]


@asynccontextmanager
async def client(s: Stage, token: str = TOKEN) -> AsyncIterator[Client]:
    async with AsyncTwilioHttpClient() as http:
        twilio = Client(SID, token, http_client=http, environment={"none": ""})
        twilio.api.base_url = s.api
        yield twilio


def test_a_text_is_accepted_delivered_and_reported() -> None:
    async def script(s: Stage) -> None:
        ana, callback = s.exchange.handset(ANA), s.hotline.url + "/twilio/status"
        async with client(s) as twilio:
            sent = await twilio.messages.create_async(to=ANA, from_=NUMBER, body="hi 😀", status_callback=callback)
            assert (sent.status, sent.direction, sent.num_segments) == ("queued", "outbound-api", "1")
            await s.exchange.settle()
            assert bodies(ana.inbox) == ["hi 😀"]
            found = await twilio.messages(str(sent.sid)).fetch_async()
            assert (found.status, found.error_code, found.body) == ("delivered", None, "hi 😀")
            assert isinstance(found.date_created, datetime)
        reports = s.hotline.to("/twilio/status")
        assert [form["MessageStatus"] for form in reports] == ["sent", "delivered"]
        assert {form["MessageSid"] for form in reports} == {sent.sid}
        assert all(asked.genuine for asked in s.hotline.asked)

    play(script)


def test_a_messaging_service_and_a_number_nobody_has() -> None:
    async def script(s: Stage) -> None:
        async with client(s) as twilio:
            sent = await twilio.messages.create_async(to=BEN, messaging_service_sid="MG1", body="hi")
            assert (sent.status, sent.from_, sent.num_segments) == ("accepted", None, "0")
        await s.exchange.settle()
        assert s.exchange.texts[0].status == "delivered"

    play(script)


@pytest.mark.parametrize(
    ("to", "from_", "body", "code"),
    [
        ("5551212", NUMBER, "hi", 21211),
        ("+1555", NUMBER, "hi", 21211),
        ("", NUMBER, "hi", 21211),
        (NUMBER, NUMBER, "hi", 21211),
        (ANA, NUMBER, "", 21602),
        (ANA, NUMBER, "x" * 1601, 21617),
        (BEN, NUMBER, "hi", 21610),
        (ANA, "+12125559999", "hi", 21606),
        (ANA, "", "hi", 21603),
    ],
)
def test_a_text_is_refused(to: str, from_: str, body: str, code: int) -> None:
    async def script(s: Stage) -> None:
        await s.exchange.handset(BEN).text("STOP")
        async with client(s) as twilio:
            with pytest.raises(TwilioRestException) as refused:
                await twilio.messages.create_async(to=to, from_=from_, body=body)
            assert (refused.value.status, refused.value.code) == (400, code)
        assert len(s.exchange.texts) == 2

    play(script)


def test_a_wrong_token_is_refused() -> None:
    async def script(s: Stage) -> None:
        async with client(s, "wrong") as twilio:
            with pytest.raises(TwilioException, match="HTTP 401"):
                await twilio.messages.list_async()
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{s.api}/2010-04-01/Accounts/{SID}/Calls.json") as raw,
        ):
            error = await raw.json()
        assert raw.status == 401
        assert (error["code"], error["status"]) == (20003, 401)

    play(script)


def test_a_landline_a_switched_off_phone_and_a_planned_failure() -> None:
    async def script(s: Stage) -> None:
        rosa, ben, ana = s.exchange.handset(ROSA, kind="landline"), s.exchange.handset(BEN), s.exchange.handset(ANA)
        ben.switched_off = True
        s.exchange.faults.next_delivery = [0, 0, 30007]
        async with client(s) as twilio:
            for to in (ROSA, BEN, ANA, ANA):
                callback = s.hotline.url + "/twilio/status"
                await twilio.messages.create_async(to=to, from_=NUMBER, body="hi", status_callback=callback)
        await s.exchange.settle()
        assert [text.error_code for text in s.exchange.texts] == [30006, 30003, 30007, None]
        codes = [form["ErrorCode"] for form in s.hotline.to("/twilio/status") if form["MessageStatus"] == "undelivered"]
        assert codes == ["30006", "30003", "30007"]
        assert [len(handset.inbox) for handset in (rosa, ben, ana)] == [0, 0, 1]

    play(script)


def test_texts_are_listed_newest_first_filtered_and_paged() -> None:
    async def script(s: Stage) -> None:
        ana, now = s.exchange.handset(ANA), datetime(2026, 1, 31, 12, tzinfo=UTC)
        s.exchange.clock = lambda: now.timestamp()
        for hour in range(5):
            await ana.text(f"text {hour}")
            now += timedelta(hours=1)
        await ana.text("HELP")  # the carrier's own answer is not the hotline's business
        async with client(s) as twilio:
            everything = await twilio.messages.list_async(page_size=2)
            assert bodies(everything) == ["HELP", "text 4", "text 3", "text 2", "text 1", "text 0"]
            since = datetime(2026, 1, 31, 15, tzinfo=UTC)
            assert bodies(await twilio.messages.list_async(to=NUMBER, date_sent_after=since)) == [
                "HELP",
                "text 4",
                "text 3",
            ]
            assert len(await twilio.messages.list_async(from_=ANA, date_sent_before=since)) == 4
            assert len(await twilio.messages.list_async(date_sent=since)) == 1
            assert await twilio.messages.list_async(from_=BEN) == []
            assert bodies(await twilio.messages.list_async(limit=1)) == ["HELP"]
            with pytest.raises(TwilioRestException):
                await twilio.messages("SM0").fetch_async()

    play(script)


def test_texts_that_came_while_the_hotline_was_broken_are_listed() -> None:
    async def script(s: Stage) -> None:
        with pytest.raises(SimulatorError):
            await s.exchange.handset(ANA).text("half an emoji \ud83d")
        async with client(s) as twilio:
            (text,) = await twilio.messages.list_async(to=NUMBER)
        assert (text.direction, text.status, text.body) == ("inbound", "received", "half an emoji \ud83d")

    play(script, {"/twilio/sms": 500})


@pytest.mark.parametrize(
    ("fault", "status", "accepted"), [("500_before", 500, 0), ("500_after", 500, 1), ("429", 429, 0), ("garbage", 0, 1)]
)
def test_planned_misbehaviour(fault: str, status: int, accepted: int) -> None:
    async def script(s: Stage) -> None:
        s.exchange.faults.next_send = [fault, ""]
        async with client(s) as twilio:
            with pytest.raises((TwilioException, ValueError)) as error:
                await twilio.messages.create_async(to=ANA, from_=NUMBER, body="first")
            assert getattr(error.value, "status", 0) == status
            await twilio.messages.create_async(to=ANA, from_=NUMBER, body="second")
        assert len(s.exchange.texts) == accepted + 1

    play(script)


def test_an_answer_that_never_comes() -> None:
    async def script(s: Stage) -> None:
        faults = ["timeout_after"]
        s.exchange.faults.random = lambda: faults.pop() if faults else None
        async with client(s) as twilio:
            answer = asyncio.ensure_future(twilio.messages.create_async(to=ANA, from_=NUMBER, body="first"))
            while not s.exchange.texts:  # noqa: ASYNC110 - the text goes, and nobody tells whoever waits
                await asyncio.sleep(0.001)
            await asyncio.wait([answer], timeout=0.05)
            assert not answer.done()
            answer.cancel()
        assert len(s.exchange.texts) == 1

    play(script)


def test_a_misspelt_fault_is_loud() -> None:
    async def script(s: Stage) -> None:
        s.exchange.faults.next_send = ["timeout"]
        with pytest.raises(ValueError, match="no such fault"):
            s.exchange.faults.take_send()

    play(script)


def test_the_hotline_rings_a_phone() -> None:
    async def script(s: Stage) -> None:
        rosa = s.exchange.handset(ROSA, "Rosa", "landline")
        async with client(s) as twilio:
            placed = await twilio.calls.create_async(
                to=ROSA, from_=NUMBER, url=s.hotline.url + "/twilio/voice?alert=1", machine_detection="Enable",
                status_callback=s.hotline.url + "/twilio/status", timeout=20,
                status_callback_event=["initiated", "ringing", "answered", "completed"],
            )  # fmt: skip
            assert placed.status == "queued"
            await s.exchange.settle()
            assert (rosa.ringing, rosa.ringing_from) == (True, NUMBER)
            await rosa.answer()
            assert rosa.heard == ["Maria is coming"]
            await rosa.press("1")
            assert rosa.heard[-1] == "Thank you"
            assert (await twilio.calls(str(placed.sid)).fetch_async()).status == "completed"
            assert [call.sid for call in await twilio.calls.list_async(to=ROSA)] == [placed.sid]
        asked = s.hotline.to("/twilio/voice")[0]
        assert (asked["Direction"], asked["To"], asked["AnsweredBy"]) == ("outbound-api", ROSA, "human")
        reports = s.hotline.to("/twilio/status")
        assert [form["CallStatus"] for form in reports] == ["queued", "ringing", "in-progress", "completed"]
        assert [form["SequenceNumber"] for form in reports] == ["0", "1", "2", "3"]

    pages = {
        "/twilio/voice": '<Say>Maria is coming</Say><Gather numDigits="1" action="/step"/>',
        "/step": "<Say>Thank you</Say>",
    }
    play(script, {**pages})


def test_a_ring_that_is_not_answered() -> None:
    async def script(s: Stage) -> None:
        rosa, ben = s.exchange.handset(ROSA), s.exchange.handset(BEN)
        callback = s.hotline.url + "/twilio/status"
        async with client(s) as twilio:
            for to in (ROSA, BEN, ANA, ROSA):
                await twilio.calls.create_async(to=to, from_=NUMBER, twiml="<Response/>", status_callback=callback)
            await s.exchange.settle()
            await rosa.wait()
            await ben.hang_up()
            with pytest.raises(TwilioRestException):
                await twilio.calls.create_async(to="none", from_=NUMBER, twiml="<Response/>")
            with pytest.raises(TwilioRestException):
                await twilio.calls.create_async(to=ANA, from_=BEN, twiml="<Response/>")
        assert [call.status for call in s.exchange.calls] == ["no-answer", "busy", "no-answer", "busy"]
        assert len(s.hotline.to("/twilio/status")) == 4

    play(script)


def test_a_call_is_redirected_ended_and_called_off() -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        async with client(s) as twilio:
            placed = await twilio.calls.create_async(to=ANA, from_=NUMBER, twiml="<Response><Gather/></Response>")
            call = twilio.calls(str(placed.sid))
            await s.exchange.settle()
            await ana.answer()
            await call.update_async(url=s.hotline.url + "/twilio/other")
            await s.exchange.settle()
            assert ana.heard == ["other"]
            await call.update_async(status="completed")
            assert not ana.in_call
            with pytest.raises(TwilioRestException):
                await call.update_async(status="completed")
            placed = await twilio.calls.create_async(to=ANA, from_=NUMBER, twiml="<Response/>")
            await s.exchange.settle()
            await twilio.calls(str(placed.sid)).update_async(status="canceled")
            assert not ana.ringing
        assert [call.status for call in s.exchange.calls] == ["completed", "canceled"]

    play(script, {"/twilio/other": "<Say>other</Say><Gather/>"})


def test_inline_twiml_needs_absolute_addresses() -> None:
    async def script(s: Stage) -> None:
        ana, twiml = s.exchange.handset(ANA), '<Response><Gather numDigits="1" action="step"/></Response>'
        async with client(s) as twilio:
            await twilio.calls.create_async(to=ANA, from_=NUMBER, twiml=twiml)
        await s.exchange.settle()
        await ana.answer()
        with pytest.raises(SimulatorError, match="absolute addresses"):
            await ana.press("1")
        assert not ana.in_call

    play(script)


def test_a_recording_is_heard_and_deleted() -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        await ana.call()
        await ana.say("my street is flooded")
        (recording,) = s.exchange.recordings.values()
        url = s.hotline.to("/twilio/done")[0]["RecordingUrl"]
        async with aiohttp.ClientSession(auth=aiohttp.BasicAuth(SID, TOKEN)) as session:
            for ending in ("", ".wav", ".mp3"):
                async with session.get(url + ending) as answer:
                    with wave.open(io.BytesIO(await answer.read())) as sound:
                        assert sound.getnframes() == 2 * 8000
        async with client(s) as twilio:
            assert (await twilio.recordings(recording.sid).fetch_async()).duration == "2"
            assert await twilio.recordings(recording.sid).delete_async()
            with pytest.raises(TwilioRestException):
                await twilio.recordings(recording.sid).fetch_async()

    play(script, {"/twilio/voice": '<Record action="done"/>'})
