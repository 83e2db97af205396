"""What all tests of the board share: a machine that has other work is no slow database."""

import pytest


@pytest.fixture(autouse=True)
def _with_patience(a_slow_machine_is_no_slow_database: None) -> None:
    """As the transcripts."""
