"""Clock step: every time that lies ahead of a clock that was set back moves back with it."""

from hotline.storage.execute import Table


class ClockStep(Table):
    """Every time that lies ahead of a clock that was set back moves back with it."""

    def follow(self, now: float, least: float) -> float:
        """By how many seconds all was moved: as far as the newest beat lies ahead, or 0.0 for less than `least`.

        The beats are locked and set to `now`, so that of several workers one does it.
        """
        ahead = max((row["beat_at"] - now for row in self._all("beats_ahead", now=now)), default=0.0)
        if ahead <= least:
            return 0.0
        self._change("set_back_beats", now=now)
        self._set_back_decisions(now, ahead)
        self._set_back_records(now, ahead)
        self._run.woke = True
        return float(ahead)

    def _set_back_decisions(self, now: float, step: float) -> None:
        """What is to be done, and when."""
        self._change("set_back_outbox", now=now, step=step)
        self._change("set_back_rings", now=now, step=step)
        self._change("set_back_needs", now=now, step=step)
        self._change("set_back_dangers", now=now, step=step)
        self._change("set_back_flags", now=now, step=step)
        self._change("set_back_sender", now=now, step=step)
        self._change("set_back_recordings", now=now, step=step)
        self._change("set_back_daily_rings", now=now, step=step)
        self._change("set_back_ring_alarms", now=now, step=step)
        self._change("set_back_ring_contacts", now=now, step=step)
        self._change("set_back_ring_sign_ups", now=now, step=step)
        self._change("set_back_companions", now=now, step=step)
        self._change("set_back_marks", now=now)

    def _set_back_records(self, now: float, step: float) -> None:
        """What came before what, and how much of it in the last minutes."""
        self._change("set_back_people", now=now, step=step)
        self._change("set_back_alerts", now=now, step=step)
        self._change("set_back_inbound", now=now, step=step)
        self._change("set_back_deliveries", now=now, step=step)
