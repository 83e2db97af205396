"""Demo: a hotline, a pretend carrier and a seeded neighborhood, all in one process on this machine."""

import contextlib
import secrets
import tempfile
from collections.abc import AsyncIterator
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from hotline.app import Hotline, working
from hotline.inbound import access_code
from hotline.model.people import Volunteer
from hotline.settings import Settings
from hotline.simulator.clock import Clock
from hotline.simulator.exchange import Exchange
from hotline.simulator.page import simulator_app
from hotline.storage import Transaction

NUMBER = "+12125550100"
PIN = "246810"  # of the demo's coordinators' room: press 8 at the main menu
PHONES = (
    ("+12125550111", "Ana", "flip", "Text: food"),
    ("+12125550112", "Rosa", "landline", "Call, and press keys"),
    ("+12125550113", "Ben", "mobile", "When asked, text: YES and the number"),
    ("+12125550114", "Cho", "mobile", "Or be the first with a plain: YES"),
    ("+12125550115", "Dora", "mobile", "En español. Text: ESTADO"),
)
VOLUNTEERS = (
    Volunteer("+12125550113", "Ben", ("food", "ride"), ("north", "downtown"), "en"),
    Volunteer("+12125550114", "Cho", ("food", "medicine"), ("north",), "en"),
    Volunteer("+12125550115", "Dora", ("food", "ride", "medicine", "other"), ("north", "downtown"), "es"),
)


def settings(folder: Path, port: int) -> Settings:
    """A hotline on SQLite in a folder, with no account and no key."""
    community = folder / "community.toml"
    community.write_text(resources.files("hotline").joinpath("demo.toml").read_text("utf-8"), "utf-8")
    url = f"http://127.0.0.1:{port}"
    return Settings(
        public_url=url,
        twilio_account_sid="AC" + secrets.token_hex(16),
        twilio_auth_token=secrets.token_hex(16),
        twilio_phone_number=NUMBER,
        twilio_api_url=f"{url}/simulator/api",
        database_url=f"sqlite:///{folder / 'hotline.db'}",
        community_file=str(community),
        port=port,
        segments_per_second=10,
        recordings=str(folder / "recordings"),
    )


def create_demo(port: int) -> Starlette:
    """The application of the demo; its folder is gone when it ends."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with tempfile.TemporaryDirectory(prefix="hotline-") as folder:
            here = settings(Path(folder), port)
            clock = Clock()  # one for all: the page lets hours pass
            hotline, exchange = await Hotline.open(here, clock), _exchange(here, clock)
            await hotline.store.run(_seed, hotline.clock())
            app.router.routes[:] = [Route("/", _to_phones), *hotline.routes(), _simulator(exchange)]
            try:
                async with working(hotline.worker):
                    yield
            finally:
                await exchange.aclose()
                await hotline.close()

    return Starlette(lifespan=lifespan)


def _exchange(here: Settings, clock: Clock) -> Exchange:
    exchange = Exchange(
        account_sid=here.twilio_account_sid,
        auth_token=here.twilio_auth_token,
        number=NUMBER,
        public_url=here.public_url,
        clock=clock,
    )
    for number, name, kind, hint in PHONES:
        exchange.handset(number, name, kind).hint = hint
    return exchange


def _simulator(exchange: Exchange) -> Mount:
    return Mount("/simulator", simulator_app(exchange))


async def _to_phones(_: Request) -> Response:
    return RedirectResponse("/simulator/")


def _seed(tx: Transaction, now: float) -> None:
    tx.pins.set(access_code.PIN, access_code.hashed(PIN))
    for volunteer in VOLUNTEERS:
        tx.people.introduce(volunteer.phone, volunteer.name, volunteer.language, now)
        tx.volunteers.enroll(volunteer.phone, volunteer.needs, volunteer.areas, "active", now)
