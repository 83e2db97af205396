"""Deploying: the recipe for a plain machine is followed command by command, in folders that only this test sees."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "deploy-debian.md"
UNITS = ROOT / "docs" / "deploy"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXPOSED = 30  # tenths: systemd calls what is below "OK"
PRETENDED = ("apt-get", "systemctl", "ufw", "caddy", "ssh-keygen")  # they would change this machine

systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")


def commands() -> list[str]:
    """Every command of the recipe, in its order."""
    whole = "".join(BLOCK.findall(PAGE.read_text("utf-8")))
    return [line for line in whole.splitlines() if line and not line.startswith("#")]


def of_section(heading: str) -> str:
    """The commands under one heading."""
    text = PAGE.read_text("utf-8")
    section = text[text.index(f"## {heading}") :]
    return str(BLOCK.findall(section)[0])


@systemd
@pytest.mark.parametrize("unit", sorted(UNITS.glob("*.service")), ids=lambda unit: unit.name)
def test_a_unit_is_hardened(unit: Path) -> None:
    limit = f"--threshold={EXPOSED}"
    judged = ["systemd-analyze", "security", "--offline=true", "--no-pager", limit, str(unit)]
    done = subprocess.run(judged, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout[-300:] + done.stderr


@systemd
@pytest.mark.parametrize("unit", sorted(UNITS.glob("hotline*.*")), ids=lambda unit: unit.name)
def test_a_unit_is_whole(unit: Path) -> None:
    """All that may be said against it here is that the hotline is not installed."""
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False, timeout=60
    )
    said = [line for line in done.stderr.splitlines() if unit.name.split(".")[0] in line]
    assert [line for line in said if "is not executable" not in line and "Unit hotline" not in line] == []


def test_every_command_can_be_read_by_a_shell() -> None:
    done = subprocess.run(["sh", "-n"], input="\n".join(commands()), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_file_that_the_recipe_installs_is_there() -> None:
    named = re.findall(r"/opt/hotline/(docs/deploy/\S+)", PAGE.read_text("utf-8"))
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def _can_have_folders_of_its_own() -> bool:
    tried = (
        subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False) if os.geteuid() == 0 else None
    )
    return tried is not None and tried.returncode == 0


@pytest.mark.skipif(not _can_have_folders_of_its_own(), reason="needs root and folders that nobody else sees")
def test_the_program_is_installed_and_started_as_the_page_says(tmp_path: Path) -> None:
    """Steps 3, 5 and 6. Only what would change this machine is pretended, and packages come from here."""
    pretended = tmp_path / "bin"
    pretended.mkdir()
    for name in (*PRETENDED, "sudo", "useradd", "runuser"):
        _pretend(pretended / name, tmp_path)
    script = "\n".join(
        (
            "set -e",
            "mount -t tmpfs none /opt; mount -t tmpfs none /usr/local/bin; mkdir -p /etc/caddy",
            "mount -t tmpfs none /etc/caddy; mount -t tmpfs none /etc/systemd/system; mount -t tmpfs none /var/lib",
            f"mkdir /opt/hotline; cd {ROOT}; cp -r docs hotline constraints.txt pyproject.toml README.md /opt/hotline/",
            _packages_from_here(of_section("3. The program")),
            "mkdir -p /etc/caddy",
            of_section("5. The public name"),
            of_section("6. Start it"),
            "stat -c '%a %U' /var/lib/hotline",
            "hotline --version",
            "grep -c YOUR.NAME.HERE /etc/caddy/Caddyfile",
            "ls /etc/systemd/system",
        )
    )
    path = f"{pretended}:{os.environ['PATH']}"
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said = done.stdout
    assert "700 nobody" in said
    assert "hotline 0." in said
    assert "hotline-backup.timer" in said
    assert "systemctl enable --now hotline.service hotline-backup.timer" in (tmp_path / "pretended").read_text()


def _pretend(file: Path, log: Path) -> None:
    """A command that writes down what it was asked; those that hand on a command do so."""
    last = {"sudo": 'exec "$@"', "runuser": 'shift 3; exec "$@"'}.get(file.name, "exit 0")
    file.write_text(f'#!/bin/sh\necho "{file.name} $*" >> {log}/pretended\n{last}\n')
    file.chmod(0o755)


def _packages_from_here(commands: str) -> str:
    """The same commands, without a network: what pip would fetch is taken from where this test runs. The hotline's user
    is somebody whom every machine has."""
    here = sysconfig.get_paths()["purelib"]
    start = f'#!{sys.executable}\\nimport sys; sys.path.insert(0, "/opt/hotline"); sys.path.append("{here}")\\n'
    start += "from hotline.cli import main; sys.exit(main())\\n"
    installed = f"printf '{start}' > /opt/hotline/.venv/bin/hotline; chmod 755 /opt/hotline/.venv/bin/hotline"
    lines = [installed if "bin/pip install" in line else line for line in commands.splitlines()]
    return "\n".join(lines).replace("-o hotline -g hotline", "-o nobody -g nogroup")
