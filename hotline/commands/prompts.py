"""Commands `prompts list`, `check`, `sheet`, `pin`, `record`: the community's own voice."""

import getpass
import secrets
import time
from asyncio import run
from pathlib import Path
from typing import Any

from hotline import settings
from hotline.carriers.download_recording import LARGEST, kind_of
from hotline.channels.catalogue import Catalogue
from hotline.channels.print.sheet import as_page, as_text
from hotline.channels.prompt_clips import is_for_coordinators, sheet
from hotline.commands import Chosen, Wrong, command, community, group, in_store, names
from hotline.flows.coordinator.line import KEY
from hotline.flows.coordinator.record_prompts import FIRST
from hotline.inbound import access_code
from hotline.model import phone_numbers
from hotline.model.recordings import Piece, Voice
from hotline.storage import Transaction
from hotline.storage.audio import open_places

Recorded = list[Voice]


def add(commands: Any) -> None:
    prompts = group(commands, "prompts", "the community's own voice")
    listed = command(prompts, "list", "every prompt, and whether it is recorded", _list)
    listed.add_argument("--language", default="", help="in which language (all)")
    command(prompts, "check", "what lacks a recording in languages that the carrier has no voice for", _check)
    printed = command(prompts, "sheet", "what to read aloud, to print", _sheet)
    printed.add_argument("--language", default="", help="in which language (the community's first)")
    printed.add_argument("--html", type=Path, metavar="FILE", help="write a page to print into this new file")
    opening = command(prompts, "pin", "set the PIN that coordinators type in a call", _pin)
    opening.add_argument("pin", nargs="?", help="8 to 12 digits; asked for when left out")
    record = command(prompts, "record", "how to record by phone; or take a sound from a file", _record)
    record.add_argument("number", nargs="?", type=int, help="its number on the sheet")
    record.add_argument("file", nargs="?", type=Path, help="an mp3 or wav")
    record.add_argument("--language", default="", help="in which language (the community's first)")


def _list(chosen: Chosen) -> None:
    here, recorded = _here(), _recorded()
    for language in _languages(chosen, here) if chosen.language else here.community.languages:
        for number, piece in _numbered(language, here):
            print(f"{language}  {number:>4}  {_state(recorded, language, piece):<9} {piece.words}")


def _check(_: Chosen) -> int:
    """1 where a language without a voice is not complete: callers would hear another one."""
    here, recorded, lacking = _here(), _recorded(), 0
    for language in here.community.languages:
        pieces = [each for each in _numbered(language, here) if not is_for_coordinators(each[1])]
        missing = [each for each in pieces if _state(recorded, language, each[1]) != "recorded"]
        voice = "" if here.has_voice(language) else " The carrier has no voice for it."
        print(f"{language}: {len(pieces) - len(missing)} of {len(pieces)} recorded.{voice}")
        if voice:
            lacking += len(missing)
            for number, piece in missing:
                print(f"  {number:>4}  {_state(recorded, language, piece):<9} {piece.words}")
    return 1 if lacking else 0


def _sheet(chosen: Chosen) -> None:
    here = _here()
    language = _languages(chosen, here)[0]
    if chosen.html is None:
        print(as_text(_numbered(language, here)))
    elif chosen.html.exists():
        raise Wrong(f"{chosen.html} is there already; name a new file")
    else:
        chosen.html.write_text(as_page(here.community.name, language, _numbered(language, here)), "utf-8")
        print(f"Written to {chosen.html}: open it in a browser and print it.")


def _pin(chosen: Chosen) -> None:
    try:
        given = chosen.pin or getpass.getpass("The new PIN, 8 to 12 digits: ")
    except EOFError:
        raise Wrong("nobody is there to type it; name it after the command") from None
    if not access_code.can_be_pin(given):
        raise Wrong(
            f"a PIN is {access_code.SHORTEST_PIN} to {access_code.LONGEST_PIN} digits, and not one digit over and over"
        )
    in_store(settings.database()[0], lambda tx: tx.pins.set(access_code.PIN, access_code.hashed(given)))
    print(f"Set. Call the hotline, press {KEY} at the main menu, type it, press pound.")


def _record(chosen: Chosen) -> None:
    here = _here()
    language = _languages(chosen, here)[0]
    if chosen.number is None:
        print(_how())
        return
    piece = dict(_numbered(language, here)).get(chosen.number)
    if piece is None:
        raise Wrong(f"there is no number {chosen.number}; `hotline prompts sheet` shows them")
    if chosen.file is None:
        raise Wrong(f"name a file too, or record number {chosen.number} by phone")
    _keep(language, piece, _sound(chosen.file))
    print(f"From now on this is played in {language}: {piece.words}")


def _how() -> str:
    set_already = in_store(settings.database()[0], lambda tx: tx.pins.get(access_code.PIN)) is not None
    first = "" if set_already else "Set a PIN first: hotline prompts pin\n"
    number = settings.number()
    shown = phone_numbers.show(number) if number else "the hotline"
    return (
        f"{first}Print the sheet: hotline prompts sheet. Then call {shown}, "
        f"press {KEY} at the main menu, type the PIN and pound, and follow the voice."
    )


def _sound(file: Path) -> bytes:
    try:
        sound = file.read_bytes()
    except OSError as error:
        raise Wrong(f"{file} cannot be read ({error.strerror})") from None
    if not kind_of(sound) or len(sound) > LARGEST:
        raise Wrong(f"{file} is no mp3 or wav, or too large; two minutes of speech are enough")
    return sound


def _keep(language: str, piece: Piece, sound: bytes) -> None:
    """The sound first: what stands in the books is there."""
    sid, now = f"FILE{secrets.token_hex(14)}", time.time()
    place = f"voice/{sid}.{kind_of(sound)}"
    run(open_places(settings.keeping()).put(place, sound))

    def keep(tx: Transaction) -> None:
        tx.voices.own_file(sid, place, now)
        tx.voices.keep(language, piece.name, piece.words, sid, now)

    in_store(settings.database()[0], keep)


def _here() -> Catalogue:
    return Catalogue(community(settings.database()[1]))


def _recorded() -> Recorded:
    return in_store(settings.database()[0], lambda tx: tx.voices.all())


def _languages(chosen: Chosen, here: Catalogue) -> tuple[str, ...]:
    return names(chosen.language or here.community.languages[0], here.community.languages, "--language")


def _numbered(language: str, here: Catalogue) -> list[tuple[int, Piece]]:
    return list(enumerate(sheet(language, here), FIRST))


def _state(recorded: Recorded, language: str, piece: Piece) -> str:
    said = [each for each in recorded if (each.language, each.words) == (language, piece.words)]
    if said:
        return "recorded" if said[-1].place else "on its way"
    before = any((each.language, each.piece) == (language, piece.name) for each in recorded)
    return "changed" if before else "missing"  # changed: the recording says what the wording was before
