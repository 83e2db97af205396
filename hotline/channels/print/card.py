"""Wallet card and fridge sheet: their content, taken from the menu and the message files so that it stays true."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from unicodedata import bidirectional

from hotline.channels.catalogue import Catalogue, messages
from hotline.engine.run import MORE, screen
from hotline.engine.session import Prompt
from hotline.flows.everyone.menu import ways
from hotline.model import phone_numbers

MENU = Prompt("menu.what_next")
EXAMPLE = "112"  # the number of a request, as the texts name it too
AT_ANY_TIME = {"0": "person", "*": "before", "#": "on", "9": "goodbye"}
ABOUT_A_NEED = {"yes": "take", "no": "not_now", "done": "done", "drop": "drop", "call": "talk"}
MOST_NEEDS = 6  # that are named
STOP = "STOP"  # the carrier's word, in every language


@dataclass(frozen=True)
class Row:
    """What to press or to text, and what it does."""

    sign: str
    meaning: str


@dataclass(frozen=True)
class Card:
    """Everything that is printed in one language.

    ``words`` are the [card] of its message file, filled in; ``choosing`` the key of the language, where there is a
    choice; ``menu`` the main menu of a call.
    """

    language: str
    community: str
    number: str
    words: Mapping[str, str]
    choosing: tuple[Row, ...]
    menu: tuple[Row, ...]
    at_any_time: tuple[Row, ...]
    texting: tuple[Row, ...]

    @property
    def direction(self) -> str:
        return direction(self.language)


def card(language: str, number: str, catalogue: Catalogue) -> Card:
    """The card of a community in one language. `number` is the hotline's own, in E.164."""
    filled = {"emergency": catalogue.community.emergency, "number": EXAMPLE}
    words = {name: str(said).format(**filled) for name, said in messages(language)["card"].items()}
    return Card(
        language,
        catalogue.community.name,
        phone_numbers.show(number),
        words,
        tuple(_choosing(language, words, catalogue)),
        tuple(_menu(language, catalogue)),
        tuple(Row(key, words[name]) for key, name in AT_ANY_TIME.items()),
        tuple(_texting(language, words, catalogue)),
    )


def direction(language: str) -> str:
    """rtl or ltr, as the name of the language is written."""
    return "rtl" if bidirectional(messages(language)["name"][0]) in ("R", "AL") else "ltr"


def keys_to(option: str, options: Sequence[str]) -> str:
    """The keys that choose one of many options: "2", or "4 1" where it stands behind "for more"."""
    keys = []
    for page in count():
        shown = screen(tuple(options), page)
        if option in shown:
            break
        keys.append(shown.index(MORE) + 1)
    return " ".join(map(str, (*keys, shown.index(option) + 1)))


def _choosing(language: str, words: Mapping[str, str], catalogue: Catalogue) -> Iterator[Row]:
    languages = catalogue.community.languages
    if len(languages) > 1:
        yield Row(keys_to(language, languages), f"{messages(language)['name']} ({words['first']})")


def _menu(language: str, catalogue: Catalogue) -> Iterator[Row]:
    offered = ways(catalogue.community.groups)
    for name in offered:
        yield Row(keys_to(name, offered), catalogue.option(MENU, name, language))


def _texting(language: str, words: Mapping[str, str], catalogue: Catalogue) -> Iterator[Row]:
    """The words that everyone needs, then those about one request."""
    needs = [catalogue.label(name, language) for name in catalogue.community.needs]
    more = ("...",) if len(needs) > MOST_NEEDS else ()
    yield Row(", ".join((*needs[:MOST_NEEDS], *more)), words["ask"])
    for name in ("status", "menu", "volunteer"):
        yield Row(word_for(name, language), words[name])
    if catalogue.community.groups:
        yield Row(word_for("groups", language), catalogue.option(MENU, "groups", language))
    yield Row("0", words["person"])
    for name, meaning in ABOUT_A_NEED.items():
        yield Row(f"{word_for(name, language)} {EXAMPLE}", words[meaning])
    yield Row(STOP, words["stop"])


def word_for(name: str, language: str) -> str:
    """The word that people text for it, as the texts ask for it: in capitals."""
    file = messages(language)
    phrases = file["words"].get(name) or file["commands"][name]
    return str(phrases[0]).upper()
