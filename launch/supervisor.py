"""Starts the parts, waits until they are ready, restarts one that dies, and ends them all."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import httpx

from launch.alarm import Alarm
from launch.parts import Part
from launch.processes import PartProcess

LONGEST_PAUSE_S = 30.0
STEADY_AFTER_S = 60.0  # a part that lived this long starts again with the shortest pause
TRIES_AT_START = 3
GRACE_S = 10.0
_LOOK_EVERY_S = 0.1
_HEALTH_TIMEOUT_S = 1.0


class Listener(Protocol):
    """Who is told what happens (:class:`launch.display.Board`)."""

    def ready(self, name: str, seconds: float) -> None:
        """A part can do its work."""

    def died(self, name: str, exit_code: int | None, pause: float) -> None:
        """A part ended by itself; it starts again after the pause, in seconds."""


class StartFailed(Exception):
    """A part did not become ready: ``name``, why, and the end of its log."""

    def __init__(self, process: PartProcess, why: str) -> None:
        super().__init__(f"{process.part.name} {why}")
        self.log = process.log
        self.last_lines = process.last_lines()


class _Watched:
    """One part over all its lives."""

    def __init__(self, part: Part, logs: Path) -> None:
        self.process = PartProcess(part, logs)
        self.name = part.name
        self.ready = False
        self.deaths = 0  # in a row
        self.started_at = 0.0
        self.restart_at: float | None = None

    def start(self) -> None:
        self.ready, self.restart_at = False, None
        self.started_at = time.monotonic()
        self.process.start()

    def note_death(self) -> float:
        """Count it and set when to start again; the pause in seconds."""
        if time.monotonic() - self.started_at >= STEADY_AFTER_S:
            self.deaths = 0
        pause = min(2.0**self.deaths, LONGEST_PAUSE_S)
        self.deaths += 1
        self.ready, self.restart_at = False, time.monotonic() + pause
        return pause


class Supervisor:
    """Keeps the parts running until the alarm says that somebody wants an end."""

    def __init__(self, parts: Sequence[Part], logs: Path, listener: Listener, alarm: Alarm) -> None:
        self._watched = [_Watched(part, logs) for part in parts]
        self._listener = listener
        self._alarm = alarm
        self._http = httpx.Client(timeout=_HEALTH_TIMEOUT_S, trust_env=False)

    def start(self, within: float) -> bool:
        """Start all at once and wait until each is ready; False when an end was asked for meanwhile.

        Raises :class:`StartFailed` when a part dies again and again or is not ready in ``within`` seconds.
        """
        deadline = time.monotonic() + within
        for one in self._watched:
            one.start()
        while not self._alarm.asked_to_end:
            self._look()
            if all(one.ready for one in self._watched):
                return True
            self._give_up_if_hopeless(deadline)
            self._alarm.wait(_LOOK_EVERY_S)
        return False

    def watch(self) -> None:
        """Restart what dies, until an end is asked for."""
        while not self._alarm.asked_to_end:
            self._look()
            self._alarm.wait(_LOOK_EVERY_S if self._unsettled else 5.0)

    def end(self) -> None:
        """Ask all to end, wait ten seconds, end the rest by force; a second Ctrl-C forces at once."""
        asked_before = self._alarm.asked_to_end
        deadline = time.monotonic() + GRACE_S
        for one in self._watched:
            one.process.ask_to_end()
        while time.monotonic() < deadline and self._alarm.asked_to_end <= asked_before:
            if not any(one.process.running for one in self._watched):
                break
            self._alarm.wait(_LOOK_EVERY_S)
        for one in self._watched:
            one.process.kill()
        self._http.close()

    @property
    def _unsettled(self) -> bool:
        return any(not one.ready for one in self._watched)

    def _look(self) -> None:
        for one in self._watched:
            if one.process.running:
                self._look_whether_ready(one)
            elif one.restart_at is None:
                pause = one.note_death()
                self._listener.died(one.name, one.process.exit_code, pause)
            elif time.monotonic() >= one.restart_at:
                one.start()

    def _look_whether_ready(self, one: _Watched) -> None:
        if not one.ready and self._healthy(one.process.part):
            one.ready = True
            self._listener.ready(one.name, time.monotonic() - one.started_at)

    def _healthy(self, part: Part) -> bool:
        try:
            return self._http.get(part.health).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def _give_up_if_hopeless(self, deadline: float) -> None:
        for one in self._watched:
            if one.deaths >= TRIES_AT_START:
                raise StartFailed(one.process, f"ended {one.deaths} times before it was ready")
            if not one.ready and time.monotonic() > deadline:
                raise StartFailed(one.process, "was not ready in time")
