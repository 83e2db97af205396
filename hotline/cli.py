"""Command line: `hotline` and its commands, a file in commands/ for each group of them."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from hotline import __version__
from hotline.channels.catalogue import MessagesError
from hotline.commands import Wrong
from hotline.community.model import CommunityError
from hotline.settings import SettingError
from hotline.storage import StoreDown
from hotline.storage.audio import PlaceError

ROOMS = (
    *(
        "serve",
        "flags_and_needs",
        "people",
        "coordinators",
        "flows",
        "words",
        "prompts",
        "card",
        "recordings",
        "database",
        "purge",
    ),
)
RUN_FOR_WEEKS = (["serve"], ["worker"])  # these carry nothing with them that they do not need


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 when it went well, 2 when a setting or an argument must be mended first; a command that
    checks something gives 1 when it found something."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    chosen = _parser(ROOMS[:1] if given in RUN_FOR_WEEKS else ROOMS).parse_args(given)
    try:
        return chosen.run(chosen) or 0
    except (SettingError, CommunityError, MessagesError, StoreDown, PlaceError, Wrong) as error:
        print(f"hotline: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    return 0


def _parser(rooms: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("hotline", description="A telephone hotline for mutual aid.")
    parser.add_argument("--version", action="version", version=f"hotline {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for room in rooms:
        import_module(f"hotline.commands.{room}").add(commands)
    return parser
