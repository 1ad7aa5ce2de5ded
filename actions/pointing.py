"""Which invoices a message points at: by number, by place in the list just shown, or by a word."""

from dataclasses import dataclass
from typing import Literal

from actions.billing.client import BillingClient
from actions.billing.errors import NotFound
from actions.billing.records import Invoice
from actions.dialogue.turn import Turn
from sessions.context import Context

MANY = 50  # invoices asked for at once: as many as one zip may hold

How = Literal["numbers", "latest", "oldest", "overdue", "all"]


@dataclass(frozen=True)
class Pointer:
    """What was pointed at; ``numbers`` only where the invoices are known by now."""

    how: How
    numbers: tuple[str, ...] = ()

    def as_field(self) -> dict[str, object]:
        """As a task keeps it in its state."""
        return {"how": self.how, "numbers": list(self.numbers)}

    @classmethod
    def from_field(cls, field: dict[str, object]) -> "Pointer":
        """The reverse of :meth:`as_field`."""
        return cls(field["how"], tuple(field["numbers"]))  # type: ignore[arg-type]  # JSON of our own making


def pointed(turn: Turn, context: Context) -> Pointer | None:
    """What the message points at, or ``None``. A number beats a word; "overdue" beats "all"."""
    numbers = turn.all("invoice_number")
    if numbers:
        return Pointer("numbers", tuple(numbers))
    selectors = turn.all("selector")
    places = [int(word) for word in selectors if word.isdigit()]
    shown = [context.shown_invoices[place - 1] for place in places if 0 < place <= len(context.shown_invoices)]
    if shown:
        return Pointer("numbers", tuple(shown))
    for word in ("overdue", "all", "latest", "oldest"):
        if word in selectors:
            return Pointer(word)
    return None


async def fetch(customer: BillingClient, pointer: Pointer, account: str | None = None) -> list[Invoice]:
    """The invoices pointed at, the customer's own; raises :class:`NotFound` when there is none."""
    if pointer.how == "numbers":
        return [await customer.invoice(number) for number in pointer.numbers]
    filters: dict[How, dict[str, str | int]] = {
        "overdue": {"status": "overdue", "sort": "due", "limit": MANY},
        "all": {"status": "open", "sort": "due", "limit": MANY},
        "latest": {"status": "all", "sort": "-issued", "limit": 1},
        "oldest": {"status": "open", "sort": "due", "limit": 1},
    }
    page = await customer.invoices(account=account, **filters[pointer.how])
    if not page.items:
        raise NotFound(pointer.how)
    return list(page.items)
