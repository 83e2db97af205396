"""Who may import whom: one row a folder, no exceptions, and no circle anywhere. Imports for types alone count too."""

import re
import sys

import pytest

from tests.architecture.code import HOTLINE, Module, graph, modules

# folder: (folders of the hotline, packages of others). A folder may always import itself.
RULES: dict[str, tuple[set[str], set[str]]] = {
    "engine": (set(), set()),
    "model": ({"engine"}, {"phonenumbers"}),
    "dispatch": ({"model"}, set()),
    "flows": ({"engine", "model"}, set()),
    "community": ({"model"}, set()),
    "carriers": ({"model", "settings"}, {"twilio", "aiohttp"}),
    "storage": ({"engine", "model"}, {"aiosqlite", "psycopg", "obstore"}),
    "channels": ({"engine", "model", "community", "flows"}, {"rapidfuzz", "segno"}),
    "outbound": ({"engine", "model", "dispatch", "flows", "community", "channels", "carriers", "storage"}, set()),
    "inbound": ({"engine", "model", "dispatch", "flows", "community", "channels", "storage", "outbound"}, {"argon2"}),
    "worker": (
        {
            *("engine", "model", "dispatch", "flows", "community", "carriers", "storage", "outbound", "inbound"),
            "monitoring",
        },
        set(),
    ),
    "web": (
        {"model", "carriers", "storage", "channels", "outbound", "inbound", "monitoring"},
        {"starlette", "uvicorn", "httptools", "jinja2", "markupsafe"},
    ),
    "doctor": (
        {"model", "community", "carriers", "storage", "channels", "inbound", "web", "monitoring", "settings"},
        {"aiohttp"},
    ),
    "registration": ({"model", "channels", "engine"}, set()),
    "monitoring": ({"model"}, set()),
    "simulator": (set(), {"starlette", "aiohttp", "yarl", "segno"}),
    "settings": ({"model"}, {"dotenv"}),
}
COMPOSE = frozenset(("__init__", "__main__", "app", "cli", "commands", "demo"))  # these put the pieces together
PURE = ("engine", "model", "dispatch", "flows")
IMPURE = frozenset(("time", "random", "os", "asyncio", "secrets", "socket", "subprocess", "threading", "sqlite3"))
ONLY_IN = {
    "aiosqlite": ("storage/",),
    "sqlite3": ("storage/",),
    "psycopg": ("storage/",),
    "obstore": ("storage/audio/bucket.py",),
    "twilio": ("carriers/twilio/",),
}

# What belongs to one provider: its headers, its fields, its ids. A second provider is added in carriers/ alone.
PROVIDERS = re.compile(
    r"twilio|\b(Message|Sms|Call|Recording|Account|DialCall)(Sid|Status|Duration)\b|\bErrorCode\b|\bAnsweredBy\b"
    r"|\bOptOutType\b|[\"']Digits[\"']|startswith\([\"'](RE|CA|SM)[\"']",
    re.IGNORECASE,
)
KNOW_PROVIDERS = ("carriers/", "settings.py", "simulator/")  # the simulator is a pretend provider


def test_the_page_on_architecture_names_every_folder() -> None:
    page = (HOTLINE.parent / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"^\| `(\w+)/` \|", page, re.MULTILINE))
    assert named == {folder.parent.name for folder in HOTLINE.glob("*/__init__.py")} | {"messages"}


def _id(module: Module) -> str:
    return module.path


@pytest.mark.parametrize("module", modules(), ids=_id)
def test_a_folder_imports_only_what_its_row_allows(module: Module) -> None:
    if module.part in COMPOSE:
        return
    inside, outside = RULES[module.part]
    for name in module.imports:
        package, _, rest = name.partition(".")
        if package == "hotline":
            assert rest.split(".")[0] in inside | {module.part}, name
        elif package not in sys.stdlib_module_names:
            assert package in outside, name


def test_every_row_is_used() -> None:
    """A right that nobody uses is taken away."""
    used: dict[str, set[str]] = {part: set() for part in RULES}
    for module in modules():
        used.get(module.part, set()).update(
            name.split(".")[1] if name.startswith("hotline.") else name.split(".")[0] for name in module.imports
        )
    unused = {part: (inside | outside) - used[part] for part, (inside, outside) in RULES.items()}
    assert {part: names for part, names in unused.items() if names} == {}


@pytest.mark.parametrize("module", [m for part in PURE for m in modules() if m.part == part], ids=_id)
def test_a_pure_part_touches_no_clock_no_chance_and_no_machine(module: Module) -> None:
    assert not {name.split(".")[0] for name in module.imports} & IMPURE


@pytest.mark.parametrize("module", modules(), ids=_id)
def test_a_driver_is_imported_in_its_own_place_only(module: Module) -> None:
    for package, places in ONLY_IN.items():
        if not module.path.startswith(places):
            assert package not in {name.split(".")[0] for name in module.imports}


@pytest.mark.parametrize("module", modules(), ids=_id)
def test_a_provider_is_named_in_its_own_place_only(module: Module) -> None:
    if module.path.startswith(KNOW_PROVIDERS) or module.part in COMPOSE:
        return
    named = [f"{line}: {found[0]}" for line, text in module.code_lines if (found := PROVIDERS.search(text))]
    assert named == []


def test_no_file_imports_itself_by_way_of_others() -> None:
    assert circles(graph()) == []


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules each of which can be reached from each other: Tarjan's strongly connected components."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in sorted(imports[name]):
            if other not in index:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1 or name in imports[name]:
                found.append(sorted(group))

    for name in sorted(imports):
        if name not in index:
            visit(name)
    return found


def test_a_circle_would_be_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
    assert (HOTLINE / "app.py").is_file()
