"""How long what is owed has been overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

BucketName = Literal["current", "1-30", "31-60", "61-90", "over-90"]
# Each with the most days overdue it still holds.
_BUCKETS: tuple[tuple[BucketName, int], ...] = (("current", 0), ("1-30", 30), ("31-60", 60), ("61-90", 90))


@dataclass(frozen=True)
class Bucket:
    """What has been overdue for so many days; ``amount`` in cents."""

    name: BucketName
    amount: int
    count: int


def aged(balances: Iterable[tuple[int, int]]) -> list[Bucket]:
    """The five buckets of ``(cents owed, days overdue)``; every one is there, empty or not."""
    owed: dict[BucketName, list[int]] = {name: [] for name, _ in _BUCKETS}
    owed["over-90"] = []
    for cents, days in balances:
        owed[_bucket(days)].append(cents)
    return [Bucket(name, sum(amounts), len(amounts)) for name, amounts in owed.items()]


def _bucket(days: int) -> BucketName:
    return next((name for name, at_most in _BUCKETS if days <= at_most), "over-90")
