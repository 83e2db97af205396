"""Every written conversation, through HTTP, word for word."""

import asyncio
from pathlib import Path

import pytest

from hotline.simulator.transcript import stories
from tests.transcript import Transcript, play

FOLDER = Path(__file__).parent / "transcripts"
FILES = {path.stem: path for path in (*FOLDER.glob("*.txt"), *stories())}  # the page plays the stories, too


@pytest.mark.parametrize("name", sorted(FILES))
def test_transcript(name: str, tmp_path: Path, database_url: str, request: pytest.FixtureRequest) -> None:
    transcript = Transcript.load(FILES[name])
    seen = asyncio.run(play(transcript, tmp_path, database_url))
    if request.config.getoption("--update-transcripts"):
        transcript.save(seen)
        return
    for step, observed in zip(transcript.steps, seen, strict=True):
        assert observed == step.expected, f"after: {step.line}"
