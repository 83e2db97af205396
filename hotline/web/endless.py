"""Endless answers: an answer that goes on for as long as somebody looks says so to the server that counts connections.

A module of its own, so that whoever knows the pages, such as the worker, need not load the server.
"""

from collections.abc import MutableMapping
from typing import Any

ENDLESS = "hotline.endless"  # in the scope of a request: called where its answer goes on and on


def goes_on(scope: MutableMapping[str, Any]) -> None:
    """The answer to this request is endless. Where no server of ours has to know, nothing happens."""
    if said := scope.get(ENDLESS):
        said()
