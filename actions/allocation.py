"""Which part of a payment goes to which invoice: the oldest due date first, whole invoices before parts."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from actions.billing.records import Invoice

NOTHING = Decimal("0.00")


class NothingToPay(Exception):
    """None of the invoices can take a payment: paid, or already covered by a scheduled one."""


class AmountAboveDue(Exception):
    """More than the invoices can take; ``payable`` is what they can."""

    def __init__(self, payable: Decimal) -> None:
        super().__init__(str(payable))
        self.payable = payable


@dataclass(frozen=True)
class Allocation:
    """A part of a payment."""

    invoice: str
    amount: Decimal


def payable_of(invoices: Iterable[Invoice]) -> Decimal:
    """What invoices can take together."""
    return sum((one.payable for one in invoices), NOTHING)


def allocate(invoices: Iterable[Invoice], amount: Decimal | None = None) -> list[Allocation]:
    """Spread ``amount`` (all that is payable when ``None``) over invoices; the parts sum to it exactly.

    Raises :class:`NothingToPay` and :class:`AmountAboveDue`.
    """
    payable = sorted((one for one in invoices if one.payable > 0), key=lambda one: (one.due, one.number))
    if not payable:
        raise NothingToPay
    left = payable_of(payable) if amount is None else amount
    if left > payable_of(payable):
        raise AmountAboveDue(payable_of(payable))
    parts = []
    for one in payable:
        part = min(left, one.payable)
        if part > 0:
            parts.append(Allocation(one.number, part))
        left -= part
    return parts
