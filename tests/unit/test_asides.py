"""Asides: reactions, quotations of ours, signatures and machines are taken off, and the writer's own words stay."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.channels.catalogue import Catalogue
from hotline.channels.lint.fill_values import USUAL, everything
from hotline.channels.parsing.asides import Own, take_off
from hotline.channels.parsing.not_ones_own import Ours
from hotline.channels.parsing.tokens import tokens
from hotline.channels.text import render
from hotline.community.model import Community
from hotline.engine.answers import Heard
from hotline.model.phone_numbers import is_machine
from tests.corpus import SHIPPED, held_out, lines
from tests.unit.build import community
from tests.world import heard_in

ALERT = "Eastside Mutual Aid: can you help? food, Northside. Reply YES 104 to take it."
QUOTING = re.compile("“|Reply YES|Eastside")
SEEN_FIRST = 24  # letters of a text that a phone shows at the least before it cuts


class World:
    """A community that speaks all languages, and everything that it can send, with usual values."""

    def __init__(self, here: Community) -> None:
        self.hearing, catalogue = heard_in(here), Catalogue(here)
        self.ours = self.hearing.ours
        prompts = everything(here, USUAL)
        self.sent = sorted(
            {text for language in SHIPPED for each in prompts for text in render(each, language, catalogue)}
        )
        quoted = (text for text in self.sent if self.ours.texts.quoted(text))
        self.known = [text for text in quoted if take_off(f"x\n{text}", self.ours).words == "x"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(replace(community(tmp_path_factory.mktemp("ear")), languages=SHIPPED))


@pytest.fixture(scope="module")
def ours(world: World) -> Ours:
    return world.ours


@pytest.mark.parametrize(
    "words",
    [
        f"Liked “{ALERT}”",
        f'Loved "{ALERT}"',
        f"Reacted ❤️ to “{ALERT[:50]}…”",
        f"👍 to “{ALERT}”",
        "❤️ to “thank you”",
        "Liked an image",
        "Laughed at “I am at the side door”",
        "Removed a like from “on my way”",
        "Le encantó “Did it happen?”",
        "Se rio de «ya voy»",
        "N’a pas aimé « Bien arrivé »",
        "A adoré « merci »",
        "Reagiu com 🙏 a “Já deixei na portaria”",
        "Đã thích “cảm ơn con”",
        "赞了“谢谢”",
        "對「收到了」表示喜愛",
        "覺得「收到了」很讚",
        "أعجب بـ “شكرًا”",
        f"Gefällt „{ALERT}“",
        f"Понравилось «{ALERT}»",
        f"Zaświstał „{ALERT}”",  # no phrase that we know: the shape and our own text are enough
    ],
)
def test_a_reaction_alone_is_nothing(ours: Ours, words: str) -> None:
    own = take_off(words, ours)
    assert (own.words, own.reaction, own.machine) == ("", True, "")


@pytest.mark.parametrize(
    ("words", "own"),
    [
        (f"YES 104\n{ALERT}", "YES 104"),
        (f"{ALERT}\nYES 104", "YES 104"),
        (f"YES 104 “{ALERT}”", "YES 104"),
        (f"YES 104\n> {ALERT}", "YES 104"),
        (f"YES 104\nOn Tue, Jan 6, 2026 at 3:04 PM Eastside <5550100> wrote:\n> {ALERT}", "YES 104"),
        (f"SI 104\nEl mar, 6 ene 2026 a las 15:04, Eastside escribió:\n{ALERT}", "SI 104"),
        (f"Fwd: {ALERT}", ""),
        ("What do you need?\n1 food\n2 a ride\n3 medicine\n4 something else\n2", "2"),
        ("Re: yes 104", "yes 104"),
        ("XO.Aa", "XO.Aa"),
        ("(no subject) yes 104", "yes 104"),
        ("<hi> yes 104", "yes 104"),
        ("(1/2) need food", "need food"),
        ("need food [2/2]", "need food"),
        ("YES 103 -Maria", "YES 103"),
        ("DONE 101 -Ben", "DONE 101"),
        ("1\n--\nSent from my Jitterbug", "1"),
        ("yes 104 Sent from my iPhone", "yes 104"),
        ("yes 104\nGet Outlook for iOS", "yes 104"),
        ("Si. Enviado desde mi iPhone", "Si."),
        ("yes\nMaria", "yes"),
        ("Yes I will take it. Sincerely, Mrs. Bernadine Oakes", "Yes I will take it."),
    ],
)
def test_their_own_words_stay(ours: Ours, words: str, own: str) -> None:
    assert take_off(words, ours).words == own


@pytest.mark.parametrize(
    "words",
    [
        *("Maria", "-Ben", "1/2", "(if you pay) yes", "yes -later", "yes - Tomorrow", "yes\nMaybe", "yes -not today"),
        *("the package was sent from my sister", 'it says "Elm Deli"', "1 food", "2 change it", "he said “call me”"),
        *("food\n1 cup of rice", "need a ride, not food", "“yes”", '"YES 104"', "yes, send it", "OK, not this time"),
    ],
)
def test_what_people_write_themselves_is_theirs(ours: Ours, words: str) -> None:
    assert take_off(words, ours) == Own(words)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("I'm driving with Do Not Disturb While Driving turned on.", "reply"),
        ("Auto reply: back on Monday", "reply"),
        ("Free Msg: Unable to send message - Message Blocking is active.", "blocked"),
        ("The subscriber you dialed is not available", "notice"),
        ("Your verification code is 553910", "notice"),
        ("Respuesta automática: estoy fuera", "reply"),
        ("Réponse automatique : absent", "reply"),
        ("您拨打的用户暂时无法接通", "notice"),
        ("رد تلقائي: في اجتماع", "reply"),
        ("I'm driving, 10 minutes", ""),
        ("my verification code does not work, I need a ride", ""),
        ("did you get my auto insurance reply", ""),
    ],
)
def test_a_machine_is_known_by_its_sentences(ours: Ours, words: str, kind: str) -> None:
    assert take_off(words, ours).machine == kind


def test_a_machine_is_known_by_its_number() -> None:
    assert all(map(is_machine, ("22395", "262966", "VERIZON", "AMZN2", "611")))
    assert not any(map(is_machine, ("+12125550111", "2125550111", "anonymous", "Restricted", "266696687", "")))


def test_quoted_danger_is_still_heard(world: World) -> None:
    hear = world.hearing.hear
    assert hear("Liked “my house is on fire”").danger
    assert hear("see below\n> he has a gun").danger
    assert hear(f"Liked “{ALERT}”").names == ()
    assert hear("Liked “Hotline: someone may be in danger.”").names == ()  # that is ours
    assert hear("Reacted ❤ to “Call 911 now for danger to life”").reaction


# --- Whatever is put around a text, it means the same.

TEXTS = [
    line.text.strip()
    for line in lines()
    if not held_out(line) and tokens(line.text) and not set(line.text) & set('"“«') and "Reply YES" not in line.text
]
Around = Callable[[str, str], str]
QUOTATIONS: dict[str, Around] = {
    "liked below": lambda text, quoted: f"{text}\nLiked “{quoted}”",
    "loved above": lambda text, quoted: f"Le encantó “{quoted}”\n{text}",
    "cut in the middle": lambda text, quoted: f"{text}\nA ri de « {quoted[: max(SEEN_FIRST, len(quoted) // 2)]}…",
    "with >": lambda text, quoted: text + "".join(f"\n> {line}" for line in quoted.split("\n")),
    "as mail": lambda text, quoted: f"{text}\nOn Tue, Jan 6, 2026 at 3:04 PM X wrote:\n{quoted}",
}
SIGNATURES: dict[str, Around] = {
    "phone": lambda text, _: f"{text}\nSent from my iPhone",
    "dashes": lambda text, _: f"{text}\n--\nSent from my Jitterbug",
    "name": lambda text, _: f"{text} -Ophelia",
    "counter": lambda text, _: f"(1/2) {text}",
}
BARE: dict[str, Around] = {
    "beneath": lambda text, quoted: f"{text}\n{quoted}",
    "in quote marks": lambda text, quoted: f"{text}\n“{quoted}”",
}


def meant(heard: Heard) -> tuple[object, ...]:
    return (
        *(heard.names, heard.numbers, heard.rest, heard.asks, heard.reaction, heard.machine),
        *(heard.command, heard.code, heard.moments, heard.told),
    )


texts, any_of_ours = st.sampled_from(TEXTS), st.integers(0, 1_000_000)
marked, bare = {**QUOTATIONS, **SIGNATURES}, BARE


@settings(max_examples=300)
@given(texts, any_of_ours, st.sampled_from(sorted(marked)))
def test_what_is_put_around_a_text_changes_nothing(world: World, text: str, which: int, where: str) -> None:
    put = marked[where](text, world.sent[which % len(world.sent)])
    assert meant(world.hearing.hear(put)) == meant(world.hearing.hear(text)), put


MISREAD = 0.002  # of texts above one of ours, without a mark, lose words to it or gain some


def test_few_texts_are_misread_above_one_of_ours(world: World) -> None:
    """Every twentieth, each above another one of ours. The property below draws the same ones every time: of so many
    pairs it would sooner or later draw one of the few that are known."""
    some = TEXTS[::20]
    misread = [
        text
        for place, text in enumerate(some)
        if meant(world.hearing.hear(BARE["beneath"](text, world.known[place * 7 % len(world.known)])))
        != meant(world.hearing.hear(text))
    ]
    print(f"{len(misread)} of {len(some):,} texts are misread above one of ours")
    assert len(misread) <= MISREAD * len(some), misread


@settings(max_examples=200, derandomize=True)
@given(texts, any_of_ours, st.sampled_from(sorted(bare)))
def test_a_forward_of_ours_changes_nothing(world: World, text: str, which: int, where: str) -> None:
    put = bare[where](text, world.known[which % len(world.known)])
    assert meant(world.hearing.hear(put)) == meant(world.hearing.hear(text)), put


def test_rows_of_two_wordings_in_a_long_line_are_no_text_of_ours(world: World) -> None:
    """Three words of one, and further on three of another: whoever writes so is in danger, and says it themself."""
    said = "mwen se gadyen imèb la. nan asansè a gen yon moun ki bloke li opresyon epi li pa reponn mwen ankò"
    for ours in world.known[::97]:
        assert take_off(f"{said}\n{ours}", world.ours).words == said, ours
        assert world.hearing.hear(f"{said}\n{ours}").danger == world.hearing.hear(said).danger != ""


@settings(max_examples=200)
@given(any_of_ours, st.sampled_from(["Liked", "Reacted 👍 to", "Le gustó", "A aimé", "Curtiu", "Đã thích", "赞了"]))
def test_a_reaction_to_any_text_of_ours_means_nothing(world: World, which: int, verb: str) -> None:
    assert meant(world.hearing.hear(f"{verb} “{world.sent[which % len(world.sent)]}”")) == meant(Heard(reaction=True))


def test_most_of_our_texts_are_known_without_a_mark(world: World) -> None:
    assert len(world.known) > 0.73 * len(world.sent)


def test_no_text_of_the_corpus_is_taken_for_ours(world: World) -> None:
    """Besides those that do quote us."""
    own = (line.text for line in lines() if not {"“", "Reply YES", "Eastside"} & set(QUOTING.findall(line.text)))
    assert [text for text in own if world.ours.texts.places(text)] == []
