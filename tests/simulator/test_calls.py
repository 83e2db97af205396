"""Calls from handsets: keys, recordings, redirects and how a call ends."""

import pytest

from hotline.simulator import SimulatorError

from .stand_in import ANA, NUMBER, Form, Stage, play

MENU = (
    '<Say>Welcome</Say><Gather numDigits="1" action="step?n=2&amp;x=%2B" timeout="8" actionOnEmptyResult="true">'
    "<Say> Press\n 1 </Say><Play>http://127.0.0.1:1/1.mp3</Play></Gather>"
)


def digits(form: Form) -> str:
    return f"<Say>got {form.get('Digits', 'nothing')!r}</Say>"


def test_a_call_hears_the_menu_and_presses_a_key() -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA, "Ana")
        await ana.call()
        assert ana.in_call
        assert ana.waiting_for == "Gather"
        assert ana.heard == ["Welcome", "Press 1", "[nothing plays]"]
        first = s.hotline.asked[0].form
        assert (first["From"], first["To"], first["CallStatus"]) == (ANA, NUMBER, "ringing")
        assert first["Direction"] == "inbound"
        await ana.press("34")  # the 4 is lost
        assert ana.heard[-1] == "got '3'"
        assert not ana.in_call
        step = s.hotline.asked[1]
        assert (step.path, step.query, step.form["CallStatus"]) == ("/twilio/step", "n=2&x=%2B", "in-progress")
        (ended,) = s.hotline.to("/twilio/status")
        assert (ended["CallStatus"], ended["CallSid"]) == ("completed", first["CallSid"])
        assert all(asked.genuine for asked in s.hotline.asked)

    play(script, {"/twilio/voice": MENU, "/twilio/step": digits})


@pytest.mark.parametrize(
    ("attributes", "keys", "then_silence", "heard"),
    [
        ("", "12", False, []),  # still collecting
        ("", "12", True, ["got '12'"]),
        ("", "12#", False, ["got '12'"]),
        ("", "1*2#", False, ["got '1*2'"]),
        ("", "#", False, ["fell through"]),
        ("", "", True, ["fell through"]),
        ('numDigits="5"', "11216", False, ["got '11216'"]),
        ('numDigits="5"', "112#", False, ["got '112'"]),
        ('numDigits="5"', "112", True, ["got '112'"]),
        ('numDigits="1"', "#", False, ["fell through"]),
        ('numDigits="1" finishOnKey=""', "#", False, ["got '#'"]),
        ('finishOnKey="*"', "1#2*", False, ["got '1#2'"]),
        ('actionOnEmptyResult="true"', "", True, ["got ''"]),
        ('actionOnEmptyResult="true"', "#", False, ["got ''"]),
        ('input="speech"', "1", False, []),
    ],
)
def test_what_a_gather_makes_of_keys(attributes: str, keys: str, then_silence: bool, heard: list[str]) -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        await ana.call()
        if keys:
            await ana.press(keys)
        if then_silence:
            await ana.wait()
        assert ana.heard == heard
        assert ana.in_call is not bool(heard)

    page = f'<Gather action="/twilio/step" {attributes}/><Say>fell through</Say>'
    play(script, {"/twilio/voice": page, "/twilio/step": digits})


def test_keys_collect_over_several_presses() -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        await ana.call()
        for key in "11216":
            await ana.press(key)
        assert ana.heard == ["got '11216'"]

    play(script, {"/twilio/voice": '<Gather action="step" numDigits="5"/>', "/twilio/step": digits})


def test_a_gather_without_action_asks_its_own_page_again() -> None:
    def page(form: Form) -> str:
        return "<Say>thanks</Say>" if "Digits" in form else '<Gather numDigits="1"/>'

    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        await ana.call()
        await ana.press("1")
        assert ana.heard == ["thanks"]
        assert [asked.path for asked in s.hotline.asked[:2]] == ["/twilio/voice"] * 2

    play(script, {"/twilio/voice": page})


def test_a_page_asked_for_by_get_carries_its_fields_in_the_address() -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        await ana.call()
        await ana.press("7")
        assert ana.heard == ["got '7'"]
        step = s.hotline.asked[1]
        assert step.method == "GET"
        assert step.query.startswith("n=2&CallSid=CA")
        assert step.genuine

    play(script, {"/twilio/voice": '<Gather numDigits="1" method="GET" action="step?n=2"/>', "/twilio/step": digits})


def test_redirects_are_relative_to_the_page_they_stand_on() -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        await ana.call()
        assert ana.heard == ["one", "two", "three"]
        assert not ana.in_call
        assert [asked.path for asked in s.hotline.asked[:3]] == ["/twilio/voice", "/a/b", "/a/c"]

    pages = {
        "/twilio/voice": "<Say>one</Say><Redirect>/a/b</Redirect><Say>never</Say>",
        "/a/b": "<Say>two</Say><Redirect>c</Redirect>",
        "/a/c": '<Pause length="1"/><Say>thr<break/>ee</Say><Hangup/><Say>never</Say>',
    }
    play(script, {**pages})


def recorded(form: Form) -> str:
    return f"<Say>{form['RecordingDuration']} seconds, ended by {form['Digits']!r}</Say>"


RECORD = '<Record action="done" finishOnKey="#" recordingStatusCallback="/twilio/recording"/><Say>nothing said</Say>'


def test_words_become_a_recording() -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        await ana.call()
        assert ana.waiting_for == "Record"
        await ana.say("I need food for two children please, no rush")
        assert ana.heard == ["4 seconds, ended by ''"]
        (recording,) = s.exchange.recordings.values()
        (done,), (told,) = s.hotline.to("/twilio/done"), s.hotline.to("/twilio/recording")
        assert done["RecordingSid"] == told["RecordingSid"] == recording.sid
        assert (
            done["RecordingUrl"] == f"{s.api}/2010-04-01/Accounts/{s.exchange.account_sid}/Recordings/{recording.sid}"
        )
        assert told["RecordingStatus"] == "completed"

    play(script, {"/twilio/voice": RECORD, "/twilio/done": recorded})


def test_a_record_ends_by_key_by_silence_and_by_hanging_up() -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        await ana.call()
        await ana.press("5")  # not a key that ends it
        assert ana.waiting_for == "Record"
        await ana.press("5#")
        assert ana.heard == ["1 seconds, ended by '#'"]
        await ana.call()
        await ana.wait()
        assert ana.heard == ["nothing said"]
        assert len(s.exchange.recordings) == 1
        await ana.call()
        await ana.say("call me back", then_hang_up=True)
        assert s.hotline.to("/twilio/done")[-1]["Digits"] == "hangup"
        assert s.hotline.to("/twilio/done")[-1]["CallStatus"] == "completed"
        assert ana.heard == []
        assert len(s.hotline.to("/twilio/status")) == 3

    play(script, {"/twilio/voice": RECORD, "/twilio/done": recorded})


def test_hanging_up_is_reported_once() -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        await ana.call()
        await ana.hang_up()
        assert [form["CallStatus"] for form in s.hotline.to("/twilio/status")] == ["completed"]
        with pytest.raises(SimulatorError, match="not in a call"):
            await ana.hang_up()
        with pytest.raises(SimulatorError, match="not in a call"):
            await ana.press("1")
        await ana.call()
        with pytest.raises(SimulatorError, match="in a call already"):
            await ana.call()
        with pytest.raises(SimulatorError, match="only to keys"):
            await ana.say("hello?")
        with pytest.raises(SimulatorError, match="no such keys"):
            await ana.press("A")

    play(script, {"/twilio/voice": MENU})


def test_speech_is_heard_where_the_hotline_listens() -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        await ana.call()
        await ana.say("food")
        assert s.hotline.to("/twilio/step")[0]["SpeechResult"] == "food"

    play(script, {"/twilio/voice": '<Gather input="dtmf speech" action="step"/>'})


@pytest.mark.parametrize(
    ("withheld", "shown"), [("anonymous", "anonymous"), ("+266696687", "+266696687"), ("", ""), (None, ANA)]
)
def test_a_withheld_number(withheld: str | None, shown: str) -> None:
    async def script(s: Stage) -> None:
        await s.exchange.handset(ANA, withheld=withheld).call()
        assert s.hotline.asked[0].form["From"] == shown

    play(script, {"/twilio/voice": "<Hangup/>"})


@pytest.mark.parametrize(("reason", "status"), [("", "no-answer"), ('reason="busy"', "busy")])
def test_a_call_is_rejected(reason: str, status: str) -> None:
    async def script(s: Stage) -> None:
        await s.exchange.handset(ANA).call()
        assert s.exchange.calls[0].status == status

    play(script, {"/twilio/voice": f"<Reject {reason}/>"})


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (500, "POST /twilio/voice answered 500 something broke"),
        ("<Gather><Record/></Gather>", "<Record> is not known inside <Gather>"),
        ('<Gather numdigits="1"/>', "no attribute numdigits"),
        ("<Say> </Say>", "empty <Say>"),
        ("<Redirect/>", "50 documents"),
    ],
)
def test_a_wrong_answer_is_loud_and_the_call_fails(page: str | int, told: str) -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        with pytest.raises(SimulatorError, match=told):
            await ana.call()
        assert not ana.in_call
        assert s.exchange.calls[0].failed_webhook
        assert s.exchange.calls[0].status == "failed"

    play(script, {"/twilio/voice": page})


def test_a_bad_answer_to_a_status_report_comes_out_when_settling() -> None:
    async def script(s: Stage) -> None:
        await s.exchange.handset(ANA).call()
        with pytest.raises(SimulatorError, match="POST /twilio/status answered 500"):
            await s.exchange.settle()
        await s.exchange.settle()

    play(script, {"/twilio/voice": "", "/twilio/status": 500})
