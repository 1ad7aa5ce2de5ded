"""Values a customer states, normalised whichever language they were said in."""

from datetime import date
from typing import Any


def find_values(text: str, today: date | None = None) -> list[dict[str, Any]]:
    """None yet."""
    return []
