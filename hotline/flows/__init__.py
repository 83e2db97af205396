"""Our conversations, and the list of them."""

from hotline.engine.steps import Flow
from hotline.flows.intake import intake
from hotline.flows.menu import menu
from hotline.flows.person import person, stuck
from hotline.flows.signup import signup
from hotline.flows.status import status
from hotline.flows.taking import decline, done, drop, take, unsure

FLOWS: dict[str, Flow] = {
    flow.name: flow for flow in (intake, signup, menu, status, take, decline, done, drop, unsure, person, stuck)
}
