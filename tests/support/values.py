"""What a message states, as tests compare it: entities and values without their places, on a fixed day."""

from collections import Counter
from datetime import date

from languages.values import find_values

TODAY = date(2026, 11, 24)  # a Tuesday


def stated(text: str) -> Counter[tuple[str, str]]:
    """Every value of the text: ``{("amount", "500.00"): 1}``."""
    return Counter((value["entity"], value["value"]) for value in find_values(text, TODAY))


def only(entity: str, values: str) -> Counter[tuple[str, str]]:
    """These values of one entity, a space between, and nothing else; ``""`` for nothing at all."""
    return Counter((entity, value) for value in values.split())
