"""Practice: a new hotline whose file names phones to practice with; once open, or once it reached anybody, never."""

import pytest

from hotline.community.model import Community
from hotline.outbound import practice
from hotline.storage import Transaction
from tests.faults.database import change
from tests.storage.asking import ANA, BEN, NOW, with_store
from tests.unit.build import community


def _practices(tx: Transaction, here: Community) -> bool:
    practice.begin(tx, here, NOW)
    return tx.opening.is_practice()


@pytest.fixture
def here(tmp_path_factory: pytest.TempPathFactory) -> Community:
    from tests.world import COMMUNITY

    return community(tmp_path_factory.mktemp("town"), f'{COMMUNITY}\n[practice]\nphones = ["{ANA}"]\n')


def test_a_new_one_practices_until_it_goes_live(database_url: str, here: Community) -> None:
    assert with_store(database_url, lambda store: store.run(_practices, here))
    with_store(database_url, lambda store: store.run(lambda tx: tx.opening.go_live(NOW)))
    assert not with_store(database_url, lambda store: store.run(_practices, here))


@pytest.mark.parametrize(
    "before",
    [
        f"INSERT INTO people (phone, created_at, heard_at) VALUES ('{BEN}', 1, 2)",
        "INSERT INTO deliveries (sid, outbox, status, rank, changed_at) VALUES ('SMout', 3, 'sent', 3, 1)",
    ],
    ids=["heard somebody", "texted somebody"],
)
def test_one_that_ever_reached_anybody_is_live(database_url: str, here: Community, before: str) -> None:
    with_store(database_url, lambda store: store.run(lambda tx: None))
    change(database_url, before)
    assert not with_store(database_url, lambda store: store.run(_practices, here))


def test_only_its_phones_are_reached_and_coordinators_of_danger(database_url: str, here: Community) -> None:
    def reached(tx: Transaction) -> list[bool]:
        practice.begin(tx, here, NOW)
        now = practice.Practice(here)
        return [now.may_reach(tx, phone, ()) for phone in (ANA, BEN, *here.coordinators.values())]

    assert with_store(database_url, lambda store: store.run(reached)) == [True, False, False]
