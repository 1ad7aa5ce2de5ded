"""The launcher's loop with parts in miniature, tried from outside as an operator's machine would try it."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from launch.ports import free_port

ROOT = Path(__file__).parents[3]


class Launched:
    """A launcher with two fake parts."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.ports = {"one": free_port(), "two": free_port()}
        self.out = folder / "out.txt"
        with self.out.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.launcher", str(folder)]
                + [f"{name}={port}" for name, port in self.ports.items()],
                cwd=ROOT,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **environment},
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        """What the operator read so far."""
        return self.out.read_text(encoding="utf-8")

    def pid(self, name: str) -> int | None:
        """The process that answers for a part now."""
        try:
            return int(httpx.get(f"http://127.0.0.1:{self.ports[name]}/health", timeout=1).json()["pid"])
        except httpx.TransportError:
            return None

    def crash(self, name: str) -> None:
        """End a part from inside, as a bug would."""
        with pytest.raises(httpx.TransportError):
            httpx.post(f"http://127.0.0.1:{self.ports[name]}/die", timeout=1)

    def wait_until_ready(self) -> None:
        """Return once the launcher says so."""
        until(lambda: "Everything is ready" in self.said)


def until(true: Callable[[], object], seconds: float = 20) -> None:
    """Look every 50 ms whether it is so by now."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not true():
        assert time.monotonic() < deadline, "waited too long"
        pause.wait(0.05)


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Callable[..., Launched]]:
    """Starts launchers, and ends what a failing test leaves."""
    started: list[Launched] = []

    def start(**environment: str) -> Launched:
        started.append(Launched(tmp_path, **environment))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_ordered_end_ends_every_part_and_is_no_failure(
    launch: Callable[..., Launched], number: signal.Signals
) -> None:
    """Ctrl-C is how a trial ends; ports still held would spoil the next start."""
    launched = launch()
    launched.wait_until_ready()
    pids = [launched.pid(name) for name in launched.ports]
    launched.process.send_signal(number)
    assert launched.process.wait(10) == 0
    assert not any(_alive(pid) for pid in pids)


def test_a_part_that_dies_is_started_again_and_the_other_is_left_alone(
    launch: Callable[..., Launched],
) -> None:
    """A crash of one process costs its restart, not the conversation in the others."""
    launched = launch()
    launched.wait_until_ready()
    before = {name: launched.pid(name) for name in launched.ports}
    launched.crash("one")
    until(lambda: launched.pid("one") not in (None, before["one"]))
    assert launched.pid("two") == before["two"]
    assert "one ended by itself (exit 3); starts again in 1 s" in launched.said


def test_each_death_in_a_row_waits_longer(launch: Callable[..., Launched]) -> None:
    """A part that cannot live must not burn the machine that the others need."""
    launched = launch()
    launched.wait_until_ready()
    launched.crash("one")
    until(lambda: launched.pid("one"))
    launched.crash("one")
    until(lambda: "starts again in 2 s" in launched.said)
    launched.process.terminate()
    assert launched.process.wait(10) == 0


def test_no_part_outlives_a_launcher_that_was_killed(launch: Callable[..., Launched]) -> None:
    """SIGKILL cannot be caught; orphans would hold the ports and the databases."""
    launched = launch()
    launched.wait_until_ready()
    pids = [launched.pid(name) for name in launched.ports]
    launched.process.kill()
    until(lambda: not any(_alive(pid) for pid in pids))


def test_a_frozen_part_is_ended_too(launch: Callable[..., Launched]) -> None:
    """A stopped process hears no SIGTERM until it is woken."""
    launched = launch()
    launched.wait_until_ready()
    pid = launched.pid("one")
    assert pid
    os.kill(pid, signal.SIGSTOP)
    launched.process.terminate()
    assert launched.process.wait(10) == 0
    assert not _alive(pid)


def test_a_second_ctrl_c_ends_a_part_that_does_not_listen(launch: Callable[..., Launched]) -> None:
    """Nobody wants to wait ten seconds for a part that hangs."""
    launched = launch(FAKE_IGNORES_SIGTERM="1")
    launched.wait_until_ready()
    pid = launched.pid("one")
    launched.process.send_signal(signal.SIGINT)
    until(lambda: "Ending" in launched.said)
    started = time.monotonic()
    launched.process.send_signal(signal.SIGINT)
    assert launched.process.wait(8) == 0
    assert time.monotonic() - started < 5
    assert not _alive(pid)


def test_a_part_that_cannot_start_is_said_with_the_end_of_its_log(launch: Callable[..., Launched]) -> None:
    """Restarting in silence for ever would look like a slow start."""
    launched = launch(FAKE_DIES_AT_START="7")
    assert launched.process.wait(20) == 1
    assert "ended 3 times before it was ready" in launched.said
    assert "the fake part says why it ends" in launched.said


def _alive(pid: int | None) -> bool:
    if pid is None:
        return False
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
