"""Own words: a community's `words.toml`, which says any wording otherwise, checked like those that are shipped."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from hotline.channels.catalogue import ENGLISH, Messages, MessagesError, languages, shipped, use_own
from hotline.community.editing import quoted, write_whole
from hotline.community.toml_errors import explained

FILE = "words.toml"
Own = Mapping[str, Messages]  # what is said otherwise, by language
OF_THE_PROGRAM = frozenset(  # what is heard or set, not said
    ("voice_language", "keeps_letters", "checked", "telling", "words", "commands", "moments", "languages", "synonyms")
)


def beside(community_file: Path) -> Path:
    """Where it lies: beside the community file."""
    return community_file.with_name(FILE)


def use(file: Path) -> None:
    """From now on what it says is said so; where there is none, what is shipped. Raises MessagesError."""
    use_own(read(file))


def read(file: Path) -> dict[str, Messages]:
    """What it says, by language. Raises MessagesError, with all that is wrong."""
    try:
        content = file.read_bytes()
        raw = tomllib.loads(content.decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise MessagesError(f"{file} cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MessagesError(f"{file}: {explained(error, content)}") from None
    wrong = [f"{file}: {sentence}" for sentence in mistakes(raw)]
    if wrong:
        raise MessagesError(*wrong)
    return raw


def said_otherwise(file: Path) -> dict[str, set[str]]:
    """The wordings ("hello.first") that it says otherwise, by language."""
    found: dict[str, set[str]] = {}
    for language, path in names(read(file)):
        found.setdefault(language, set()).add(".".join(path[:2]))
    return found


def names(own: Own) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The language and the path (("hello", "storm", "text")) of each wording."""
    for language, table in own.items():
        yield from ((language, path) for path, _ in _leaves(table))


def saying(own: Own, language: str, path: tuple[str, ...], words: str) -> dict[str, Messages]:
    """The same with one wording (("hello", "storm", "text")) said so; with no words, or those that are shipped, it is
    said as it is shipped."""
    as_shipped = not words or words == shipped_at(language, path)
    table = _with(own.get(language, {}), path, "" if as_shipped else words)
    return {**{each: own[each] for each in own if each != language}, **({language: table} if table else {})}


def shipped_at(language: str, path: tuple[str, ...]) -> str | None:
    """A wording as it is shipped; None where there is none."""
    found: Any = shipped(language)
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, str) else None


def written(own: Own) -> str:
    """As `words.toml` holds it; "" when all is said as it is shipped."""
    lines: list[str] = []
    for language, table in own.items():
        under = ""
        for path, words in _leaves(table):
            header = ".".join((language, *path[:-1]))
            lines += [] if header == under else ["", f"[{header}]"]
            lines.append(f"{path[-1]} = {quoted(words)}")
            under = header
    return "\n".join(lines).lstrip("\n") + "\n" if lines else ""


def write(file: Path, own: Own) -> None:
    """The file, written whole or not at all; none when all is said as it is shipped. Raises MessagesError."""
    if wrong := list(mistakes(own)):
        raise MessagesError(*wrong)
    if own:
        write_whole(file, written(own))
    else:
        file.unlink(missing_ok=True)


def _with(table: Messages, path: tuple[str, ...], words: str) -> dict[str, Any]:
    name, *under = path
    value = _with(table.get(name, {}), tuple(under), words) if under else words
    return {**{each: table[each] for each in table if each != name}, **({name: value} if value else {})}


def mistakes(raw: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with it, each in one sentence that begins with the wording's name: "en.hello.storm.text: ..."."""
    for language, table in raw.items():
        if language not in languages():
            yield f"[{language}]: there are no words in it; there are {', '.join(languages())}"
        elif not isinstance(table, dict):
            yield f"{language}: write a table for each wording, such as [{language}.hello.first]"
        else:
            for path, words in _leaves(table):
                yield from _of_wording(language, path, words)


def _leaves(table: Mapping[str, Any], under: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*under, name))
        else:
            yield (*under, name), value


def _of_wording(language: str, path: tuple[str, ...], words: Any) -> Iterator[str]:
    where = f"{language}.{'.'.join(path)}"
    english = shipped_at(ENGLISH, path) or shipped_at(language, path)  # some languages have a label more
    if path[0] in OF_THE_PROGRAM:
        yield f"{where}: what people text, and what is set, is no wording; it stays as it is"
    elif english is None:
        known = [".".join(each) for each, _ in _leaves(shipped(ENGLISH))]
        near = difflib.get_close_matches(".".join(path), known, 1, 0.6)
        yield f"{where}: there is no such wording; {f'do you mean {near[0]}?' if near else 'see docs/texts.md'}"
    elif not isinstance(words, str) or not words.strip():
        yield f'{where}: write it in quotes, such as {path[-1]} = "..."'
    else:
        yield from _of_values(where, words, english)


def _of_values(where: str, words: str, english: str) -> Iterator[str]:
    """What is filled in is what the shipped one fills in: another name would be filled in with nothing."""
    try:
        holes, right = _holes(words), _holes(english)
    except ValueError:
        yield f"{where}: a brace too many or too few; write {{name}} as the shipped one does: {english}"
        return
    for name in sorted(right - holes):
        yield f"{where}: {{{name}}} is not there; the shipped one says: {english}"
    for name in sorted(holes - right):
        yield f"{where}: {{{name}}} is nothing that is filled in here; the shipped one says: {english}"


def _holes(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}
