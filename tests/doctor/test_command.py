"""`hotline doctor` as an operator runs it, in a folder of its own."""

import json
import subprocess
import sys
from pathlib import Path

from hotline.doctor.findings import as_page

DOCS = Path(__file__).parents[2] / "docs" / "doctor.md"
ENV = """PUBLIC_URL=https://127.0.0.1:1
TWILIO_ACCOUNT_SID=AC00000000000000000000000000000000
TWILIO_AUTH_TOKEN=11111111111111111111111111111111
TWILIO_PHONE_NUMBER=+12125550100
TWILIO_API_URL=http://127.0.0.1:1
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "hotline", *arguments]
    return subprocess.run(whole, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def community(folder: Path) -> None:
    demo = Path(__file__).parents[2] / "hotline" / "demo.toml"
    (folder / "community.toml").write_text(demo.read_text("utf-8"), "utf-8")


def test_an_empty_folder_is_told_what_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor")
    assert done.returncode == 1
    assert "PUBLIC_URL is not set" in done.stdout
    assert not done.stderr
    assert not list(tmp_path.iterdir())


def test_a_wrong_community_file_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(ENV)
    (tmp_path / "community.toml").write_text("name = ")
    told = run(tmp_path, "doctor").stdout
    assert "community.toml" in told
    assert "line 1" in told


def test_it_is_told_for_machines_and_no_database_is_made(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(ENV)
    community(tmp_path)
    done = run(tmp_path, "doctor", "--json")
    names = [each["name"] for each in json.loads(done.stdout)]
    assert done.returncode == 1
    assert {"missing", "carrier_silent", "address_local", "no_backup"} <= set(names)
    assert not (tmp_path / "hotline.db").exists()


def test_what_somebody_would_read_and_hear_now_is_shown_and_nothing_of_it_kept(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(ENV)
    community(tmp_path)
    run(tmp_path, "migrate")
    before = (tmp_path / "hotline.db").read_bytes()
    told = run(tmp_path, "doctor").stdout
    assert 'A stranger who texts "food" now reads:' in told
    assert "A stranger who calls now hears:" in told
    assert "press 1" in told
    assert "No text has ever come in." not in told or "never run" in told
    assert run(tmp_path, "flags", "list").stdout.strip().endswith("0 in all.")
    assert len((tmp_path / "hotline.db").read_bytes()) == len(before)


def test_the_page_in_the_docs_is_the_one_that_is_printed() -> None:
    assert DOCS.read_text("utf-8") == as_page()
