"""Adding to the community file: a coordinator more, as a person would write it, and nothing else in it touched."""

import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from hotline.community.model import Community, CommunityError


class CannotAdd(ValueError):
    """The file is not written; in one sentence, with the lines that are to be written by hand."""


def key_of(name: str) -> str:
    """A name as the file's keys are written: small plain letters; "" where it has none."""
    flat = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(letter for letter in flat if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def add_coordinator(file: Path, key: str, phone: str, read: Callable[[Path], Community]) -> None:
    """At the end of it; the file is replaced only by one that `read` finds as it should be. Raises CannotAdd."""
    lines = f'[coordinators.{key}]\nphone = "{phone}"\n'
    by_hand = f"{file} cannot be added to; write there by hand: {lines.strip()!r}"
    whole = file.with_name(file.name + ".new")
    try:
        before = file.read_bytes().decode("utf-8-sig")
        whole.write_bytes((before.rstrip("\r\n") + "\n\n" + lines).encode())
        found = read(whole).coordinators
        if found.get(key) != phone:
            raise CannotAdd(by_hand)
        whole.chmod(file.stat().st_mode)
        os.replace(whole, file)
    except (CommunityError, OSError) as error:
        raise CannotAdd(f"{by_hand} ({error})") from None
    finally:
        whole.unlink(missing_ok=True)
