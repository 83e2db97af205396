"""Team of the board: somebody is invited, and coordinates from then on, at the board and by text.

They stand in the community file, as if whoever runs the machine had written them there.
"""

from dataclasses import dataclass
from pathlib import Path

from hotline.channels.catalogue import languages
from hotline.community.editing import CannotAdd, add_coordinator, key_of
from hotline.community.model import Community
from hotline.community.reading import load
from hotline.model import phone_numbers


@dataclass(frozen=True)
class Invited:
    """Who is of the team now; or which field is ``wrong``: name, phone, file, with the ``lines`` to write by hand."""

    key: str = ""
    phone: str = ""
    wrong: str = ""
    lines: str = ""


def invite(community: Community, file: Path, name: str, phone: str) -> Invited:
    """Writes them into the file, which takes some milliseconds, and into `community`, for this process."""
    key, number = key_of(name), phone_numbers.normalise(phone, community.country) or ""
    if not key or key in community.coordinators:
        return Invited(wrong="name")
    if not number or phone_numbers.mistake(number, community.country) or community.is_coordinator(number):
        return Invited(wrong="phone")
    try:
        add_coordinator(file, key, number, lambda written: load(written, languages()))
    except CannotAdd:
        return Invited(wrong="file", lines=f'[coordinators.{key}] phone = "{number}"')
    community.join(key, number)
    return Invited(key, number)
