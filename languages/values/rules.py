"""Rules: how something stands in the line, and what it comes to on a given day."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Found = re.Match[str]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Rules(Generic[Answer]):
    """Patterns with what a match is worth (``None``: nothing after all), tried only in lines where ``needs`` stands."""

    needs: re.Pattern[str]
    patterns: list[tuple[re.Pattern[str], Callable[[Found, date], Answer | None]]]


def rules(needs: str, *written: tuple[str, Callable[[Found, date], Answer | None]]) -> Rules[Answer]:
    """Compile rules; the first to match a place has it."""
    return Rules(re.compile(needs), [(re.compile(pattern), resolve) for pattern, resolve in written])


def matches(among: Iterable[Rules[Answer]], line: Callable[[], str], today: date) -> Iterator[tuple[Found, Answer]]:
    """Every match with its answer; ``line`` is asked anew for each pattern, as answers are hidden from the next."""
    for group in among:
        if not group.needs.search(line()):
            continue
        for pattern, resolve in group.patterns:
            for found in pattern.finditer(line()):
                answer = resolve(found, today)
                if answer is not None:
                    yield found, answer
