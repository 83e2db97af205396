"""Command `reference`: the page of every command and every setting, made from the program itself."""

import argparse
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from hotline.commands import Chosen, Wrong, command
from hotline.settings import Settings

EXAMPLE = Path(".env.example")
HEAD = """# Reference

Every command and every setting. This page is made by `hotline reference > docs/reference.md`.

## Commands

`hotline COMMAND --help` says the same. They read `.env` and the community file of the folder in which they are run;
only `init`, `migrate`, `restore` and `serve` make a database where there is none. They end with 0 when all went well,
with 1 when what they check has mistakes, with 2 and one sentence when something has to be mended first.
"""
SETTINGS = """
## Settings

They stand in the environment or in `.env`; the environment wins. `hotline check` names every mistake in them.

| setting | if not set | what it is |
|---|---|---|
"""


def add(commands: Any) -> None:
    command(commands, "reference", "the page of every command and every setting, as in docs/reference.md", _reference)


def _reference(_: Chosen) -> None:
    if not EXAMPLE.is_file():
        raise Wrong(f"there is no {EXAMPLE} here; go to the folder of the program's source")
    from hotline.cli import whole_parser

    print(page(whole_parser(), EXAMPLE.read_text("utf-8")), end="")


def page(parser: argparse.ArgumentParser, example: str) -> str:
    """The page as Markdown. `example` is .env.example, where each setting has its sentence."""
    return HEAD + "".join(_commands(parser, "hotline")) + SETTINGS + "".join(_settings(example))


def _commands(parser: argparse.ArgumentParser, name: str) -> Iterator[str]:
    """Each command by its full name, as they are added."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                yield from _commands(below, f"{name} {word}")
            return
    yield f"\n### {name}\n\n{_sentence(parser.description or '')}\n\n    {' '.join(_usage(parser, name))}\n"
    told = [(_called(action), action.help) for action in _own(parser) if action.help]
    if told:
        yield "\n" + "".join(f"- `{called}`: {said}\n" for called, said in told)


def _own(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if not isinstance(action, argparse._HelpAction)]


def _usage(parser: argparse.ArgumentParser, name: str) -> Iterator[str]:
    yield name
    for action in _own(parser):
        optional = (action.option_strings and not action.required) or action.nargs in ("?", "*")
        yield f"[{_called(action)}]" if optional else _called(action)


def _called(action: argparse.Action) -> str:
    value = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if not action.option_strings:
        return value
    return action.option_strings[0] if action.nargs == 0 else f"{action.option_strings[0]} {value}"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + "."


def _settings(example: str) -> Iterator[str]:
    said = told(example)
    for each in fields(Settings):
        usual = "required" if each.default is MISSING else f"`{each.default}`" if each.default != "" else ""
        name = each.name.upper()
        yield f"| `{name}` | {usual} | {said.get(name, '').replace('|', chr(92) + '|')} |\n"


def told(example: str) -> dict[str, str]:
    """The remark above each setting of .env.example; those in one block share it."""
    found: dict[str, str] = {}
    remark: list[str] = []
    for line in example.splitlines():
        if setting := re.match(r"#?\s?([A-Z][A-Z0-9_]+)=", line):
            found[setting[1]] = " ".join(remark)
        elif line.startswith("#"):
            remark.append(line.lstrip("# "))
        else:
            remark = []
    return found
