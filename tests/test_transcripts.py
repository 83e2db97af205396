"""Every written conversation, through HTTP, word for word."""

import asyncio
from pathlib import Path

import pytest

from tests.transcript import Transcript, play

FOLDER = Path(__file__).parent / "transcripts"


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_transcript(name: str, tmp_path: Path, database_url: str, request: pytest.FixtureRequest) -> None:
    transcript = Transcript.load(FOLDER / f"{name}.txt")
    seen = asyncio.run(play(transcript, tmp_path, database_url))
    if request.config.getoption("--update-transcripts"):
        transcript.save(seen)
        return
    for step, observed in zip(transcript.steps, seen, strict=True):
        assert observed == step.expected, f"after: {step.line}"
