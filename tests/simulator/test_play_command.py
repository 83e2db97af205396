"""`hotline play`: a conversation in the terminal, everybody in a column of their own."""

from pathlib import Path

import pytest

from hotline.cli import main
from hotline.commands.play import Columns, people
from hotline.simulator.transcript import Step, Transcript, stories


def test_a_story_is_played_word_for_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["play", "at_night_nobody_is_woken", "--pace", "0"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    story = Transcript.load(next(path for path in stories() if path.stem == "at_night_nobody_is_woken"))
    assert story.title in told
    for step in story.steps:
        for line in (step.line.removeprefix("-- "), *step.expected):
            assert " ".join(line.split()) in told


def test_without_a_file_it_names_the_stories(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["play"]) == 0
    named = capsys.readouterr().out
    assert all(path.stem in named for path in stories())
    assert main(["play", str(tmp_path / "none.txt")]) == 2
    assert "there is no file" in capsys.readouterr().err
    odd = tmp_path / "odd.txt"
    odd.write_text("# Odd.\n-- it rains\n", "utf-8")
    assert main(["play", str(odd), "--pace", "0"]) == 2
    assert "no such direction: -- it rains" in capsys.readouterr().err


def test_phones_stand_side_by_side_where_there_is_room() -> None:
    story = Transcript(Path("x.txt"), [], [Step("Ana texts: food", ["Ana reads: yes?", "Ben reads: can you?"])])
    assert people(story) == ["Ana", "Ben"]
    wide = list(Columns(people(story), 80).show(story.steps[0]))
    assert wide == ["> Ana texts: food", "Ana reads: yes?", " " * 40 + "Ben reads: can you?", ""]
    assert list(Columns(people(story), 30).show(story.steps[0]))[2] == "Ben reads: can you?", "one below the other"


def test_every_story_has_a_title_and_one_is_there_for_each_language() -> None:
    told = [Transcript.load(path) for path in stories()]
    assert all(len(story.title) < 250 and "#" not in story.title for story in told)
    named = [line.partition("speaks:")[2].split(",") for story in told for line in story.head if "speaks:" in line]
    assert {word.strip() for words in named for word in words} == {"en", "fr", "ht", "pt", "vi", "zh", "ar"}
