"""The main menu: where every call begins, and what MENU brings."""

from hotline.engine.steps import Begin, Choose, Flow
from hotline.flows.facts import language_is_known, languages
from hotline.flows.intake import intake
from hotline.flows.person import person
from hotline.flows.signup import signup
from hotline.flows.status import status

menu = Flow(
    "menu",
    Choose("language", languages, saves="language", unless=language_is_known),
    Choose("what_next", {"ask": "ask", "status": "status", "give": "give", "person": "person"}),
    Begin("ask", intake),
    Begin("status", status),
    Begin("give", signup),
    Begin("person", person),
)
