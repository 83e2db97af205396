"""What only a phone does: texts that come twice, clocks that differ, cards of somebody else, a pace, a sign of life."""

import asyncio
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from aiohttp import ClientSession

from hotline.carriers.android.states import NOT_SENT, reason_code
from hotline.carriers.error_codes import causes
from hotline.carriers.provider import provider
from hotline.model.events import Beat, Text
from hotline.outbound.budget import Budget, DailyLimits
from hotline.outbound.outbox import TextQueue
from hotline.settings import SettingError, Settings, read
from hotline.simulator.gateway import PhoneGateway
from hotline.storage import Transaction
from tests.carrier_trouble import trouble
from tests.carriers.forms import ANA, PhoneForm, settings_of, webhooks_of
from tests.world import COMMUNITY, NOON, World, world

FORM = PhoneForm()
GIVEN = {
    "PUBLIC_URL": "https://hotline.example.org",
    "CARRIER": "android",
    "ANDROID_URL": "http://192.168.1.20:8080",
    "ANDROID_USER": "sms",
    "ANDROID_PASSWORD": "a password",
    "ANDROID_SIGNING_KEY": "a key",
    "ANDROID_PHONE_NUMBER": "+12125550100",
    "SECRET_KEY": "a long secret of nobody",
}


def phone_of(place: World) -> PhoneGateway:
    assert isinstance(place.exchange, PhoneGateway)
    return place.exchange


def test_one_text_under_three_event_ids_is_answered_once_and_said_again_it_is_another(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path, carrier="android") as place:
            ana, phone = place.exchange.handset(ANA, "Ana"), phone_of(place)
            phone.trouble.copies = 2
            await ana.text("food 11216")
            await place.pass_time(60)
            first = len(ana.inbox)
            place.clock.now += 60
            await ana.text("food 11216")  # the same words, and the same id of the phone's own
            await place.pass_time(60)
            assert (first, len(ana.inbox)) == (1, 2)

    asyncio.run(play())


def test_the_same_moment_in_another_zone_is_the_same_text() -> None:
    payload = {"sender": ANA, "message": "food", "receivedAt": "2026-03-10T12:00:00.000-04:00"}
    there = [
        payload,
        {**payload, "receivedAt": "2026-03-10T16:00:00Z"},
        {**payload, "receivedAt": "2026-03-10T16:00:01Z"},
    ]
    ids = [webhooks_of(FORM).opened(FORM.came("sms:received", each))().id for each in there]  # type: ignore[misc, union-attr]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize(("apart", "read"), [(0, True), (299, True), (-299, True), (301, False), (-301, False)])
def test_a_webhook_is_read_within_five_minutes_of_its_time(apart: float, read: bool) -> None:
    hooks = webhooks_of(FORM, NOON + apart)
    assert (hooks.opened(FORM.text("food")) is not None) == read
    if not read:
        assert "seconds apart" in hooks.why_wrong(FORM.text("food"), [])


def test_another_card_of_the_phone_is_somebody_s_own() -> None:
    hooks = provider(replace(settings_of("android"), android_sim=2), "US", lambda: NOON).webhooks
    text = {"sender": ANA, "message": "dinner?", "receivedAt": "2026-03-10T16:00:00Z"}
    theirs, ours = (FORM.came("sms:received", {**text, "simNumber": sim}) for sim in (1, 2))
    assert hooks.opened(theirs)() is None  # type: ignore[misc]
    assert isinstance(hooks.opened(ours)(), Text)  # type: ignore[misc]


def test_a_picture_message_brings_its_words_and_keeps_no_picture() -> None:
    told = {
        "sender": ANA,
        "body": "this rash",
        "receivedAt": "2026-03-10T16:00:00Z",
        "attachments": [{"data": "x" * 99}],
    }
    text = webhooks_of(FORM).opened(FORM.came("mms:downloaded", told))()  # type: ignore[misc]
    assert isinstance(text, Text)
    assert (text.words, text.has_media, "xxx" in text.body) == ("this rash", True, False)


@pytest.mark.parametrize("event", ["system:ping", "app:started"])
def test_a_sign_of_life_is_one(event: str) -> None:
    assert webhooks_of(FORM).opened(FORM.came(event, {}))() == Beat()  # type: ignore[misc]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("RESULT_ERROR_GENERIC_FAILURE", "GENERIC_FAILURE"),
        ("Radio off", "RADIO_OFF"),
        ("no service", "NO_SERVICE"),
        ("RESULT_ERROR_LIMIT_EXCEEDED (5)", "LIMIT_EXCEEDED"),
        ("something new", NOT_SENT),
        (None, NOT_SENT),
    ],
)
def test_every_reason_has_a_code_and_every_code_a_cause(said: str | None, code: str) -> None:
    assert reason_code(said) == code
    assert code in causes()


def test_texts_go_one_at_a_time_six_to_ten_seconds_apart_and_in_order(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path, carrier="android") as place:
            await place.hotline.store.run(_put, 12, place.clock.now)
            await place.pass_time(300)
            times = [text.at for text in place.exchange.texts]
            rests = [after - before for before, after in pairwise(times)]
            assert len(times) == 12
            assert all(6 <= rest <= 11 for rest in rests), rests  # the worker looks once a second
            assert len(set(rests)) > 1

    asyncio.run(play())


def test_whoever_looks_often_waits_as_long(tmp_path: Path) -> None:
    """One rest is drawn for each text: drawn at each of a hundred looks, all would be the shortest."""

    async def play() -> None:
        async with world(tmp_path, carrier="android") as place:
            store, words, now = place.hotline.store, place.hotline.catalogue, place.clock.now
            queue = TextQueue(words, 1.0, Budget(words.community, DailyLimits(), lambda: now), lambda: now)
            for last in range(20, 28):
                await store.run(_put, 1, now, None, f"+121255501{last}")
            went = []
            for _ in range(80):
                now += 1
                for _ in range(20):
                    went += [now for _ in await store.run(queue.take)]
            rests = [after - before for before, after in pairwise(went)]
            assert len(went) == 8
            assert len(set(rests)) > 1, rests

    asyncio.run(play())


def test_what_failed_on_its_way_goes_once_more_under_another_id(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path, carrier="android") as place:
            phone, ana = phone_of(place), place.exchange.handset(ANA, "Ana")
            phone.trouble.fails.append("RESULT_ERROR_GENERIC_FAILURE")
            await place.hotline.store.run(_put, 1, place.clock.now)
            await place.pass_time(3600)
            assert [text.body for text in ana.inbox] == ["Goodbye."]
            assert len({told["id"] for told in phone.asked}) == 2

    asyncio.run(play())


def test_only_an_alert_has_an_end(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path, carrier="android") as place:
            await place.hotline.store.run(_put, 1, place.clock.now, 1800.0)
            await place.hotline.store.run(_put, 1, place.clock.now)
            await place.pass_time(60)
            with_end, without = phone_of(place).asked
            assert (with_end.get("ttl"), without.get("ttl")) == (1800, None)

    asyncio.run(play())


def test_ready_says_whether_the_phone_lives(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path, carrier="android") as place:
            states = []
            for seconds, beats in ((0.0, False), (1.0, True), (1000.0, False)):
                place.clock.now += seconds
                await place.hotline.store.run(lambda tx: tx.heartbeat.beat("worker", place.clock.now))
                if beats:
                    assert await phone_of(place).bring("system:ping", {})
                async with ClientSession() as session, session.get(f"{place.settings.public_url}/ready") as answer:
                    states.append((answer.status, (await answer.json())["gateway"]))
            silent = (503, "does not show that it lives")
            assert states == [silent, (200, "ok"), silent]

    asyncio.run(play())


def test_what_came_while_we_were_down_is_brought_again_and_answered_once(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path, carrier="android") as place:
            ana, phone = place.exchange.handset(ANA, "Ana"), phone_of(place)
            await place.hotline.worker.reconcile()
            place.clock.now += 3600
            registered, phone.registered = phone.registered, {}
            with pytest.raises(Exception, match="tries again"):
                await ana.text("food 11216")
            phone.registered = registered
            place.clock.now += 600
            for _ in range(2):
                await place.hotline.worker.reconcile()
                await place.pass_time(30)
            assert len(ana.inbox) == 1

    asyncio.run(play())


def test_what_is_not_kept_is_not_acknowledged(tmp_path: Path) -> None:
    """A silent database lets the phone try again."""

    async def play() -> None:
        async with world(tmp_path, carrier="android") as place:
            await trouble(place, {}, "the database keeps nothing")
            assert not await phone_of(place).bring("sms:received", {**TEXT})
            await trouble(place, {}, "the database keeps everything again")
            assert await phone_of(place).bring("sms:received", {**TEXT})

    asyncio.run(play())


TEXT = {"sender": ANA, "message": "food", "receivedAt": "2026-03-10T16:00:00Z", "simNumber": 1}


@pytest.mark.parametrize("missing", [name for name in GIVEN if name not in ("CARRIER", "PUBLIC_URL")])
def test_every_setting_of_a_phone_is_asked_for_by_name(missing: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=missing):
        read({name: value for name, value in GIVEN.items() if name != missing}, tmp_path)


def test_a_phone_needs_no_account_and_has_a_cap_of_its_own(tmp_path: Path) -> None:
    here = read(GIVEN, tmp_path)
    assert (here.segments_per_day, here.phone_number) == (100, "+12125550100")
    assert read({**GIVEN, "SEGMENTS_PER_DAY": "400"}, tmp_path).segments_per_day == 400
    assert isinstance(here, Settings)


def _put(tx: Transaction, many: int, now: float, expires_in: float | None = None, to: str = ANA) -> None:
    from hotline.engine.session import Prompt
    from hotline.model.outgoing import ANSWER

    for _ in range(many):
        tx.outbox.put(to, [Prompt("hello.goodbye")], 0, ANSWER, now, now + expires_in if expires_in else None)


def test_waves_are_small(tmp_path: Path) -> None:
    async def play() -> None:
        wide = COMMUNITY.replace("[dispatch]\n", "[dispatch]\nwave_size = 9\n")
        async with world(tmp_path, wide, carrier="android") as place:
            rules = place.hotline.catalogue.community.rules
            assert (rules.wave_size, rules.wave_at_most) == (5, 5)

    asyncio.run(play())
