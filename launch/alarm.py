"""Waiting that ends early when something happens: a child ends, or somebody wants everything ended."""

import os
import select
import signal
from types import FrameType
from typing import Self

ENDING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
_HEARD = ENDING | {signal.SIGCHLD}


class Alarm:
    """Catches the signals for as long as it is entered; handlers do nothing but wake the wait."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(self._write, False)
        self.asked_to_end = 0  # how many times

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._note) for number in _HEARD}
        self._wakeup = signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        return self

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._read)
        os.close(self._write)

    def wait(self, seconds: float) -> None:
        """Return after that time, or as soon as a signal comes."""
        if select.select([self._read], [], [], max(seconds, 0))[0]:
            os.read(self._read, 1024)

    def _note(self, number: int, _: FrameType | None) -> None:
        if number in ENDING:
            self.asked_to_end += 1
