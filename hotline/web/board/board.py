"""The board of one community: what all of its pages share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from hotline.channels.catalogue import Catalogue
from hotline.inbound.board_desk import Desk
from hotline.inbound.board_intake import IntakeDesk
from hotline.inbound.board_sign_in import SignIn
from hotline.inbound.people_orders import PeopleDesk
from hotline.inbound.volunteer_import import ImportDesk
from hotline.model.board import Member
from hotline.model.personal_data import Erased
from hotline.model.pseudonyms import Pseudonyms
from hotline.storage import Store
from hotline.web.board.guests import Guests
from hotline.web.signed_urls import Addresses

MARKS = b"hotline: marks of people on the board"
STATIC = resources.files("hotline").joinpath("web", "board", "static")


@dataclass(frozen=True)
class Board:
    """What the pages of a board share. `forget` forgets one person by their number, here and at the carrier. `origin`
    is where the hotline is reached ("https://hotline.example.org"), `base` the path of the board there. `demo_as` is
    who anybody is signed in as by one press, in the demo alone. `community_file` is where somebody who is invited is
    written down; None where there is no such file."""

    store: Store
    catalogue: Catalogue
    sign_in: SignIn
    desk: Desk
    people: PeopleDesk
    lists: ImportDesk
    intake: IntakeDesk
    forget: Callable[[str], Awaitable[Erased]]
    sounds: Addresses
    marks: Pseudonyms
    origin: str
    base: str
    clock: Callable[[], float]
    demo_as: Member | None = None
    community_file: Path | None = None
    guests: Guests = field(default_factory=Guests)

    @property
    def templates(self) -> Environment:
        return templates()

    @property
    def style(self) -> str:
        """The address of the stylesheet: another one whenever it changes."""
        return f"{self.base}/static/board.css?{style()[1]}"


@cache
def templates() -> Environment:
    """The pages. What stands in them is text, never a tag, wherever it comes from."""
    return Environment(
        loader=PackageLoader("hotline", "web/board/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@cache
def style() -> tuple[str, str]:
    """(the stylesheet, what tells one version of it from another)."""
    css = STATIC.joinpath("board.css").read_text("utf-8")
    return css, sha256(css.encode()).hexdigest()[:8]
