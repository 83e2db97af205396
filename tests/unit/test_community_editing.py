"""Languages, labels and the name are changed in a community file as a person would write it, remarks and all."""

import tomllib
from importlib import resources
from pathlib import Path

import pytest

from hotline.channels.catalogue import languages
from hotline.community.editing import CannotAdd, difference, named, speaking
from hotline.community.reading import load

DEMO = resources.files("hotline").joinpath("demo.toml").read_text("utf-8")
LABELS = {
    ("needs", "food"): {"en": "groceries", "vi": "do an"},
    ("needs", "ride"): {"vi": "di xe"},
    ("needs", "medicine"): {"vi": "thuoc"},
    ("areas", "north"): {"vi": "Bac"},
    ("areas", "downtown"): {"vi": "Trung tam"},
}


def test_languages_come_and_go_and_nothing_else_is_touched(tmp_path: Path) -> None:
    after = speaking(DEMO, ["vi", "en"], LABELS)
    (tmp_path / "community.toml").write_text(after, "utf-8")
    here = load(tmp_path / "community.toml", languages())
    assert here.languages == ("vi", "en")
    assert here.needs["food"].labels == {"vi": "do an", "en": "groceries"}
    assert here.areas["north"].words == ("11216", "11238")
    changed = [line for line in after.splitlines() if line not in DEMO.splitlines()]
    assert changed == [
        'languages = ["vi", "en"]',
        *('en = "groceries"', 'vi = "do an"', 'vi = "di xe"', 'vi = "thuoc"', 'vi = "Bac"', 'vi = "Trung tam"'),
    ]
    assert [line for line in DEMO.splitlines() if line not in after.splitlines()] == [
        'languages = ["en", "es"]',
        *('en = "food"', 'es = "comida"', 'es = "un viaje"', 'es = "medicina"', 'es = "Norte"', 'es = "Centro"'),
    ]


def test_the_difference_is_what_somebody_writes_into_their_own_file() -> None:
    after = named(speaking(DEMO, ["en", "es"], {("needs", "food"): {"es": "víveres"}}), 'The "Hill"')
    assert difference(DEMO, after) == 'name = "The \\"Hill\\""\n\n[needs.food]\nes = "víveres"\n'
    assert difference(DEMO, DEMO) == ""
    assert "# without es" in difference(DEMO, speaking(DEMO, ["en"], {("needs", "food"): {}, **_rest()}))


def _rest() -> dict[tuple[str, str], dict[str, str]]:
    return {key: {} for key in LABELS if key != ("needs", "food")}


def test_lines_that_go_over_several_and_remarks_are_understood() -> None:
    odd = DEMO.replace('languages = ["en", "es"]', 'languages = [\n  "en",\n  "es",\n]  # the first is usual')
    odd = odd.replace('en = "food"', "en = 'food'  # what people say")
    after = speaking(odd, ["es", "en"], {("needs", "food"): {"en": "groceries"}})
    assert 'languages = ["es", "en"]  # the first is usual' in after
    assert 'en = "groceries"  # what people say' in after


def test_a_table_in_another_form_is_left_alone_and_said() -> None:
    odd = DEMO.replace('[needs.food]\nen = "food"\nes = "comida"', '[needs]\nfood = {en = "food", es = "comida"}')
    assert tomllib.loads(odd) == tomllib.loads(DEMO)
    with pytest.raises(CannotAdd, match="by hand"):
        speaking(odd, ["en", "es"], {("needs", "food"): {"en": "groceries"}})
