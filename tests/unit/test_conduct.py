"""Conduct: what one side of a request says of the other, or presses it for, is told from what it may read at once."""

import pytest

from hotline.channels.parsing.parser import Hearing
from hotline.community.reading import from_table
from tests.unit.build import plain

HELD = (
    "please dont send that man again",
    "he asked me for money",
    "not Max, he is my ex",
    "that helper was rude to me",
    "she took my wallet",
    "he wont leave",
    "he makes me uncomfortable",
    "whats your address are you alone",
    "you owe me a kiss",
    "send me a pic sweetie",
    "tell her she owes me 20 bucks",
    "i know where you live",
    "no quiero que venga ese hombre",
    "NO MANDEN A ESE HOMBRE",
    "me pidio dinero",
    "fue muy grosero conmigo",
    "mandame una foto mi amor",
    "estas sola?",
    "il m'a demandé de l'argent",
    "n'envoyez plus cet homme",
    "il ne veut pas partir",
    "vous êtes seule ?",
    "pa voye msye sa a ankò",
    "li mande m lajan",
    "m pa vle msye sa lakay mwen ankò",
    "não mandem mais esse homem",
    "ele me pediu dinheiro",
    "você está sozinha?",
    "đừng cho ông đó đến nữa",
    "ông đó đòi tiền tôi",
    "em ở nhà một mình hả",
    "别再派那个男的来",
    "他跟我要钱",
    "他摸我",
    "你一个人在家吗",
    "بلاش تبعتوا الراجل ده",
    "طلب مني فلوس",
    "كان وقح معي",
)
PASSED_ON = (
    "are you home? I am outside",
    "what time should I come, whats your address",
    "he is very nice thank you",
    "send me a picture of the prescription",
    "I owe you a hug, thank you!!",
    "he did not come",
    "dont send the food today, tomorrow",
    "I can not come, find someone else",
    "necesito otra persona que cargue, pesa mucho",
    "no vino nadie",
    "a que hora llega usted",
    "je suis devant la porte",
    "li poko rive",
    "m pa bezwen l ankò",
    "ele já chegou, obrigada",
    "anh ấy đến rồi cảm ơn",
    "他来了 谢谢",
    "换个人吧 我去不了",
    "وصل الاكل شكرا",
)


@pytest.fixture(scope="module")
def hearing() -> Hearing:
    return Hearing(from_table(plain(), ("en", "es")))


@pytest.mark.parametrize("words", HELD)
def test_what_is_said_of_the_other_side_waits_for_a_person(hearing: Hearing, words: str) -> None:
    assert hearing.hear(words).conduct


@pytest.mark.parametrize("words", PASSED_ON)
def test_what_two_sides_tell_each_other_every_day_does_not(hearing: Hearing, words: str) -> None:
    assert not hearing.hear(words).conduct
