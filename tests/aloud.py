"""Directions of the transcripts that are about sounds: what the carrier has, what we keep, who speaks.

    -- the next recording fails            (or: is empty)
    -- the carrier's recordings are out of reach   (answered with 503; or: not there, 404; or: back)
    -- the carrier names no id of a recording
    -- the carrier brings word of the recording 2 times
    -- es says everything in its own voice      (or: the way to a request)
    -- Rosa looks at the recordings
    -- Ana looks for how long it rings        (or: for how long she may be silent)

A line `# no voice: es` at the top takes the carrier's voice for a language away.
"""

import contextlib
import re
from collections.abc import Iterator, Mapping
from unittest.mock import patch

from hotline.channels.catalogue import messages
from hotline.channels.prompt_clips import is_for_coordinators, path, sheet
from hotline.simulator.handset import Handset
from hotline.simulator.line import Line
from hotline.simulator.recorder import record, sound, words_of
from hotline.simulator.traffic import Call, Recording
from hotline.storage import Transaction
from tests.world import World

REACH = {"out of reach": 503, "not there": 404, "back": 0}
FATES = {"fails": "failed", "is empty": "absent"}


@contextlib.contextmanager
def voiceless(head: list[str]) -> Iterator[None]:
    """Meanwhile the carrier has no voice for the languages that the head of a transcript names."""
    with contextlib.ExitStack() as stack:
        for line in head:
            if match := re.fullmatch(r"# no voice: (\w+)", line):
                stack.enter_context(patch.dict(messages(match[1]), {"voice_language": ""}))
        yield


async def aloud(place: World, phones: Mapping[str, Handset], what: str) -> list[str] | None:
    """Carries a direction out; what is seen by it, None when it is none of these."""
    if match := re.fullmatch(r"the next recording (fails|is empty)", what):
        place.exchange.faults.next_recording.append(FATES[match[1]])
    elif match := re.fullmatch(r"the carrier's recordings are (out of reach|not there|back)", what):
        place.exchange.faults.no_sounds = REACH[match[1]]
    elif what == "the carrier names no id of a recording":
        place.exchange.faults.no_recording_ids = True
    elif match := re.fullmatch(r"the carrier brings word of the recording (\d) times", what):
        await _word_of_the_last(place, int(match[1]))
    elif match := re.fullmatch(r"(\w+) says (everything|the way to a request) in its own voice", what):
        await _all_recorded(place, match[1], first=match[2] != "everything")
    elif match := re.fullmatch(r"(\w+) looks for how long (it rings|\w+ may be silent)", what):
        return [f"{match[1]} sees: {_how_long(phones[match[1]])} seconds"]
    elif match := re.fullmatch(r"(\w+) looks at the recordings", what):
        return [f"{match[1]} sees: {line}" for line in await _kept(place)]
    else:
        return None
    return []


def _how_long(phone: Handset) -> int:
    """Seconds for which a phone rings, or for which a key or a word after the tone is waited for."""
    line = phone.incoming or phone.line
    assert isinstance(line, Line)
    if phone.incoming:
        return int(line.patience)
    waits = next((verb for verb in line.verbs if verb.name == "Record"), line.waiting)
    assert waits
    return int(waits.get("timeout"))


async def _word_of_the_last(place: World, times: int) -> None:
    (*_, last) = place.exchange.recordings.values()
    fields = {"RecordingSid": last.sid, "RecordingStatus": "completed", "AccountSid": place.exchange.account_sid}
    for _ in range(times):
        assert (await place.exchange.post("/twilio/recording", fields))[0] == 204


async def _all_recorded(place: World, language: str, *, first: bool) -> None:
    """As if somebody had recorded the whole sheet but for what coordinators alone hear; or what comes `first` on it."""
    call = Call(sid="CA1", from_="", to="", direction="inbound", status="completed", at=0.0)
    pieces = [piece for piece in sheet(language, place.hotline.catalogue) if not is_for_coordinators(piece)]
    if first:
        pieces = [piece for piece in pieces if piece.name in path(language, place.hotline.catalogue)]
    recorded = [(piece, record(call, piece.words, 0.0)) for piece in pieces]
    for _, recording in recorded:
        place.exchange.recordings[recording.sid] = recording
        await place.hotline.places.put(_file(recording), sound(recording))

    def keep(tx: Transaction) -> None:
        now = place.clock.now
        for piece, recording in recorded:
            tx.voices.own_file(recording.sid, _file(recording), now)
            tx.voices.keep(language, piece.name, piece.words, recording.sid, now)

    await place.hotline.store.run(keep)


def _file(recording: Recording) -> str:
    return f"voice/{recording.sid}.wav"


async def _kept(place: World) -> list[str]:
    """What stands in our books, what we have, and what the carrier still has."""
    rows = await place.hotline.store.run(lambda tx: tx.recordings.all(50))
    ours = [(row.status, await place.hotline.places.get(row.place) if row.place else None) for row in rows]
    lines = [f"{status}: {words_of(found) if found else 'no sound'}" for status, found in ours]
    theirs = [each.words or "silence" for each in place.exchange.recordings.values()]
    return [*lines, f"the carrier has: {', '.join(theirs) or 'nothing'}"]
