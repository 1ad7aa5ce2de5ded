"""An invoice as it stands on paper: plain values, already in the customer's language."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class InvoiceLine(NamedTuple):
    """One line: ``amount`` is ``quantity`` × ``unit_price`` as billed, before tax."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    amount: Decimal


class InvoiceTax(NamedTuple):
    """One tax: ``code`` is GST, QST, HST or PST; ``rate`` a fraction (``0.09975``)."""

    code: str
    rate: Decimal
    amount: Decimal


@dataclass(frozen=True)
class InvoiceDocument:
    """Everything an invoice shows. ``province`` is its two-letter code; money is in ``currency``."""

    number: str
    account: str
    issued: date
    due: date
    customer_name: str
    customer_address: tuple[str, ...]
    province: str
    lines: tuple[InvoiceLine, ...]
    subtotal: Decimal
    taxes: tuple[InvoiceTax, ...]
    total: Decimal
    paid: Decimal
    balance: Decimal
    currency: str = "CAD"
