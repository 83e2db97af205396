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
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

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
    beside.write_bytes(pickle.dumps(_source()) + pickle.dumps(table))
    return beside.replace(path)


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
