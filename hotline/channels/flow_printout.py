"""Printout of a conversation: every step, with what is written and what is heard there, and the keys that lead on."""

from collections.abc import Iterator
from dataclasses import dataclass

from hotline.channels import text, voice
from hotline.channels.catalogue import Catalogue, Channel
from hotline.channels.lint.fill_values import USUAL, filled, of_flow
from hotline.community.model import Community
from hotline.engine.steps import Announce, Begin, Do, Flow, Step
from hotline.flows import FLOWS


@dataclass(frozen=True)
class Printed:
    """One step: its texts and what is heard, or, where it says nothing of its own, what happens there."""

    key: str
    texts: tuple[str, ...] = ()
    heard: str = ""
    happens: str = ""


def conversations() -> tuple[str, ...]:
    """The names of all."""
    return tuple(FLOWS)


def printed(name: str, language: str, community: Community) -> Iterator[Printed]:
    """The whole conversation of that name in one language, rendered by the code that answers texts and calls."""
    flow = FLOWS[name]
    values = {**filled(community, USUAL), "gives": community.needs_offered, "areas": tuple(community.areas)}
    said = {prompt.key: prompt for prompt in of_flow(flow, community, values) if not prompt.again}
    catalogue = Catalogue(community)
    for step in flow.steps:
        key = f"{flow.name}.{step.name}"
        if key in said:
            texts = tuple(text.render([said[key]], language, catalogue))
            yield Printed(key, texts, voice.heard(said[key], language, catalogue))
        else:
            yield Printed(key, happens=_happens(step))


def script(flow: Flow, language: str, community: Community, channels: tuple[Channel, ...]) -> str:
    """The same as lines."""
    lines: list[str] = []
    for step in printed(flow.name, language, community):
        lines += [f"{step.key}  ({step.happens})" if step.happens else step.key, *_said(step, channels), ""]
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


def _said(step: Printed, channels: tuple[Channel, ...]) -> Iterator[str]:
    if "text" in channels:
        for part in step.texts:
            yield "  text:  " + part.replace("\n", "\n         ")
    if "voice" in channels and not step.happens:
        yield "  voice: " + step.heard
