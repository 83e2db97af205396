"""Every text the hotline can send, in every language, with everything as long as it can be: two segments at most."""

from pathlib import Path

import pytest

from hotline.channels import text
from hotline.channels.catalogue import Catalogue, languages
from hotline.channels.segments import costly_letters, segments
from tests.unit.build import catalogue
from tests.unit.longest import community, everything, of_flows, of_the_house, title

# Single messages that need a second segment when everything in them is as long as it may be. A wording that is not
# listed must fit one; whoever makes one longer sees it here.
WHICH = {f"{flow}.which" for flow in ("take", "decline", "done", "drop", "relay", "urgent", "talk")}
WHICH |= {f"{key} again" for key in WHICH}
IN_CALLS = {"in_touch.which", "in_touch.which again", "offer.asked again"}  # hardly ever written
ALL_NEEDS = {"signup.gives", "signup.gives again", "signup.areas again", "signup.welcome", "signup.waiting"}
OF_COORDINATORS = {
    *(f"{step}{again}" for step in ("flags.which", "assign.who", "approve.who") for again in ("", " again")),
    *("approve.told", "news.wants_to_help", "news.approved", "team.nobody"),
}
TWO_SEGMENTS = {
    "en": {*WHICH, *ALL_NEEDS, *IN_CALLS, *OF_COORDINATORS, "hello.first"},
    "es": {*WHICH, *ALL_NEEDS, *IN_CALLS, *OF_COORDINATORS, "hello.first", "intake.details again"},
}
FREE_WORDS = (  # they quote what somebody wrote
    *("take.taken", "take.taken_with", "take.yours", "intake.confirm", "status.in_hand", "news.look", "news.look_at"),
    *("amend.change", "amend.told", "news.changed", "offer.told"),
    *("news.words", "news.first_words", "news.words_failed", "news.thanked"),
    *("news.assigned", "news.from_team", "news.answers_team", "story.words", "story.said", "flags.settled"),
)


@pytest.fixture(scope="module")
def longest(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue(tmp_path_factory.mktemp("longest"), community())


@pytest.fixture(scope="module")
def accented(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A neighborhood whose name and labels are written with the letters that cost most."""
    return catalogue(tmp_path_factory.mktemp("accented"), community("Asociación de Vecinos del Jardín Último", "í"))


@pytest.mark.parametrize("language", languages())
def test_no_text_has_more_than_two_segments(longest: Catalogue, language: str) -> None:
    """And what is said together is few texts: a neighbor's words may go on in a second one, a question may be alone."""
    texts = {title(prompts): text.render(prompts, language, longest) for prompts in everything()}
    assert _too_long(texts) == {}
    assert {name: bodies for name, bodies in texts.items() if not 1 <= len(bodies) <= 2 + name.count(" + ")} == {}
    assert all(body.strip() for bodies in texts.values() for body in bodies)


@pytest.mark.parametrize("language", languages())
def test_accents_in_a_name_and_in_labels_cost_two_segments_at_most(accented: Catalogue, language: str) -> None:
    assert _too_long({title(prompts): text.render(prompts, language, accented) for prompts in everything()}) == {}


@pytest.mark.parametrize("language", languages())
def test_one_segment_is_enough_but_for_those_that_are_listed(longest: Catalogue, language: str) -> None:
    single = [prompt for prompt in (*of_flows(), *of_the_house()) if prompt.key not in FREE_WORDS]
    texts = {title((prompt,)): text.render((prompt,), language, longest) for prompt in single}
    assert {name for name, bodies in texts.items() if sum(map(segments, bodies)) > 1} <= TWO_SEGMENTS[language]


@pytest.mark.parametrize("language", languages())
def test_plain_labels_make_plain_texts(longest: Catalogue, language: str) -> None:
    for prompt in (*of_flows(), *of_the_house()):
        assert costly_letters("".join(text.render((prompt,), language, longest))) == set(), prompt.key


def _too_long(texts: dict[str, list[str]]) -> dict[str, list[int]]:
    costs = {name: [segments(body) for body in bodies] for name, bodies in texts.items()}
    return {name: cost for name, cost in costs.items() if max(cost, default=0) > 2}


def test_the_texts_of_one_need_are_five_and_short(tmp_path: Path) -> None:
    """From "hi" to a recorded need: language, what, area, details, confirm."""
    usual = catalogue(tmp_path)
    asked = [prompt for prompt in of_flows() if prompt.key.startswith("intake.") and prompt.waits and not prompt.again]
    steps = [prompt.key for prompt in asked if prompt.key not in ("intake.callback", "intake.change")]
    assert steps == [f"intake.{step}" for step in ("language", "what", "area", "details", "confirm")]
    assert usual.community.languages == languages()
