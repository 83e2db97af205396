"""Printout of a conversation: every step, with what is written and what is heard there, and the keys that lead on."""

from collections.abc import Iterator

from hotline.channels import text, voice
from hotline.channels.catalogue import Catalogue, Channel
from hotline.channels.lint.fill_values import USUAL, filled, of_flow
from hotline.community.model import Community
from hotline.engine.session import Prompt
from hotline.engine.steps import Announce, Begin, Do, Flow, Step


def script(flow: Flow, language: str, community: Community, channels: tuple[Channel, ...]) -> str:
    """The whole conversation in one language, rendered by the code that answers texts and calls."""
    values = {**filled(community, USUAL), "gives": community.needs_offered, "areas": tuple(community.areas)}
    said = {prompt.key: prompt for prompt in of_flow(flow, community, values) if not prompt.again}
    catalogue = Catalogue(community)
    lines: list[str] = []
    for step in flow.steps:
        key = f"{flow.name}.{step.name}"
        if key in said:
            lines += [key, *_said(said[key], language, catalogue, channels), ""]
        else:
            lines += [f"{key}  ({_happens(step)})", ""]
    return "\n".join(lines)


def _happens(step: Step) -> str:
    match step:
        case Do():
            return "something is done"
        case Announce():
            return "what waits is told"
        case Begin():
            return f"goes on with {step.flow.name}"
    return "what is said depends on how things stand"


def _said(prompt: Prompt, language: str, catalogue: Catalogue, channels: tuple[Channel, ...]) -> Iterator[str]:
    if "text" in channels:
        for part in text.render([prompt], language, catalogue):
            yield "  text:  " + part.replace("\n", "\n         ")
    if "voice" in channels:
        yield "  voice: " + voice.heard(prompt, language, catalogue)
