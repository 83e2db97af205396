"""The wheel and the source archive are whole: unpacked elsewhere, without a network, the demo runs from the wheel."""

import os
import re
import socket
import subprocess
import sys
import tarfile
import time
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hotline import __version__
from hotline.channels.parsing.lexicon import understood

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EVERYWHERE = ("stopping", "danger_911", "marks", "vocabularies")
PREPARED = {  # made when the wheel is built
    f"hotline/channels/parsing/prepared_{name}.pickle" for name in (*EVERYWHERE, *map("words_{}".format, understood()))
}
OURS = re.compile(r"(hotline)/(?!.*__pycache__)")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both archives, built without a network."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=120)
    (wheel,), (source,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return {"wheel": wheel, "source": source}


def files_of_the_program() -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "hotline").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_has_every_file_of_the_program_and_nothing_else(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built["wheel"]) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert names == files_of_the_program() | PREPARED


def test_the_source_archive_has_the_program_its_tests_and_its_pages(built: dict[str, Path]) -> None:
    with tarfile.open(built["source"]) as source:
        names = {name.partition("/")[2] for name in source.getnames()}
    wanted = {"README.md", "LICENSE", "Procfile", ".env.example", "constraints.txt", "pyproject.toml", ".ci/run"}
    wanted |= {"hatch_build.py", "tests/test_transcripts.py", "benchmarks/webhooks.py"}
    assert (files_of_the_program() - PREPARED) | wanted <= names


def test_the_name_is_nobody_else_s(built: dict[str, Path]) -> None:
    assert built["wheel"].name.startswith(f"mutual_aid_hotline-{__version__}-")


def test_the_demo_runs_from_the_wheel(built: dict[str, Path], tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    with zipfile.ZipFile(built["wheel"]) as wheel:
        wheel.extractall(elsewhere)
    with running_demo(elsewhere) as url, urllib.request.urlopen(url, timeout=5) as page:
        assert b"phones" in page.read().lower()


@contextmanager
def running_demo(elsewhere: Path) -> Iterator[str]:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    program = (
        "import hotline, sys; assert hotline.__file__.startswith(sys.argv.pop(1)); from hotline.cli import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(elsewhere), "demo", "--port", str(port)],
        cwd=elsewhere,
        env=os.environ | {"PYTHONPATH": str(elsewhere)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    process.terminate()
    raise AssertionError(process.communicate()[1].decode())


def test_every_dependency_has_a_version_that_was_tested() -> None:
    extras = PROJECT["optional-dependencies"]
    named = {
        re.split(r"[\[<>=; ]", each)[0].lower()
        for each in [*PROJECT["dependencies"], *extras["postgres"], *extras["s3"]]
    }
    pinned = {line.split("==")[0].lower() for line in _constraints()}
    assert named <= pinned
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[^=\s]+( ;.*)?", line) for line in _constraints())


def _constraints() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
