"""Settings of a hotline that serves the demo's community, and takes the texts that are made here."""

from importlib import resources
from pathlib import Path

from benchmarks.texts import ACCOUNT, NUMBER, PUBLIC_URL, TOKEN

# More than 60 newcomers a minute are a storm, and hear that they are one, which costs less than an answer. An answer is
# what is measured: the new people of months, who come within seconds here.
MANY = "60000"


def settings_of(folder: Path, database: str) -> dict[str, str]:
    """The environment; the community file is written into the folder."""
    community = folder / "community.toml"
    community.write_text(resources.files("hotline").joinpath("demo.toml").read_text("utf-8"), "utf-8")
    return {
        "PUBLIC_URL": PUBLIC_URL,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_PHONE_NUMBER": NUMBER,
        "DATABASE_URL": database,
        "COMMUNITY_FILE": str(community),
        "NEW_NUMBERS_PER_MINUTE": MANY,
    }
