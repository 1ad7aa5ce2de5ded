"""How often something may be done: a sliding window per caller, in memory."""

import time
from collections import deque
from collections.abc import Callable

WINDOW = 60.0  # seconds
CALLERS_AT_MOST = 10_000  # beyond that the idle ones are forgotten


class SlidingWindow:
    """So many a minute for each caller."""

    def __init__(self, at_most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_most = at_most
        self._clock = clock
        self._seen: dict[str, deque[float]] = {}

    def wait_for(self, caller: str) -> int | None:
        """``None`` and counted, or the seconds until the next is allowed."""
        now = self._clock()
        if len(self._seen) > CALLERS_AT_MOST:
            self._forget_the_idle(now)
        seen = self._seen.setdefault(caller, deque())
        while seen and seen[0] <= now - WINDOW:
            seen.popleft()
        if len(seen) >= self._at_most:
            return int(seen[0] + WINDOW - now) + 1
        seen.append(now)
        return None

    def _forget_the_idle(self, now: float) -> None:
        self._seen = {caller: seen for caller, seen in self._seen.items() if seen and seen[-1] > now - WINDOW}
