"""Texts from handsets: the webhook, the answers, and what happens when the hotline is down."""

import asyncio

import pytest

from hotline.simulator import Exchange, HotlineDown, SimulatorError

from .stand_in import ANA, BEN, NUMBER, ROSA, SID, TOKEN, Stage, bodies, play


def test_a_text_is_posted_and_its_answers_arrive() -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA, "Ana")
        await ana.text("food")
        assert bodies(ana.inbox) == ["Hello <you>", "and more"]
        assert [text.body for text in ana.thread] == ["food", "Hello <you>", "and more"]
        (asked,) = s.hotline.asked
        assert asked.genuine
        form = asked.form
        assert form["From"] == ANA
        assert form["To"] == NUMBER
        assert form["Body"] == "food"
        assert form["MessageSid"] == form["SmsSid"] == form["SmsMessageSid"] == s.exchange.texts[0].sid
        assert form["AccountSid"] == SID
        assert form["NumSegments"] == "1"
        assert form["FromCity"] == ""
        assert asked.headers["i-twilio-idempotency-token"]

    play(script, {"/twilio/sms": "<Message>Hello &lt;you&gt;</Message><Message><Body>and more</Body></Message>"})


def test_a_redirect_is_followed_and_relative_to_the_page() -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        await ana.text("food")
        assert bodies(ana.inbox) == ["before", "after"]
        assert s.hotline.asked[1].form["Body"] == "food"

    play(
        script,
        {
            "/twilio/sms": "<Message>before</Message><Redirect>more</Redirect>",
            "/twilio/more": "<Message>after</Message>",
        },
    )


@pytest.mark.parametrize(
    "body", ["trailing  ", "", "año 😀 مرحبا", "half an emoji \ud83d", "a&b=c+d%2B\r\nnew line", "\x00\x0b"]
)
def test_any_body_is_signed_and_travels_unchanged(body: str) -> None:
    async def script(s: Stage) -> None:
        await s.exchange.handset(ANA).text(body)
        (asked,) = s.hotline.asked
        assert asked.form["Body"] == body
        if "\ud83d" not in body:  # the provider's own library encodes strictly and cannot check it
            assert asked.genuine

    play(script)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (500, "POST /twilio/sms answered 500"),
        (404, "answered 404"),
        ("!<Response><Message>oh</Response>", "not well-formed"),
        ("!<Reply/>", "begins with <Response>"),
        ("<Shout>oh</Shout>", "<Shout> is not known"),
        ("<Say>oh</Say>", "<Say> is not known"),
        ("<Message/>", "0 letters"),
        (f"<Message>{'x' * 1601}</Message>", "1601 letters"),
        (f"<Message>{'x' * 66000}</Message>", "64 kB"),
        ("<Redirect>/twilio/sms</Redirect>", "50 documents"),
    ],
)
def test_a_wrong_answer_is_loud_and_the_text_is_kept(page: str | int, told: str) -> None:
    async def script(s: Stage) -> None:
        with pytest.raises(SimulatorError, match=told):
            await s.exchange.handset(ANA).text("food")
        assert s.exchange.texts[0].failed_webhook

    play(script, {"/twilio/sms": page})


def test_a_wrong_content_type_is_loud() -> None:
    async def script(s: Stage) -> None:
        s.hotline.kind = "application/json"
        with pytest.raises(SimulatorError, match="content type 'application/json'"):
            await s.exchange.handset(ANA).text("food")

    play(script, {"/twilio/sms": ""})


def test_a_text_is_kept_while_the_hotline_is_down() -> None:
    async def script() -> None:
        exchange = Exchange(account_sid=SID, auth_token=TOKEN, number=NUMBER, public_url="http://127.0.0.1:9")
        ana = exchange.handset(ANA)
        await ana.text("food")
        assert exchange.texts[0].failed_webhook
        assert exchange.texts[0].status == "received"
        await ana.call()
        assert not ana.in_call
        assert exchange.calls[0].failed_webhook
        assert exchange.calls[0].status == "failed"
        with pytest.raises(HotlineDown):
            await exchange.post("/twilio/sms", {})
        await exchange.settle()
        await exchange.aclose()

    asyncio.run(script())


def test_a_webhook_is_repeated_exactly() -> None:
    async def script(s: Stage) -> None:
        ana, ben = s.exchange.handset(ANA), s.exchange.handset(BEN)
        await ana.text("food")
        await ben.text("yes")
        status, body = await s.exchange.repeat(ana)
        assert (status, body) == (200, "<Response><Message>hi</Message></Response>")
        first, _, again = s.hotline.asked
        assert first.pairs == again.pairs
        assert first.headers["i-twilio-idempotency-token"] == again.headers["i-twilio-idempotency-token"]
        assert len(ana.inbox) == 1
        assert s.exchange.last_webhook[1][3] == ("AccountSid", SID)
        assert dict(s.exchange.last_webhook[1])["From"] == BEN

    play(script, {"/twilio/sms": "<Message>hi</Message>"})


def test_odd_requests_can_be_posted() -> None:
    async def script(s: Stage) -> None:
        assert await s.exchange.post("/odd?x=1&y=%2B", [("A", "1"), ("A", "2"), ("B", "é")]) == (
            200,
            "<Response></Response>",
        )
        await s.exchange.post("/odd", {"A": "1"}, headers={"X-Twilio-Signature": "forged"})
        assert [asked.genuine for asked in s.hotline.asked] == [True, False]
        assert s.hotline.asked[0].query == "x=1&y=%2B"

    play(script)


def test_the_carrier_answers_its_own_words() -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        for body in ("Stop ", "START", "HELP", "yes", "stop please"):
            await ana.text(body)
        assert [(text.carrier, text.body.split(".")[0]) for text in ana.inbox] == [
            (True, "You have successfully been unsubscribed"),  # and the hotline's "hi" is blocked
            (True, "You have successfully been re-subscribed to messages from this number"),
            (False, "hi"),
            (True, "Reply STOP to unsubscribe"),
            (False, "hi"),
            (False, "hi"),
            (False, "hi"),
        ]
        assert [form["Body"] for form in s.hotline.to("/twilio/sms")] == [
            "Stop ",
            "START",
            "HELP",
            "yes",
            "stop please",
        ]
        assert [text.error_code for text in s.exchange.texts if text.status == "failed"] == [21610]

    play(script, {"/twilio/sms": "<Message>hi</Message>"})


def test_yes_lifts_the_block_silently() -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        await ana.text("QUIT")
        await ana.text("info")  # whoever is blocked gets no help text either
        await ana.text("Yes")
        assert [text.carrier for text in ana.inbox] == [True, False]

    play(script, {"/twilio/sms": "<Message>hi</Message>"})


def test_a_landline_cannot_text() -> None:
    async def script(s: Stage) -> None:
        with pytest.raises(SimulatorError, match="cannot text"):
            await s.exchange.handset(ROSA, "Rosa", "landline").text("food")

    play(script)
