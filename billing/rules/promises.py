"""What may be promised, and when a promise is kept or broken. Money in cents."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from company import COMPANY

Fault = Literal["plan-too-many", "date-out-of-range", "plan-too-late", "plan-order", "plan-amount"]


class Part(NamedTuple):
    """An instalment."""

    day: date
    amount: int


def last_day(today: date) -> date:
    """The last day on which something may be promised."""
    return today + timedelta(days=COMPANY.instalments.within_days)


def fault_of(parts: Sequence[Part], today: date, due: int) -> Fault | None:
    """What is wrong with a promise, or ``None``; ``due`` is all that is owed."""
    days = [part.day for part in parts]
    if len(parts) > COMPANY.instalments.at_most:
        return "plan-too-many"
    if min(days) < today:
        return "date-out-of-range"
    if max(days) > last_day(today):
        return "plan-too-late"
    if any(later <= earlier for earlier, later in pairwise(days)):
        return "plan-order"
    if any(part.amount <= 0 for part in parts) or sum(part.amount for part in parts) > due:
        return "plan-amount"
    return None


def standing(parts: Sequence[Part], today: date, settled: int, under_way: int) -> Literal["active", "kept", "broken"]:
    """``settled`` has been paid since the promise, ``under_way`` with what the bank still has.

    Kept once all of it is settled; broken once a day is over without enough even under way.
    """
    if settled >= sum(part.amount for part in parts):
        return "kept"
    promised_by_now = sum(part.amount for part in parts if part.day < today)
    return "broken" if settled + under_way < promised_by_now else "active"
