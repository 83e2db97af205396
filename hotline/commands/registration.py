"""Command `registration`: what the US forms ask about this number, filled in, and what would be refused."""

import textwrap
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from typing import Any

from hotline import settings
from hotline.channels.catalogue import Catalogue
from hotline.commands import Chosen, command, community, phone_given
from hotline.model import phone_numbers
from hotline.registration.form import Field, fields, is_toll_free
from hotline.registration.refusals import Refusal, refusals
from hotline.registration.texts import samples

PAGES = ("opt-in", "privacy", "terms")
PATIENCE = 10.0  # seconds for each of our own pages
HEAD = {
    False: "{number} has an area code: register a brand, then a campaign (A2P 10DLC).\nIn Twilio's console: Messaging, "
    "Regulatory Compliance, A2P 10DLC. Elsewhere ask for 10DLC.",
    True: "{number} is toll-free: have it verified.\nIn Twilio's console: Phone Numbers, the number, Regulatory "
    "Information. Elsewhere ask for toll-free verification.",
}
NOT_HERE = "Only the US asks for this form; {country} has rules of its own: ask the carrier.\n"
NO_FORM = "A phone in a drawer needs no registration: its card is a person's. Nothing has to be sent.\n"


def add(commands: Any) -> None:
    asked = command(commands, "registration", "what the US forms ask about this number, and what they refuse", _form)
    asked.add_argument("--number", default="", help="the hotline's number (TWILIO_PHONE_NUMBER)")
    asked.add_argument("--offline", action="store_true", help="do not try whether our own pages open")


def _form(chosen: Chosen) -> int:
    """1 where something would be refused, else 0."""
    carrier, address = settings.reached()
    if carrier == settings.ANDROID:
        print(NO_FORM, end="")
        return 0
    here = Catalogue(community(settings.database()[1]))
    country = here.community.country
    if phone_numbers.nation(country) != "US":
        print(NOT_HERE.format(country=country), end="")
        return 0
    number = phone_given(chosen.number, country) if chosen.number else settings.number()
    url, sent = address.rstrip("/"), samples(here)
    form = fields(here, number, url, sent)
    tried = () if chosen.offline or not url.startswith("http") else PAGES
    closed = dict(_closed(f"{url}/{page}" for page in tried))
    found = refusals(here, number, url, sent, form, closed)
    print("\n\n".join(_told(form, found, number)))
    return int(any(not each.careful for each in found))


def _told(form: Iterable[Field], found: Iterable[Refusal], number: str) -> Iterator[str]:
    yield HEAD[is_toll_free(number)].format(number=phone_numbers.show(number) or "The number")
    yield "Copy what stands behind >. What stands in (brackets) only you know."
    for field in form:
        if field.part:
            yield f"== {field.part}"
        yield f"{field.asks}\n{_copied(field.write) if field.write else _folded(f'({field.advice})')}"
    found = tuple(found)
    yield "== What would be refused" if found else "Nothing is known that would be refused. It takes days to weeks."
    for each in found:
        mark = "CARE  " if each.careful else "WRONG "
        yield f"{mark} {each.wrong}\n       Why: {each.why}\n       Do:  {each.mend}"


def _copied(words: str) -> str:
    """On lines of their own, unbroken: a break would be copied with it."""
    return "\n".join(f"  > {line}" for line in words.splitlines())


def _folded(words: str) -> str:
    return textwrap.fill(words, 100, initial_indent="  ", subsequent_indent="   ")


def _closed(pages: Iterable[str]) -> Iterator[tuple[str, str]]:
    for page in pages:
        try:
            with urllib.request.urlopen(page, timeout=PATIENCE):
                pass
        except urllib.error.HTTPError as error:
            yield page, f"it says {error.code}"
        except (OSError, ValueError) as error:
            yield page, str(getattr(error, "reason", "") or error)
