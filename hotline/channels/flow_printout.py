"""A conversation as a script: every step, what is written and what is said, and the keys that lead on."""

from collections.abc import Iterator

from hotline.channels import text
from hotline.channels.catalogue import Catalogue, Channel
from hotline.community.model import Community
from hotline.engine.run import screen
from hotline.engine.session import Prompt
from hotline.engine.steps import Announce, Ask, Begin, Choose, Do, End, Flow

SHOWN = {"languages": "languages", "needs_we_take": "needs_offered", "areas_we_serve": "areas"}
EXAMPLE = {"number": "112", "name": "Ben", "details": "...", "need": "112"}


def script(flow: Flow, language: str, community: Community, channel: str) -> str:
    """The whole conversation in one language, for "text", "voice" or "both"."""
    catalogue = Catalogue(community)
    channels: tuple[Channel, ...] = ("text", "voice") if channel == "both" else (channel,)  # type: ignore[assignment]
    return "\n".join(line for step in flow.steps for line in _step(flow, step, language, catalogue, channels))


def _step(
    flow: Flow, step: object, language: str, catalogue: Catalogue, channels: tuple[Channel, ...]
) -> Iterator[str]:
    match step:
        case Do():
            yield f"{flow.name}.{step.name}  (something is done)\n"
        case Announce():
            yield f"{flow.name}.{step.name}  (what waits is told)\n"
        case Begin():
            yield f"{flow.name}.{step.name}  (goes on with {step.flow.name})\n"
        case End() if step.says:
            yield f"{flow.name}.{step.name}  (a line for each need)\n"
        case Choose() | Ask() | End():
            yield f"{flow.name}.{step.name}"
            yield from _said(_prompt(flow, step, catalogue), language, catalogue, channels)


def _prompt(flow: Flow, step: Choose | Ask | End, catalogue: Catalogue) -> Prompt:
    community = catalogue.community
    values = EXAMPLE | {"what": (next(iter(community.needs)),), "area": (next(iter(community.areas)),)}
    values |= {"gives": values["what"], "areas": values["area"]}
    options = screen(_options(step, community)) if isinstance(step, Choose) else ()
    return Prompt(f"{flow.name}.{step.name}", options, values=values)


def _options(step: Choose, community: Community) -> tuple[str, ...]:
    if not callable(step.options):
        return tuple(step.options)
    shown = SHOWN.get(getattr(step.options, "__name__", ""))
    return tuple(getattr(community, shown)) if shown else ("112", "115")


def _said(prompt: Prompt, language: str, catalogue: Catalogue, channels: tuple[Channel, ...]) -> Iterator[str]:
    if "text" in channels:
        yield "  text:  " + text.say(prompt, language, catalogue).replace("\n", "\n         ")
    if "voice" in channels:
        spoken = [catalogue.wording(prompt, language, "voice")]
        spoken += [catalogue.says_option(prompt, option, str(key), language)[1]
                   for key, option in enumerate(prompt.options, 1)]  # fmt: skip
        yield "  voice: " + " ".join(filter(None, spoken))
    yield ""
