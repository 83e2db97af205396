"""Frozen records that are made anew for each change."""

from typing import Any, Self


class Plain:
    """A frozen dataclass that tells what it is `but` for some fields.

    dataclasses.replace does the same and costs ten times as much; every text needs a handful of them.
    """

    def but(self, **changes: Any) -> Self:
        """The same with these fields changed."""
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        new.__dict__.update(changes)
        return new
