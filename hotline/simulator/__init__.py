"""A telephone network on a laptop: a pretend carrier that speaks the provider's REST API and signs real webhooks."""

from hotline.simulator.errors import HotlineDown, SimulatorError
from hotline.simulator.exchange import Exchange
from hotline.simulator.handset import Handset
from hotline.simulator.traffic import Call, Message, Recording

__all__ = ["Call", "Exchange", "Handset", "HotlineDown", "Message", "Recording", "SimulatorError"]
