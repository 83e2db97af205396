"""What people text in the mix. Hardly any two texts are alike: what a hotline remembers of words that it understood
before is of no use here, but for the short answers that people do give again and again.

Each kind of text says what it is to be understood as; tests/unit/test_mix.py holds every form of it to that.
"""

from collections.abc import Sequence
from random import Random

NEEDS = ("food", "groceries", "a ride", "medicine")
FOR = ("me", "my mother", "my two kids", "an old neighbor", "four people", "my family", "my friend", "the three of us")
HELLO = ("", "hi ", "hello, ", "good morning, ", "please, ", "hi there, ", "hey ")
HERE = ("11216", "11238", "11201")
PLACES = ("1", "2", "11216", "northside", "Downtown", "1.", "2 please")
THINGS = (
    *("rice", "beans", "bread", "milk", "eggs", "soup", "apples", "flour", "noodles", "onions", "oatmeal"),
    *("potatoes", "cereal", "tea", "oil", "carrots", "lentils", "tomatoes", "yogurt", "juice", "tuna", "salt", "honey"),
)
STREETS = ("Oak Street", "Maple Avenue", "Third Street", "Park Place", "Cedar Lane", "Mill Road", "Elm Court")
WHEN = ("by friday if you can", "any evening", "after 5", "tomorrow morning", "this week", "before noon", "on sunday")
DOORS = ("blue", "green", "red", "white", "brown", "grey", "yellow", "black")
SYLLABLES = ("ka", "lo", "mi", "ru", "ten", "vo", "sha", "bel", "dro", "pim", "zu", "qua", "fen", "tor", "gli", "wob")
TALK = ("the weather was mild", "we saw the parade", "the market was busy", "the trees look nice", "music was on")


def whole(dice: Random, needs: Sequence[str] = NEEDS, here: Sequence[str] = HERE) -> str:
    """A first text that says what and where."""
    what, whom, zip_code = dice.choice(needs), dice.choice(FOR), dice.choice(here)
    return f"{dice.choice(HELLO)}we need {what} for {whom}, {dice.randrange(1, 80)} {dice.choice(STREETS)} {zip_code}"


def part(dice: Random) -> str:
    """A first text that says what, but not where."""
    return f"{dice.choice(HELLO)}could somebody bring {_things(dice, 3)} for {dice.choice(FOR)}, food is short"


def place(dice: Random, places: Sequence[str] = PLACES) -> str:
    """Where somebody is, as they answer when they are asked. These are few in life as well."""
    return dice.choice(places)


def details(dice: Random) -> str:
    """What a helper should know."""
    at = f"{dice.randrange(1, 400)} {dice.choice(STREETS)}, the {dice.choice(DOORS)} door"
    return f"{_things(dice, 4)} for {dice.randrange(1, 9)}, {at}, {dice.choice(WHEN)}"


def yes(dice: Random) -> str:
    """That it is right."""
    return dice.choice(("1", "1", "1", "yes", "Yes", "1 yes", "yes please"))


def taking(dice: Random, code: str) -> str:
    return dice.choice(("YES {0}", "yes {0}", "Yes {0}!", "YES {0} thanks", "{0}")).format(code)


def not_now(dice: Random, code: str) -> str:
    return dice.choice(("NO {0}", "no {0}", "No {0} sorry")).format(code)


def finished(dice: Random, code: str) -> str:
    return dice.choice(("DONE {0}", "done {0}", "Done {0}.")).format(code)


def status(dice: Random) -> str:
    return dice.choice(("STATUS", "status", "Status", "Status?"))


def found_at(dice: Random) -> str:
    """Something more for the helper, once there is one."""
    return f"it is the {dice.choice(DOORS)} door, {dice.randrange(1, 400)} {dice.choice(STREETS)}, please knock"


def coming(dice: Random) -> str:
    """From the helper."""
    return f"I am on my way, {dice.randrange(5, 60)} minutes, with {_things(dice, 2)}"


def unclear(dice: Random) -> str:
    """What nobody understands."""
    word = "".join(dice.choice(SYLLABLES) for _ in range(3))
    return f"{dice.choice(TALK)} {word} {dice.choice(DOORS)}"


def _things(dice: Random, most: int) -> str:
    return ", ".join(f"{dice.randrange(1, 7)} {each}" for each in dice.sample(THINGS, dice.randrange(1, most + 1)))
