"""The address of a recording: made by us alone, open for a while, and it says nothing about anybody."""

import pytest

from hotline.model.calendar import DAY
from hotline.web.signed_urls import OPEN_FOR, Addresses, key

NOW = 1_773_158_400.0
BASE = "https://a.org/recordings"


def at(now: float, secret: str = "a long secret of nobody") -> Addresses:
    return Addresses(key(secret), BASE, lambda: now)


def token(address: str) -> str:
    return address.removeprefix(f"{BASE}/")


@pytest.mark.parametrize("name", ["words/RE0123456789abcdef.mp3", "voice/RE1.wav", "voice/FILE12-3.mp3"])
def test_what_is_signed_can_be_read_until_its_time_is_over(name: str) -> None:
    address = token(at(NOW).of(name))
    assert at(NOW).name(address) == name
    assert at(NOW + OPEN_FOR - 1).name(address) == name
    assert at(NOW + 2 * DAY).name(address) is None


def test_the_own_voice_keeps_its_address_for_the_day() -> None:
    noon, evening = (at(NOW // DAY * DAY + hour * 3600).of("voice/RE1.wav") for hour in (12, 23))
    assert noon == evening
    assert at(NOW).of("words/RE1.wav") != at(NOW + 1).of("words/RE1.wav")


def test_nobody_else_can_make_one() -> None:
    mine = token(at(NOW).of("words/RE1.mp3"))
    told, signature = mine.split(".")
    others = token(at(NOW, "another secret of somebody").of("words/RE1.mp3"))
    two = token(at(NOW).of("words/RE2.mp3")).split(".")[0]
    for forged in ("", ".", told, f"{told}.", f"{two}.{signature}", others, f"{mine}A", "é.é", "a.b.c", mine[:-2]):
        assert at(NOW).name(forged) is None, forged


def test_a_signed_name_that_leads_elsewhere_is_no_sound() -> None:
    for name in ("../hotline.db", "words/../x.mp3", "words/RE1.txt", "words/RE1.mp3\n", "other/RE1.mp3"):
        assert at(NOW).name(token(at(NOW).of(name))) is None


def test_a_key_comes_from_the_secret_and_is_not_the_secret() -> None:
    assert key("token") != key("another") != b"another"
