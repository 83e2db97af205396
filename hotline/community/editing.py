"""Changing the community file as a person would write it: a coordinator more, its languages, what a thing is called.

Nothing else in it is touched, remarks and blank lines neither. What can not be changed so is said with the lines that
are to be written by hand.
"""

import json
import os
import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from hotline.community.model import Community, CommunityError

LABELLED = ("needs", "areas")  # tables of tables whose keys are languages
HEADER = re.compile(r"\s*\[")
Labels = Mapping[tuple[str, str], Mapping[str, str]]  # by (part, name): ("needs", "food"), then by language


class CannotAdd(ValueError):
    """The file is not written; in one sentence, with the lines that are to be written by hand."""


def key_of(name: str) -> str:
    """A name as the file's keys are written: small plain letters; "" where it has none."""
    flat = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(letter for letter in flat if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def quoted(value: str) -> str:
    """As TOML writes a string; JSON writes it so as well, but for the letters beyond the first plane."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_whole(file: Path, content: str) -> None:
    """Writes a file whole or not at all."""
    whole = file.with_name(file.name + ".new")
    try:
        whole.write_bytes(content.encode())
        if file.exists():
            whole.chmod(file.stat().st_mode)
        os.replace(whole, file)
    finally:
        whole.unlink(missing_ok=True)


def add_coordinator(file: Path, key: str, phone: str, read: Callable[[Path], Community]) -> None:
    """At the end of it; the file is replaced only by one that `read` finds as it should be. Raises CannotAdd."""
    lines = f'[coordinators.{key}]\nphone = "{phone}"\n'
    by_hand = f"{file} cannot be added to; write there by hand: {lines.strip()!r}"
    whole = file.with_name(file.name + ".new")
    try:
        before = file.read_bytes().decode("utf-8-sig")
        whole.write_bytes((before.rstrip("\r\n") + "\n\n" + lines).encode())
        found = read(whole).coordinators
        if found.get(key) != phone:
            raise CannotAdd(by_hand)
        whole.chmod(file.stat().st_mode)
        os.replace(whole, file)
    except (CommunityError, OSError) as error:
        raise CannotAdd(f"{by_hand} ({error})") from None
    finally:
        whole.unlink(missing_ok=True)


def named(content: str, name: str) -> str:
    """A community file with another `name`. Raises CannotAdd."""
    return _as_wanted(_with_line(content, "name", f"name = {quoted(name)}"), {**tomllib.loads(content), "name": name})


def speaking(content: str, languages: Sequence[str], labels: Labels) -> str:
    """A community file that speaks these languages, the first of them the usual one, with these labels in the tables of
    its needs and areas; those in other languages are taken out. Raises CannotAdd, and ValueError for no TOML."""
    wanted = deepcopy(tomllib.loads(content))
    known = set(wanted.get("languages", ()))
    wanted["languages"] = list(languages)
    content = _with_line(content, "languages", f"languages = [{', '.join(map(quoted, languages))}]")
    for (part, name), said in labels.items():
        table = wanted[part][name]
        for language in known - set(languages):
            table.pop(language, None)
        table.update(said)
        content = _relabelled(content, part, name, known | set(languages), {one: table[one] for one in languages})
    return _as_wanted(content, wanted)


def difference(before: str, after: str) -> str:
    """The lines that somebody writes into the first file so that it says what the second one does."""
    old, new = tomllib.loads(before), tomllib.loads(after)
    lines = [f"{key} = {_value(new[key])}" for key in ("name", "languages") if new[key] != old.get(key)]
    for part in LABELLED:
        for name, table in new[part].items():
            said = [f"{key} = {_value(value)}" for key, value in table.items() if value != old[part][name].get(key)]
            gone = [f"# without {key}" for key in old[part][name] if key not in table]
            if said or gone:
                lines += ["", f"[{part}.{name}]", *said, *gone]
    return "\n".join(lines).strip() + "\n" if lines else ""


def _value(value: str | Sequence[str]) -> str:
    return quoted(value) if isinstance(value, str) else f"[{', '.join(map(quoted, value))}]"


def _as_wanted(content: str, wanted: Mapping[str, Any]) -> str:
    """Whether the file says that and nothing else: people write the same table in more ways than one."""
    try:
        if tomllib.loads(content) == wanted:
            return content
    except tomllib.TOMLDecodeError:
        pass
    raise CannotAdd("this file is written in a way that can not be changed from here; change it by hand")


def _with_line(content: str, key: str, line: str) -> str:
    """The first such key of the file, which may go over several lines; what is remarked behind it stays."""
    pattern = rf"(?m)^{key}[ \t]*=[ \t]*(\[[^\]]*\]|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
    return re.sub(pattern, lambda _: line, content, count=1)


def _relabelled(content: str, part: str, name: str, known: set[str], said: Mapping[str, str]) -> str:
    """One table with other labels: each in its place, new ones behind the last of them."""
    lines = content.split("\n")
    header = re.compile(rf"\s*\[\s*{part}\s*\.\s*[\"']?{re.escape(name)}[\"']?\s*\]")
    start = next((place for place, line in enumerate(lines) if header.match(line)), None)
    if start is None:
        return content
    end = next((place for place in range(start + 1, len(lines)) if HEADER.match(lines[place])), len(lines))
    kept, left, last = [lines[start]], dict(said), 0
    for line in lines[start + 1 : end]:
        label = re.match(r"([a-z]{2,3})[ \t]*=[ \t]*(?:\"(?:[^\"\\]|\\.)*\"|'[^']*')", line)
        if label and label[1] in known:
            if label[1] not in said:
                continue
            line = f"{label[1]} = {quoted(left.pop(label[1]))}{line[label.end() :]}"
            last = len(kept)
        kept.append(line)
    kept[last + 1 : last + 1] = [f"{language} = {quoted(label)}" for language, label in left.items()]
    return "\n".join([*lines[:start], *kept, *lines[end:]])
