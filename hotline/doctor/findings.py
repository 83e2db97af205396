"""Findings: everything that can be wrong with a set-up, in the words of findings.toml; for the board in its other
language as well."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal

SOURCE = "en"
LANGUAGES = (SOURCE, "es")
SENTENCES = ("wrong", "why", "mend")
Weight = Literal["wrong", "careful"]
"""`wrong`: people are not reached, or secrets lie open. `careful`: it works today, and will not for ever."""


@dataclass(frozen=True)
class Kind:
    """One thing that can be wrong. `wrong`, `why` and `mend` may hold `{values}`."""

    name: str
    part: str
    weight: Weight
    wrong: str
    why: str
    mend: str


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong here, in whole sentences, and what was found, by which it is told in another language."""

    name: str
    weight: Weight
    wrong: str
    why: str
    mend: str
    values: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def told_in(self, language: str) -> "Finding":
        """The same in one of LANGUAGES."""
        if language == SOURCE:
            return self
        told = _file(f"findings.{language}.toml")
        known: Mapping[str, str] = told["values"]
        values = {name: known.get(value, value) for name, value in self.values}
        kind = told[kinds()[self.name].part][self.name]
        wrong, why, mend = (kind[each].format(**values) for each in SENTENCES)
        return Finding(self.name, self.weight, wrong, why, mend, self.values)


@cache
def _file(name: str) -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(resources.files("hotline").joinpath("doctor", name).read_text("utf-8"))


@cache
def kinds() -> dict[str, Kind]:
    """Everything that is looked for, by its name, in the order in which it is told."""
    return {
        name: Kind(name, part, told.get("weight", "wrong"), *(told[each] for each in SENTENCES))
        for part, inside in _file("findings.toml").items()
        for name, told in inside.items()
    }


def found(name: str, **values: object) -> Finding:
    """That this is wrong here. The values are those that its sentences name."""
    kind = kinds()[name]
    wrong, why, mend = (each.format(**values) for each in (kind.wrong, kind.why, kind.mend))
    return Finding(name, kind.weight, wrong, why, mend, tuple((key, str(value)) for key, value in values.items()))


def as_data(findings: Iterable[Finding]) -> list[Mapping[str, str]]:
    """For machines: each finding as plain fields."""
    names = ("name", "weight", *SENTENCES)
    return [{name: getattr(found, name) for name in names} for found in findings]


def in_each_language(findings: Sequence[Finding]) -> dict[str, list[Mapping[str, str]]]:
    """The same by language, for the board."""
    return {language: as_data(each.told_in(language) for each in findings) for language in LANGUAGES}


def in_order(findings: list[Finding]) -> list[Finding]:
    """What matters most first; the same is told once."""
    names = list(kinds())
    once = list(dict.fromkeys(findings))
    return sorted(once, key=lambda each: (each.weight != "wrong", names.index(each.name)))


HEADINGS = {
    "settings": "Settings and community file",
    "machine": "The machine",
    "database": "The database, its backups, recordings",
    "address": "The address, from outside in",
    "account": "The account at the carrier",
    "work": "Whether it works",
    "people": "People",
}
PAGE = """# What `hotline doctor` looks for

This page is made by `hotline doctor --all`: {many} findings. What is **wrong** keeps people from being reached, or lets
others read what is theirs; what asks for **care** works today and will not for ever. The command ends with 1 where
something is wrong, else with 0; `--json` is for machines. It reads the database, asks the carrier about the account,
and sends two requests to PUBLIC_URL: one that only this hotline can answer, and one that is signed as the carrier
signs. At the end it says what somebody would read and hear who texts or calls right now.
"""


def as_page() -> str:
    """All of it, as a page of the documentation."""
    parts = [PAGE.format(many=len(kinds()))]
    for part, heading in HEADINGS.items():
        rows = [_row(each) for each in kinds().values() if each.part == part]
        parts += [
            f"\n## {heading}\n\n",
            "| | what is wrong | why it matters | what mends it |\n|---|---|---|---|\n",
            *rows,
        ]
    return "".join(parts)


def _row(kind: Kind) -> str:
    return f"| {kind.weight} | {kind.wrong} | {kind.why} | {kind.mend} |\n".replace("{", "*").replace("}", "*")
