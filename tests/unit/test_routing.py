"""What one reply means: the rules in their order."""

from typing import Any

import pytest

from hotline.channels.parsing.parser import Hearing
from hotline.engine.answers import Heard
from hotline.engine.steps import Ask, Choose
from hotline.flows import FLOWS
from hotline.flows.intents.intents import Kind, Meaning, command
from hotline.flows.intents.routing import meaning
from hotline.model.facts import Facts
from hotline.model.needs import Status
from tests.unit.build import BEN, ME, NOW, facts, hearing, need

ASKING = {"flow": "intake", "step": "what"}
BEFORE, AFTER = {"asked_at": NOW - 60}, {"asked_at": NOW}
OFFER, OTHER_OFFER = need(112), need(115)
MINE = need(113, neighbor=ME)
IN_HAND = need(114, Status.TAKEN, takers=(ME,))
MAY_GIVE_BACK = command("give_back", "114", doubted="yes")


@pytest.fixture(scope="module")
def ear(tmp_path_factory: pytest.TempPathFactory) -> Hearing:
    return hearing(tmp_path_factory.mktemp("ear"))


def _is(words: str, kind: Kind, number: str = "", name: str = "", **known: Any) -> Any:
    case = f"{words or 'nothing'} is {kind} {number} with {' and '.join(known) or 'nothing known'}"
    return pytest.param(words, Meaning(kind, number, name), facts(**known), id=case)


def alerted(*needs: Any, **more: Any) -> dict[str, Any]:
    return {"open": needs, "asked_at": NOW - 30, **more}


def read(heard: Heard, known: Facts) -> Meaning:
    """What it means, to someone who is asked what their session says."""
    session = known.me.session
    question = FLOWS[session.flow].find(session.step) if session.waiting else None
    return meaning(heard, known, question if isinstance(question, Choose | Ask) else None)


@pytest.mark.parametrize(
    ("words", "means", "known"),
    [
        # Opting out and emergencies come before everything else.
        _is("stop texting me", Kind.OPT_OUT),
        _is("no más", Kind.STOP_UNCLEAR, session=ASKING),
        _is("call 911", Kind.EMERGENCY),
        _is("YES 112 911", Kind.EMERGENCY, **alerted(OFFER)),
        # Then an explicit code, asked or not, whatever else is going on.
        _is("YES 112", Kind.TAKE, "112", session=ASKING),
        _is("Si 112", Kind.TAKE, "112"),
        _is("112", Kind.TAKE, "112", **alerted(OFFER)),
        _is("#112!", Kind.TAKE, "112", **alerted(OFFER)),
        _is("113", Kind.STATUS, "113", asked_for=(MINE,)),
        _is("NO 112", Kind.DECLINE, "112"),
        _is("DONE 112", Kind.DONE, "112"),
        _is("LISTO 112", Kind.DONE, "112"),
        _is("DROP 112", Kind.DROP, "112"),
        _is("STATUS 112", Kind.STATUS, "112"),
        _is("YES 112 but after 5", Kind.UNSURE, "112", **alerted(OFFER)),
        _is("yes but later 112", Kind.UNSURE, "112", **alerted(OFFER)),
        _is("yes no 112", Kind.UNSURE, "112", **alerted(OFFER)),
        _is("999", Kind.UNCLEAR),
        _is("11216", Kind.NEW),
        _is("112", Kind.UNCLEAR),
        # Then fixed words.
        _is("MENU", Kind.MENU, session=ASKING),
        _is("back", Kind.BACK, session=ASKING),
        _is("atrás", Kind.BACK, session=ASKING),
        _is("status", Kind.STATUS, session=ASKING),
        _is("0", Kind.PERSON, session=ASKING),
        _is("talk to a person", Kind.PERSON),
        _is("VOLUNTEER", Kind.SIGNUP),
        _is("español", Kind.LANGUAGE, name="es", session=ASKING),
        _is("español", Kind.ANSWER, session={"flow": "intake", "step": "language"}),
        _is("done", Kind.DONE, "114", has_taken=(IN_HAND,)),
        _is("drop", Kind.DROP, "", has_taken=(IN_HAND, need(116, Status.TAKEN, takers=(ME,)))),
        # Then the last thing we asked: the newest question wins.
        _is("yes", Kind.TAKE, "112", **alerted(OFFER)),
        _is("sí", Kind.TAKE, "112", **alerted(OFFER)),
        _is("yes", Kind.TAKE, "", **alerted(OFFER, OTHER_OFFER)),
        _is("no", Kind.DECLINE, "112", **alerted(OFFER)),
        _is("yes", Kind.TAKE, "112", **alerted(OFFER, session=ASKING, person=BEFORE)),
        _is("yes", Kind.ANSWER, **alerted(OFFER, session=ASKING, person=AFTER)),
        _is("food", Kind.ANSWER, **alerted(OFFER, session=ASKING, person=BEFORE)),
        _is("yes but after five", Kind.UNSURE, "112", **alerted(OFFER)),
        _is("no yes", Kind.UNSURE, "112", **alerted(OFFER)),
        _is("no, I am away", Kind.UNSURE, "112", **alerted(OFFER)),
        _is("anything", Kind.ANSWER, session=ASKING),
        _is("", Kind.ANSWER, session=ASKING),
        # Then words that answer nothing.
        _is("thanks", Kind.THANKS, has_taken=(IN_HAND,)),
        _is("yes", Kind.NOTHING_OPEN),
        _is("done", Kind.NOTHING_OPEN),
        _is("it is urgent", Kind.NOTE, asked_for=(MINE,)),
        _is("I also need a ride", Kind.NEW, asked_for=(MINE,)),
        # And everything else is a new request.
        _is("hello", Kind.NEW),
        _is("", Kind.NEW),
        _is("😀", Kind.UNCLEAR),
        _is("who is this", Kind.WRONG_NUMBER),
        _is("помогите", Kind.NEW),
    ],
)  # fmt: skip
def test_a_text_means_what_its_words_say(ear: Hearing, words: str, means: Meaning, known: Facts) -> None:
    assert read(ear.hear(words), known) == means


ALSO_IN_HAND = need(116, Status.TAKEN, takers=(ME,))
HELPED = need(117, neighbor=ME, status=Status.TAKEN, takers=(BEN,))
OVER = need(118, neighbor=ME, status=Status.DONE, helped=(BEN,))


@pytest.mark.parametrize(
    ("words", "means", "known"),
    [
        ("on my way", command("relay", "114", said="on my way"), {"has_taken": (IN_HAND,)}),
        ("can't find it", command("relay", "114", said="can't find it"), {"has_taken": (IN_HAND,)}),
        ("on my way", command("relay", said="on my way"), {"has_taken": (IN_HAND, ALSO_IN_HAND)}),
        ("116 on my way", command("relay", "116", said="on my way"), {"has_taken": (IN_HAND, ALSO_IN_HAND)}),
        ("ring twice", command("relay", said="ring twice"), {"has_taken": (IN_HAND,), "asked_for": (HELPED,)}),
        ("is the food warm?", command("relay", "114", said="is the food warm?"), {"has_taken": (IN_HAND,)}),
        ("is the ride long?", command("relay", "114", said="is the ride long?", asks="yes"), {"has_taken": (IN_HAND,)}),
        ("I need food", Meaning(Kind.NEW), {"has_taken": (IN_HAND,)}),
        ("114 done", Meaning(Kind.DONE, "114"), {"has_taken": (IN_HAND,)}),
        ("done 117", command("happened", "117", happened="yes"), {"asked_for": (HELPED,)}),
        ("yes 118", command("happened", "118", happened="yes"), {"named": (OVER,)}),
        ("no 118", command("happened", "118"), {"named": (OVER,)}),
        ("thank you", command("thank", "118", said="thank you"), {"finished": (OVER,)}),
        ("thanks", Meaning(Kind.THANKS), {}),
    ],
)
def test_words_between_yes_and_done(ear: Hearing, words: str, means: Meaning, known: dict[str, Any]) -> None:
    assert read(ear.hear(words), facts(**known)) == means


@pytest.mark.parametrize(
    ("keys", "kind"),
    [
        ("*", Kind.BACK),
        ("0", Kind.PERSON),
        ("9", Kind.GOODBYE),
        ("1", Kind.ANSWER),
        ("#", Kind.ANSWER),
        ("", Kind.ANSWER),
    ],
)
def test_a_key_means_the_same_at_every_question(keys: str, kind: Kind) -> None:
    assert read(Heard(keys=keys), facts(session=ASKING)).kind is kind


def test_keys_never_take_a_need_by_its_number() -> None:
    assert read(Heard(keys="112"), facts(session=ASKING, **alerted(OFFER))).kind is Kind.ANSWER


@pytest.mark.parametrize("word", ["carrier_stop", "carrier_start", "carrier_help"])
def test_what_the_carrier_has_done_itself_is_only_kept(word: str) -> None:
    means = read(Heard("STOP", (word,)), facts(session=ASKING))
    kinds = {"carrier_stop": Kind.OPT_OUT, "carrier_start": Kind.OPT_IN, "carrier_help": Kind.CARRIERS}
    assert means.kind is kinds[word]


TAKER: dict[str, Any] = {"person": {"volunteer": True}}


@pytest.mark.parametrize(
    ("words", "means", "known"),
    [
        _is("yes?", Kind.UNSURE, "112", **alerted(OFFER)),
        _is("112?", Kind.UNSURE, "112", **alerted(OFFER)),
        _is("yes and", Kind.UNSURE, "112", **alerted(OFFER)),
        _is("yes, sorry", Kind.UNSURE, "112", **alerted(OFFER)),
        _is("ok thanks", Kind.UNSURE, "112", **alerted(OFFER)),
        _is("👍", Kind.UNSURE, "112", **alerted(OFFER)),
        _is("1", Kind.UNSURE, "112", **alerted(OFFER)),
        _is("sure", Kind.TAKE, "112", **alerted(OFFER)),
        _is("I can help", Kind.TAKE, "112", **alerted(OFFER)),
        _is("I can help", Kind.SIGNUP),
        _is("oui", Kind.TAKE, "112", **alerted(OFFER)),
        _is("ừ", Kind.TAKE, "112", **alerted(OFFER)),
        _is("u", Kind.UNSURE, "112", **alerted(OFFER)),
        _is("115", Kind.TAKE, "115", **alerted(OFFER), **TAKER),
        _is("115", Kind.UNSURE, "115", named=(OTHER_OFFER,), **TAKER),
        _is("I need food", Kind.NEW, **alerted(OFFER)),
        _is("is this still open", Kind.STATUS, **alerted(OFFER)),
        pytest.param("can't make it", MAY_GIVE_BACK, facts(has_taken=(IN_HAND,)), id="can't come with one in hand"),
        _is("done tomorrow", Kind.UNSURE, "114", has_taken=(IN_HAND,)),
        _is("ok", Kind.NOTHING_OPEN, asked_for=(MINE,)),
        _is("dine", Kind.UNSURE, "114", has_taken=(IN_HAND,)),
        _is("any news?", Kind.STATUS, asked_for=(MINE,)),
        _is("what happened with 113", Kind.STATUS, "113", asked_for=(MINE,)),
        _is("i don't need it anymore", Kind.WITHDRAW, "113", asked_for=(MINE,)),
        _is("I can't breathe", Kind.EMERGENCY, **alerted(OFFER)),
        _is("stop texting me, I want to die", Kind.EMERGENCY, name="crisis"),
        _is("don't stop texting me", Kind.NEW),
        _is("911 Main St", Kind.ANSWER, session={"flow": "intake", "step": "details"}),
    ],
)  # fmt: skip
def test_what_people_really_write(ear: Hearing, words: str, means: Meaning, known: Facts) -> None:
    assert read(ear.hear(words), known) == means
