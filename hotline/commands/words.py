"""Commands `words check`, `hear`, `misread` and `table`: for whoever translates, or teaches the hotline to read."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import shorten
from typing import Any

from hotline import settings
from hotline.channels.catalogue import check as check_english
from hotline.channels.catalogue import languages
from hotline.channels.lint.cost_table import page
from hotline.channels.lint.keys import is_whole
from hotline.channels.lint.lint import check, is_checked
from hotline.channels.lint.sample_towns import usual
from hotline.channels.lint.wordings import SOURCE, Finding
from hotline.channels.parsing.parser import Hearing
from hotline.commands import Chosen, Wrong, command, community, group, in_store, names
from hotline.community.model import Community
from hotline.engine.answers import Heard
from hotline.engine.session import Session
from hotline.flows import wordings as spoken
from hotline.flows.intents.intents import Meaning
from hotline.flows.intents.routing import meaning
from hotline.model.facts import Facts, Offered
from hotline.model.people import Person

COLUMNS = ("language", "wording", "what is wrong", "what would be right")
WIDEST = (8, 40, 44, 80)  # letters


def add(commands: Any) -> None:
    words = group(commands, "words", "what the hotline says, for whoever translates")
    checked = command(words, "check", "what is wrong with the message files; 1 when something is", _check)
    checked.add_argument("--language", default="", help="one or more, with commas between (all)")
    checked.add_argument("--community", type=Path, metavar="FILE", help="with the name and the labels of this file")
    hear = command(words, "hear", "what is heard in a text, layer by layer, and what it means to somebody new", _hear)
    hear.add_argument("text", help="the text, in quotes")
    hear.add_argument("--language", default="", help="one or more, with commas between (all)")
    hear.add_argument("--community", type=Path, metavar="FILE", help="with the needs, areas and languages of this file")
    command(words, "misread", "what coordinators said was read wrongly, as lines for the corpus", _misread)
    table = command(words, "table", "what every text costs in every language, in segments", _table)
    table.add_argument("--language", default="", help="one or more, with commas between (all)")


def _misread(_: Chosen) -> None:
    """As the lines of the corpus are written; what was asked and what is right is filled in by whoever reads them."""
    found = in_store(settings.database()[0], lambda tx: tx.flags.misread())
    print("text\tasked\tmeaning")
    for words in dict.fromkeys(found):
        print(f"{' '.join(words.split())}\t?\t?")


def _check(chosen: Chosen) -> int:
    here = community(chosen.community) if chosen.community else None
    wanted = _languages(chosen, here)
    check_english([SOURCE], spoken())  # a step without words in English would be missing everywhere
    found = [finding for language in wanted for finding in check(language, here)]
    print("\n".join(_as_table(found)))
    for language in wanted:
        wrong = sum(finding.language == language for finding in found)
        read = "" if is_checked(language) else " Not yet checked by a speaker (checked = false)."
        print(f"{language}: {'nothing wrong' if not wrong else f'{wrong} to mend'}.{read}")
    return 1 if found else 0


def _hear(chosen: Chosen) -> None:
    here = community(chosen.community) if chosen.community else usual(_languages(chosen, None))
    heard = Hearing(here).hear(chosen.text)
    print("\n".join(f"{name:<12} {what}" for name, what in layers(heard, here)))


def layers(heard: Heard, here: Community) -> list[tuple[str, str]]:
    """What is heard in a text, layer by layer, and what it means to somebody new."""
    return [(name, what) for name, what in _layers(heard, _means(heard, here)) if what]


def _means(heard: Heard, here: Community) -> Meaning:
    """What it means to somebody of whom nothing is known and who was asked nothing."""
    phone = "+12125550101"
    offered = Offered(here.languages, here.needs_offered, tuple(here.areas), timezone=here.rules.timezone.key)
    return meaning(heard, Facts(time.time(), offered, Person(phone, Session(phone))), None)


def _layers(heard: Heard, means: Meaning) -> Iterator[tuple[str, str]]:
    yield "taken off", " | ".join(heard.asides) or ("a reaction" if heard.reaction else "")
    yield "machine", heard.machine
    yield "own words", heard.own
    for stop in heard.stops:
        named = " ".join(filter(None, (stop.number, stop.thing)))
        yield "stops", f"{stop.object}{' ' * bool(named)}{named}{'' if stop.sure else ', not surely'} ({stop.why})"
    yield "beside", " | ".join(clause.words for clause in heard.beside)
    yield "danger", heard.danger + (" (crisis)" if heard.crisis else "")
    yield "because", ", ".join(heard.why)
    yield "names", ", ".join(heard.names)
    yield "numbers", ", ".join(map(str, heard.numbers))
    yield "unknown", " ".join(heard.rest)
    yield "language", heard.language
    yield "command", " ".join(filter(None, (heard.command, heard.code)))
    yield "perhaps", heard.nearly
    yield "means", _in_words(means)


def _in_words(means: Meaning) -> str:
    said = " ".join(filter(None, (str(means.kind), means.name, means.number)))
    return f"{said} + {_in_words(means.beside)}" if means.beside else said


def _table(chosen: Chosen) -> None:
    wanted = _languages(chosen, None)
    for language in wanted:
        if not is_whole(language):
            raise Wrong(f"messages/{language}.toml is not whole; `hotline words check --language {language}` says why")
    print(page(wanted), end="")


def _languages(chosen: Chosen, here: Community | None) -> tuple[str, ...]:
    """English first: it is what all others are compared with."""
    known = (SOURCE, *(language for language in languages() if language != SOURCE))
    if chosen.language:
        return names(chosen.language, known, "--language")
    return here.languages if here else known


def _as_table(found: Iterable[Finding]) -> Iterator[str]:
    """Columns as wide as they need to be; what is too long is cut."""
    rows = [(each.language, each.key, each.wrong, each.fix) for each in found]
    if not rows:
        return
    cut = [
        tuple(shorten(cell, most, placeholder=" ...") for cell, most in zip(row, WIDEST, strict=True)) for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(COLUMNS, *cut, strict=True)]
    for row in (COLUMNS, tuple("-" * width for width in widths), *cut):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    yield ""
