"""Sales taxes by province, and a total taken apart so that the parts sum to it exactly.

Rates as published by the Canada Revenue Agency and Revenu Québec for 2026.
"""

from dataclasses import dataclass
from decimal import Decimal

from billing.rules.money import rounded

_GST = ("GST", Decimal("0.05"))
_RATES: dict[str, tuple[tuple[str, Decimal], ...]] = {
    "QC": (_GST, ("QST", Decimal("0.09975"))),
    "ON": (("HST", Decimal("0.13")),),
    "NS": (("HST", Decimal("0.14")),),
    "NB": (("HST", Decimal("0.15")),),
    "NL": (("HST", Decimal("0.15")),),
    "PE": (("HST", Decimal("0.15")),),
    "MB": (_GST, ("PST", Decimal("0.07"))),
    "SK": (_GST, ("PST", Decimal("0.06"))),
    "BC": (_GST, ("PST", Decimal("0.07"))),
}


@dataclass(frozen=True)
class Tax:
    """One tax; ``rate`` is a fraction."""

    code: str
    rate: Decimal
    amount: Decimal


def rates(province: str) -> tuple[tuple[str, Decimal], ...]:
    """The taxes of a province; the federal one alone where there is no other."""
    return _RATES.get(province, (_GST,))


def taken_apart(total: Decimal, province: str) -> tuple[Decimal, tuple[Tax, ...]]:
    """Subtotal and taxes of a total that includes them; their sum is ``total`` to the cent."""
    of_province = rates(province)
    subtotal = rounded(total / (1 + sum(rate for _, rate in of_province)))
    amounts = [rounded(subtotal * rate) for _, rate in of_province]
    # What rounding leaves over goes into the subtotal, a cent at most per tax.
    subtotal = total - sum(amounts)
    taxes = (Tax(code, rate, amount) for (code, rate), amount in zip(of_province, amounts, strict=True))
    return subtotal, tuple(taxes)
