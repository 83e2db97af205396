"""groups import: an Open Referral file in each of its three forms becomes what a caller hears; the rest is named."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hotline.channels.catalogue import languages
from hotline.cli import main
from hotline.community.hsds import CannotRead, Opening, read
from hotline.community.import_groups import cut, hours_said
from hotline.community.reading import load
from hotline.model.rules import Group
from tests.world import COMMUNITY

TODAY = date(2026, 3, 10)
PANTRY = Group(
    "Elm Street Pantry",
    "(212) 555-0155",
    "Tue Fri 10am-2pm",
    ("food",),
    ("north",),
    "12 Elm Street",
    "2026-02-20",
    True,
)
Rows = Sequence[Mapping[str, Any]]
IDS = {"service_id": "s1", "location_id": "l1"}
SERVICES: Rows = [
    {"id": "s1", "organization_id": "o1", "name": "Elm Street Pantry", "status": "active", "description": "Groceries"},
    {"id": "s2", "organization_id": "o1", "name": "Old Kitchen", "status": "defunct", "description": "food"},
    {"id": "s3", "organization_id": "o1", "name": "Haven", "status": "active", "description": "rides to a safe bed"},
    {"id": "s4", "organization_id": "o9", "name": "Chess club", "status": "active", "description": "chess"},
    {"id": "s5", "organization_id": "o1", "name": "Far Pantry", "status": "active", "description": "food"},
]
PLACES: Rows = [
    {"id": "p1", **IDS},
    {"id": "p3", "service_id": "s3", "location_id": "l3"},
    {"id": "p5", "service_id": "s5", "location_id": "l5"},
]
ADDRESSES: Rows = [
    {"id": "a1", "location_id": "l1", "address_1": "12 Elm Street", "city": "Here", "postal_code": "11216-0001"},
    {"id": "a3", "location_id": "l3", "address_1": "Address withheld, 9 Oak Street", "postal_code": "11216"},
    {"id": "a5", "location_id": "l5", "address_1": "1 Far Road", "postal_code": "90210"},
]
PHONES: Rows = [
    {"id": "n0", "service_id": "s1", "number": "(212) 555-0150", "type": "fax"},
    {"id": "n1", "service_id": "s1", "number": "212 555 0155", "type": "voice"},
    {"id": "n3", "organization_id": "o1", "number": "+12125550156", "extension": "7"},
    {"id": "n9", "service_id": "s99", "number": "+12125550157"},
]
COMMON = {
    "organizations": [{"id": "o1", "name": "Elm Street Neighbors"}],
    "services": SERVICES,
    "locations": [{"id": each, "name": "A house"} for each in ("l1", "l3", "l5")],
    "physical_addresses": ADDRESSES,
    "phones": PHONES,
    "metadata": [{"id": "m1", "resource_id": "s1", "last_action_date": "2026-02-20", "last_action_type": "update"}],
}
ONE = {  # 1.1: a row for each day, days are counted from 1
    **COMMON,
    "services_at_location": PLACES,
    "regular_schedules": [
        {
            "id": f"h{day}",
            **IDS,
            "service_at_location_id": "p1",
            "weekday": day,
            "opens_at": "10:00:00",
            "closes_at": "14:00",
        }
        for day in (2, 5)
    ],
}
RULE = {"freq": "WEEKLY", "byday": "TU,FR", "opens_at": "10:00", "closes_at": "14:00:00Z"}
RARE = {"freq": "MONTHLY", "byday": "1SA", "opens_at": "9:00", "closes_at": "12:00"}
TWO = {  # 2.0.1: rules as in calendars
    **COMMON,
    "service_at_locations": PLACES,
    "schedules": [{"id": "h1", "service_id": "s1", **RULE}, {"id": "h2", "service_id": "s1", **RARE}],
}


def table(rows: Rows) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def folder(where: Path, tables: Mapping[str, Rows]) -> Path:
    where.mkdir()
    for name, rows in tables.items():
        (where / f"{name}.csv").write_text(table(rows), "utf-8-sig")
    return where


def packed(where: Path, tables: Mapping[str, Rows]) -> Path:
    with zipfile.ZipFile(where, "w") as file:
        for name, rows in tables.items():
            file.writestr(f"data/{name}.csv", table(rows))
    return where


def document(where: Path) -> Path:
    """3.0: a page of services, each holding what is its own."""
    services = []
    for row in SERVICES:
        places = [place for place in PLACES if place["service_id"] == row["id"]]
        held = [
            {"address_type": "physical", **a} for p in places for a in ADDRESSES if a["location_id"] == p["location_id"]
        ]
        services.append(
            {
                **row,
                "phones": [phone for phone in PHONES if phone.get("service_id") == row["id"]],
                "organization": {"name": "Elm Street Neighbors", "phones": [PHONES[2]]},
                "service_at_locations": [{"id": "p", "location": {"addresses": held}}] if places else [],
            }
        )
    services[0] |= {"assured_date": "2026-02-20", "last_modified": "2026-03-01T10:00:00Z", "schedules": [RULE, RARE]}
    where.write_text(json.dumps({"total_items": len(services), "contents": services}), "utf-8")
    return where


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "COMMUNITY_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TWILIO_PHONE_NUMBER", "+12125550100")
    (tmp_path / "community.toml").write_text(COMMUNITY, "utf-8")


@pytest.mark.parametrize("form", ["1.1 folder", "2.0.1 zip", "3.0 json"])
def test_each_form_becomes_the_same_groups(tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    match form:
        case "1.1 folder":
            file = folder(tmp_path / "one", ONE)
        case "2.0.1 zip":
            file = packed(tmp_path / "two.zip", TWO)
        case _:
            file = document(tmp_path / "three.json")
    assert main(["groups", "import", str(file)]) == 1  # something was left out
    said = capsys.readouterr().out
    assert not Path("directory.toml").exists()
    assert "Nothing is written yet. 2 can be told" in said
    assert "(Old Kitchen): defunct" in said
    assert "(Chess club): no" in said
    assert "(Far Pantry): elsewhere (90210)" in said
    assert "where it is is withheld, and not told" in said
    assert "its extension 7 is not told" in said
    assert "Oak Street" not in said
    if form != "3.0 json":
        assert "there is no service s99" in said
        assert "there is no organization o9" in said
    if form != "1.1 folder":
        assert "are left out: MONTHLY 1SA 9:00 12:00" in said
    main(["groups", "import", str(file), "--yes"])
    groups = load(Path("community.toml"), languages()).groups
    assert groups == (PANTRY, Group("Haven", "(212) 555-0156", "", ("ride",), (), imported=True))


def test_the_next_import_takes_its_place_and_ones_own_comes_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["groups", "import", str(folder(tmp_path / "one", ONE)), "--yes"])
    own = '\n[[groups]]\nname = "haven"\nphone = "211"\n'
    Path("community.toml").write_text(COMMUNITY + own, "utf-8")
    assert [each.name for each in load(Path("community.toml"), languages()).groups] == ["haven", "Elm Street Pantry"]
    main(["groups", "import", str(packed(tmp_path / "two.zip", {**TWO, "services": SERVICES[:1]})), "--yes"])
    assert [each.name for each in load(Path("community.toml"), languages()).groups] == ["haven", "Elm Street Pantry"]
    capsys.readouterr()
    main(["groups", "list"])
    assert capsys.readouterr().out.splitlines()[1].endswith("12 Elm Street  checked 2026-02-20  imported")


def test_rows_that_say_little_are_helped_by_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder(tmp_path / "one", {**ONE, "services": [{**SERVICES[3], "id": "s1", "organization_id": "o1"}]})
    assert main(["groups", "import", str(file)]) == 1
    assert "None of them can be told" in capsys.readouterr().out
    main(["groups", "import", str(file), "--word", "chess=ride"])
    assert "ride  north" in capsys.readouterr().out
    main(["groups", "import", str(file), "--needs", "other", "--areas", "downtown"])
    assert "other  downtown" in capsys.readouterr().out
    assert main(["groups", "import", str(file), "--word", "chess=games"]) == 2
    assert "there is no 'games'" in capsys.readouterr().err


@pytest.mark.parametrize("body", ["", "{}", "[1, null]", '{"services": 3}', "{"])
def test_what_is_no_such_file_is_said(tmp_path: Path, body: str) -> None:
    file = tmp_path / "odd.json"
    file.write_text(body, "utf-8")
    found = read(file, TODAY)
    assert found.services == []
    assert found.wrong
    for other in ("none.json", "empty"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        with pytest.raises(CannotRead):
            read(tmp_path / other, TODAY)


def test_a_broken_file_of_groups_stops_the_start_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    Path("directory.toml").write_text('[[groups]]\nname = "Pantry"\nphone = "211"\nneeds = ["bread"]\n', "utf-8")
    assert main(["groups", "list"]) == 2
    assert "directory.toml: groups.1.needs: there is no 'bread'" in capsys.readouterr().err


def test_hours_are_said_as_people_write_them() -> None:
    week = [Opening(day, 540, 1020) for day in range(5)]
    assert hours_said([*week, Opening(5, 600, 810)], twelve=True) == "Mon-Fri 9am-5pm, Sat 10am-1:30pm"
    assert hours_said([Opening(0, 0, 1440), Opening(2, 720, 780)], twelve=True) == "Mon 12am-12am, Wed 12pm-1pm"
    assert hours_said([Opening(1, 540, 720), Opening(1, 780, 1020)], twelve=False) == "Tue 9:00-12:00 and 13:00-17:00"
    assert cut("The Northside Community Food Pantry Program") == "The Northside Community Food"
