"""Storage: everything that is kept. Only this folder knows SQL."""

from hotline.storage.store import Behind, InDoubt, NoDatabase, Store, StoreDown, Transaction

__all__ = ["Behind", "InDoubt", "NoDatabase", "Store", "StoreDown", "Transaction", "open_store"]


async def open_store(url: str, *, create: bool = True) -> Store:
    """Opens and migrates the database that DATABASE_URL names. Raises StoreDown when it cannot; NoDatabase where there
    is none yet and none is to be made (`create`)."""
    if url.startswith("sqlite:"):
        from hotline.storage.sqlite import SqliteStore  # each imported only where used

        return await SqliteStore.open(url, create=create)
    try:
        from hotline.storage.postgres import PostgresStore
    except ImportError:
        raise StoreDown(
            "DATABASE_URL names PostgreSQL: install its driver with pip install 'hotline[postgres]'"
        ) from None
    return await PostgresStore.open(url, create=create)
