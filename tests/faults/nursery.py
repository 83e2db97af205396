"""A process that has imported everything and makes a new `hotline serve` in a few milliseconds: by fork.

What it makes is the real command from its first line on; only the seconds that Python needs to read the modules, and
the words of all languages, are saved, a thousand times. It is told what to do line by line, in JSON, and ends with
whoever started it.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any
from unittest.mock import patch

import aiosqlite  # noqa: F401 - all of these are what the command imports when it starts
import psycopg  # noqa: F401
import twilio.rest.api  # noqa: F401
import uvicorn
import uvicorn.lifespan.on
import uvicorn.loops.auto
import uvicorn.protocols.http.auto  # noqa: F401

from hotline.channels.catalogue import languages
from hotline.cli import main
from hotline.community.model import CommunityError
from hotline.community.reading import load
from hotline.model.phone_numbers import load_countries
from tests.faults import points
from tests.world import heard_in

PR_SET_PDEATHSIG = 1
Children = dict[int, int | None]  # exit codes, of those that have ended


def live() -> None:
    """Does what each line says, and answers each with a line."""
    patch("hotline.inbound.switchboard.Hearing", heard_in).start()
    load_countries()
    gc.collect()
    gc.freeze()  # a child that counts what it inherited would copy all of it
    children: Children = {}
    for line in sys.stdin:
        print(json.dumps(_do(json.loads(line), children)), flush=True)
    for child in children:
        _kill(child, children)


def _do(order: dict[str, Any], children: Children) -> int | None:
    """bear: the new process's id. kill: its exit code then. look: its exit code, None while it lives."""
    match order:
        case {"bear": {}}:
            child = _bear(order["bear"])
            children[child] = None
            return child
        case {"kill": int(child)}:
            return _kill(child, children)
        case {"look": int(child)}:
            return _look(child, children, os.WNOHANG)
    raise ValueError(order)


def _kill(child: int, children: Children) -> int | None:
    if _look(child, children, os.WNOHANG) is None:
        os.kill(child, signal.SIGKILL)
    return _look(child, children, 0)


def _look(child: int, children: Children, how: int) -> int | None:
    if children[child] is None:
        gone, status = os.waitpid(child, how)
        children[child] = os.waitstatus_to_exitcode(status) if gone else None
    return children[child]


def _bear(what: dict[str, Any]) -> int:
    _hear_as(Path(what["environment"].get("COMMUNITY_FILE", "")))
    child = os.fork()
    if child == 0:
        try:
            _become(what)
        finally:
            os._exit(3)
    return child


def _hear_as(community: Path) -> None:
    """What each word means there is read here once, and not in each of its lives."""
    with contextlib.suppress(CommunityError, OSError):
        heard_in(load(community, languages())).ready()


def _become(what: dict[str, Any]) -> None:
    """The command, in its folder and its environment, with its words in the log."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(3)
    log = os.open(os.path.join(what["folder"], "log.txt"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for place, file in ((0, os.open(os.devnull, os.O_RDONLY)), (1, log), (2, log)):
        os.dup2(file, place)
    os.chdir(what["folder"])
    os.environ.clear()
    os.environ.update(what["environment"])
    try:
        for name, value in what.get("tune", {}).items():
            module, _, variable = name.rpartition(".")
            setattr(importlib.import_module(module), variable, value)
        if what.get("point"):
            points.set_trap(what["point"], what["nth"])
        status = main(what["command"])
    except BaseException as error:
        traceback.print_exc()
        status = error.code if isinstance(error, SystemExit) and isinstance(error.code, int) else 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    live()
