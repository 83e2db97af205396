"""Prompts become text messages: short, one question each, never more than two segments."""

from collections.abc import Iterable
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement

from hotline.channels.catalogue import Catalogue
from hotline.channels.segments import segments
from hotline.channels.voice import to_xml
from hotline.engine.session import Prompt

MOST_SEGMENTS = 2
ELLIPSIS = "..."


def render(prompts: Iterable[Prompt], language: str, catalogue: Catalogue) -> list[str]:
    """The texts that say these prompts in that language: as few as hold them, each of two segments at most."""
    texts: list[str] = []
    for prompt in prompts:
        for part in _parts(prompt, catalogue.speaks(language), catalogue):
            if texts and segments(f"{texts[-1]}\n{part}") <= MOST_SEGMENTS:
                texts[-1] = f"{texts[-1]}\n{part}"
            else:
                texts.append(part)
    return texts


def reply(texts: Iterable[str]) -> str:
    """The document that answers a text with these texts; with none, silence."""
    response = Element("Response")
    for text in texts:
        SubElement(response, "Message").text = text
    return to_xml(response)


def _parts(prompt: Prompt, language: str, catalogue: Catalogue) -> list[str]:
    whole = say(prompt, language, catalogue)
    if segments(whole) <= MOST_SEGMENTS:
        return [whole] if whole else []
    if catalogue.keeps_whole(prompt):
        return _split(whole)
    return [_shortened(prompt, language, catalogue)]


def say(prompt: Prompt, language: str, catalogue: Catalogue) -> str:
    """One prompt as it would be written if a text had no end."""
    lines = [catalogue.wording(prompt, language, "text")]
    if prompt.again:
        lines.insert(0, catalogue.general("again", language, "text"))
    lines += [_option(prompt, place, option, language, catalogue) for place, option in enumerate(prompt.options, 1)]
    said = "\n".join(line.strip() for line in "\n".join(lines).splitlines() if line.strip())
    return said[:1].upper() + said[1:]


def _option(prompt: Prompt, place: int, option: str, language: str, catalogue: Catalogue) -> str:
    key = option if option.isdecimal() else str(place)  # a need keeps its number, so that it is taken by it
    return catalogue.general("option", language, "text").format(
        key=key, label=catalogue.option(prompt, option, language, "text")
    )


def _shortened(prompt: Prompt, language: str, catalogue: Catalogue) -> str:
    """The longest free words give way, letter by letter, until the text fits."""
    said = catalogue.fields(prompt, language)
    prompt = replace(
        prompt, values={name: _first(v) if name in prompt.options else v for name, v in prompt.values.items()}
    )
    if segments(bare := say(prompt, language, catalogue)) <= MOST_SEGMENTS:
        return bare
    free = {name: value for name, value in prompt.values.items() if isinstance(value, str) and name in said}
    longest = max(free, key=lambda name: len(free[name]), default="")
    for room in range(len(free.get(longest, "")) - 1, -1, -1):
        cut = free[longest][:room].rstrip() + ELLIPSIS
        shorter = say(replace(prompt, values={**prompt.values, longest: cut}), language, catalogue)
        if segments(shorter) <= MOST_SEGMENTS:
            return shorter
    return say(prompt, language, catalogue)


def _first(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """Of the names of an option, the one that matters most."""
    return value[:1] if isinstance(value, tuple) else value


def _split(text: str) -> list[str]:
    """The words of a long text, in texts that each fit; a word longer than a text is cut."""
    parts, rest = [], text
    while segments(rest) > MOST_SEGMENTS:
        room = next(size for size in range(min(306, len(rest)), 0, -1) if segments(rest[:size]) <= MOST_SEGMENTS)
        space = rest.rfind(" ", room // 2, room)
        cut = space if space > 0 else room
        parts.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return [*parts, rest]
