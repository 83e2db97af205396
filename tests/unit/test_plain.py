"""Plain records: what is written at once is what dataclasses would have written."""

from dataclasses import FrozenInstanceError, dataclass, field, fields

import pytest

from hotline.engine.plain import Plain, quick
from hotline.model.people import Reach


@quick
@dataclass(frozen=True)
class Thing(Plain):
    number: int
    name: str = ""
    parts: list[int] = field(default_factory=list)


def test_fields_by_place_by_name_and_by_default() -> None:
    assert Thing(1, "a", [2]) == Thing(number=1, parts=[2], name="a") == Thing(1, name="a").but(parts=[2])
    assert Thing(1) == Thing(1, "", []) != Thing(2)
    assert repr(Thing(1)) == "Thing(number=1, name='', parts=[])".replace("Thing", Thing.__qualname__)


def test_what_is_made_for_each_is_nobody_elses() -> None:
    assert Thing(1).parts is not Thing(1).parts


def test_it_stays_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Thing(1).name = "b"  # type: ignore[misc]


@pytest.mark.parametrize(("given", "named"), [((), {}), ((1,), {"colour": "red"}), ((1, "", [], 2), {})])
def test_what_is_missing_or_too_much(given: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Thing(*given, **named)  # type: ignore[arg-type]


def test_each_field_of_a_record_is_there() -> None:
    assert set(vars(Reach())) == {each.name for each in fields(Reach)}
