"""Prepared tables: what is read from the vocabularies, kept as it stands in memory. Made when the package is built.

Reading the words of stopping and of danger of thirty languages takes seconds of a processor, which a small machine
would need at each start. What was prepared from other files than those that lie here counts as not prepared: then it is
read as ever.
"""

import gc
import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from hotline.channels.catalogue import MESSAGES

T = TypeVar("T")

HERE = Path(__file__).parent
KIND = ".pickle"


def kept(name: str, makes: Callable[[], T]) -> T:
    """The table of this name as it was prepared, or made now."""
    try:
        with _file(name).open("rb") as file, lasting():
            if pickle.load(file) == _source():
                return cast(T, pickle.load(file))
    except (OSError, ValueError, EOFError, pickle.UnpicklingError):
        pass
    return makes()


@contextmanager
def lasting() -> Iterator[None]:
    """What is made meanwhile is there as long as the process, and nothing of it is garbage: looking for some, now and
    at every later search, would take longer than to make it."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was:
            gc.enable()


def prepare(name: str, table: object) -> Path:
    """Writes a table beside this module, where `kept` finds it. Raises OSError where that may not be."""
    path = _file(name)
    beside = path.with_name(f"{path.name}.{os.getpid()}")  # whoever starts meanwhile reads the old file or the new one
    beside.write_bytes(pickle.dumps(_source()) + pickle.dumps(Sharing().of(table)))
    return beside.replace(path)


class Sharing:
    """Hash-consing: what is equal and never changes becomes one object, in the file and in every process that reads it.

    Tables of phrases say the same few thousand words and sets of words a hundred thousand times.
    """

    def __init__(self) -> None:
        self._once: dict[tuple[type, Any], Any] = {}
        self._done: dict[int, tuple[Any, Any]] = {}  # objects and what stands for them, held so that no id is another's

    def of(self, some: Any) -> Any:
        """The same, made of what there is already. Lists, dicts and objects that may change stay the ones they are."""
        if isinstance(some, str | bytes):
            return self._only(some)
        if isinstance(some, tuple | frozenset):
            parts = map(self.of, some)
            return self._only(some._make(parts) if hasattr(some, "_make") else type(some)(parts))
        if id(some) not in self._done:
            self._done[id(some)] = some, some
            self._within(some)
            if is_dataclass(some):
                self._done[id(some)] = some, self._only(some)
        return self._done[id(some)][1]

    def _within(self, some: Any) -> None:
        match some:
            case dict():
                items = [(self.of(key), self.of(value)) for key, value in some.items()]
                some.clear()
                some.update(items)
            case list():
                some[:] = map(self.of, some)
            case set():
                members = list(map(self.of, some))
                some.clear()
                some.update(members)
            case _:
                for name in _fields(some):
                    object.__setattr__(some, name, self.of(getattr(some, name)))

    def _only(self, some: Any) -> Any:
        try:
            return self._once.setdefault((type(some), some), some)
        except TypeError:  # something in it may change
            return some


def _fields(some: object) -> tuple[str, ...]:
    return (*getattr(some, "__dict__", ()), *getattr(type(some), "__slots__", ()))


def _file(name: str) -> Path:
    return HERE / f"prepared {name}{KIND}".replace(" ", "_")


@cache
def _source() -> str:
    """What the tables are made from: every file here, every vocabulary, and the language they are written in."""
    seen = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for folder in (HERE, Path(str(MESSAGES.joinpath("vocabulary")))):
        for path in sorted(folder.glob("*.*")):
            seen.update(b"" if KIND in path.suffixes else path.name.encode() + path.read_bytes())
    return seen.hexdigest()
