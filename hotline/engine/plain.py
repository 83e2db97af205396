"""Immutable records that are copied with some fields changed."""

from typing import Any, Self


class Plain:
    """A frozen dataclass that is copied with `but`.

    dataclasses.replace does the same and costs ten times as much; every text needs a handful of them.
    """

    def but(self, **changes: Any) -> Self:
        """The same with these fields changed."""
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        new.__dict__.update(changes)
        return new
