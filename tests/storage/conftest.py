"""Databases for the tests of storage."""

from pathlib import Path

import pytest

from tests.faults.database import change


@pytest.fixture
def empty_url(database_url: str) -> str:
    """A database without any table."""
    if database_url.startswith("sqlite"):
        Path(database_url.removeprefix("sqlite:///")).unlink()
    else:
        change(database_url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return database_url
