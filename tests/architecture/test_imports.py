"""Who may import whom: the table of DESIGN.md section 3."""

import sys

import pytest

from tests.architecture.code import Module, modules

IMPURE = frozenset(("time", "random", "os", "asyncio", "secrets", "socket", "subprocess", "threading", "sqlite3"))
PURE = ("engine", "records", "effects", "orders", "naming", "flows", "dispatch", "aftercare", "aloud", "rings")

# part: (what of the hotline, what of other packages)
RULES: dict[str, tuple[set[str], set[str]]] = {
    "engine": ({"engine"}, set()),
    "aloud": (set(), set()),
    "records": ({"effects", "engine"}, set()),
    "effects": ({"records", "engine", "orders"}, set()),
    "flows": ({"flows", "engine", "records", "effects", "orders", "naming"}, set()),
    "dispatch": ({"records"}, set()),
    "phones": (set(), {"phonenumbers"}),
    "channels": ({"engine", "channels", "community"}, set()),
    "storage": ({"records", "engine.session", "storage"}, {"aiosqlite", "psycopg", "psycopg_pool"}),
    "carriers": ({"carriers", "phones"}, {"twilio", "aiohttp"}),
    "switchboard": ({"channels", "dispatch", "effects", "engine", "flows", "records"}, set()),
    "worker": ({"carriers", "channels", "dispatch", "records"}, set()),
    "simulator": ({"simulator"}, {"starlette"}),
    "web": ({"web", "switchboard", "records", "channels", "carriers"}, {"starlette", "jinja2"}),
    # Not in the table: what stands above everything, and what everything stands on.
    "settings": (set(), {"dotenv"}),
    "recordings": ({"carriers", "channels", "community", "engine", "flows", "records", "storage"}, {"obstore"}),
    "letters": (set(), set()),
    "aftercare": ({"dispatch", "records"}, set()),
    "gate": ({"records", "phones"}, set()),
    "rings": ({"dispatch", "engine.plain"}, set()),
    "ringing": (
        {
            *("carriers", "channels", "dispatch", "engine.session", "outbox", "records", "rings", "untold"),
            *("hanging_up", "whereabouts"),
        },
        set(),
    ),
    "hanging_up": ({"flows", "records"}, set()),
    "private_words": (set(), set()),
    "rung": ({"effects", "engine", "flows", "records", "rings"}, set()),
    "joining": ({"channels", "effects", "engine", "flows", "phones", "records"}, set()),
    "whereabouts": ({"phones"}, set()),
    "untold": ({"dispatch", "engine.session", "records", "phones"}, set()),
    "newcomers": ({"gate"}, set()),
    "facts": ({"community", "dispatch", "engine", "flows.codes", "overview", "records"}, set()),
    "overview": ({"engine.answers", "naming", "records"}, set()),
    "naming": ({"engine.answers", "records"}, set()),
    "orders": (set(), set()),
    "deeds": ({"aftercare", "community", "dispatch", "effects", "engine.session", "orders", "records", "team"}, set()),
    "team": ({"community", "effects", "engine.session", "orders", "records"}, set()),
    "inbound": ({"carriers", "phones", "rings", "switchboard"}, set()),
    "nights": ({"dispatch", "records"}, set()),
    "parcels": ({"channels"}, set()),
    "outbox": (
        {"nights", "parcels", "carriers", "channels", "engine.session", "records", "phones", "untold", "whereabouts"},
        set(),
    ),
    "proofreading": ({"channels", "community", "engine", "flows"}, set()),
    "printing": ({"aloud", "channels", "engine", "flows", "phones", "printing"}, set()),
    "community": ({"community", "phones", "dispatch", "records"}, set()),
}
COMPOSES = (
    "app",
    "cli",
    "commands",
    "demo",
    "__main__",
    "__init__",
)  # these put the pieces together and may name any of them

# Beyond the table, each with its reason.
BESIDES: dict[str, dict[str, str]] = {
    "records": {"aloud": "what was said aloud is among the facts"},
    "flows": {"aloud": "what was said aloud is among the facts"},
    "storage": {"aloud": "what was said aloud is kept there", "rings": "a call to somebody is kept there"},
    "recordings": {
        "aloud": "what can be recorded and heard",
        "private_words": "what is typed in a call is tried there",
        "phones": "and so is a number to call back",
        "recordings": "its own parts",
        "settings": "where sounds are kept stands there",
    },
    "worker": {
        "storage": "it runs turns on the store that it is given",
        "community": "the areas near by stand there",
        "phones": "hides numbers in the log",
        "engine": "what it sends are prompts",
        "outbox": "it carries out what is decided about each row",
        "ringing": "and about each call",
        "rings": "a call is what it looks up",
        "parcels": "and sends what is ready to go",
        "inbound": "texts that it fetches come in as all others",
        "switchboard": "and are answered by it",
        "recordings.keeper": "recordings are fetched and forgotten beside everything else",
        "worker": "its own parts",
        "aftercare": "what is due about a need",
        "facts": "a question of ours rests on the same facts as an answer",
        "flows": "a question of ours is the first step of a flow",
    },
    "web": {
        "storage": "it runs turns on the store that it is given",
        "inbound": "what came in is read there",
        "recordings": "the provider hears recordings by their addresses",
        "outbox": "reports of the carrier change it",
        "ringing": "and the calls that we made",
        "phones": "hides numbers in the log",
        "letters": "what nothing can hold is taken out at the door",
    },
    "carriers": {"letters": "what nothing can hold is taken out at the door"},
    "channels": {
        "letters": "what nothing can hold is taken out at the door",
        "rapidfuzz": "small mistakes are forgiven",
        "aloud": "what can be recorded is a piece of what is said",
    },
    "switchboard": {
        "gate": "who is answered at all",
        "newcomers": "and whether too many are new",
        "recordings.calls": "what a call knows of sounds",
        "facts": "what a decision rests on is read there",
        "deeds": "what was decided is carried out there",
        "rung": "calls that we made go on there",
        "rings": "what became of ringing the other side",
        "ringing": "what is told in them is decided there",
        "joining": "two people are joined there",
        "whereabouts": "whom a call of ours is for",
    },
    "proofreading": {"carriers.webhooks": "the words that carriers eat stand there", "proofreading": "its own parts"},
    "simulator": {"aiohttp": "it posts webhooks", "yarl": "addresses must travel as they were signed"},
}
ONLY_IN = {
    "aiosqlite": ("storage/sqlite.py",),
    "sqlite3": ("storage/sqlite.py", "storage/sqlite_file.py", "storage/moving.py"),
    "psycopg": ("storage/postgres.py", "storage/moving_postgres.py"),
    "twilio": ("carriers/twilio.py",),
    "obstore": ("recordings/bucket.py",),
}


def _id(module: Module) -> str:
    return module.path


@pytest.mark.parametrize("module", modules(), ids=_id)
def test_a_part_imports_only_what_the_table_allows(module: Module) -> None:
    if module.part in COMPOSES:
        return
    inside, outside = RULES[module.part]
    besides = set(BESIDES.get(module.part, ()))
    for name in module.imports:
        package, _, rest = name.partition(".")
        if package == "hotline":
            assert any(f"{rest}.".startswith(f"{allowed}.") for allowed in inside | besides), name
        elif package not in sys.stdlib_module_names:
            assert package in outside | besides, name


@pytest.mark.parametrize("module", [m for part in PURE for m in modules() if m.part == part], ids=_id)
def test_a_pure_part_touches_no_clock_no_chance_and_no_machine(module: Module) -> None:
    assert not {name.split(".")[0] for name in module.imports} & IMPURE


@pytest.mark.parametrize("module", modules(), ids=_id)
def test_a_driver_is_imported_in_its_own_file_only(module: Module) -> None:
    for package, places in ONLY_IN.items():
        if module.path not in places:
            assert package not in {name.split(".")[0] for name in module.imports}


def test_every_exception_from_the_table_is_still_used() -> None:
    for part, besides in BESIDES.items():
        used = {name.removeprefix("hotline.") for module in modules() if module.part == part for name in module.imports}
        for name in besides:
            assert any(f"{each}.".startswith(f"{name}.") for each in used), f"{part} no longer imports {name}"
