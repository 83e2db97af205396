"""`hotline`: its commands stand in commands/, a file for each room of them."""

import argparse
import sys
from collections.abc import Sequence

from hotline.channels.catalogue import MessagesError
from hotline.commands import Wrong, coordinators, database, looking, people, running, words
from hotline.community import CommunityError
from hotline.settings import SettingError
from hotline.storage import StoreDown

ROOMS = (running, looking, people, coordinators, words, database)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 when it went well, 2 when a setting or an argument must be mended first."""
    chosen = _parser().parse_args(arguments)
    try:
        chosen.run(chosen)
    except (SettingError, CommunityError, MessagesError, StoreDown, Wrong) as error:
        print(f"hotline: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("hotline", description="A telephone hotline for mutual aid.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for room in ROOMS:
        room.add(commands)
    return parser
