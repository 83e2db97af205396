"""Telephone numbers: normalised when they come in, formatted for people, hidden from logs."""

import hashlib
import re
from functools import lru_cache

import phonenumbers

# A withheld number arrives as a word or as the word typed on a keypad, and one of those (+17378742833, RESTRICTED) is
# a valid number in Austin: this list is asked before any parsing.
WITHHELD = frozenset(
    (
        "anonymous",
        "restricted",
        "unavailable",
        "unknown",
        "private",
        "blocked",
        "withheld",
        "none",
        "266696687",
        "7378742833",
        "17378742833",
        "86282452253",
        "8656696",
        "2562533",
        "464",
    )
)


def load_countries() -> None:
    """Reads the rules of every country: 50 ms and 2 MiB. Read one by one when first needed, as the package does by
    itself, a file that cannot be opened then leaves its lock held, and whoever needs another country waits for ever."""
    phonenumbers.PhoneMetadata.load_all()


def is_withheld(raw: str) -> bool:
    """Whether a caller id says that the caller did not want to show it, or could not."""
    word = _plain(raw)
    return word in WITHHELD or not any(letter.isdigit() for letter in raw)


def is_machine(raw: str) -> bool:
    """Whether a sender is no telephone but a machine: a short code of three to six digits, or letters ("VERIZON")."""
    sender = _plain(raw)
    return sender not in WITHHELD and (SHORT_CODE.fullmatch(sender) is not None or any(map(str.isalpha, sender)))


def _plain(raw: str) -> str:
    return re.sub(r"[\s().-]", "", raw).lstrip("+").lower()


def is_shown(party: str) -> bool:
    """Whether somebody is known by a number in E.164, and not as "withheld:<call>" for one call long."""
    return party.startswith("+")


def is_country(code: str) -> bool:
    """Whether these are the two letters of a country that has telephone numbers."""
    return code in phonenumbers.SUPPORTED_REGIONS


SHORT_CODE = re.compile(r"\d{3,6}")

# +1 and ten digits is how a carrier writes nearly all numbers here: nothing to normalise, and quickly taken apart.
NORTH_AMERICAN = re.compile(r"\+1[2-9][0-9]{9}")


@lru_cache(maxsize=65536)
def normalise(raw: str, country: str) -> str | None:
    """The number in E.164 ("+12125550111"), or None when it is withheld or is no number. `country` reads local ones."""
    if is_withheld(raw):
        return None
    if NORTH_AMERICAN.fullmatch(raw):
        return raw
    try:
        parsed = phonenumbers.parse(raw, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


@lru_cache(maxsize=65536)
def country(phone: str) -> str:
    """The country a number belongs to ("US"); "" for what is no number of one country. The US and Canada share +1."""
    try:
        return str(phonenumbers.region_code_for_number(_parsed(phone)) or "")
    except phonenumbers.NumberParseException:
        return ""


NOT_RUNG = frozenset(
    (
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
        phonenumbers.PhoneNumberType.SHARED_COST,
        phonenumbers.PhoneNumberType.PAGER,
        phonenumbers.PhoneNumberType.VOICEMAIL,
        phonenumbers.PhoneNumberType.UAN,
    )
)


def to_call(raw: str, country: str) -> str:
    """A number that somebody typed, in E.164; "" for one that is not rung: expensive, of another country, or none."""
    phone = normalise(raw, country)
    if phone is None or not is_someones(phone) or not is_of(phone, country):
        return ""
    return "" if phonenumbers.number_type(_parsed(phone)) in NOT_RUNG else phone


def lacks_area_code(raw: str, country: str) -> bool:
    """Whether it is a number only within some area of that country: seven digits in New York."""
    try:
        reason = phonenumbers.is_possible_number_with_reason(phonenumbers.parse(raw, country))
    except phonenumbers.NumberParseException:
        return False
    return bool(reason == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY)


def is_of(phone: str, here: str) -> bool:
    """Whether a number belongs to that country, or to none alone, as toll-free ones."""
    return country(phone) in ("", here)


def is_someones(phone: str) -> bool:
    """Whether a number can be somebody's: "+10000000000" is written like one, and is shown by many machines."""
    try:
        return phonenumbers.is_valid_number(_parsed(phone))
    except phonenumbers.NumberParseException:
        return False


def _parsed(phone: str) -> phonenumbers.PhoneNumber:
    if NORTH_AMERICAN.fullmatch(phone):
        return phonenumbers.PhoneNumber(country_code=1, national_number=int(phone[2:]))
    return phonenumbers.parse(phone, None)


def show(phone: str) -> str:
    """The number as people of its country write it: "(212) 555-0111"; what is no number stays as it is."""
    try:
        parsed = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return phone
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL))


def hide(phone: str) -> str:
    """A short mark that tells two people apart in a log and gives nobody's number away."""
    return "~" + hashlib.sha256(phone.encode("utf-8", "replace")).hexdigest()[:6]
