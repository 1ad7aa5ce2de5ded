"""Paging by cursor: opaque to the caller, a place in a sorted list to us."""

import base64
from collections.abc import Sequence
from typing import TypeVar

from billing.problems import Problem

T = TypeVar("T")


def page_of(items: Sequence[T], cursor: str | None, limit: int) -> tuple[Sequence[T], str | None]:
    """A page and the cursor of the next; raises ``invalid-request`` for a cursor we never gave."""
    start = _read(cursor) if cursor else 0
    end = start + limit
    return items[start:end], _write(end) if end < len(items) else None


def _write(place: int) -> str:
    return base64.urlsafe_b64encode(f"from:{place}".encode()).decode()


def _read(cursor: str) -> int:
    try:
        prefix, _, place = base64.urlsafe_b64decode(cursor.encode()).decode().partition(":")
        if prefix == "from" and place.isascii() and place.isdigit():
            return int(place)
    except ValueError:
        pass  # refused below, like every other cursor we never gave
    raise Problem("invalid-request", member="cursor")
