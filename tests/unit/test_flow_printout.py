"""hotline flows show: what is printed is what is sent and what is heard."""

from xml.etree.ElementTree import fromstring

import pytest

from hotline.channels import text, voice
from hotline.channels.catalogue import Catalogue
from hotline.channels.flow_printout import script
from hotline.channels.lint.fill_values import USUAL, filled, of_flow
from hotline.community.model import Community
from hotline.flows import FLOWS
from tests.unit.build import catalogue


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Community:
    return catalogue(tmp_path_factory.mktemp("community")).community


def test_a_printout_says_what_a_call_says_and_a_text_writes(here: Community) -> None:
    words, flow = Catalogue(here), FLOWS["withdraw"]
    asked = next(each for each in of_flow(flow, here, filled(here, USUAL)) if each.key == "withdraw.sure")
    called = fromstring(voice.render([asked], "en", words, "https://next", "https://recording"))
    spoken = " ".join(said.text or "" for said in called.iter("Say"))
    assert f"voice: {spoken}\n" in script(flow, "en", here, ("voice",))
    written = text.render([asked], "en", words)[0].splitlines()[0]
    assert f"text:  {written}\n" in script(flow, "en", here, ("text",))


@pytest.mark.parametrize("flow", FLOWS)
def test_every_step_stands_in_it(flow: str, here: Community) -> None:
    printed = script(FLOWS[flow], "en", here, ("text", "voice"))
    assert [line.split(" ")[0] for line in printed.splitlines() if line.startswith(f"{flow}.")] == [
        f"{flow}.{step.name}" for step in FLOWS[flow].steps
    ]


def test_all_that_can_be_chosen_is_shown(here: Community) -> None:
    assert "press 4" in script(FLOWS["intake"], "en", here, ("voice",))
