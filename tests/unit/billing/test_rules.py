"""Exact money, taxes, routing numbers and banking days."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.rules.banking_days import is_banking_day, next_banking_day
from billing.rules.lines import lines_of
from billing.rules.money import InvalidAmount, cents, dollars, written
from billing.rules.routing import is_aba, is_account_number, is_canadian, is_routing_number
from billing.rules.taxes import rates, taken_apart

AMOUNTS = st.integers(min_value=1, max_value=10**9).map(dollars)
PROVINCES = st.sampled_from(["QC", "ON", "NS", "MB", "BC", "AB", "SK", "NB"])


@given(st.integers(min_value=0, max_value=10**10))
def test_cents_survive_the_way_out_and_in(amount: int) -> None:
    """A cent lost in formatting is a cent of somebody's."""
    assert cents(written(amount)) == amount


@pytest.mark.parametrize("amount", ["NaN", "1e999", "-Infinity", "1.001", "abc", "", "1,5"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    """Stock Rasa let "NaN" and "1e999" through to the bank (security.md, D19)."""
    with pytest.raises(InvalidAmount):
        cents(amount)


@given(AMOUNTS, PROVINCES)
def test_subtotal_and_taxes_sum_to_the_total_exactly(total: Decimal, province: str) -> None:
    """An invoice whose parts do not add up is disputed, rightly."""
    subtotal, taxes = taken_apart(total, province)
    assert subtotal + sum(tax.amount for tax in taxes) == total
    assert [tax.code for tax in taxes] == [code for code, _ in rates(province)]
    for tax in taxes:
        assert abs(tax.amount - subtotal * tax.rate) <= Decimal("0.02")
    assert sum(line.amount for line in lines_of(subtotal, subtotal)) == subtotal


ABA = "021000021"
CANADIAN = ["081500123", "000301407", "000400233", "000610001"]


@given(st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_of_an_american_number_is_always_caught(place: int, change: int) -> None:
    """The 3-7-1 weights are all prime to 10."""
    assert is_aba(ABA)
    digits = list(ABA)
    digits[place] = str((int(digits[place]) + change) % 10)
    assert not is_aba("".join(digits))


@pytest.mark.parametrize("number", CANADIAN)
def test_the_demos_banks_are_canadian(number: str) -> None:
    """The electronic form is a zero, the institution, the transit."""
    assert is_canadian(number)
    assert is_routing_number(number)


@pytest.mark.parametrize("number", ["000000000", "099900000", "00030140", "0003014077", "00030140a", "000300000"])
def test_what_names_no_bank_is_refused(number: str) -> None:
    """Zeros, unknown institutions, wrong lengths, letters, no transit."""
    assert not is_routing_number(number)


@pytest.mark.parametrize(
    ("number", "good"), [("1234567", True), ("123456", False), ("0" * 8, False), ("1" * 13, False)]
)
def test_an_account_number_has_7_to_12_digits(number: str, good: bool) -> None:
    """CPA Standard 005."""
    assert is_account_number(number) is good


def test_banks_rest_on_weekends_and_holidays() -> None:
    """Debit dates are promised by these days."""
    assert next_banking_day(date(2026, 11, 27)) == date(2026, 11, 30)
    assert not is_banking_day(date(2026, 12, 25))
    assert next_banking_day(date(2026, 12, 24)) in (date(2026, 12, 28), date(2026, 12, 29))
