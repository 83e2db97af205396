"""Group checks: whether what is told of another group is still so, as coordinators said."""

from dataclasses import dataclass

from hotline.storage.execute import Row, Table


@dataclass(frozen=True)
class GroupCheck:
    """One group by its name (UTC seconds). ``entry`` is what the files said of it when that was begun, ``checked_at``
    when a coordinator said that it is so, ``check_at`` when one is asked next, ``gone_at`` since when it is not
    told, ``said_by`` who of the team said one or the other."""

    name: str
    entry: str
    checked_at: float | None
    check_at: float
    gone_at: float | None
    said_by: str = ""


class GroupChecks(Table):
    """One row for each group that was ever looked at."""

    def all(self) -> dict[str, GroupCheck]:
        return {row["name"]: group_check(row) for row in self._all("group_checks")}

    def begin(self, name: str, entry: str, check_at: float) -> None:
        """A new group, or one of which the files say something else now: it is told."""
        self._change("begin_group_check", name=name, entry=entry, check_at=check_at)

    def put_off(self, name: str, check_at: float) -> None:
        """A coordinator is asked: somebody is asked again then, if nothing comes of it."""
        self._change("put_off_group_check", name=name, check_at=check_at)

    def checked(self, name: str, by: str, check_at: float, now: float, *, still: bool) -> None:
        """A coordinator has said whether it is still so. What is not is told no more."""
        said = {"name": name, "coordinator": by, "check_at": check_at, "now": now}
        if still:
            self._change("group_checked", **said)
        else:
            self._change("group_is_gone", **said)


def group_check(row: Row) -> GroupCheck:
    return GroupCheck(**dict(row))
