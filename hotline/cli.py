"""Command line: `hotline` and its commands, a file in commands/ for each group of them."""

import argparse
import contextlib
import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TextIO

from hotline import __version__
from hotline.channels.catalogue import MessagesError
from hotline.commands import Wrong
from hotline.community.model import CommunityError
from hotline.settings import SettingError
from hotline.storage import StoreDown
from hotline.storage.audio import PlaceError

ROOMS = (
    *("serve", "play", "flags_and_needs", "asking", "people", "coordinators", "flows", "words", "prompts", "card"),
    *("recordings", "connect", "database", "purge", "forget", "init", "check", "go_live", "doctor", "registration"),
    *("groups", "reference"),
)
RUN_FOR_WEEKS = (["serve"], ["worker"], ["board"])  # these carry nothing with them that they do not need
MISTAKES = (SettingError, CommunityError, MessagesError, StoreDown, PlaceError, Wrong)
HINTS = {
    errno.ENOSPC: "the disk is full; make room, then do it again",
    errno.EDQUOT: "the disk is full; make room, then do it again",
    errno.EFBIG: "the file may not become that large",
    errno.EACCES: "that is not allowed to you; do it as the one who owns the hotline's folder",
    errno.EPERM: "that is not allowed to you; do it as the one who owns the hotline's folder",
    errno.EROFS: "the disk can only be read; make it writable, or choose another place",
    errno.ENOENT: "there is no such file or folder",
    errno.ENOTDIR: "a part of that path is no folder",
    errno.EISDIR: "that is a folder; name a file",
}
NOBODY_READS = 141  # as a shell counts a program whose reader has gone


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 when it went well, 2 when a setting or an argument must be mended first; a command that
    checks something gives 1 when it found something."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser(ROOMS[:1] if given in RUN_FOR_WEEKS else ROOMS)
    try:
        chosen = parser.parse_args(given)
        code = chosen.run(chosen) or 0
        sys.stdout.flush()  # while a full disk or a reader who has gone can still be said
    except MISTAKES as error:
        return _said(str(error))
    except BrokenPipeError:
        _say_no_more(sys.stdout)
        return NOBODY_READS
    except OSError as error:
        _say_no_more(sys.stdout)
        return _said(_in_our_words(error))
    except KeyboardInterrupt:
        return 0
    return int(code)


def _said(sentence: str) -> int:
    with contextlib.suppress(OSError):
        print(f"hotline: {sentence}", file=sys.stderr, flush=True)
    return 2


def _in_our_words(error: OSError) -> str:
    what = f"{error.filename}: " if error.filename else ""
    return what + HINTS.get(error.errno or 0, error.strerror or str(error) or type(error).__name__)


def _say_no_more(stream: TextIO) -> None:
    """What could not be written is let go of: the interpreter would try again at its end, and show a stack."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def whole_parser() -> argparse.ArgumentParser:
    """Every command there is."""
    return _parser(ROOMS)


def _parser(rooms: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("hotline", description="A telephone hotline for mutual aid.")
    parser.add_argument("--version", action="version", version=f"hotline {__version__}")
    parser.set_defaults(run=lambda _: parser.print_help())
    commands = parser.add_subparsers(metavar="COMMAND")
    for room in rooms:
        import_module(f"hotline.commands.{room}").add(commands)
    return parser
