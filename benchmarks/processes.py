"""Servers as processes: started, waited for, weighed and ended. Figures come from /proc, so from Linux."""

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
START, STOP = 120.0, 15.0  # seconds that a server may take to answer on a busy machine, and to end
REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Server:
    """A server that answers on a port, and the processes that do its work."""

    port: int
    pids: tuple[int, ...]

    def cpu(self) -> float:
        """Seconds of processor time, of all its processes and their children so far."""
        return sum(map(_cpu, _family(self.pids)))

    def stays_on_one_core(self) -> None:
        """As on a machine that has no other; the threads that it begins later are there, too."""
        for pid in _family(self.pids):
            for thread in Path(f"/proc/{pid}/task").iterdir():
                os.sched_setaffinity(int(thread.name), {0})

    def memory(self) -> float:
        """MiB resident, of all its processes."""
        return sum(map(_memory, _family(self.pids)))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextlib.contextmanager
def serving(
    command: Sequence[str],
    port: int,
    folder: Path,
    settings: Mapping[str, str] | None = None,
    first: bytes = b"",
) -> Iterator[Server]:
    """The command runs in `folder` until the end of the block; the block begins when its port answers: where there is a
    `first` request, with 200 to that."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), **(settings or {})}
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        _wait_for(process, port, folder, first)
        yield Server(port, (process.pid,))
    finally:
        _end(process)


def _wait_for(process: "subprocess.Popen[bytes]", port: int, folder: Path, first: bytes) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            if not first:
                return
            line.sendall(first)
            if line.recv(4096).startswith(b"HTTP/1.1 200"):
                return
        time.sleep(0.005)
    raise RuntimeError(f"the server did not start: {(folder / 'log').read_text('utf-8', 'replace')[-1500:]}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _family(pids: Sequence[int]) -> set[int]:
    found: set[int] = set()
    rest = list(pids)
    while rest:
        pid = rest.pop()
        if pid not in found:
            found.add(pid)
            rest += _children(pid)
    return found


def _children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _cpu(pid: int) -> float:
    """Own time in both modes, and that of children who have ended."""
    with contextlib.suppress(OSError):
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, after_name[11:15])) / TICKS
    return 0.0


def _memory(pid: int) -> float:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return 0.0


def machine_cpu() -> float:
    """Seconds that all cores of this machine were busy since it started."""
    user, nice, system, _idle, _wait, *rest = map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:])
    return (user + nice + system + sum(rest[:3])) / TICKS
