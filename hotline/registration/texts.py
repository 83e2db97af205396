"""Sample texts: what goes into the form, exactly as the hotline sends it, in the community's own wordings."""

from dataclasses import dataclass

from hotline.channels import text
from hotline.channels.catalogue import ENGLISH, Catalogue
from hotline.engine.session import Prompt, Values


@dataclass(frozen=True)
class Samples:
    """Texts that are really sent, and the language that they are in."""

    language: str
    first: str
    joined: str
    offer: str
    taken: str
    reminder: str
    invitation: str

    @property
    def all(self) -> tuple[str, ...]:
        return (self.first, self.joined, self.offer, self.taken, self.reminder, self.invitation)


def samples(catalogue: Catalogue) -> Samples:
    """In English, which whoever checks reads, where the community speaks it; else in its first language."""
    here = catalogue.community
    language = ENGLISH if ENGLISH in here.languages else here.languages[0]
    needs, areas = tuple(here.needs), tuple(here.areas)
    told: Values = {
        "number": "112",
        "name": "Ben",
        "details": "",
        "what": needs[:1],
        "area": areas[:1],
        "gives": needs[:2],
        "areas": areas[:1],
    }

    def sent(*prompts: Prompt) -> str:
        return "\n".join(text.render(prompts, language, catalogue))

    first = Prompt("hello.first")
    return Samples(
        language,
        first=sent(first, Prompt("intake.what", tuple(here.needs_offered)[:4], waits=True)),
        joined=sent(first, Prompt("signup.welcome", values=told)),
        offer=sent(Prompt("alerts.offer", values=told)),
        taken=sent(Prompt("news.taken", values=told)),
        reminder=sent(Prompt("news.nobody_yet", values=told)),
        invitation=sent(first, Prompt("invitation.asked", ("yes", "no"), waits=True)),
    )
