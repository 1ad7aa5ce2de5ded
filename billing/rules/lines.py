"""The lines of a reference invoice: a contract's fixed shares and what was metered; they sum to it exactly."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from billing.rules.money import rounded
from company import Language


@dataclass(frozen=True)
class Line:
    """One line: ``amount`` is ``quantity`` × ``unit_price``, before tax."""

    description: dict[Language, str]
    quantity: Decimal
    unit_price: Decimal
    amount: Decimal


def lines_of(subtotal: Decimal, contract: Decimal) -> list[Line]:
    """The lines of a subtotal; their amounts sum to it to the cent.

    The fixed ones are shares of ``contract``, at most ``subtotal``; the last takes what is left.
    """
    lines, left = [], subtotal
    for share in _shares():
        amount = left if share["share"] == "rest" else rounded(contract * Decimal(share["share"]))
        lines.append(Line(share["description"], Decimal(1), amount, amount))
        left -= amount
    return lines


@cache
def _shares() -> list[dict[str, Any]]:
    return list(yaml.safe_load(Path(__file__).with_name("lines.yml").read_text(encoding="utf-8")))
