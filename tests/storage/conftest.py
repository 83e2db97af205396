"""Databases for the tests of storage."""

import pytest

from tests.faults.database import change


@pytest.fixture
def empty_url(database_url: str) -> str:
    """A database without any table."""
    if database_url.startswith("postgresql"):
        change(database_url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return database_url
