"""Command `flows show`: a conversation as it is written and as it is heard."""

from typing import Any

from hotline import settings
from hotline.channels.catalogue import Channel, check
from hotline.channels.flow_printout import script
from hotline.commands import Chosen, Wrong, command, community, demo_community, group, names
from hotline.flows import FLOWS, wordings


def add(commands: Any) -> None:
    show = command(group(commands, "flows", "our conversations"), "show", "print a conversation", _show)
    show.add_argument("name", nargs="?", default="intake", help="which one (intake)")
    show.add_argument("--language", default="", help="in which language (the community's first)")
    show.add_argument("--channel", choices=("text", "voice", "both"), default="both")


def _show(chosen: Chosen) -> None:
    if chosen.name not in FLOWS:
        raise Wrong(f"there is no conversation {chosen.name!r}; there are {', '.join(FLOWS)}")
    file = settings.database()[1]
    here = community(file) if file.is_file() else demo_community()
    language = names(chosen.language or here.languages[0], here.languages, "--language")[0]
    check([language], wordings())
    channels: tuple[Channel, ...] = ("text", "voice") if chosen.channel == "both" else (chosen.channel,)
    print(script(FLOWS[chosen.name], language, here, channels))
