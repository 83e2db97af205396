"""Plays a written conversation: what people do is done, what they read and hear is compared, word for word.

    # Ana needs food.
    -- Ben gives food, ride in north
    Ana texts: food
    Ana reads: What do you need?
        1 food
    Ana calls
    Ana hears: Hello.
    Ana presses: 1
    -- 20 minutes pass
    -- Rosa looks at the board
    Rosa sees: 101 open food, north

Every text that is sent must be read, in the transcript, by the one it was sent to, before anybody does the next thing.
"""

import re
from pathlib import Path
from xml.sax.saxutils import unescape

from hotline.demo import cast
from hotline.demo.cast import AT_ITS_PACE as AT_ITS_PACE
from hotline.demo.cast import COORDINATORS
from hotline.demo.story_town import community_of, limits_of
from hotline.simulator.transcript import Transcript as Transcript
from tests.aloud import aloud, voiceless
from tests.at_the_desk import at_the_desk
from tests.carrier_trouble import trouble
from tests.to_many import to_many
from tests.world import World, world


class Cast(cast.Cast):
    """The same people, with directions that only tests give: about sounds, and about a carrier in trouble."""

    def __init__(self, place: World) -> None:
        super().__init__(place)
        self.world = place

    async def direct(self, what: str) -> bool:
        if match := re.fullmatch(r"the carrier brings (\w+)'s last (?:text|key) once more", what):
            await self._repeat(match[1])
            return True
        if await super().direct(what):
            return True
        for more in (aloud, trouble, at_the_desk, to_many):
            if (seen := await more(self.world, self.phones, what)) is not None:
                self.seen = seen
                return True
        return False

    async def _repeat(self, name: str) -> None:
        """A repeated webhook must get the answer that the first one got."""
        status, answer = await self.world.exchange.repeat(self.phones[name])
        again = await self.world.exchange.repeat(self.phones[name])
        assert (status, answer) == again
        assert status == 200
        said = [unescape(words) for words in re.findall(r"<(?:Message|Say)[^>]*>([^<]*)<", answer)]
        assert said, f"the repeat was answered with nothing: {answer}"
        phone = self.phones[name]
        known = {each.body for each in phone.inbox} | set(map(str, phone.heard))
        assert set(said) <= known, f"the repeat was answered otherwise: {answer}"


async def play(transcript: Transcript, folder: Path, database_url: str = "") -> list[list[str]]:
    """What was read and heard after each step."""
    with voiceless(transcript.head):
        return await _play(transcript, folder, database_url)


async def _play(transcript: Transcript, folder: Path, database_url: str) -> list[list[str]]:
    async with world(folder, community_of(transcript), database_url, **limits_of(transcript)) as place:
        people = Cast(place)
        for name in COORDINATORS:
            people.phone(name)
        return [await people.do(step.line) for step in transcript.steps]
