"""Container: the steps of the Containerfile, one after the other, in a root of their own, without an image."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.packaging.test_first_hour import ACCOUNT, NUMBER, TOKEN, port

ROOT = Path(__file__).parents[2]
CONTAINER = (ROOT / "Containerfile").read_text("utf-8")
HERE = sysconfig.get_paths()["purelib"]


def steps(word: str) -> list[str]:
    return re.findall(rf"^{word} (.+)$", CONTAINER, re.MULTILINE)


@pytest.mark.parametrize(
    "copied", [each for step in steps("COPY") if "--from" not in step for each in step.split()[:-1]]
)
def test_what_the_container_copies_is_there_and_not_left_out(copied: str) -> None:
    assert (ROOT / copied).exists()
    left_out = (ROOT / ".containerignore").read_text("utf-8").split()
    assert copied.rstrip("/") not in left_out


@pytest.mark.parametrize("step", steps("RUN"))
def test_a_step_of_the_container_can_be_read_by_a_shell(step: str) -> None:
    assert subprocess.run(["sh", "-n", "-c", step], check=False).returncode == 0


def test_the_container_is_nobody_s_root_and_keeps_what_is_said_on_a_volume() -> None:
    assert steps("USER") == ["hotline"]
    assert steps("VOLUME") == steps("WORKDIR")[-1:] == ["/data"]
    assert json.loads(steps("CMD")[-1]) == ["hotline", "serve"]


def test_the_container_s_question_whether_it_lives_is_answered(tmp_path: Path) -> None:
    """The line behind HEALTHCHECK is run as it stands, at a port where nobody and then somebody answers."""
    (question,) = re.findall(r"^HEALTHCHECK .*CMD (\[.*\])$", CONTAINER, re.MULTILINE)
    _, *given = json.loads(question)
    at = port()
    asked = [sys.executable, *(each.replace(":8000", f":{at}") for each in given)]
    assert subprocess.run(asked, capture_output=True, check=False).returncode != 0
    (tmp_path / "health").write_text("alive")
    page = subprocess.Popen([sys.executable, "-m", "http.server", str(at)], cwd=tmp_path, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            if (code := subprocess.run(asked, capture_output=True, check=False).returncode) == 0:
                break
        assert code == 0, shlex.join(asked)
    finally:
        page.terminate()
        page.wait(10)


def _can_have_a_root_of_its_own() -> str:
    """Why not, "" where it can."""
    if os.geteuid() != 0 or not shutil.which("setpriv") or not shutil.which("useradd"):
        return "needs root, setpriv and useradd"
    if any(str(path).startswith("/opt") for path in (ROOT, sys.base_prefix, HERE)):
        return "this project or its Python lies in /opt, which the container has for itself"
    tried = subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False)
    return "needs folders that nobody else sees" if tried.returncode else ""


def _image(root: Path) -> str:
    """This machine as the image that the container begins with: /opt, /data and users are the container's alone, and of
    all else nothing can be changed. What of the tests lies in root's own folder can be read there by everybody."""
    private = sorted({str(each) for each in (ROOT, sys.base_prefix, sys.prefix) if str(each).startswith("/root/")})
    return f"""
mount -t tmpfs none {root}
for each in /*; do
  case $each in /opt|/data|/source|/etc|/root) continue;; esac
  if [ -L "$each" ]; then cp -d "$each" {root}/
  elif [ -d "$each" ]; then mkdir {root}$each; mount --rbind "$each" {root}$each; fi
done
for each in {" ".join(private)}; do mkdir -p {root}$each; mount --rbind $each {root}$each; done
mkdir {root}/opt {root}/source {root}/etc
for each in passwd group shadow gshadow login.defs nsswitch.conf ld.so.cache ld.so.conf; do
  cp -a /etc/$each {root}/etc/ 2>/dev/null || true
done
sed -i '/^[^:]*:[^:]*:1000:/d' {root}/etc/passwd {root}/etc/group
"""


def _installed_from_here(step: str) -> str:
    """What pip would fetch is taken from where this test runs; the program itself is what was copied."""
    start = f'#!{sys.executable}\\nimport site, sys; sys.path[:0] = ["/source"]; site.addsitedir("{HERE}")\\n'
    start += "from hotline.cli import main; sys.exit(main())\\n"
    written = f"printf '{start}' > /opt/hotline/bin/hotline; chmod 755 /opt/hotline/bin/hotline"
    return "; ".join(
        written if "pip install" in part else part.replace("python -m venv", f"{sys.executable} -m venv --without-pip")
        for part in step.split(" && ")
    )


@pytest.mark.skipif(bool(_can_have_a_root_of_its_own()), reason=_can_have_a_root_of_its_own())
def test_the_steps_lead_to_a_hotline_that_answers(tmp_path: Path) -> None:
    """Copied, installed, its user made; `init` as the page says; it starts as nobody's root, says that it lives, writes
    into /data alone, and stops politely."""
    root, at = tmp_path / "root", port()
    root.mkdir()
    copied = [each for step in steps("COPY") if "--from" not in step for each in step.split()[:-1]]
    settings = dict(pair.split("=", 1) for step in steps("ENV") for pair in step.split())
    told = {**settings, "PATH": f"/opt/hotline/bin:{os.environ['PATH']}", "PORT": str(at), "HOME": "/data"}
    told |= {"TWILIO_API_URL": "http://127.0.0.1:1", "PYTHONDONTWRITEBYTECODE": "1"}
    given = ["--name", "Eastside", "--coordinator-phone", "+12125550199", "--public-url", f"http://127.0.0.1:{at}"]
    given += ["--sid", ACCOUNT, "--token", TOKEN, "--number", NUMBER]
    (question,) = re.findall(r"^HEALTHCHECK .*CMD (\[.*\])$", CONTAINER, re.MULTILINE)
    asked = [sys.executable, *json.loads(question.replace(":8000", f":{at}"))[1:]]
    user = "setpriv --reuid 1000 --regid $(id -g hotline) --clear-groups env -i " + shlex.join(
        f"{name}={value}" for name, value in told.items()
    )
    inside = "\n".join(
        (
            "set -e",
            f"cd {ROOT}; cp -r {' '.join(copied)} /source/; chmod -R a+rX /source; cd /source",
            *map(_installed_from_here, steps("RUN")),
            "stat -c '%a %U' /data",
            f"cd /data; {user} hotline init --yes {shlex.join(given)} > /dev/null",
            f"{user} sh -c 'exec {' '.join(json.loads(steps('CMD')[-1]))} > /data/log 2>&1' & serving=$!",
            f"for i in $(seq 99); do {user} {shlex.join(asked)} 2>/dev/null && echo it lives && break; sleep 0.2; done",
            "kill -TERM $serving; wait $serving || grep -q 'Finished server' /data/log && echo it stopped politely",
            "stat -c '%a %U %n' /data/.env /data/hotline.db",
            f"{user} sh -c 'touch /opt/hotline/x /source/x' 2>/dev/null || echo it writes nowhere else",
            "grep -c Traceback /data/log || true",
        )
    )
    (tmp_path / "inside").write_text(inside)
    script = f"set -e; umask 022\n{_image(root)}\nchroot {root} sh {tmp_path}/inside"
    run = ["unshare", "--mount", "sh", "-c", script]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    said = done.stdout.splitlines()
    assert said[0] == "700 hotline"
    for sentence in ("it lives", "it stopped politely", "it writes nowhere else"):
        assert sentence in said, done.stdout + done.stderr
    assert "600 hotline /data/.env" in said
    assert "600 hotline /data/hotline.db" in said
    assert said[-1] == "0"
