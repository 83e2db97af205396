"""Effects: each that a decision may ask for is carried out in one place, and in no other."""

import ast
from collections import Counter
from typing import get_args

from hotline.model.effects import Effect
from tests.architecture.code import modules

SUBJECTS = ("effect", "order")  # what is matched where effects are carried out


def _members(of: object) -> set[str]:
    """The names of all classes in a union of unions."""
    return {of.__name__} if isinstance(of, type) else set().union(*map(_members, get_args(of)))


def _places() -> Counter[str]:
    """In how many places each class is carried out."""
    trees = [module.tree for folder in ("inbound", "outbound") for module in modules(folder)]
    matches = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Match)]
    return Counter(name for each in matches if ast.unparse(each.subject) in SUBJECTS for name in _named(each))


def _named(match: ast.Match) -> set[str]:
    patterns = (node for case in match.cases for node in ast.walk(case.pattern))
    return {ast.unparse(node.cls).rpartition(".")[2] for node in patterns if isinstance(node, ast.MatchClass)}


def test_every_effect_is_carried_out_in_one_place() -> None:
    """One that nobody knows would be silence: what somebody was told is done, is not."""
    places = _places()
    assert {name: places[name] for name in _members(Effect) if places[name] != 1} == {}
