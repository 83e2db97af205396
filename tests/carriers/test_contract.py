"""The carrier contract, asked of every carrier: signatures, parsing, sending, statuses, doubts, repeats, opt-outs."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from hotline.carriers.api import BadWebhook, Came
from hotline.carriers.provider import CARRIERS, provider
from hotline.model.events import Event, Text, TextReport
from hotline.simulator.gateway import PhoneGateway
from tests.carriers.forms import ANA, Form, forms, settings_of, webhooks_of
from tests.world import World, world

ALL = pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
EVERY = pytest.mark.parametrize("name", ["twilio", "signalwire", "somleng", "android"])


def read(form: Form, came: Came) -> Event | None:
    opened = webhooks_of(form).opened(came)
    assert opened is not None, "it is rightly signed"
    return opened()


def test_every_carrier_is_asked() -> None:
    assert [form.name for form in forms()] == list(CARRIERS)


@ALL
def test_what_it_costs_is_known_of_one(form: Form) -> None:
    """Whoever speaks Twilio's API has other prices; a phone has a plan."""
    line = provider(settings_of(form.name), "US", lambda: 0.0).line
    assert line.priced == (form.name == "twilio")


@ALL
def test_what_is_rightly_signed_is_read(form: Form) -> None:
    hooks, came = webhooks_of(form), form.text("food")
    assert hooks.may_be_signed(came.headers)
    assert hooks.is_for_us(came.body)
    text = read(form, came)
    assert isinstance(text, Text)
    assert (text.party, text.words, text.has_media) == (ANA, "food", False)


@ALL
def test_nothing_else_is_read(form: Form) -> None:
    hooks, came = webhooks_of(form), form.text("food")
    assert hooks.opened(form.text("food", key="another key")) is None
    assert hooks.opened(replace(came, body=came.body.replace(b"food", b"wood"))) is None
    for odd in (b"", b"=", b"\xff" * 40, came.headers[hooks.header] + b"0"):
        assert not hooks.may_be_signed({**came.headers, hooks.header: odd})
    assert hooks.why_wrong(form.text("food", key="another key"), [])


@ALL
@pytest.mark.parametrize("words", ["Sí, a las 5\n🙂", "a" * 1600, "<b>&amp;", "=+%25&Body=x", "مرحبا"])
def test_words_come_as_they_were_written(form: Form, words: str) -> None:
    text = read(form, form.text(words))
    assert isinstance(text, Text)
    assert text.words == words


@ALL
def test_a_text_has_one_id_however_often_it_comes_and_another_has_another(form: Form) -> None:
    ids = [read(form, form.text("food", id=which)).id for which in ("one", "one", "two")]  # type: ignore[union-attr]
    assert ids[0] == ids[1] != ids[2]


@ALL
def test_a_sender_that_is_no_telephone_gets_no_answer_and_is_kept(form: Form) -> None:
    text = read(form, form.text("Your bill is due", sender="22395"))
    assert isinstance(text, Text)
    assert text.party == "other:22395"


@ALL
def test_reports_say_how_far_a_text_is(form: Form) -> None:
    ranks = []
    for state, status in (("sent", "sent"), ("delivered", "delivered"), ("failed", "failed")):
        told = read(form, form.report("x", state))
        assert isinstance(told, TextReport)
        assert (told.sid, told.status, bool(told.code)) == ("x", status, status == "failed")
        ranks.append(told.rank)
    assert ranks == sorted(ranks)


@ALL
def test_something_that_lacks_what_it_should_have_is_refused_by_name(form: Form) -> None:
    with pytest.raises(BadWebhook, match="is missing"):
        read(form, form.report("", "sent"))


@ALL
@pytest.mark.parametrize("word", ["STOP", " stop ", "Unsubscribe", "QUIT"])
def test_stop_is_acted_on_by_the_carrier_or_left_to_us(form: Form, word: str) -> None:
    text = read(form, form.text(word))
    assert isinstance(text, Text)
    line = provider(settings_of(form.name), "US", float).line
    assert text.meant == ("carrier_stop" if line.answers_opt_out else "opt_out")


async def _settled(place: World) -> list[str]:
    """What Ana has read, after the pace of the line is waited for."""
    await place.pass_time(120)
    return [text.body for text in place.exchange.handset(ANA).inbox]


@EVERY
def test_a_text_is_answered_once(name: str, tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path, carrier=name) as place:
            await place.exchange.handset(ANA, "Ana").text("food")
            read = await _settled(place)
            assert len([each for each in read if "Eastside Mutual Aid" in each]) == 1, read

    asyncio.run(play())


@EVERY
def test_stop_is_confirmed_once_help_is_answered_and_start_begins_again(name: str, tmp_path: Path) -> None:
    """By the carrier, or by us: nobody hears nothing, and nobody hears it twice."""

    async def play() -> None:
        async with world(tmp_path, carrier=name) as place:
            ana = place.exchange.handset(ANA, "Ana")
            await ana.text("MENU")
            before = len(await _settled(place))
            for word in ("HELP", "STOP", "START"):
                await ana.text(word)
                read = await _settled(place)
                assert len(read) == before + 1, (word, read[before:])
                before = len(read)

    asyncio.run(play())


@EVERY
@pytest.mark.parametrize("fault", ["not taken", "no answer", "nonsense"])
def test_what_nobody_knows_of_goes_once(name: str, fault: str, tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path, carrier=name) as place:
            phone = name == "android"
            known = {
                "not taken": "500_before",
                "no answer": "dead_after" if phone else "500_after",
                "nonsense": "garbage",
            }
            faults = place.exchange.trouble if isinstance(place.exchange, PhoneGateway) else place.exchange.faults
            faults.next_send.append(known[fault])
            place.exchange.handset(ANA, "Ana")
            await place.hotline.store.run(_put, place.clock.now)
            await place.pass_time(600)
            assert [text.body for text in place.exchange.handset(ANA).inbox] == ["Goodbye."]

    asyncio.run(play())


def _put(tx, now):  # type: ignore[no-untyped-def]
    from hotline.engine.session import Prompt
    from hotline.model.outgoing import ANSWER

    tx.outbox.put(ANA, [Prompt("hello.goodbye")], 0, ANSWER, now)
