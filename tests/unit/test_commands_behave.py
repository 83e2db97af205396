"""Commands behave: the right folder or a refusal, times on the community's clocks, one sentence and never a stack."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from hotline.cli import main
from tests.world import COMMUNITY

SAFE = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "HOME", "PYTHONPATH")}
HERE = Path(__file__).parents[2]
NEED_A_DATABASE = [
    *(["flags", "list"], ["flags", "settle", "1"], ["needs", "list"], ["volunteers", "list"], ["recordings", "list"]),
    *(["outbox", "list"], ["outbox", "resend", "1"], ["purge"], ["backup", "b.db"], ["words", "misread"]),
    *(["block", "+12125550113"], ["volunteers", "approve", "+12125550113"], ["prompts", "pin", "24681012"]),
]
SETTINGS = {
    "PUBLIC_URL": "https://hotline.example.org",
    "TWILIO_ACCOUNT_SID": "AC1",
    "TWILIO_AUTH_TOKEN": "secret",
    "TWILIO_PHONE_NUMBER": "+12125550100",
}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "COMMUNITY_FILE", "RECORDINGS"):
        monkeypatch.delenv(name, raising=False)


def hotline(*arguments: str, folder: Path, **other: object) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own, as cron or a person would run it."""
    environment = {**SAFE, "PYTHONPATH": str(HERE), **other.pop("environment", {})}  # type: ignore[dict-item]
    where: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **other}
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "hotline", *arguments],
        cwd=folder,
        env=environment,
        text=True,
        timeout=60,
        check=False,
        **where,
    )


@pytest.mark.parametrize("command", NEED_A_DATABASE, ids=" ".join)
def test_in_another_folder_it_is_refused_and_nothing_is_made(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "community.toml").write_text(COMMUNITY, "utf-8")
    assert main(command) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "hotline.db" in said.err
    assert str(tmp_path) in said.err
    assert "hotline init" in said.err
    assert [each.name for each in tmp_path.iterdir()] == ["community.toml"]


def test_an_empty_file_is_no_hotline_either(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hotline.db").touch()
    assert main(["flags", "list"]) == 2
    assert "hotline init" in capsys.readouterr().err
    assert (tmp_path / "hotline.db").stat().st_size == 0


def test_bare_it_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "COMMAND" in capsys.readouterr().out
    assert main(["volunteers"]) == 2
    assert "approve" in capsys.readouterr().err


def test_times_are_those_of_the_community(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from hotline.commands import clock

    (tmp_path / "community.toml").write_text(COMMUNITY, "utf-8")
    assert clock()(1_773_158_400.0) == "10 Mar 12:00"  # New York, wherever this machine is
    (tmp_path / "community.toml").write_text("broken", "utf-8")
    assert clock()(1_773_158_400.0) == "10 Mar 16:00 UTC"


def test_cron_hears_nothing_when_all_is_well(tmp_path: Path) -> None:
    for command in (["migrate"], ["backup", "kept.db"], ["restore", "--check", "kept.db"]):
        ended = hotline(*command, folder=tmp_path)
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_nobody_reads_on(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    ended = hotline("flows", "show", folder=tmp_path, stdout=write)
    os.close(write)
    assert (ended.returncode, ended.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full here")
def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        ended = hotline("flows", "show", folder=tmp_path, stdout=full)
    assert ended.returncode == 2
    assert ended.stderr == "hotline: the disk is full; make room, then do it again\n"


def test_what_is_not_allowed_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    ended = hotline("card", "--number", "+12125550100", "--html", "file/card.html", folder=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "Traceback" not in ended.stderr


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "community.toml").write_text(COMMUNITY, "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = hotline("serve", folder=tmp_path, environment={**SETTINGS, "PORT": port})
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"hotline: PORT: something else listens at {port}")
    assert ended.stderr.count("\n") == 1


def test_the_log_level_may_be_written_small(tmp_path: Path) -> None:
    from hotline.settings import read

    assert read({**SETTINGS, "LOG_LEVEL": "info"}, tmp_path).log_level == "INFO"
