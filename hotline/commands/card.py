"""Command `card`: the card for a wallet and the large sheet for a fridge, to print."""

from pathlib import Path
from typing import Any

from hotline import settings
from hotline.channels.catalogue import Catalogue
from hotline.channels.print.card import Card, card
from hotline.channels.print.card_page import as_page, as_text
from hotline.commands import Chosen, Wrong, command, community, demo_community, names, phone_given
from hotline.model import phone_numbers


def add(commands: Any) -> None:
    printed = command(commands, "card", "the wallet card and the fridge sheet, to print", _card)
    printed.add_argument("--language", default="", help="one or more, with commas between (all of the community's)")
    printed.add_argument("--number", default="", help="the hotline's number (TWILIO_PHONE_NUMBER)")
    printed.add_argument("--html", type=Path, metavar="FILE", help="write a page to print into this new file")


def _card(chosen: Chosen) -> None:
    file = settings.database()[1]
    here = Catalogue(community(file) if file.is_file() else demo_community())
    known = here.community.languages
    languages = names(chosen.language, known, "--language") if chosen.language else known
    number = _number(chosen, here)
    cards = [card(language, number, here) for language in languages]
    if chosen.html is None:
        print("\n\n".join(map(as_text, cards)))
    else:
        _write(chosen.html, cards)


def _number(chosen: Chosen, here: Catalogue) -> str:
    given = chosen.number or settings.number()
    if not given:
        raise Wrong("no number is known: set TWILIO_PHONE_NUMBER, or add --number +12125550100")
    return phone_numbers.normalise(given, here.community.country) or phone_given(given, here.community.country)


def _write(file: Path, cards: list[Card]) -> None:
    if file.exists():
        raise Wrong(f"{file} is there already; name a new file")
    file.write_text(as_page(cards), "utf-8")
    print(f"Written to {file}: open it in a browser and print it, in color or not, on Letter or A4.")
