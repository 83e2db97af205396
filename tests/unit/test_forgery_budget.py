"""Wrongly signed webhooks are looked at so often and no more; whoever has signed rightly is looked at first."""

from hotline.simulator.clock import Clock
from hotline.web.forgery_budget import DAY, REMEMBERED, STRANGERS, ForgeryBudget
from tests.world import NOON


def flood(budget: ForgeryBudget, address: str, many: int) -> int:
    """How many of so many wrong ones are looked at."""
    return sum(look(budget, address) for _ in range(many))


def look(budget: ForgeryBudget, address: str, seconds: float = 0.001) -> bool:
    admitted = budget.admits(address)
    if admitted:
        budget.was_wrong(address, seconds)
    return admitted


def test_of_strangers_so_many_a_second_are_looked_at_in_all() -> None:
    clock = Clock(NOON)
    budget = ForgeryBudget(clock)
    assert sum(flood(budget, f"203.0.113.{at}", 10) for at in range(100)) == STRANGERS
    clock.now += 0.5
    assert flood(budget, "203.0.113.200", 1000) == STRANGERS / 2
    clock.now += 3600
    assert flood(budget, "203.0.113.200", 1000) == STRANGERS


def test_right_ones_pass_meanwhile_from_where_right_ones_came() -> None:
    clock = Clock(NOON)
    budget = ForgeryBudget(clock)
    assert budget.admits("54.1.2.3")
    budget.was_right("54.1.2.3")
    flood(budget, "203.0.113.7", 1000)
    assert not budget.admits("203.0.113.8")
    assert budget.admits("54.1.2.3")
    clock.now += DAY
    flood(budget, "203.0.113.7", 1000)
    assert not budget.admits("54.1.2.3")


def test_right_ones_cost_nothing() -> None:
    budget = ForgeryBudget(Clock(NOON))
    for at in range(10_000):
        assert budget.admits(f"54.1.{at}")
        budget.was_right(f"54.1.{at}")
        assert budget.admits(f"54.1.{at}")
        budget.was_right(f"54.1.{at}")
    assert flood(budget, "203.0.113.7", 1000) == STRANGERS
    assert len(budget._proven) == REMEMBERED


def test_a_proxy_that_names_nobody_has_a_part_of_the_time() -> None:
    """From there come right and wrong ones: they are told apart by looking, as long as that is cheap."""
    clock = Clock(NOON)
    budget = ForgeryBudget(clock)
    budget.admits("127.0.0.1")
    budget.was_right("127.0.0.1")
    assert 1000 <= sum(look(budget, "127.0.0.1", 0.0001) for _ in range(5000)) <= 2500
    clock.now += 1
    assert sum(look(budget, "127.0.0.1", 0.1) for _ in range(5)) == 5
    assert 0 < flood(budget, "127.0.0.1", 1000) <= STRANGERS
    clock.now += 10
    assert budget.admits("127.0.0.1")
