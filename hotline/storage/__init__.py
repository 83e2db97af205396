"""Where everything is kept. Only this folder knows SQL."""

from hotline.storage.store import Store, StoreDown, Transaction

__all__ = ["Store", "StoreDown", "Transaction", "open_store"]


async def open_store(url: str) -> Store:
    """Opens and migrates the database that DATABASE_URL names. Raises StoreDown when it cannot."""
    from hotline.storage.sqlite import SqliteStore  # imported only where used

    return await SqliteStore.open(url)
