"""On call: coordinators who said by text that they are, or are not, rung when something cannot wait."""

from hotline.storage.execute import Table


class OnCall(Table):
    """Who said so. A row outlives its night: until then (UTC seconds) they are on call, 0 says that they are not."""

    def all(self) -> dict[str, float]:
        return {row["phone"]: row["until"] for row in self._all("on_call")}

    def say(self, phone: str, until: float) -> None:
        self._change("say_on_call", phone=phone, until=until)
