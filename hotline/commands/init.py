"""Command `init`: asks what a new hotline needs, in plain words, and writes its `.env` and community file."""

import contextlib
import getpass
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

from hotline import settings
from hotline.channels.catalogue import languages
from hotline.commands import Chosen, Wrong, command, community, in_store
from hotline.commands.check import mistakes
from hotline.commands.new_files import New, community_toml, dotenv
from hotline.community.model import CommunityError
from hotline.model import phone_numbers
from hotline.outbound import practice
from hotline.storage import Transaction

ENV = ".env"
CARRIERS = get_args(settings.CarrierName)
PHONE = (settings.ANDROID,)
ACCOUNTS = tuple(each for each in CARRIERS if each not in PHONE)
OTHERS = tuple(each for each in ACCOUNTS if each != settings.Settings.carrier)


@dataclass(frozen=True)
class Question:
    """Something that `init` asks: its flag, what is asked, and what is taken where nothing is said."""

    flag: str
    asks: str
    usual: str = ""
    wrong: Callable[[str, str], str] = lambda given, country: ""
    secret: bool = False
    setting: str = ""  # of `.env`, where it stands there
    carriers: tuple[str, ...] = CARRIERS  # that need it; for the others it is not asked

    @property
    def name(self) -> str:
        return self.flag.removeprefix("--").replace("-", "_")


def _unknown_language(given: str, _: str) -> str:
    unknown = [each for each in _parts(given) if each not in languages()]
    return f"there are no words in {', '.join(unknown)} yet; there are {', '.join(languages())}" if unknown else ""


def _no_zone(given: str, _: str) -> str:
    try:
        ZoneInfo(given)
    except (LookupError, ValueError, OSError):
        return f"{given!r} is no time zone; write one such as America/Chicago"
    return ""


def _no_country(given: str, _: str) -> str:
    return "" if phone_numbers.is_country(given.upper()) else "write the two letters of a country, such as US"


def _no_phones(given: str, country: str) -> str:
    return next(filter(None, (phone_numbers.mistake(each, country) for each in _parts(given))), "")


def _no_carrier(given: str, _: str) -> str:
    return "" if given in CARRIERS else f"there are {', '.join(CARRIERS)}; docs/carriers.md compares them"


SPOKEN = f"There are {', '.join(languages())}."
QUESTIONS = (
    Question("--name", "What is your group called? Every first text says it.", "Our Mutual Aid"),
    Question("--country", "In which country is it? Two letters.", "US", _no_country),
    Question("--languages", f"Which languages? The usual one first. {SPOKEN}", "en", _unknown_language),
    Question("--timezone", "What time is it there? A time zone.", "America/New_York", _no_zone),
    Question("--needs", "What may people ask for?", "food, a ride, medicine"),
    Question("--areas", "Which parts has it, each with its ZIP codes?", "Northside 11216 11238, Downtown 11201"),
    Question("--coordinator", "Who is texted when a person must look? A first name.", "Rosa"),
    Question("--coordinator-phone", "And their phone?", "", _no_phones),
    Question("--phones", "Which phones practice before it opens? Yours, and a friend's.", "", _no_phones),
    Question(
        "--carrier",
        "Who moves your texts and calls? twilio, signalwire or somleng; or android: an old phone with a prepaid card.",
        settings.Settings.carrier,
        _no_carrier,
        setting="CARRIER",
    ),
    Question(
        "--public-url",
        "The address of this machine on the web, such as https://hotline.example.org?",
        setting="PUBLIC_URL",
    ),
    Question(
        "--sid",
        "The account's id (SID), from the carrier's console?",
        setting="TWILIO_ACCOUNT_SID",
        carriers=ACCOUNTS,
    ),
    Question(
        "--token",
        "The auth token, from the same page? It is not shown here.",
        secret=True,
        setting="TWILIO_AUTH_TOKEN",
        carriers=ACCOUNTS,
    ),
    Question(
        "--api-url",
        "The address of its API, such as https://YOURSPACE.signalwire.com/api/laml?",
        setting="TWILIO_API_URL",
        carriers=OTHERS,
    ),
    Question(
        "--signing-key",
        "Its signing key, if that is not the token? It is not shown here.",
        secret=True,
        setting="TWILIO_SIGNING_KEY",
        carriers=("signalwire",),
    ),
    Question(
        "--app-url",
        "Where does the app on the phone answer, such as http://192.168.1.20:8080?",
        setting="ANDROID_URL",
        carriers=PHONE,
    ),
    Question("--app-user", "The user name that the app shows?", "sms", setting="ANDROID_USER", carriers=PHONE),
    Question(
        "--app-password",
        "The password that it shows? It is not shown here.",
        secret=True,
        setting="ANDROID_PASSWORD",
        carriers=PHONE,
    ),
    Question(
        "--app-signing-key",
        "The signing key from the app's settings, under Webhooks? It is not shown here.",
        secret=True,
        setting="ANDROID_SIGNING_KEY",
        carriers=PHONE,
    ),
    Question("--number", "The hotline's own number?", "", _no_phones),
)
NEXT = """
Written: {files}. The hotline practices: only the phones of [practice] hear from it. Next:

{steps}"""
STEPS = (
    "see what you wrote: open {community_file}, change what you like, then `hotline check`",
    "play with it, without any account: `hotline demo --community {community_file}`",
    "start it: `hotline serve`",
    "tell the carrier where it is: `hotline connect`; `hotline doctor` says what still keeps people from reaching it",
    "text it from a phone of [practice]; what others would get is in `hotline outbox shown`",
    "open it to everybody: `hotline go-live`",
)


def add(commands: Any) -> None:
    new = command(commands, "init", "begin a hotline in this folder: asks, then writes .env and community.toml", _init)
    new.add_argument("--yes", action="store_true", help="ask nothing: take what the flags say, and else what is usual")
    for each in QUESTIONS:
        said = f"instead of the flag, set {each.setting}: flags are seen by others" if each.secret else each.asks
        new.add_argument(each.flag, default=None, help=said.replace("%", "%%"))


def _init(chosen: Chosen) -> None:
    env, file = Path(ENV), settings.database()[1]
    for each in (env, file):
        if each.exists():
            raise Wrong(f"{each} is there already, and nothing was written; move it away, or see `hotline check`")
    new = _answered(chosen)
    _write({file: community_toml(new), env: dotenv(new, str(file))})
    try:
        here = community(file)
    except CommunityError as error:
        for each in (env, file):
            each.unlink()
        raise Wrong(f"nothing was written: {error}") from None
    known = (here.emergency, here.crisis)

    def begin(tx: Transaction) -> None:
        tx.codes.reserve(known)
        practice.begin(tx, here, time.time())

    in_store(settings.database()[0], begin, create=True)
    _tell(file)


def _tell(file: Path) -> None:
    missing = list(mistakes(settings.environment(), Path(), words=False))
    names = dict.fromkeys(each.split()[0].strip(":") for each in missing)
    steps = [*((f"fill in {ENV}: {', '.join(names)}",) if names else ()), *STEPS]
    lines = (f"  {place}. {step.format(community_file=file)}" for place, step in enumerate(steps, 1))
    print(NEXT.format(files=f"{ENV} (for you alone to read), {file}", steps="\n".join(lines)))


def _answered(chosen: Chosen) -> New:
    """What the flags say; what they do not is asked, or with --yes as usual."""
    said: dict[str, str] = {}
    for each in QUESTIONS:
        given = getattr(chosen, each.name)
        if given is None and said.get("carrier", each.carriers[0]) not in each.carriers:
            continue
        usual = _usual(each, said)
        if given is None:
            given = usual if chosen.yes else _asked(each, usual, said.get("country", "US"))
        elif wrong := each.wrong(given, said.get("country", "US")):
            raise Wrong(f"{each.flag}: {wrong}")
        said[each.name] = given.strip()
    country = said.pop("country").upper()
    phones = tuple(phone_numbers.normalise(each, country) or each for each in _parts(said.pop("phones")))
    numbers = {name: phone_numbers.normalise(said[name], country) or "" for name in ("coordinator_phone", "number")}
    listed = {name: tuple(_parts(said[name])) for name in ("languages", "needs", "areas")}
    said["public_url"] = _address(said["public_url"])
    own = "ANDROID_PHONE_NUMBER" if said["carrier"] in PHONE else "TWILIO_PHONE_NUMBER"
    set_so = {each.setting: said.pop(each.name) for each in QUESTIONS if each.setting and each.name in said}
    set_so[own] = numbers.pop("number")
    del said["number"]
    return New(**{**said, **numbers, **listed}, country=country, phones=phones, settings=set_so)  # type: ignore[arg-type]


def _usual(question: Question, said: dict[str, str]) -> str:
    """Whoever coordinates practices; a secret that is set already is not asked for."""
    if question.name == "phones":
        return said["coordinator_phone"]
    return settings.environment().get(question.setting, "") if question.secret else question.usual


def _asked(question: Question, usual: str, country: str) -> str:
    hint = f" [{usual}]" if usual and not question.secret else "" if usual else " (may stay empty for now)"
    while True:
        given = _read(f"{question.asks}{hint}\n> ", question.secret).strip() or usual
        wrong = question.wrong(given, country) if given else ""
        if not wrong:
            return given
        print(wrong)


def _read(asks: str, secret: bool) -> str:
    try:
        return getpass.getpass(asks) if secret and sys.stdin.isatty() else input(asks)
    except EOFError:
        raise Wrong("nobody answers; add --yes to take what is usual, or say it with flags (--help)") from None


def _address(given: str) -> str:
    return f"https://{given}" if given and "://" not in given else given


def _parts(given: str) -> Iterator[str]:
    return filter(None, (each.strip() for each in given.split(",")))


def _write(files: dict[Path, str]) -> None:
    """All of them or none, and never over one that is there; for their owner alone, since numbers and keys are in."""
    written: list[Path] = []
    try:
        for path, content in files.items():
            made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            written.append(path)
            os.fchmod(made, 0o600)  # whatever the umask
            with open(made, "w", encoding="utf-8") as file:
                file.write(content)
    except OSError:
        for path in written:
            with contextlib.suppress(OSError):
                path.unlink()
        raise
