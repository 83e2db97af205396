"""Settings: everything that is set from the environment or `.env`, read once, checked and frozen.

Nothing else reads the environment.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from dotenv import dotenv_values

from hotline.model.recordings import BUCKET, Keeping

Networks = tuple[IPv4Network | IPv6Network, ...]
WorkerPlace = Literal["inside", "outside"]
CarrierName = Literal["twilio", "signalwire", "somleng", "android"]
LogFormat = Literal["plain", "json"]
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingError(ValueError):
    """A mistake in a setting, said in one sentence with the fix."""


@dataclass(frozen=True)
class Settings:
    """How this hotline runs. Each field is the setting of the same name in capital letters."""

    public_url: str
    """Where the carrier reaches us, such as https://hotline.example.org: signatures are checked against it."""
    twilio_account_sid: str = ""
    twilio_auth_token: str = ""
    twilio_phone_number: str = ""
    """The number people text and call, in E.164. This or a messaging service."""
    twilio_messaging_service_sid: str = ""
    twilio_api_url: str = ""
    """Another provider that speaks the same API, or the simulator; empty for Twilio."""
    twilio_signing_key: str = ""
    """What another provider signs its webhooks with; empty where that is the token."""
    twilio_signature_header: str = ""
    """Where another provider puts its signature, such as X-SignalWire-Signature; empty for X-Twilio-Signature."""
    carrier: CarrierName = "twilio"
    """Who moves texts and calls: twilio and those that speak its API, signalwire, somleng, or android."""
    android_url: str = ""
    """Where the app on the phone answers, such as http://192.168.1.20:8080, or the server between it and us."""
    android_user: str = ""
    android_password: str = ""
    android_signing_key: str = ""
    """What the app signs its webhooks with, from its settings."""
    android_sim: int = 0
    """Which card of the phone is ours: only its texts are read, and it sends. 0 where there is but one."""
    android_phone_number: str = ""
    """The number of the card in the phone, in E.164."""
    database_url: str = "sqlite:///hotline.db"
    community_file: str = "community.toml"
    secret_key: str = ""
    metrics_token: str = ""
    """Opens /metrics to whoever shows it; without it only this machine reads them."""
    host: str = "127.0.0.1"
    port: int = 8000
    connections: int = 1000
    """Open at once; the one that keeps us waiting longest makes room for the next."""
    connections_per_address: int = 100
    trusted_proxies: str = "127.0.0.0/8, ::1, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7"
    """Who is believed in X-Forwarded-For, and never limited: this machine and private networks."""
    worker: WorkerPlace = "inside"
    log_level: str = "INFO"
    log_format: LogFormat = "plain"
    segments_per_second: float = 1.0
    """How fast the sender may go: 1 for a plain number in the US, 3 for a toll-free one."""
    segments_per_day: int = 2000
    """What a day may cost at most: past it, new questions to volunteers wait for tomorrow."""
    call_minutes_per_day: int = 300
    """Minutes of calls in a day after which a person is told. Calls are answered all the same."""
    texts_per_hour: int = 60
    """Texts that one number gets answers to."""
    new_numbers_per_minute: int = 60
    """New numbers that get answers; what more of them write is kept and shown."""
    backups: str = "backups"
    """The folder into which `hotline backup` writes where it is given no name."""
    recordings: str = Keeping.recordings
    """Where what is said aloud is kept: a folder, or s3://bucket/prefix."""
    s3_endpoint: str = ""
    """Another store that speaks the same API as S3; empty for Amazon's."""
    s3_access_key_id: str = ""
    s3_secret_access_key: str = ""
    s3_region: str = Keeping.s3_region

    @property
    def phone_number(self) -> str:
        """The number that people text, "" where only a messaging service is known."""
        return self.android_phone_number if self.carrier == ANDROID else self.twilio_phone_number

    @property
    def secret(self) -> str:
        """What signs addresses: a key of its own, else the account's token."""
        return self.secret_key or self.twilio_auth_token

    @property
    def proxies(self) -> Networks:
        return tuple(ip_network(each.strip()) for each in self.trusted_proxies.split(",") if each.strip())

    @property
    def keeping(self) -> Keeping:
        return Keeping(**{name: getattr(self, name) for name in Keeping.__dataclass_fields__})


ANDROID = "android"
NEEDED = {
    "PUBLIC_URL": "the address where the carrier reaches this machine, such as https://hotline.example.org",
}
NEEDED_BY_ACCOUNT = {
    "TWILIO_ACCOUNT_SID": "the account's SID from the carrier's console; it begins with AC",
    "TWILIO_AUTH_TOKEN": "the account's auth token from the carrier's console",
}
NEEDED_BY_ANDROID = {
    "ANDROID_URL": "where the app on the phone answers, such as http://192.168.1.20:8080",
    "ANDROID_USER": "the user name that the app shows, such as sms",
    "ANDROID_PASSWORD": "the password that the app shows",
    "ANDROID_SIGNING_KEY": "the signing key from the app's settings, under Webhooks",
    "ANDROID_PHONE_NUMBER": "the number of the card in the phone, such as +12125550100",
    "SECRET_KEY": "a long random word of your own: there is no account whose token could stand in for it",
}
NEEDED_BY = {ANDROID: NEEDED | NEEDED_BY_ANDROID}
ANDROID_DEFAULTS = {"segments_per_day": 100}  # where the settings say nothing: a card for people is cut off past that
SHORTEST_SECRET = 16  # letters
MOST = {"port": 65535, "android_sim": 3}
NUMBERS: dict[str, tuple[float, type[float]]] = {
    "port": (0, int),
    "android_sim": (0, int),
    "connections": (10, int),
    "connections_per_address": (1, int),
    "segments_per_second": (0.01, float),
    "segments_per_day": (1, int),
    "call_minutes_per_day": (1, int),
    "texts_per_hour": (1, int),
    "new_numbers_per_minute": (1, int),
}
DATABASES = ("sqlite:///", "postgresql://", "postgres://")


def read(environment: Mapping[str, str] | None = None, folder: Path = Path()) -> Settings:
    """The settings, from the environment and then from `.env` in `folder`. Raises SettingError."""
    given = _given(environment, folder)
    known = {name: given[name.upper()].strip() for name in Settings.__dataclass_fields__ if name.upper() in given}
    for name, what in NEEDED_BY.get(known.get("carrier", ""), NEEDED | NEEDED_BY_ACCOUNT).items():
        if not known.get(name.lower()):
            raise SettingError(f"{name} is not set: write {name}= and {what}")
    environment = os.environ if environment is None else environment
    if "log_level" in known:
        known["log_level"] = known["log_level"].upper()
    numbers = {name: _number(name, known[name]) for name in NUMBERS if name in known}
    unsaid = ANDROID_DEFAULTS if known.get("carrier") == ANDROID else {}
    here = check(Settings(**{**unsaid, **known, **numbers}))  # type: ignore[arg-type]
    _check_disk(here, environment)
    return here


def database(environment: Mapping[str, str] | None = None, folder: Path = Path()) -> tuple[str, Path]:
    """DATABASE_URL and COMMUNITY_FILE alone: what the commands need that do not talk to the carrier."""
    given = _given(environment, folder)
    url = given.get("DATABASE_URL", Settings.database_url)
    _check_database(url)
    return url, Path(given.get("COMMUNITY_FILE", Settings.community_file))


def number(environment: Mapping[str, str] | None = None, folder: Path = Path()) -> str:
    """The hotline's number alone, "" where there is none."""
    given = _given(environment, folder)
    name = "ANDROID_PHONE_NUMBER" if given.get("CARRIER", "").strip() == ANDROID else "TWILIO_PHONE_NUMBER"
    return given.get(name, "").strip()


def reached(environment: Mapping[str, str] | None = None, folder: Path = Path()) -> tuple[str, str]:
    """CARRIER and PUBLIC_URL alone, "" where they are not set: by whom and where we are reached."""
    given = _given(environment, folder)
    return given.get("CARRIER", "").strip(), given.get("PUBLIC_URL", "").strip()


def backups(environment: Mapping[str, str] | None = None, folder: Path = Path()) -> Path:
    """BACKUPS alone."""
    given = _given(environment, folder)
    return Path(given.get("BACKUPS", Settings.backups).strip())


def secret_key(environment: Mapping[str, str] | None = None, folder: Path = Path()) -> str:
    """SECRET_KEY alone, "" where there is none."""
    given = _given(environment, folder)
    return given.get("SECRET_KEY", "").strip()


def secret(environment: Mapping[str, str] | None = None, folder: Path = Path()) -> str:
    """What marks of people in the log are made with: SECRET_KEY, or else the carrier's token."""
    given = _given(environment, folder)
    return given.get("SECRET_KEY", "").strip() or given.get("TWILIO_AUTH_TOKEN", "").strip()


def keeping(environment: Mapping[str, str] | None = None, folder: Path = Path()) -> Keeping:
    """Where sounds are kept, for the commands that do not talk to the carrier."""
    given = _given(environment, folder)
    names = Keeping.__dataclass_fields__
    return _check_keeping(Keeping(**{name: given[name.upper()].strip() for name in names if name.upper() in given}))


def environment() -> Mapping[str, str]:
    """Everything that is set for this process."""
    return os.environ


def check(settings: Settings) -> Settings:
    """The same settings, if they can work."""
    if not _is_address(settings.public_url):
        raise SettingError(f"PUBLIC_URL is {settings.public_url!r}: write an address, https://hotline.example.org")
    if settings.carrier not in get_args(CarrierName):
        raise SettingError(f"CARRIER is {settings.carrier!r}: write one of {', '.join(get_args(CarrierName))}")
    _check_android(settings) if settings.carrier == ANDROID else _check_account(settings)
    _check_database(settings.database_url)
    _check_proxies(settings)
    if settings.worker not in get_args(WorkerPlace):
        raise SettingError(f"WORKER is {settings.worker!r}: write inside or outside")
    if settings.log_level not in LOG_LEVELS:
        raise SettingError(f"LOG_LEVEL is {settings.log_level!r}: write one of {', '.join(LOG_LEVELS)}")
    if settings.log_format not in get_args(LogFormat):
        raise SettingError(f"LOG_FORMAT is {settings.log_format!r}: write plain or json")
    if settings.metrics_token and len(settings.metrics_token) < SHORTEST_SECRET:
        raise SettingError(f"METRICS_TOKEN is too short: write {SHORTEST_SECRET} letters or more, or leave it out")
    if settings.secret_key and len(settings.secret_key) < SHORTEST_SECRET:
        raise SettingError(f"SECRET_KEY is too short: write {SHORTEST_SECRET} letters or more, or leave it out")
    _check_keeping(settings.keeping)
    return settings


def _check_account(settings: Settings) -> None:
    """For Twilio, and those that speak its API."""
    if settings.twilio_api_url and not _is_address(settings.twilio_api_url):
        raise SettingError(f"TWILIO_API_URL is {settings.twilio_api_url!r}: write an address, https://api.example.org")
    if not settings.twilio_phone_number and not settings.twilio_messaging_service_sid:
        raise SettingError("TWILIO_PHONE_NUMBER is not set: write the number that people text, such as +12125550100")
    if settings.twilio_phone_number and not _is_e164(settings.twilio_phone_number):
        raise SettingError("TWILIO_PHONE_NUMBER: write it with + and the country, such as +12125550100")
    if not settings.twilio_api_url and settings.carrier != "twilio":
        raise SettingError(f"TWILIO_API_URL is not set: CARRIER={settings.carrier} is reached at an address of its own")
    if not settings.twilio_signature_header.isascii():
        raise SettingError("TWILIO_SIGNATURE_HEADER: write the name of a header, such as X-SignalWire-Signature")


def _check_android(settings: Settings) -> None:
    if not _is_address(settings.android_url):
        raise SettingError(f"ANDROID_URL is {settings.android_url!r}: write an address, http://192.168.1.20:8080")
    if not _is_e164(settings.android_phone_number):
        raise SettingError("ANDROID_PHONE_NUMBER: write it with + and the country, such as +12125550100")
    if not settings.secret_key:
        raise SettingError(f"SECRET_KEY is not set: write SECRET_KEY= and {NEEDED_BY_ANDROID['SECRET_KEY']}")


def _check_disk(settings: Settings, environment: Mapping[str, str]) -> None:
    """A file on a machine that forgets its disk at every restart would lose every need."""
    if settings.database_url.startswith("sqlite") and environment.get("DYNO"):
        raise SettingError(
            "DATABASE_URL names a file, but this machine forgets its disk at every restart and all needs would be "
            "lost: add a PostgreSQL database and set DATABASE_URL to its address"
        )
    if not settings.recordings.startswith(BUCKET) and environment.get("DYNO"):
        raise SettingError(
            "RECORDINGS names a folder, but this machine forgets its disk at every restart: write "
            "RECORDINGS=s3://bucket/prefix"
        )


def _check_keeping(here: Keeping) -> Keeping:
    if not here.recordings:
        raise SettingError("RECORDINGS is empty: write a folder such as recordings, or s3://bucket/prefix")
    if not here.recordings.startswith(BUCKET):
        if "://" in here.recordings:
            raise SettingError(f"RECORDINGS is {here.recordings!r}: write a folder, or s3://bucket/prefix")
        return here
    if not urlsplit(here.recordings).netloc:
        raise SettingError("RECORDINGS names no bucket: write s3://bucket/prefix")
    for name in ("s3_access_key_id", "s3_secret_access_key", "s3_region"):
        if not getattr(here, name):
            raise SettingError(f"{name.upper()} is not set: RECORDINGS=s3://... needs it")
    if here.s3_endpoint and not _is_address(here.s3_endpoint):
        raise SettingError(f"S3_ENDPOINT is {here.s3_endpoint!r}: write an address, https://s3.example.org")
    return here


def _check_database(url: str) -> None:
    if not url.startswith(DATABASES) or url in DATABASES:
        raise SettingError("DATABASE_URL: write sqlite:///hotline.db or postgresql://name:password@host/database")


def _check_proxies(settings: Settings) -> None:
    try:
        _ = settings.proxies  # reading it is the check
    except ValueError as error:
        raise SettingError(
            f"TRUSTED_PROXIES: {error}; write addresses and networks with commas between, such as 127.0.0.1, 10.0.0.0/8"
        ) from None


def _is_address(text: str) -> bool:
    try:
        url = urlsplit(text)
        _ = url.port  # reading it is the check
    except ValueError:
        return False
    plain = not (url.query or url.fragment or url.username)
    return url.scheme in ("http", "https") and bool(url.hostname) and plain


def _is_e164(number: str) -> bool:
    return number.startswith("+") and number[1:].isascii() and number[1:].isdecimal() and 8 <= len(number) <= 16


def _number(name: str, text: str) -> float:
    lowest, kind = NUMBERS[name]
    try:
        value = kind(text)
    except ValueError:
        value = lowest - 1
    if not lowest <= value <= MOST.get(name, 10_000_000):
        raise SettingError(f"{name.upper()} is {text!r}: write a number such as {getattr(Settings, name)}")
    return value


def _given(environment: Mapping[str, str] | None, folder: Path) -> dict[str, str]:
    """What is set: in the environment, else in `.env` of the folder."""
    return {**_dotenv(folder / ".env"), **(os.environ if environment is None else environment)}


def _dotenv(path: Path) -> dict[str, str]:
    """What stands in the file, if there is one."""
    try:
        return {
            name: value or "" for name, value in dotenv_values(path, interpolate=False, encoding="utf-8-sig").items()
        }
    except (UnicodeDecodeError, OSError) as error:
        raise SettingError(f"{path} cannot be read ({error})") from None
