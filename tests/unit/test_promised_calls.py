"""What we say aloud that a call can do, a call can do: each wording that sends somebody to the phone names a key."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import pytest

from hotline.engine.steps import Choose
from hotline.flows import FLOWS

TOOL, TALK = "lent", "talk"
ONES_OWN = {  # the questions at which somebody hears what is theirs, with the key that does what was promised
    "take.taken": ("hands", "told", "done"),
    "take.taken_with": ("hands", "told", "done"),
    "news.offer_yes": ("requests", "taken", TALK),
    "news.offer_over": ("menu", "what_next", "offers"),
    "news.offer_off": ("menu", "what_next", "offers"),
    "gift.listed": ("answering", "mine", "empty"),
    "gift_yes.yes": ("hands", "told", TALK),
    "news.loan_yes": (TOOL, "to_fetch", TALK),
    "news.loan_out": (TOOL, "out_here", "back"),
    "news.loan_yours": (TOOL, "out", "keep"),
    "news.loan_kept": (TOOL, "out_here", TALK),
    "news.loan_not_seen": (TOOL, "out", TALK),
    "news.loan_broken_yours": (TOOL, "out", TALK),
    "news.tool_broken": (TOOL, "mine_broken", "mended"),
    "news.loan_none": ("menu", "what_next", "tools"),
    "news.loan_due": (TOOL, "out", "keep"),
    "news.loan_due_waited_for": (TOOL, "out", "back"),
    "news.loan_still": (TOOL, "out", "keep"),
    "lend.listed": (TOOL, "mine", "empty"),
    "loan.promised": (TOOL, "to_fetch_here", TALK),
    "loan.fetched": (TOOL, "out", "back"),
    "loan.fetched_here": (TOOL, "out_here", "back"),
    "loan.not_back": (TOOL, "out_here", TALK),
    "broken.told": (TOOL, "mine_broken", "mended"),
    "day.listed": ("my_days", "host", "off"),
    "days.comes": ("my_days", "comes", "no"),
    "days.comes_soon": ("my_days", "comes", "no"),
    "news.day_room": ("my_days", "comes", "no"),
    "news.day_moved": ("my_days", "comes", "no"),
    "day_no.told": ("menu", "what_next", "days"),
    "circle_begin.later": ("my_circles", "forms", "begin"),
    "daily.others": ("menu", "what_next", "daily"),
    "news.sign_up_one": ("menu", "what_next", "daily"),
    "news.sign_up_open": ("menu", "what_next", "daily"),
}
A_PERSON = (
    "news.loan_borrower_left",
    "news.loan_not_fetched",
    "news.loan_not_fetched_here",
)  # the loan is over by then
IN_ANY_CALL = (  # it is heard whoever calls back, before any key
    *("hello.call_us", "relay.no_number", "say.kept", "ring.message"),
    *("ring.offer_later", "ring.keys_only", "ring.not_joined"),
)


def aloud(words: Mapping[str, Any], *path: str) -> Iterator[tuple[str, str]]:
    for name, inner in words.items():
        if isinstance(inner, dict):
            yield from aloud(inner, *path, name)
        elif name == "voice":
            yield ".".join(path), inner


def english() -> Mapping[str, Any]:
    return tomllib.loads((files("hotline") / "messages" / "en.toml").read_text("utf-8"))


def test_every_wording_that_sends_somebody_to_the_phone_is_known_here() -> None:
    sends = {key for key, words in aloud(english()) if "call us" in words.lower()}
    assert sends == {*ONES_OWN, *A_PERSON, *IN_ANY_CALL}


@pytest.mark.parametrize("key", ONES_OWN)
def test_what_is_promised_has_its_key(key: str) -> None:
    flow, step, option = ONES_OWN[key]
    question = FLOWS[flow].find(step)
    assert isinstance(question, Choose)
    assert isinstance(question.options, Mapping)
    assert option in question.options
    options = english()[flow][step]["voice_options"]
    assert "{key}" in options[option]


def test_a_person_can_be_asked_for_in_any_call() -> None:
    question = FLOWS["menu"].find("what_next")
    assert isinstance(question, Choose)
    assert isinstance(question.options, Mapping)
    assert "person" in question.options
