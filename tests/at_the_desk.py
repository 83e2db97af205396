"""Directions of the transcripts that are about whoever runs the hotline: commands, the community file, its address.

-- Olga runs: volunteers add 555-0119 --needs food --areas north
-- Olga writes 555-0199 as Rosa's number, and runs: coordinators list
-- the hotline lives in a folder that the proxy keeps: /hotline
"""

import asyncio
import contextlib
import io
import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from hotline.cli import main
from hotline.demo.cast import COORDINATORS
from hotline.simulator.handset import Handset
from tests.world import NUMBER, World


async def at_the_desk(place: World, phones: Mapping[str, Handset], what: str) -> list[str] | None:
    """Carries a direction out; what is seen by it, None when it is none of these."""
    if match := re.fullmatch(r"(\w+) runs: (.*)", what):
        return await _run(place, match[1], match[2], Path(place.settings.community_file))
    if match := re.fullmatch(r"(\w+) writes (\S+) as (\w+)'s number, and runs: (.*)", what):
        changed = _changed(Path(place.settings.community_file), COORDINATORS[match[3]], match[2])
        return await _run(place, match[1], match[4], changed)
    if match := re.fullmatch(r"the hotline lives in a folder that the proxy keeps: (/\w+)", what):
        place.exchange.public_url += match[1]
        place.settings = replace(place.settings, public_url=place.exchange.public_url)
        await place.restart()
        return []
    return None


def _changed(file: Path, before: str, after: str) -> Path:
    """A copy of the community file, with another number in it."""
    changed = file.with_name("changed.toml")
    changed.write_text(file.read_text("utf-8").replace(before, after), "utf-8")
    return changed


async def _run(place: World, who: str, command: str, community_file: Path) -> list[str]:
    """The command on the same database, and what it says."""
    told = {
        "COMMUNITY_FILE": str(community_file),
        "DATABASE_URL": place.settings.database_url,
        "TWILIO_PHONE_NUMBER": NUMBER,
    }
    said = io.StringIO()
    with patch.dict(os.environ, told), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        await asyncio.to_thread(main, shlex.split(command))
    lines = said.getvalue().replace(f"{community_file.parent}{os.sep}", "").splitlines()
    return [f"{who} sees: {line}" for line in lines]
