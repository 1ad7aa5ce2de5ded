"""A line for each caller: one after another within it, all lines side by side."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Lines:
    """Served in the order in which they came; a line nobody stands in is forgotten."""

    def __init__(self) -> None:
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._standing: Counter[str] = Counter()

    @asynccontextmanager
    async def at_the_front(self, caller: str) -> AsyncIterator[None]:
        """Wait for one's turn, and hold it."""
        self._standing[caller] += 1
        try:
            async with self._locks[caller]:
                yield
        finally:
            self._standing[caller] -= 1
            if not self._standing[caller]:
                del self._standing[caller], self._locks[caller]
