"""Texts over HTTP: repeats, a messaging service, words of the carrier, and whatever can stand in a text."""

import asyncio
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from hotline.channels.segments import segments
from hotline.model.phone_numbers import is_of_machine
from tests.web.line import ANA, Fields, post, rows, select, sms
from tests.world import TOKEN, World, world

POISON = {
    "nothing": "",
    "blanks": "  \n\t ",
    "control characters": "\x00\x01\x08\x0b\x0c\x0e\x1f\x7f\x85\x9f",
    "control characters in words": "fo\x00od\x0b for\x1b two",
    "half a letter": "food \ud800",
    "the other half": "\udfff",
    "no characters": "\ufffe\uffff",
    "1,600 letters": "bread and milk " * 106 + "ok.",
    "1,600 emoji": "😀" * 800,
    "one long word": "x" * 1600,
    "digits": "9" * 1600,
    "numbers": "101 " * 400,
    "emoji": "😀🍞👩‍👩‍👧",
    "Arabic": "أحتاج إلى طعام",
    "Chinese": "我需要食物",
    "Russian": "мне нужна еда",
    "Amharic": "ምግብ እፈልጋለሁ",
    "Thai": "ฉันต้องการอาหาร",
    "right to left marks": "\u202efood\u202c\u200f",
    "markup": "<Response><Hangup/></Response>]]>&amp;",
    "braces": "{number} {} %s {0}",
    "quotes": "'; DROP TABLE needs; --",
    "zero width": "\u200b\u200d\ufeff",
    "combining": "e" + "\u0301" * 300,
}
STEPS: dict[str, list[str]] = {
    "first": [],
    "language": ["xyzzy"],
    "area": ["food"],
    "details": ["food 11216"],
    "confirm": ["food 11216", "no"],
}


def messages(answer: str) -> list[str]:
    """The texts in an answer; it must be a document as the carrier accepts it."""
    assert answer.startswith("<?xml")
    response = ElementTree.fromstring(answer.encode())
    assert response.tag == "Response"
    return [message.text or "" for message in response]


@pytest.mark.parametrize("step", STEPS)
def test_whatever_comes_in_a_text_is_on_record_and_gets_a_kind_answer(tmp_path: Path, step: str) -> None:
    """A phone for each; several hundred texts stay below what one number may send."""

    async def play() -> None:
        async with world(tmp_path) as place:
            for place_in_line, (name, body) in enumerate(POISON.items()):
                phone = f"+1212555{1000 + place_in_line}"
                for words in STEPS[step]:
                    await post(place, sms(words, From=phone))
                await _send_poison(place, phone, name, body)

    asyncio.run(play())


async def _send_poison(place: World, phone: str, name: str, body: str) -> None:
    fields = sms(body, From=phone)
    code, answer = await post(place, fields)
    assert code == 200, name
    texts = messages(answer)
    assert texts, name
    assert all(text.strip() and segments(text) <= 2 for text in texts), name
    assert "could not keep" not in answer, name
    (kept,) = select(place, "SELECT words FROM inbound WHERE id = ?", dict(fields)["MessageSid"])
    assert kept["words"] == _printable(body), name
    begun = len(select(place, "SELECT * FROM needs WHERE neighbor = ?", phone))
    assert begun == 1 or not any(letter.isalpha() for letter in body), name  # signs alone bring the menu, no request


def _printable(body: str) -> str:
    def stays(letter: str) -> bool:
        control = ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0
        half = 0xD800 <= ord(letter) < 0xE000
        turns = 0x202A <= ord(letter) <= 0x202E or 0x2066 <= ord(letter) <= 0x2069  # others would read something else
        return letter in "\n\t\r" or not (control or half or turns or letter in "\ufffe\uffff")

    return "".join(filter(stays, body)).strip()[:1600]


SENDERS = (
    "+12125550199\x00", "12\ud800", "anonymous", "12345", "+1 (212) 555-0112", "x" * 5000, "'; --", "+٢١٢", "😀"
)  # fmt: skip


def test_whoever_sends_is_answered_and_on_record(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            asked = 0
            for sender in SENDERS:
                code, answer = await post(place, sms("food", From=sender))
                (came,) = select(place, "SELECT party FROM inbound ORDER BY rowid DESC LIMIT 1")
                telephone = not is_of_machine(came["party"])  # a short code is a machine: kept, and not answered
                asked += telephone
                assert (code, bool(messages(answer))) == (200, telephone), ascii(sender)
                assert len(select(place, "SELECT * FROM needs")) == asked, ascii(sender)
            assert len(select(place, "SELECT * FROM inbound")) == len(SENDERS)
            assert asked >= 4

    asyncio.run(play())


def test_the_same_text_again_gets_the_same_answer_and_nothing_is_done_twice(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            for body in ("food 11216", "two bags", "1", "status"):
                fields = sms(body)
                first = await post(place, fields)
                before = rows(place)
                assert [await post(place, fields) for _ in range(3)] == [first] * 3
                assert await asyncio.gather(*(post(place, fields) for _ in range(5))) == [first] * 5
                assert rows(place) == before
            assert len(select(place, "SELECT * FROM needs")) == 1

    asyncio.run(play())


def test_ten_copies_at_once_are_one_text(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            fields = sms("food")
            answers = await asyncio.gather(*(post(place, fields) for _ in range(10)))
            assert len(set(answers)) == 1
            assert len(select(place, "SELECT * FROM needs")) == 1

    asyncio.run(play())


def test_the_same_step_of_a_call_again_gets_the_same_answer(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            phone = place.exchange.handset(ANA, "Ana", "landline")
            await phone.call()
            for key in "111":
                await phone.press(key)
                before = rows(place)
                first = await place.exchange.repeat(phone)
                assert await place.exchange.repeat(phone) == first
                assert first[0] == 200
                assert rows(place) == before

    asyncio.run(play())


def test_a_text_through_a_messaging_service_is_a_text(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            extra: Fields = [("MessagingServiceSid", "MG" + "1" * 32), ("New", "parameter"), ("New", "parameter")]
            code, answer = await post(place, [*sms("food"), *extra])
            assert (code, bool(messages(answer))) == (200, True)

    asyncio.run(play())


def opted_out(place: World) -> bool:
    (me,) = select(place, "SELECT opted_out_at FROM people WHERE phone = ?", ANA)
    return me["opted_out_at"] is not None


STOPPING = ("STOP", "stopall", " Unsubscribe ", "CANCEL", "END", "quit", "REVOKE", "OPTOUT", "ARRET")


def test_a_word_that_the_carrier_answers_is_kept_and_answered_with_silence(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            for word in STOPPING:
                assert messages((await post(place, sms(word)))[1]) == [], word
                assert opted_out(place), word
                assert messages((await post(place, sms("START")))[1]) == []
                assert not opted_out(place)
            for word in ("HELP", "info", "Help "):
                assert messages((await post(place, sms(word)))[1]) == [], word

    asyncio.run(play())


def test_any_reasonable_wording_opts_out(tmp_path: Path) -> None:
    """The carrier acts on the bare word alone; the law on any reasonable one."""

    async def play() -> set[str]:
        async with world(tmp_path) as place:
            ignored = set()
            for word in (
                "Stop.",
                "STOP!",
                "stop 🛑",
                "Please stop",
                "¡No más mensajes!",
                "opt out",
                "Quit.",
                "Unsubscribe!",
            ):
                await post(place, sms("START"))
                await post(place, sms(word))
                ignored |= set() if opted_out(place) else {word}
            return ignored

    assert asyncio.run(play()) == set()


def test_an_opt_out_counts_even_from_someone_who_wrote_too_much(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            for _ in range(place.settings.texts_per_hour + 1):
                await post(place, sms("status"))
            await post(place, sms("STOP"))
            assert opted_out(place)

    asyncio.run(play())


def test_nothing_that_people_say_stands_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            for body in ("a secret 11216", "another secret", "1"):
                await post(place, sms(body))
            await post(place, sms("secret"), signature="wrong")
            await place.settle()

    caplog.set_level("DEBUG")
    asyncio.run(play())
    said = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("hotline"))
    assert "secret" not in said
    assert ANA not in said
    assert TOKEN not in said
