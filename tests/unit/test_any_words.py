"""Whatever is written: no error, no dead end, nothing taken or closed without a plain word, a document that holds."""

from itertools import chain
from xml.dom.minidom import parseString

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.channels import text
from hotline.channels.catalogue import Catalogue, messages
from hotline.channels.parsing.lexicon import UNIVERSAL_WORDS, tables_in, understood
from hotline.channels.parsing.parser import Hearing
from hotline.channels.parsing.word_tables import Word, table
from hotline.engine.session import Session
from hotline.flows import FLOWS, dialog_manager
from hotline.flows.intents.small_words import AS_A_VERB, YES
from hotline.model.effects import Done, Drop, Flag, OptIn, OptOut, Take, Withdraw
from hotline.model.facts import Facts
from hotline.model.needs import Status
from tests.unit.build import ME, NOW, catalogue, facts, need
from tests.world import heard_in

SAID_PLAINLY = {*YES, "yes", *(name for name, verb in AS_A_VERB.items() if verb == "yes")}
SILENT = ("carrier_stop", "carrier_start", "carrier_help")
OFFER, OTHER_OFFER = need(112), need(115)
MINE, IN_HAND = need(113, neighbor=ME), need(114, Status.TAKEN, takers=(ME,))

PIECES = [
    *(
        "yes",
        "no",
        "y",
        "n",
        "si",
        "oui",
        "wi",
        "sim",
        "vâng",
        "có",
        "co",
        "好",
        "是",
        "不",
        "نعم",
        "لا",
        "да",
        "네",
        "हाँ",
        "oo",
    ),
    *(
        "112",
        "113",
        "114",
        "115",
        "1",
        "2",
        "#",
        "?",
        "!",
        "👍",
        "but",
        "after 5",
        "done",
        "drop",
        "food",
        "11216",
        "not",
    ),
    *(
        "ok",
        "who is this",
        "stop",
        "menu",
        "0",
        "back",
        "<b>",
        "&",
        "]]>",
        "\x00",
        "\ud800",
        "\u200b",
        "{x}",
        "%s",
        "١١٢",
    ),
]
WORDS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
)
WHERE = st.sampled_from(
    [
        facts(person={"known": False}),
        facts(),
        facts(open=(OFFER,), asked_at=NOW, person={"volunteer": True}),
        facts(open=(OFFER, OTHER_OFFER), asked_at=NOW, person={"volunteer": True}),
        facts(has_taken=(IN_HAND,), named=(IN_HAND,), person={"volunteer": True}),
        facts(asked_for=(MINE,)),
        facts(session={"flow": "stuck"}, person={"asked_at": NOW}),
        *(
            facts(session={"flow": "intake", "step": step, "answers": {"what": "food", "area": "north"}}, draft=MINE)
            for step in ("language", "what", "area", "details", "confirm", "change")
        ),
        facts(session={"flow": "withdraw", "step": "sure", "answers": {"need": "113"}}, asked_for=(MINE,)),
        facts(session={"flow": "menu", "step": "what_next"}),
        facts(session={"flow": "signup", "step": "gives"}),
    ]
)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue(tmp_path_factory.mktemp("any"))


@pytest.fixture(scope="module")
def ear(here: Catalogue) -> Hearing:
    return heard_in(here.community)


lasting = settings(max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture])


@lasting
@given(words=WORDS, known=WHERE)
def test_every_text_has_an_answer_that_holds(here: Catalogue, ear: Hearing, words: str, known: Facts) -> None:
    turn = dialog_manager.read(ear.hear(words), known)
    document = text.reply(text.render(turn.prompts, turn.session.language, here))
    parseString(document)
    quiet = known.me.session.flow == "stuck"  # a person will look, and the words go to that person
    assert turn.prompts or (quiet and any(isinstance(effect, Flag) for effect in turn.effects))
    assert not turn.session.waiting or FLOWS[turn.session.flow].find(turn.session.step)


@lasting
@given(words=WORDS, known=WHERE)
def test_nothing_is_taken_without_a_plain_yes(ear: Hearing, words: str, known: Facts) -> None:
    heard = ear.hear(words)
    taken = [effect for effect in dialog_manager.read(heard, known).effects if isinstance(effect, Take)]
    bare_number = not heard.names and not heard.rest and set(heard.numbers) in ({112}, {115})  # "112, 112"
    assert len(taken) <= 1
    assert not taken or bare_number or (set(heard.names) <= SAID_PLAINLY and heard.names)
    assert not taken or not (heard.rest or heard.asks)


@lasting
@given(words=WORDS, known=WHERE)
def test_nothing_is_closed_or_given_back_by_mistake(ear: Hearing, words: str, known: Facts) -> None:
    heard = ear.hear(words)
    turn = dialog_manager.read(heard, known)
    if any(isinstance(effect, OptOut | OptIn) for effect in turn.effects):
        return  # whoever ends all texts gives back what they have
    closed = [effect for effect in turn.effects if isinstance(effect, Done | Drop | Withdraw)]
    unread = heard.rest and not any(stop.sure and stop.accounted for stop in heard.stops)  # "sop 113" is read as a stop
    assert not closed or not (unread or heard.asks)


@lasting
@given(words=st.text(max_size=200))
def test_any_letters_become_words(ear: Hearing, words: str) -> None:
    heard = ear.hear(words)
    assert all(heard.rest)
    assert all(number >= 0 for number in heard.numbers)
    assert Session(ME).but(language=heard.language).language in ("", "en", "es")


def test_no_word_is_a_yes_in_one_language_and_a_no_in_another(here: Catalogue) -> None:
    """All languages are understood at once: whoever learns a word first would win."""
    go_ahead, others = (
        {"yes", "ok", "willing"},
        {"no", "cannot", "opt_out", "opt_out_alone", "drop", "not_yet", "wrong"},
    )
    meanings: dict[tuple[str, ...], set[str]] = {}
    offered = here.community.languages
    tables = [
        words
        for language in understood()
        for kind, words in tables_in(language)
        if language in offered or kind == UNIVERSAL_WORDS
    ]
    told = [messages(language)["words"].items() for language in offered]
    tables += [table(Word(word, name) for name, some in each for word in some) for each in told]
    for phrase, name in chain.from_iterable(words.names.items() for words in tables):
        meanings.setdefault(phrase, set()).add(name)
    assert meanings
    both = {phrase: names for phrase, names in meanings.items() if names & go_ahead and names & others}
    assert both == {}
