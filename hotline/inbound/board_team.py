"""Team of the board: somebody is invited, and coordinates from then on, at the board and by text.

They stand in the community file, as if whoever runs the machine had written them there. Every other process of the
hotline that reads that file, such as a worker of its own, knows them within seconds.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from hotline.channels.catalogue import languages
from hotline.community.editing import CannotAdd, add_coordinator, key_of
from hotline.community.model import Community, CommunityError
from hotline.community.reading import load
from hotline.model import phone_numbers

log = logging.getLogger(__name__)


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


class Newcomers:
    """Whoever was written into the community file since it was read: they are of the team here without a restart. All
    else that is changed there waits for the next start."""

    def __init__(self, community: Community, file: Path) -> None:
        self._community, self._file = community, file
        self._seen: tuple[int, int] | None = None

    def look(self) -> tuple[str, ...]:
        """The keys of those who are new. The file is read only where it was written anew, and left alone where it is
        not as it should be: whoever edits it may be in the middle of that."""
        stamp = self._stamp()
        if stamp is None or stamp == self._seen:
            return ()
        self._seen = stamp
        try:
            found = load(self._file, languages()).coordinators
        except CommunityError as error:
            log.warning("the community file was written anew, and cannot be read: %s", error)
            return ()
        new = {key: phone for key, phone in found.items() if self._is_new(key, phone)}
        for key, phone in new.items():
            self._community.join(key, phone)
        return tuple(new)

    def _stamp(self) -> tuple[int, int] | None:
        try:
            told = self._file.stat()
        except OSError:
            return None
        return told.st_mtime_ns, told.st_ino

    def _is_new(self, key: str, phone: str) -> bool:
        return key not in self._community.coordinators and not self._community.is_coordinator(phone)
