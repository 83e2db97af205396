"""docs/reference.md is what the program says of itself; every setting has its sentence in .env.example."""

import argparse
from dataclasses import fields
from pathlib import Path

import pytest

from hotline.cli import whole_parser
from hotline.commands.reference import page, told
from hotline.settings import Settings

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")


def test_the_page_is_made_from_the_program() -> None:
    made = page(whole_parser(), EXAMPLE)
    shown = (ROOT / "docs" / "reference.md").read_text("utf-8")
    assert shown == made, "make it anew: hotline reference > docs/reference.md"


@pytest.mark.parametrize("name", [each.name.upper() for each in fields(Settings)])
def test_every_setting_has_its_sentence(name: str) -> None:
    assert told(EXAMPLE).get(name)


def test_no_setting_stands_there_that_there_is_not() -> None:
    assert set(told(EXAMPLE)) == {each.name.upper() for each in fields(Settings)}


def test_every_command_says_what_it_does() -> None:
    def silent(parser: argparse.ArgumentParser, name: str) -> list[str]:
        below = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
        own = [] if parser.description else [name]
        return own + [
            word for each in below for key, sub in each.choices.items() for word in silent(sub, f"{name} {key}")
        ]

    assert silent(whole_parser(), "hotline") == []
