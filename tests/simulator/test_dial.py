"""A call that is dialed on: whisper, who is joined, and what the action is told."""

import asyncio

from .stand_in import ANA, BEN, NUMBER, ROSA, Form, Page, Stage, play

DIAL = (
    f'<Dial callerId="{NUMBER}" timeout="20" action="after"><Number url="whisper?n=1">{BEN}</Number>'
    f"<Number>{ROSA}</Number></Dial>"
)
WHISPER = '<Gather numDigits="1" action="taken"><Say>Press 1 to talk</Say></Gather><Hangup/>'


def after(form: Form) -> str:
    return f"<Say>{form['DialCallStatus']}</Say>"


PAGES: dict[str, Page] = {
    "/twilio/voice": DIAL,
    "/twilio/whisper": WHISPER,
    "/twilio/taken": "",
    "/twilio/after": after,
}


def test_the_first_to_answer_hears_the_whisper_and_is_joined() -> None:
    async def script(s: Stage) -> None:
        ana, ben, rosa = s.exchange.handset(ANA), s.exchange.handset(BEN), s.exchange.handset(ROSA)
        await ana.call()
        assert (ana.waiting_for, ben.ringing, rosa.ringing) == ("Dial", True, True)
        assert ben.ringing_from == NUMBER
        await ben.answer()
        assert not rosa.ringing
        assert ben.heard == ["Press 1 to talk"]
        whisper = s.hotline.to("/twilio/whisper")[0]
        assert (whisper["Direction"], whisper["From"], whisper["To"]) == ("outbound-dial", NUMBER, BEN)
        assert whisper["ParentCallSid"] == s.exchange.calls[0].sid
        await ben.press("1")
        await ana.say("hello?")
        await ben.say("hi Ana")
        assert (ana.heard, ben.heard) == (["hi Ana"], ["Press 1 to talk", "hello?"])
        await ana.press("1")  # tones between people mean nothing
        await ana.wait()
        await ben.hang_up()
        assert ana.heard == ["hi Ana", "completed"]
        assert not ana.in_call
        told = s.hotline.to("/twilio/after")[0]
        assert told["DialCallSid"] == whisper["CallSid"]
        assert told["DialCallDuration"] == "0"
        assert {call.status for call in s.exchange.calls} == {"completed", "canceled"}

    play(script, PAGES)


def test_a_whisper_that_is_not_accepted_lets_the_caller_go_on() -> None:
    async def script(s: Stage) -> None:
        ana, ben = s.exchange.handset(ANA), s.exchange.handset(BEN)
        await ana.call()
        await ben.answer()
        await ben.wait()
        assert not ben.in_call
        assert ana.heard == ["no-answer"]

    play(script, PAGES)


def test_nobody_answers() -> None:
    async def script(s: Stage) -> None:
        ana, ben = s.exchange.handset(ANA), s.exchange.handset(BEN)
        await ana.call()
        await ana.wait()
        assert not ben.ringing
        assert ana.heard == ["no-answer"]
        await ana.call()
        await ben.wait()
        assert ana.heard == ["no-answer"]
        await ana.call()
        await ben.hang_up()  # turned away
        assert ana.heard == ["busy"]
        ben.switched_off = True
        await ana.call()
        assert ana.heard == ["no-answer"]

    play(script, PAGES)


def test_a_ring_ends_by_itself() -> None:
    async def script(s: Stage) -> None:
        ana, ben = s.exchange.handset(ANA), s.exchange.handset(BEN)
        await ana.call()
        await asyncio.sleep(0.03)
        await s.exchange.settle()
        assert not ben.ringing
        assert ana.heard == ["nobody there"]

    play(script, {"/twilio/voice": f'<Dial timeout="0.01">{BEN}</Dial><Say>nobody there</Say>'})


def test_a_busy_phone() -> None:
    async def script(s: Stage) -> None:
        ana, ben = s.exchange.handset(ANA), s.exchange.handset(BEN)
        await ben.call()
        await ana.call()
        assert ana.heard == ["busy"]

    def voice(form: Form) -> str:
        return "<Gather/>" if form["From"] == BEN else f'<Dial action="after">{BEN}</Dial>'

    play(script, {"/twilio/voice": voice, "/twilio/after": after})


def test_the_caller_hangs_up_first() -> None:
    async def script(s: Stage) -> None:
        ana, rosa = s.exchange.handset(ANA), s.exchange.handset(ROSA)
        await ana.call()
        await rosa.answer()  # no whisper: joined at once
        await ana.hang_up()
        assert not rosa.in_call
        assert s.hotline.to("/twilio/after")[0]["DialCallStatus"] == "completed"
        await ana.call()
        await ana.hang_up()
        assert not rosa.ringing
        assert s.hotline.to("/twilio/after")[1]["DialCallStatus"] == "canceled"
        assert ana.heard == []

    play(script, PAGES)
