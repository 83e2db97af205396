"""Commands `card` and `flyer`: what is printed for a wallet, a fridge and a wall."""

from pathlib import Path
from typing import Any

from hotline import settings
from hotline.channels.catalogue import Catalogue
from hotline.channels.print.card import card
from hotline.channels.print.card_page import as_page, as_text
from hotline.channels.print.public_pages import flyer
from hotline.commands import Chosen, Wrong, command, community, demo_community, names, phone_given
from hotline.model import phone_numbers


def add(commands: Any) -> None:
    printed = command(commands, "card", "the wallet card and the fridge sheet, to print", _card)
    printed.add_argument("--language", default="", help="one or more, with commas between (all of the community's)")
    printed.add_argument("--number", default="", help="the hotline's number (TWILIO_PHONE_NUMBER)")
    printed.add_argument("--html", type=Path, metavar="FILE", help="write a page to print into this new file")
    on_walls = command(commands, "flyer", "the flyer with codes that text and call us, to print", _flyer)
    on_walls.add_argument("file", type=Path, metavar="FILE", help="a new file, such as flyer.html")
    on_walls.add_argument("--language", default="", help="one of the community's (its first)")
    on_walls.add_argument("--number", default="", help="the hotline's number (TWILIO_PHONE_NUMBER)")


def _card(chosen: Chosen) -> None:
    here = _here()
    known = here.community.languages
    languages = names(chosen.language, known, "--language") if chosen.language else known
    number = _number(chosen, here)
    cards = [card(language, number, here) for language in languages]
    if chosen.html is None:
        print("\n\n".join(map(as_text, cards)))
    else:
        _write(chosen.html, as_page(cards))


def _flyer(chosen: Chosen) -> None:
    here = _here()
    known = here.community.languages
    (language,) = names(chosen.language or known[0], known, "--language")[:1]
    _write(chosen.file, flyer(here, language, _number(chosen, here)))


def _here() -> Catalogue:
    file = settings.database()[1]
    return Catalogue(community(file) if file.is_file() else demo_community())


def _number(chosen: Chosen, here: Catalogue) -> str:
    given = chosen.number or settings.number()
    if not given:
        raise Wrong("no number is known: set TWILIO_PHONE_NUMBER, or add --number +12125550100")
    return phone_numbers.normalise(given, here.community.country) or phone_given(given, here.community.country)


def _write(file: Path, page: str) -> None:
    if file.exists():
        raise Wrong(f"{file} is there already; name a new file")
    file.write_text(page, "utf-8")
    print(f"Written to {file}: open it in a browser and print it, in color or not, on Letter or A4.")
