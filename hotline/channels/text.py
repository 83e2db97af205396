"""Text rendering: prompts become text messages of one question each, never more than two segments."""

from collections.abc import Iterable

from hotline.channels.catalogue import Catalogue
from hotline.channels.segments import cheaper, segments
from hotline.engine.session import Prompt

MOST_SEGMENTS = 2
ELLIPSIS = "..."


def render(prompts: Iterable[Prompt], language: str, catalogue: Catalogue) -> list[str]:
    """These prompts in that language, in as few texts as possible, each of two segments at most."""
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
    messages = "".join(f"<Message>{_escaped(text)}</Message>" for text in texts)
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{messages}</Response>'


def _escaped(text: str) -> str:
    """For XML. The standard library's own is the same line, and brings half a web client with it into memory."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _parts(prompt: Prompt, language: str, catalogue: Catalogue) -> list[str]:
    whole = say(prompt, language, catalogue)
    if segments(whole) <= MOST_SEGMENTS:
        return [whole] if whole else []
    if catalogue.keeps_whole(prompt):
        return _split_question(whole, len(prompt.options)) if prompt.options else _split(whole)
    return [_shortened(prompt, language, catalogue)]


def say(prompt: Prompt, language: str, catalogue: Catalogue) -> str:
    """One prompt in full, without a limit of length."""
    lines = [catalogue.written(prompt, language)]
    if prompt.again:
        simpler = "simpler_many" if prompt.many else "simpler"
        missed = simpler if prompt.again > 1 and prompt.options else "again"  # without options there is no list
        lines.insert(0, catalogue.general(missed, language, "text"))
    lines += [_option(prompt, place, option, language, catalogue) for place, option in enumerate(prompt.options, 1)]
    said = "\n".join(line.strip() for line in "\n".join(lines).splitlines() if line.strip())
    said = said[:1].upper() + said[1:]
    return said if catalogue.keeps_letters(language) or _names_languages(prompt, catalogue) else cheaper(said)


def _names_languages(prompt: Prompt, catalogue: Catalogue) -> bool:
    """A language offers itself in its own letters; that text is short, so they cost nothing."""
    return bool(prompt.options) and prompt.options[0] in catalogue.community.languages


def _option(prompt: Prompt, place: int, option: str, language: str, catalogue: Catalogue) -> str:
    key = option if option.isdecimal() else str(place)  # a need keeps its number, so that it is taken by it
    return catalogue.general("option", language, "text").format(
        key=key, label=catalogue.option(prompt, option, language)
    )


def _shortened(prompt: Prompt, language: str, catalogue: Catalogue) -> str:
    """Shortens until it fits two segments: first the areas of options, then the longest list or free words."""
    bare = prompt.but(values={n: _first(v) if n in prompt.options else v for n, v in prompt.values.items()})
    said = say(bare, language, catalogue)
    while segments(said) > MOST_SEGMENTS and (longest := _longest(bare, language, catalogue)):
        room, whole = len(bare.values[longest]), bare
        while segments(said) > MOST_SEGMENTS and room > 0:
            room -= 1
            bare = whole.but(values={**whole.values, longest: _cut(whole.values[longest], room)})
            said = say(bare, language, catalogue)
    return said if segments(said) <= MOST_SEGMENTS else say(bare.but(again=0), language, catalogue)


def _longest(prompt: Prompt, language: str, catalogue: Catalogue) -> str:
    """The name of the longest value that can be shortened; "" if none is left."""
    values = {name: prompt.values.get(name, "") for name in catalogue.fields(prompt, language)}
    fields = [name for name, value in values.items() if len(value) > 1 and not _is_cut(value)]
    return max(fields, key=lambda name: len(catalogue.labelled(values[name], language)), default="")


def _is_cut(value: str | tuple[str, ...]) -> bool:
    return value.endswith(ELLIPSIS) if isinstance(value, str) else ELLIPSIS in value


def _cut(value: str | tuple[str, ...], room: int) -> str | tuple[str, ...]:
    """The first letters of free words, the first names of a list."""
    return value[:room].rstrip() + ELLIPSIS if isinstance(value, str) else (*value[:room], ELLIPSIS)


def _first(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """Of the names of an option, the one that matters most."""
    return value[:1] if isinstance(value, tuple) else value


def _split_question(text: str, options: int) -> list[str]:
    """A long text that ends with a question and its `options`, a line each: they stay together, in the last text if
    they fit there, else in one of their own."""
    lines = text.splitlines()
    kept = next((n for n in (options + 1, options) if segments("\n".join(lines[-n:])) <= MOST_SEGMENTS), options)
    question, said = "\n".join(lines[-kept:]), _split("\n".join(lines[:-kept]))
    together = f"{said[-1]}\n{question}"
    return [*said[:-1], together] if segments(together) <= MOST_SEGMENTS else [*said, question]


def _split(text: str) -> list[str]:
    """The words of a long text, in texts that each fit; a word longer than a text is cut."""
    parts, rest = [], text
    while segments(rest) > MOST_SEGMENTS:
        room = next(size for size in range(min(306, len(rest)), 0, -1) if segments(rest[:size]) <= MOST_SEGMENTS)
        found = (rest.rfind(between, room // 2, room) for between in ("\n", " "))
        cut = next((place for place in found if place > 0), room)
        parts.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return [*parts, rest]
