"""The board of one community: what all of its pages share."""

from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from hashlib import sha256, sha384
from importlib import resources
from pathlib import Path

from jinja2 import Environment

from hotline.channels.catalogue import Catalogue
from hotline.inbound.board_broadcasts import BroadcastDesk
from hotline.inbound.board_desk import Desk
from hotline.inbound.board_intake import IntakeDesk
from hotline.inbound.board_sheets import SheetDesk
from hotline.inbound.board_sign_in import SignIn
from hotline.inbound.people_orders import PeopleDesk
from hotline.inbound.volunteer_import import ImportDesk
from hotline.model.board import Member
from hotline.model.personal_data import Erased
from hotline.model.pseudonyms import Pseudonyms
from hotline.storage import Store
from hotline.web.board.counted import Counted
from hotline.web.board.doctor import Doctor, Findings
from hotline.web.board.drawn import Drawn
from hotline.web.board.guests import Guests
from hotline.web.board.said_here import SaidHere
from hotline.web.board.watch import Watch
from hotline.web.signed_urls import Addresses
from hotline.web.templates import environment

MARKS = b"hotline: marks of people on the board"
SCRIPTS = ("live", "intake")  # pages that move by themselves, and one that is saved as somebody types
STATIC = resources.files("hotline").joinpath("web", "board", "static")


@dataclass(frozen=True)
class Board:
    """What the pages of a board share. `forget` forgets one person by their number, here and at the carrier. `origin`
    is where the hotline is reached ("https://hotline.example.org"), `base` the path of the board there. `examine` finds
    what is wrong with the set-up: by language, plain fields for each finding. `demo_as` is who anybody is signed in as
    by one press, in the demo alone. `community_file` is where somebody who is invited is written down; None for
    nowhere."""

    store: Store
    catalogue: Catalogue
    sign_in: SignIn
    desk: Desk
    people: PeopleDesk
    lists: ImportDesk
    many: BroadcastDesk
    intake: IntakeDesk
    sheets: SheetDesk
    forget: Callable[[str], Awaitable[Erased]]
    sounds: Addresses
    marks: Pseudonyms
    origin: str
    base: str
    clock: Callable[[], float]
    examine: Callable[[], Awaitable[Findings]]
    demo_as: Member | None = None
    community_file: Path | None = None
    guests: Guests = field(default_factory=Guests)

    @cached_property
    def watch(self) -> Watch:
        """Who looks on while things change."""
        return Watch(self.store, self.clock)

    @cached_property
    def drawn(self) -> Drawn:
        """The cards of the lists."""
        return Drawn(self.templates.get_template("cards.html"), self.base)

    @cached_property
    def counted(self) -> Counted:
        """The figures behind the pictures."""
        return Counted(self.store, self.clock)

    @cached_property
    def doctor(self) -> Doctor:
        """What is wrong with the set-up, as it was found last."""
        return Doctor(self.examine, self.clock)

    @cached_property
    def said_here(self) -> SaidHere:
        """Every wording."""
        return SaidHere(self.catalogue)

    @property
    def templates(self) -> Environment:
        return templates()

    @property
    def style(self) -> str:
        """The address of the stylesheet: another one whenever it changes."""
        return f"{self.base}/static/board.css?{style()[1]}"

    def script(self, name: str) -> tuple[str, str]:
        """(the address of one of SCRIPTS, what a browser checks it with before it runs it)."""
        return f"{self.base}/static/{name}.js?{script(name)[1][-8:-2]}", script(name)[1]


def templates() -> Environment:
    """The pages of the board."""
    return environment("web/board/templates")


@cache
def style() -> tuple[str, str]:
    """(the stylesheet, what tells one version of it from another)."""
    css = STATIC.joinpath("board.css").read_text("utf-8")
    return css, sha256(css.encode()).hexdigest()[:8]


@cache
def script(name: str) -> tuple[str, str]:
    """(one of SCRIPTS, its checksum as browsers read it)."""
    source = STATIC.joinpath(f"{name}.js").read_text("utf-8")
    return source, "sha384-" + b64encode(sha384(source.encode()).digest()).decode()
