"""Telephone numbers: normalised when they come in, formatted for people, hidden from logs."""

import re
from functools import cache, lru_cache

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
    return _plain(raw) in WITHHELD or not any(letter.isdigit() for letter in raw)


def is_machine(raw: str) -> bool:
    """Whether a sender is no telephone but a machine: a short code of three to six digits, or letters ("VERIZON").
    "whatsapp:+1..." is a telephone."""
    sender = _plain(raw)
    letters = any(map(str.isalpha, sender)) and ":" not in sender
    return sender not in WITHHELD and (SHORT_CODE.fullmatch(sender) is not None or letters)


def _plain(raw: str) -> str:
    return re.sub(r"[\s().-]", "", raw).lstrip("+").lower()


def is_of_machine(party: str) -> bool:
    """Whether somebody is known as "other:<sender>": no number that can be answered."""
    return party.startswith("other:")


def is_shown(party: str) -> bool:
    """Whether somebody is known by a number in E.164, and not as "withheld:<call>" for one call long."""
    return party.startswith("+")


def is_hidden(party: str) -> bool:
    """Whether somebody called without showing a number: known for one call long."""
    return party.startswith("withheld:")


def is_country(code: str) -> bool:
    """Whether these are the two letters of a country that has telephone numbers."""
    return code in phonenumbers.SUPPORTED_REGIONS


REMEMBERED = 4096  # numbers: of those who talk now; more would hold a year's callers in memory
SHORT_CODE = re.compile(r"[0-9]{3,6}")

# +1 and ten digits is how a carrier writes nearly all numbers here: nothing to normalise, and quickly taken apart.
ENDING = 4  # digits that the team reads of a number
IN_TEXT = re.compile(r"\+?\d(?:[\s().-]{0,2}\d){6,}")  # a number in what somebody wrote, however it is grouped
NORTH_AMERICAN = re.compile(r"\+1[2-9][0-9]{9}")
# The shape of its numbers. Area codes are added every year, sooner than to the library's list: one of this shape is
# somebody's whatever the list says.
WELL_FORMED = re.compile(r"\+1[2-9](?!11)[0-8][0-9][2-9](?!11)[0-9]{6}")


@lru_cache(REMEMBERED)
def normalise(raw: str, country: str) -> str | None:
    """The number in E.164 ("+12125550111"). None when it is withheld, is none, or lacks its area code. `country` reads
    local ones."""
    if is_withheld(raw):
        return None
    if NORTH_AMERICAN.fullmatch(raw):
        return raw
    try:
        parsed = phonenumbers.parse(raw, country)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(parsed) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    if SHORT_CODE.fullmatch(_plain(raw)) and not phonenumbers.is_valid_number(parsed):
        return None
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def is_without_area_code(raw: str, country: str) -> bool:
    """Whether somebody wrote a number as it is dialed next door: "555-0199"."""
    try:
        possible = phonenumbers.is_possible_number_with_reason(phonenumbers.parse(raw, country))
    except phonenumbers.NumberParseException:
        return False
    return bool(possible == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY)


@lru_cache(REMEMBERED)
def country(phone: str) -> str:
    """The country or territory a number belongs to ("US", "PR"); "" for what is no number of one country alone."""
    try:
        return str(phonenumbers.region_code_for_number(_parsed(phone)) or "")
    except phonenumbers.NumberParseException:
        return ""


def time_zones(phone: str) -> tuple[str, ...]:
    """The time zones in which a number's area lies ("America/New_York"); many for one that has no area, none for what
    is no number."""
    from phonenumbers import timezone  # 90 ms to import: only the doctor asks

    try:
        zones = timezone.time_zones_for_number(_parsed(phone))
    except phonenumbers.NumberParseException:
        return ()
    return tuple(zone for zone in zones if zone != timezone.UNKNOWN_TIMEZONE)


# Codes that several independent countries share. Elsewhere all who share one are a country and its territories.
SHARED = frozenset((1, 7))
# Territories that the code alone does not tell: those under the country's own telephone authority.
OF_COUNTRIES = {"US": "AS GU MP PR VI", "FR": "BL GF GP MF MQ PM RE YT", "NL": "BQ"}
TERRITORIES = {region: country for country, regions in OF_COUNTRIES.items() for region in regions.split()}


@cache
def nation(region: str) -> str:
    """The country of which a region is a territory ("US" for "PR"), or the region itself."""
    if region in TERRITORIES:
        return TERRITORIES[region]
    code = phonenumbers.country_code_for_region(region)
    if code in SHARED or not code:
        return region
    return str(phonenumbers.region_code_for_country_code(code))


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


def ending(number: str) -> str:
    """The last digits, by which the team knows whose it is."""
    return number[-ENDING:]


@lru_cache(REMEMBERED)
def is_of(phone: str, here: str) -> bool:
    """Whether a number belongs to that country with its territories, or not to another alone: toll-free ones, new area
    codes."""
    region = country(phone)
    if not region or nation(region) == nation(here):
        return True
    return bool(phonenumbers.is_valid_number_for_region(_parsed(phone), here))


def is_dialed_alike(phone: str, here: str) -> bool:
    """Whether a number has the same code before it as those of that country: Toronto and New York."""
    return phone.startswith(f"+{phonenumbers.country_code_for_region(here)}")


def is_someones(phone: str) -> bool:
    """Whether a number can be somebody's: "+10000000000" is written like one, and is shown by many machines."""
    try:
        return WELL_FORMED.fullmatch(phone) is not None or phonenumbers.is_valid_number(_parsed(phone))
    except phonenumbers.NumberParseException:
        return False


def is_landline(phone: str) -> bool:
    """Whether a number surely gets no texts. In North America, and some other countries, no number tells."""
    return bool(phonenumbers.number_type(_parsed(phone)) == phonenumbers.PhoneNumberType.FIXED_LINE)


def fault(raw: str, here: str) -> str:
    """What is wrong with a number that somebody wrote down for us: no_area_code, of_elsewhere, no_number; "" for one
    that can be used."""
    if is_without_area_code(raw, here):
        return "no_area_code"
    phone = normalise(raw, here)
    if phone and not (is_of(phone, here) and (is_someones(phone) or is_dialed_alike(phone, here))):
        return "of_elsewhere"
    return "" if phone and is_someones(phone) else "no_number"


def mistake(raw: str, here: str) -> str:
    """The same as a sentence with the fix."""
    example = example_of(here)
    match fault(raw, here):
        case "no_area_code":
            return f"{raw!r} has no area code; write the whole number, such as {example}"
        case "of_elsewhere":
            return (
                f"{raw!r} is a number of another country; only numbers of {here} are texted or called, "
                f"such as {example}"
            )
        case "no_number":
            return f"{raw!r} is no telephone number; write it with the area code, such as {example}"
    return ""


def example_of(here: str) -> str:
    """A number as it is written in that country, for people who wrote another."""
    if nation(here) == "US":
        return "+12125550155"
    found = phonenumbers.example_number_for_type(here, phonenumbers.PhoneNumberType.MOBILE)
    return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)) if found else "+12125550155"


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
