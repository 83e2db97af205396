"""The main menu: where every call begins, and what MENU brings."""

from hotline.engine.steps import Answers, Begin, Choose, Flow
from hotline.flows.facts import language_is_known, languages
from hotline.flows.intake import intake
from hotline.flows.listening import listening
from hotline.flows.person import person
from hotline.flows.signup import signup
from hotline.flows.status import status
from hotline.records import Facts


def somebody_spoke(_: Answers, facts: Facts) -> bool:
    """Whether this caller has something to hear: then that stands in the menu, and giving, which they do, does not."""
    return bool(facts.spoken)


menu = Flow(
    "menu",
    Choose("language", languages, saves="language", unless=language_is_known),
    Choose("what_next", {"ask": "ask", "status": "status", "give": "give", "person": "person"}, unless=somebody_spoke),
    Choose("what_now", {"ask": "ask", "status": "status", "listen": "listen", "person": "person"}),
    Begin("ask", intake),
    Begin("status", status),
    Begin("give", signup),
    Begin("listen", listening),
    Begin("person", person),
)
