"""What can go wrong between the pretend carrier and the hotline."""


class SimulatorError(Exception):
    """The hotline answered something a real carrier would refuse, or a handset did something impossible."""


class HotlineDown(SimulatorError):
    """Nobody answered at the hotline's address: connection refused, cut off, or longer than 15 seconds."""


class Refused(Exception):
    """A request that the REST API turns down, with the provider's own error code."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
