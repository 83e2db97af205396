"""What a coordinator means; the same words from anybody else are no command."""

import re
from pathlib import Path
from typing import Any

import pytest

from hotline.channels.catalogue import languages, messages
from hotline.engine import run
from hotline.engine.steps import Ask
from hotline.flows import FLOWS
from hotline.flows.intents.coordinator_commands import meant
from hotline.flows.intents.intents import Kind
from hotline.flows.intents.routing import meaning
from hotline.model.effects import Take
from hotline.model.facts import Facts
from hotline.model.people import Volunteer
from tests.architecture.code import modules
from tests.unit.build import ANA, BEN, NOW, facts, hearing, need

ROSA = {"coordinator": True}
DETAILS = FLOWS["intake"].find("details")


@pytest.mark.parametrize(
    ("words", "flow", "number", "known"),
    [
        ("ASSIGN 112 Ben", "assign", "112", {"name": "Ben"}),
        ("assign Ben 112", "assign", "112", {"name": "Ben"}),
        ("CLOSE 112 she moved away", "close", "112", {"why": "she moved away"}),
        ("close 112 done", "close", "112", {"why": "done", "outcome": "done"}),
        ("close 112 not done", "close", "112", {"why": "not done"}),
        ("CLOSE 112", "close", "112", {}),
        ("SAY 112 please stop by. Call 911?", "say", "112", {"said": "please stop by. Call 911?"}),
        ("LIST", "list", "", {"page": ""}),
        ("list 2", "list", "", {"page": "2"}),
        ("112", "story", "112", {}),
        ("#112", "story", "112", {}),
        ("SEEN 112", "seen", "112", {}),
        ("flags", "flags", "", {}),
        ("assign 112 and 113 to Ben", "assign", "112 113", {"name": "Ben"}),
        ("assign Ben 112, 113", "assign", "112 113", {"name": "Ben"}),
        ("asignar 112 y 113 a Ben", "assign", "112 113", {"name": "Ben"}),
        ("ASSIGN 112 2113", "assign", "112", {"name": "2113"}),
        ("close 112 113", "close", "112 113", {}),
        ("CLOSE 112 200 people came", "close", "112", {"why": "200 people came"}),
        ("SAY 112 113 dollars is too much", "say", "112", {"said": "113 dollars is too much"}),
        ("seen 112 113", "seen", "112 113", {}),
        ("seen 0111", "seen", "", {"whom": "0111"}),
        ("on call", "oncall", "", {}),
        ("asign 112 and 113 to ben", "guess", "", {"meant": "ASSIGN 112 and 113 to ben"}),
        ("aproove ben", "guess", "", {"meant": "APPROVE ben"}),
        ("APPROVE Ben", "approve", "", {"name": "Ben"}),
        ("assign Ben", "assign", "", {}),
        ("close", "close", "", {}),
    ],
)
def test_a_command_and_what_it_says(tmp_path: Path, words: str, flow: str, number: str, known: dict[str, str]) -> None:
    found = meaning(hearing(tmp_path).hear(words), facts(person=ROSA), None)
    assert (found.kind, found.name, found.number, dict(found.known)) == (Kind.COMMAND, flow, number, known)
    assert meant(hearing(tmp_path).hear(words), facts(person={"volunteer": True}), None) is None


@pytest.mark.parametrize(
    "words",
    ["close to the church please", "give me a ride", "list of food for four", "say hello to them", "say, please stop"],
)
def test_words_that_only_begin_like_a_command_are_none(tmp_path: Path, words: str) -> None:
    assert meaning(hearing(tmp_path).hear(words), facts(person=ROSA), None).kind is not Kind.COMMAND


@pytest.mark.parametrize("words", ["112", "close by", "assign seats"])
def test_an_answer_in_free_words_stays_an_answer(tmp_path: Path, words: str) -> None:
    assert isinstance(DETAILS, Ask)
    assert meant(hearing(tmp_path).hear(words), facts({"flow": "intake", "step": "details"}, ROSA), DETAILS) is None


def test_the_reason_for_closing_ends_no_texts(tmp_path: Path) -> None:
    why = FLOWS["close"].find("why")
    assert isinstance(why, Ask)
    asked = facts({"flow": "close", "step": "why", "answers": {"need": "112"}}, ROSA, named=(need(),))
    said = meaning(hearing(tmp_path).hear("she asks us to stop texting me and her"), asked, why)
    assert said.kind is Kind.ANSWER
    assert meaning(hearing(tmp_path).hear("stop texting me"), asked, why).kind is Kind.OPT_OUT


def _assign(who: Volunteer, **fields: Any) -> tuple[str, list[Take]]:
    known: Facts = facts(person=ROSA, named=(need(**fields),), people=(who,), name_said=who.name)
    turn = run.start(FLOWS["assign"], known.me.session, known, {"need": "112", "name": who.name})
    return turn.prompts[0].key, [effect for effect in turn.effects if isinstance(effect, Take)]


@pytest.mark.parametrize(
    ("who", "fields", "said"),
    [
        (Volunteer(BEN, "Ben", paused_until=NOW + 60), {}, "assign.away"),
        (Volunteer(BEN, "Ben", status="paused"), {}, "assign.away"),
        (Volunteer(BEN, "Ben", opted_out=True), {}, "assign.opted_out"),
        (Volunteer(BEN, "Ben", status="waiting"), {}, "assign.waiting"),
        (Volunteer(ANA, "Ana"), {}, "assign.own"),
        (Volunteer(BEN, "Ben"), {"takers": (BEN,), "wanted": 2}, "assign.theirs"),
    ],
)
def test_nobody_is_given_what_they_cannot_have(who: Volunteer, fields: dict[str, Any], said: str) -> None:
    assert _assign(who, **fields) == (said, [])


def test_whoever_is_back_from_a_pause_can_be_given_one() -> None:
    assert _assign(Volunteer(BEN, "Ben", paused_until=NOW - 60)) == ("assign.given", [Take(112, BEN)])


def test_every_flag_has_words_in_every_language() -> None:
    """A coordinator who texts FLAGS must never read a name of ours, such as "opted_out_asking"."""
    raised = re.compile(r"(?:Flag\(|flags\.add(?:_once)?\(\s*|WHY = |NOT_TOLD = |SPENT_[A-Z]+ = )\"([a-z_]+)\"")
    names = {name for module in modules() for name in raised.findall(module.text)}
    assert len(names) > 20
    for language in languages():
        labels = messages(language)["labels"]
        assert names - set(labels) == set()
