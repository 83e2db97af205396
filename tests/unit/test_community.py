"""The community file: whatever is wrong with it is one sentence with the key and the fix."""

from pathlib import Path

import pytest

from hotline.channels.catalogue import languages
from hotline.community.model import CommunityError
from hotline.community.reading import from_table, load
from hotline.model.line import Line
from tests.unit.build import community, plain
from tests.world import COMMUNITY

FOOD = '[needs.food]\nen = "food"\nes = "comida"'


def _rule(line: str, key: str, fix: str) -> tuple[str, str, str, str]:
    """A mistake in the table of rules."""
    return "[dispatch]\n", f"[dispatch]\n{line}\n", key, fix


def _group(lines: str, key: str, fix: str) -> tuple[str, str, str, str]:
    """A mistake in the directory."""
    return 'phone = "+12125550199"', f'phone = "+12125550199"\n[[groups]]\n{lines}', f"groups.1.{key}", fix


PANTRY = 'name = "Pantry"\nphone = "212-555-0155"\n'

# (what is written instead of what, the key that is named, a word of the fix)
MISTAKES = {
    "no name": ('name = "Eastside Mutual Aid"\n', "", "name", "such as"),
    "empty name": ('"Eastside Mutual Aid"', '"  "', "name", "such as"),
    "name a number": ('"Eastside Mutual Aid"', "5", "name", "such as"),
    "long name": ("Eastside Mutual Aid", "E" * 41, "name", "40 at most"),
    "two lines of name": ("Eastside Mutual Aid", "Eastside\\nMutual Aid", "name", "line"),
    "no languages": ('languages = ["en", "es"]\n', "", "languages", "such as"),
    "languages a word": ('["en", "es"]', '"en"', "languages", "such as"),
    "languages empty": ('["en", "es"]', "[]", "languages", "such as"),
    "language unknown": ('["en", "es"]', '["en", "xx"]', "languages", "there are"),
    "language a number": ('["en", "es"]', "[5]", "languages", "there are"),
    "language twice": ('["en", "es"]', '["en", "en"]', "", "en"),
    "no country": ('country = "US"\n', "", "country", "such as"),
    "country unknown": ('country = "US"', 'country = "USA"', "country", "US"),
    "no timezone": ('timezone = "America/New_York"\n', "", "timezone", "such as"),
    "timezone unknown": ("America/New_York", "Eastside", "timezone", "America/New_York"),
    "timezone a folder": ("America/New_York", "America", "timezone", "America/New_York"),
    "timezone a path": ("America/New_York", "../../etc/passwd", "timezone", "America/New_York"),
    "no emergency": ('emergency = "911"\n', "", "emergency", "such as"),
    "emergency long": ('emergency = "911"', 'emergency = "call the police"', "emergency", "911"),
    "unknown key": ('country = "US"', 'country = "US"\ncolour = "red"', "colour", "no such key"),
    "need a word": (FOOD, '[needs]\nfood = "food"', "needs.food", "table"),
    "need without a label": ('es = "comida"', "", "needs.food.es", "such as"),
    "need with an empty label": ('es = "comida"', 'es = ""', "needs.food.es", "such as"),
    "need with a long label": ('es = "comida"', 'es = "comida preparada y caliente"', "needs.food.es", "24 at most"),
    "need with another language": ('es = "comida"', 'es = "comida"\nfr = "repas"', "needs.food.fr", "no such key"),
    "need with bad words": ('es = "comida"', 'es = "comida"\nwords = "bread"', "needs.food.words", "list"),
    "need named in capitals": ("[needs.food]", "[needs.Food]", "needs.Food", "small letters"),
    "need named with a space": ("[needs.food]", '[needs."hot food"]', "needs.hot food", "small letters"),
    "need named in Spanish": ("[needs.food]", '[needs."pañales"]', "needs.pañales", "small letters"),
    "need and area of one name": ("[needs.food]", "[needs.north]", "north", "rename"),
    "need named like a language": ("[needs.food]", "[needs.es]", "es", "rename"),
    "need named like one of our words": ("[needs.food]", "[needs.yes]", "needs.yes", "another name"),
    "need named emergency": ("[needs.food]", "[needs.emergency]", "needs.emergency", "another name"),
    "need named more": ("[needs.food]", "[needs.more]", "needs.more", "another name"),
    "area without a label": ('en = "Northside"\n', "", "areas.north.en", "such as"),
    "area with zips as numbers": ('["11216", "11238"]', "[11216]", "areas.north.zips", "in quotes"),
    "area near nothing": ('near = ["downtown"]', 'near = ["uptown"]', "areas.north.near", "name one of"),
    "area with an unknown key": ('near = ["downtown"]', 'close = ["downtown"]', "areas.north.close", "no such key"),
    "label that carriers eat": ('en = "food"', 'en = "Help"', "needs.food.en", "carrier"),
    "two needs of one label": ('en = "a ride"', 'en = "food"', "needs.ride.en", "food"),
    "days of recordings long": ("recordings_days = 30", 'recordings_days = "x"', "recordings_days", "whole number"),
    "days of recordings none": ("recordings_days = 30", "recordings_days = 0", "recordings_days", "whole number"),
    "approval a word": ("approval = false", 'approval = "no"', "volunteers.approval", "true or false"),
    "volunteers with an unknown key": ("approval = false", "approve = false", "volunteers.approve", "no such key"),
    "coordinator without a number": ('phone = "+12125550199"', "", "coordinators.rosa.phone", "such as"),
    "coordinator with a bad number": ("+12125550199", "555", "coordinators.rosa.phone", "such as"),
    "coordinator without an area code": ('"+12125550199"', '"555-0199"', "coordinators.rosa.phone", "no area code"),
    "coordinator of another country": ("+12125550199", "+447700900123", "coordinators.rosa.phone", "numbers of US"),
    "coordinator of a shared code": ("+12125550199", "+18095550199", "coordinators.rosa.phone", "numbers of US"),
    "coordinator nobody can have": ("+12125550199", "+12121110199", "coordinators.rosa.phone", "no telephone number"),
    "coordinator with an unknown key": ('phone = "+12125550199"', 'tel = "1"', "coordinators.rosa.tel", "no such key"),
    "coordinator with a summary at no hour": (
        'phone = "+12125550199"',
        'phone = "+12125550199"\ndaily_summary = 8',
        "coordinators.rosa.daily_summary",
        "such as",
    ),
    "coordinators a number": ('[coordinators.rosa]\nphone = "+12125550199"', "[x]", "x", "no such key"),
    "told early by a word": ("tell_early = false", 'tell_early = "no"', "dispatch.tell_early", "true or false"),
    "wave of nobody": _rule("wave_size = 0", "dispatch.wave_size", "1 or more"),
    "wave of a word": _rule('wave_size = "3"', "dispatch.wave_size", "whole number"),
    "minutes true": _rule("wave_minutes = true", "dispatch.wave_minutes", "whole"),
    "dispatch with an unknown key": _rule("size = 3", "dispatch.size", "no such key"),
    "quiet all wrong": _rule('quiet_hours = "night"', "dispatch.quiet_hours", "such as"),
    "quiet at 25": _rule('quiet_hours = "25:00-08:00"', "dispatch.quiet_hours", "such as"),
    "quiet from only": _rule('quiet_hours = "21:00"', "dispatch.quiet_hours", "such as"),
    "quiet a number": _rule("quiet_hours = 21", "dispatch.quiet_hours", "such as"),
    "group without a name": _group('phone = "211"', "name", "such as"),
    "group with a name on two lines": _group('name = "a\\nb"\nphone = "211"', "name", "one line"),
    "group with a long name": _group(f'name = "{"P" * 31}"\nphone = "211"', "name", "30 at most"),
    "group without a number": _group('name = "Pantry"', "phone", "such as"),
    "group with a bad number": _group('name = "Pantry"\nphone = "call us"', "phone", "+12125550155"),
    "group with hours as numbers": _group(PANTRY + "hours = 9", "hours", "such as"),
    "group with long hours": _group(PANTRY + f'hours = "{"h" * 41}"', "hours", "40 at most"),
    "group with an unknown need": _group(PANTRY + 'needs = ["bread"]', "needs", "there are food"),
    "group with an unknown area": _group(PANTRY + 'areas = ["uptown"]', "areas", "there are north"),
    "group with a need as a word": _group(PANTRY + 'needs = "food"', "needs", "list"),
    "group with an unknown key": _group(PANTRY + 'address = "5th"', "address", "no such key"),
    "two groups of one name": (*_group(PANTRY + "[[groups]]\n" + PANTRY, "", "")[:2], "groups.2.name", "twice"),
    "a word of the carrier": ('es = "comida"', 'es = "comida"\nwords = ["quit"]', "needs.food.words", "use another"),
    "an area near itself": ('near = ["downtown"]', 'near = ["north"]', "areas.north.near", "name another"),
    "offers a word": ("offers = false", 'offers = "no"', "sharing.offers", "true or false"),
    "offers for no days": ("offers = false", "offer_days = 0", "sharing.offer_days", "from 1 to 30"),
    "still yes each week": ("offers = false", "still_yes_days = 7", "sharing.still_yes_days", "from 60 to 90"),
    "tools a word": ("tools = false", 'tools = "no"', "sharing.tools", "true or false"),
    "rings a word": ("rings = false", 'rings = "no"', "sharing.rings", "true or false"),
    "listening a word": ("listening = false", 'listening = "no"', "sharing.listening", "true or false"),
    "lent for no days": ("tools = false", "loan_days = 0", "sharing.loan_days", "from 1 to 30"),
    "back on no weekday": ("tools = false", 'tools_come_back = ["noday"]', "sharing.tools_come_back", "weekdays"),
    "sharing with an unknown key": ("offers = false", "recipes = true", "sharing.recipes", "no such key"),
    "quiet with a zone": _rule('quiet_hours = "21:00Z-08:00Z"', "dispatch.quiet_hours", "such as"),
}  # fmt: skip
TABLES = {
    "needs": '[needs.food]\nen = "food"',
    "areas": '[areas.north]\nen = "Northside"',
    "dispatch": "",
    "volunteers": "",
    "coordinators": "",
    "groups": "",
    "sharing": "",
}


def said(folder: Path, text: str) -> str:
    with pytest.raises(CommunityError) as mistake:
        community(folder, text)
    sentence = str(mistake.value)
    assert "\n" not in sentence
    return sentence.removeprefix(f"{folder / 'community.toml'}: ")


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_is_one_sentence_with_the_key_and_the_fix(what: str, tmp_path: Path) -> None:
    right, wrong, key, fix = MISTAKES[what]
    assert right in COMMUNITY, "the test must change something"
    sentence = said(tmp_path, COMMUNITY.replace(right, wrong, 1))
    assert sentence.startswith(key)
    assert fix in sentence


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("value", ["5", '"word"', "[]", "[1]", "true"])
def test_a_table_that_is_something_else_is_a_mistake(table: str, value: str, tmp_path: Path) -> None:
    if table == "groups" and value == "[]":
        pytest.skip("no groups at all is no mistake")
    minimal = _only_the_rest_of(table)
    assert said(tmp_path, f"{table} = {value}\n{minimal}").startswith(table)


def _only_the_rest_of(left_out: str) -> str:
    head = 'name = "E"\nlanguages = ["en"]\ncountry = "US"\ntimezone = "America/New_York"\nemergency = "911"\n'
    return head + "\n".join(text for table, text in TABLES.items() if table != left_out)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommunityError, match=r"^COMMUNITY_FILE: there is no file"):
        load(tmp_path / "nothing.toml", languages())


def test_a_folder_in_the_place_of_the_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommunityError, match=r"^(COMMUNITY_FILE|/).*"):
        load(tmp_path, languages())


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe", b'name = "a"\nname = "b"'])
def test_a_file_that_is_no_toml_is_one_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "community.toml").write_bytes(content)
    with pytest.raises(CommunityError, match="TOML"):
        load(tmp_path / "community.toml", languages())


def test_a_file_from_windows_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "community.toml").write_bytes(b"\xef\xbb\xbf" + COMMUNITY.strip().replace("\n", "\r\n").encode())
    assert load(tmp_path / "community.toml", languages()).name == "Eastside Mutual Aid"


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    here = community(tmp_path)
    assert (here.name, here.languages, here.country) == ("Eastside Mutual Aid", ("en", "es"), "US")
    assert tuple(here.areas) == ("north", "downtown")
    assert here.areas["north"].near == ("downtown",)
    assert here.coordinators == {"rosa": "+12125550199"}
    assert here.needs["ride"].labels["es"] == "un viaje"


def test_a_group_is_shown_as_people_dial_it_and_found_by_what_it_gives(tmp_path: Path) -> None:
    also = '[[groups]]\nname = "Pantry"\nphone = "+12125550155"\nneeds = ["food"]\nareas = ["north"]\n'
    here = community(tmp_path, COMMUNITY + also + '[[groups]]\nname = "City"\nphone = "311"\n')
    assert [group.phone for group in here.groups] == ["(212) 555-0155", "311"]
    assert [group.name for group in here.groups_for("food", "north")] == ["Pantry", "City"]
    assert [group.name for group in here.groups_for("food", "downtown")] == ["City"]
    assert [group.name for group in here.groups_for("other", "north")] == ["City"]


def test_something_else_is_always_offered_and_last(tmp_path: Path) -> None:
    assert community(tmp_path).needs_offered[-1] == "other"


def test_the_longest_allowed_is_allowed(tmp_path: Path) -> None:
    text = COMMUNITY.replace("Eastside Mutual Aid", "E" * 40).replace('"comida"', '"' + "c" * 24 + '"')
    assert community(tmp_path, text).needs["food"].labels["es"] == "c" * 24


def test_the_demo_s_neighborhood_is_a_good_file() -> None:
    from hotline.demo import app

    assert load(Path(app.__file__).parents[1] / "demo.toml", languages()).rules.wave_size == 2


def test_nobody_is_rung_each_day_on_a_line_without_calls() -> None:
    here = from_table({**plain(), "sharing": {"rings": True}}, ("en", "es"))
    assert here.on(Line()).sharing.rings
    with pytest.raises(CommunityError, match="your telephone line makes no calls"):
        here.on(Line(calls=False))
