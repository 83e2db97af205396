"""Navigation: the pages that every page of the board leads to. What is used all day stands open, the rest in menus that
work by keyboard and without a script."""

from dataclasses import dataclass

from hotline.model.board import Role
from hotline.model.rules import SharingRules

SHARED = ("offers", "tools", "days", "circles", "rings", "listening")
SET_UP = ("/community", "/flows", "/words", "/doctor")  # pages that one link leads to


@dataclass(frozen=True)
class Link:
    """One page: the name of its words, its address below the board's, and whether it is the one that is shown."""

    name: str
    path: str
    is_here: bool


@dataclass(frozen=True)
class Menu:
    """Several pages under one name; a menu of one is a link."""

    name: str
    links: tuple[Link, ...]

    @property
    def here(self) -> Link | None:
        return next((each for each in self.links if each.is_here), None)


def navigation(role: Role, sharing: SharingRules, here: str, *, groups: bool) -> tuple[Menu, ...]:
    """For somebody of the team, on the page `here`; `groups` is whether other groups are known."""
    shared = tuple(kind for kind in SHARED if getattr(sharing, kind))
    kept = ("trail", "export") if role is Role.KEEPER else ()
    menus = (
        Menu("overview", (Link("overview", "", here == ""),)),
        Menu("tray", _links(("tray",), here)),
        Menu("intake", _links(("intake",), here)),
        Menu("people", _links(("people",), here)),
        Menu("today", _links(("handover", "day"), here)),
        Menu("sharing", _links((*shared, *(("groups",) if groups else ())), here)),
        Menu("more", (*_links(("pictures", "team"), here), _set_up(here), *_links(kept, here))),
    )
    return tuple(menu for menu in menus if menu.links)


def _links(names: tuple[str, ...], here: str) -> tuple[Link, ...]:
    return tuple(Link(name, f"/{name}", here == f"/{name}" or here.startswith(f"/{name}/")) for name in names)


def _set_up(here: str) -> Link:
    return Link("set_up", SET_UP[0], here in SET_UP)
