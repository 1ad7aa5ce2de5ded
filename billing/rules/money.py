"""Exact money: whole cents inside, strings with two places outside."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

CENT = Decimal("0.01")


class InvalidAmount(ValueError):
    """Not an amount of money: no number, not finite, or with parts of a cent."""


def cents(amount: str | Decimal) -> int:
    """``"1284.50"`` → ``128450``; raises :class:`InvalidAmount`."""
    try:
        value = Decimal(amount)
    except InvalidOperation as invalid:
        raise InvalidAmount(str(amount)) from invalid
    if not value.is_finite() or abs(value) >= Decimal(10**9) or value != value.quantize(CENT):
        raise InvalidAmount(str(amount))
    return int(value.scaleb(2))


def dollars(amount: int) -> Decimal:
    """``128450`` → ``Decimal("1284.50")``."""
    return Decimal(amount).scaleb(-2).quantize(CENT)


def written(amount: int) -> str:
    """``128450`` → ``"1284.50"``."""
    return str(dollars(amount))


def rounded(amount: Decimal) -> Decimal:
    """To the cent, halves up."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)
