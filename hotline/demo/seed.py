"""Seeded neighborhood: who lives in the demo, with which phones, and what they give."""

from hotline.community.model import Community
from hotline.demo.cast import Cast
from hotline.demo.recorder import Recorder

NUMBER = "+12125550100"
PIN = "246810"  # of the demo's coordinators' room: press 8 at the main menu
# In this order they get their numbers, and by their numbers the lot is drawn: Ben and Cho are asked first.
PHONES = (
    ("Dora", "mobile", "En español. Text: ESTADO"),
    ("Gus", "landline", "Call, and press keys"),
    ("Ana", "flip phone", "Text: food"),
    ("Ben", "mobile", "When asked, text: YES and the number"),
    ("Cho", "mobile", "Or be the first with a plain: YES"),
)
SHOWN = ("Ana", "Gus", "Ben", "Cho", "Dora")  # from left to right, coordinators after them
GIVERS = (
    ("Ben", ("food", "ride"), ("north", "downtown"), "en"),
    ("Cho", ("food", "medicine"), ("north",), "en"),
    ("Dora", ("food", "ride", "medicine", "other"), ("north", "downtown"), "es"),
)


async def seed(cast: Cast, recorder: Recorder) -> None:
    """Plugs the phones in and enrolls who gives, by directions that a transcript of it begins with."""
    place = cast.place
    here = place.hotline.catalogue.community
    # Everybody on the page is reached: it is open, whatever the file says of a practice.
    await place.hotline.store.run(lambda tx: tx.opening.go_live(place.clock()))
    for line in (*(f"{name} has a {kind}" for name, kind, _ in PHONES), *givers(here), f"the PIN is {PIN}"):
        recorder.begins("", f"-- {line}")
        await cast.direct(line)
    for name, _, hint in PHONES:
        cast.phones[name].hint = hint
    for name in cast.coordinators:
        cast.phones[name].hint = "Coordinates. Text: LIST, or open the board"
    phones = place.exchange.handsets
    for name in (*SHOWN, *cast.coordinators):
        phones[cast.phones[name].number] = phones.pop(cast.phones[name].number)


def givers(here: Community) -> list[str]:
    """Who gives what where, as far as this community knows it."""
    lines = []
    for name, needs, areas, language in GIVERS:
        what = [need for need in needs if need in here.needs_offered] or here.needs_offered
        where = [area for area in areas if area in here.areas] or list(here.areas)
        speaks = language if language in here.languages else here.languages[-1]
        lines.append(f"{name} gives {', '.join(what)} in {', '.join(where)} and speaks {speaks}")
    return lines
