"""Which invoices a message points at: by number, by place in the list just shown, by month, by size, or by a word."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from actions.billing.client import BillingClient
from actions.billing.errors import NotFound
from actions.billing.records import Invoice
from actions.dialogue.turn import Turn
from languages.periods import days_of
from languages.pointers import size_meant, that_one_meant, those_shown_meant
from sessions.context import Context, Shown

MANY = 50  # invoices asked for at once: as many as one zip may hold

How = Literal["numbers", "latest", "oldest", "biggest", "smallest", "overdue", "all", "period"]

_FILTERS: dict[str, dict[str, str | int]] = {
    "overdue": {"status": "overdue", "sort": "due", "limit": MANY},
    "all": {"status": "open", "sort": "due", "limit": MANY},
    "latest": {"status": "all", "sort": "-issued", "limit": 1},
    "oldest": {"status": "open", "sort": "due", "limit": 1},
    "biggest": {"status": "open", "sort": "-balance", "limit": 1},
    "smallest": {"status": "open", "sort": "balance", "limit": 1},
    "period": {"status": "all", "sort": "-issued", "limit": MANY},
}


@dataclass(frozen=True)
class Pointer:
    """What was pointed at; ``numbers`` only where the invoices are known by now, ``period`` as the contract has it."""

    how: How
    numbers: tuple[str, ...] = ()
    period: str | None = None

    def as_field(self) -> dict[str, object]:
        """As a task keeps it in its state."""
        return {"how": self.how, "numbers": list(self.numbers), "period": self.period}

    @classmethod
    def from_field(cls, field: dict[str, Any]) -> "Pointer":
        """The reverse of :meth:`as_field`."""
        return cls(field["how"], tuple(field["numbers"]), field.get("period"))


def pointed(turn: Turn, context: Context, *, before: dict[str, Any] | None = None) -> Pointer | None:
    """What the message points at, or ``None``. A number beats a place, a place a word; "overdue" beats "all".

    ``before`` is what the task is about already: then "make it Friday" is of that, not of the invoice in hand.
    """
    numbers = turn.all("invoice_number") or _among_those_shown(turn, context.shown_invoices)
    if numbers:
        return Pointer("numbers", tuple(numbers))
    selectors = turn.all("selector")
    if "overdue" in selectors:
        return Pointer("overdue")
    size = size_meant(turn.text)
    if size is not None:
        return Pointer(size)
    for word in ("all", "latest", "oldest"):
        if word in selectors:
            return Pointer(word)
    period = turn.first("period")
    if period:
        return Pointer("period", period=period)
    in_hand = before is None and context.in_hand is not None and turn.choice is None and that_one_meant(turn.text)
    return Pointer("numbers", (str(context.in_hand),)) if in_hand else None


def _among_those_shown(turn: Turn, shown: list[Shown]) -> list[str]:
    """By place, month, size or "all of them" in the list the customer has before their eyes."""
    if not shown or turn.choice is not None:
        return []
    selectors = turn.all("selector")
    places = [int(word) for word in selectors if word.isdigit()]
    if places:
        return [shown[place - 1].number for place in places if 0 < place <= len(shown)]
    size = size_meant(turn.text)
    if size is not None and len(shown) > 1:
        of_that_size = max if size == "biggest" else min  # of equals the first shown
        return [of_that_size(shown, key=lambda one: one.balance or one.total).number]
    if "overdue" not in selectors and those_shown_meant(turn.text) and len(shown) > 1:
        return [one.number for one in shown]
    period = turn.first("period")
    if period is None:
        return []
    first, last = days_of(period)
    return [one.number for one in shown if first <= one.issued.isoformat() <= last]


def as_shown(invoices: Iterable[Invoice]) -> list[Shown]:
    """Invoices as the context remembers a list of them."""
    return [Shown.model_validate(one.model_dump()) for one in invoices]


async def fetch(customer: BillingClient, pointer: Pointer, account: str | None = None) -> list[Invoice]:
    """The invoices pointed at, the customer's own.

    Raises :class:`NotFound`, its text the number that is not theirs, or how it was pointed at when there is none.
    """
    if pointer.how == "numbers":
        return list(await asyncio.gather(*(_invoice(customer, number) for number in pointer.numbers)))
    filters: dict[str, str | int | None] = {"account": account, **_FILTERS[pointer.how]}
    if pointer.period:
        filters["from"], filters["to"] = days_of(pointer.period)
    page = await customer.invoices(**filters)
    if not page.items:
        raise NotFound(pointer.how)
    return list(page.items)


async def _invoice(customer: BillingClient, number: str) -> Invoice:
    try:
        return await customer.invoice(number)
    except NotFound as missing:
        raise NotFound(number) from missing
