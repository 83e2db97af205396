"""Known refusals: why a registration in the US is refused, looked for before the form is sent."""

import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from hotline.channels.catalogue import Catalogue, messages
from hotline.registration.form import Field, said
from hotline.registration.texts import Samples

USUAL_NAME = "Our Mutual Aid"
FIRST_TEXT = {
    "who it is": r"\{community\}",
    "how often texts come": r"\bweek\b|\bmonth\b|frequency|\bday\b",
    '"Msg & data rates may apply"': r"data rates",
    "HELP": r"\bHELP\b",
    "STOP": r"\bSTOP\b",
}
FIRST_TEXT_SO = (
    '[{language}.hello.first]\ntext = "{{community}}: neighbors helping neighbors. Automatic, not for emergencies '
    "(call {{emergency}}). Up to {times} texts a week. Msg & data rates may apply. HELP for help, STOP to end. For "
    'a person text 0."'
)
SHORTENED = re.compile(r"\b(?:bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|rb\.gy|cutt\.ly|shorturl\.at)\b", re.I)
REFUSED_GOODS = re.compile(
    r"\b(?:alcohol|beer|wine|liquor|tobacco|cigarettes?|vap(?:e|es|ing)|cannabis|marijuana|weed|cbd|guns?|ammo|weapons?"
    r"|loans?|payday|debts?|gambling|casino|lottery|bets?)\b",
    re.I,
)
PLACE_NOT_FILLED = re.compile(r"\{\w*\}|\[[A-Z][\w ]*\]")
LENGTHS: Mapping[str, tuple[int, int]] = {
    "Campaign description": (40, 4096),
    "Message flow, call to action": (40, 2048),
    "Sample message": (20, 1024),
    "Opt-in keywords": (1, 255),
    "Opt-out keywords": (1, 255),
    "Help keywords": (1, 255),
    "Opt-in message": (20, 320),
    "Opt-out message": (20, 320),
    "Help message": (20, 320),
}
"""Letters, at least and at most, by what a field's name begins with: of the campaign, as the provider's API has them.
The form for toll-free numbers says nothing of lengths: its fields are held to the same where their names are."""


@dataclass(frozen=True)
class Refusal:
    """One reason for a no, in whole sentences; what is only ``careful`` a person may let pass."""

    name: str
    careful: bool
    wrong: str
    why: str
    mend: str


def refusals(
    catalogue: Catalogue, number: str, url: str, samples: Samples, form: Iterable[Field], closed: Mapping[str, str]
) -> tuple[Refusal, ...]:
    """Everything that is known to be refused here. `closed` are pages that do not open, and why."""
    return (
        *_of_address(url, closed),
        *_of_community(catalogue, number, samples),
        *_of_texts(catalogue, samples),
        *_of_lengths(form),
    )


def _refused(name: str, /, **values: object) -> Refusal:
    told = said()["refused"][name]
    words = (told[part].format(**values) for part in ("wrong", "why", "mend"))
    return Refusal(name, told.get("weight") == "careful", *words)


def _of_address(url: str, closed: Mapping[str, str]) -> Iterator[Refusal]:
    if _is_private(urlsplit(url).hostname or ""):
        yield _refused("address_missing", url=url or "empty")
        return
    if url.startswith("http:"):
        yield _refused("address_plain", url=url)
    for page, detail in closed.items():
        yield _refused("address_closed", page=page, detail=detail)


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host


def _of_community(catalogue: Catalogue, number: str, samples: Samples) -> Iterator[Refusal]:
    here = catalogue.community
    if here.name == USUAL_NAME:
        yield _refused("name_usual", name=here.name)
    if not number:
        yield _refused("number_missing")
    if samples.language != "en":
        yield _refused("language", language=messages(samples.language)["name"])
    if not here.coordinators:
        yield _refused("no_team")
    for need in here.needs.values():
        for label in dict.fromkeys(need.labels.values()):
            if REFUSED_GOODS.search(label):
                yield _refused("content", found=label)


def _of_texts(catalogue: Catalogue, samples: Samples) -> Iterator[Refusal]:
    wording = str(messages(samples.language)["hello"]["first"]["text"])
    missing = [what for what, pattern in FIRST_TEXT.items() if not re.search(pattern, wording)]
    if missing:
        times = catalogue.community.rules.asks_per_week
        block = FIRST_TEXT_SO.format(language=samples.language, times=times)
        yield _refused("first_text", missing=", ".join(missing), block=block)
    for sample in samples.all:
        if PLACE_NOT_FILLED.search(sample):
            yield _refused("placeholder", sample=sample)
    for sample in samples.all:
        if found := SHORTENED.search(sample):
            yield _refused("link_shortened", found=found[0])


def _of_lengths(form: Iterable[Field]) -> Iterator[Refusal]:
    for field in form:
        least, most = next((each for name, each in LENGTHS.items() if field.asks.startswith(name)), (0, None))
        if most is not None and not least <= len(field.write) <= most:
            yield _refused("length", field=field.asks, many=len(field.write), least=least, most=most)
