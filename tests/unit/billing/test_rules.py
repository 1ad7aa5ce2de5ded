"""Exact money, taxes, routing numbers and banking days."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.ach.returns import remedy_of
from billing.rules.addresses import InvalidAddress, address, masked
from billing.rules.ageing import aged
from billing.rules.banking_days import is_banking_day, next_banking_day
from billing.rules.lines import lines_of
from billing.rules.money import InvalidAmount, cents, dollars, written
from billing.rules.promises import Part, fault_of, last_day, standing
from billing.rules.routing import is_aba, is_account_number, is_canadian, is_routing_number
from billing.rules.taxes import rates, taken_apart
from company import COMPANY

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


@given(AMOUNTS, AMOUNTS)
def test_the_contracts_lines_are_the_same_whatever_was_printed(subtotal: Decimal, more: Decimal) -> None:
    """A changed total is explained by what changed, not by every line."""
    *fixed, _ = lines_of(subtotal, subtotal)
    *later, metered = lines_of(subtotal + more, subtotal)
    assert later == fixed
    assert sum(line.amount for line in later) + metered.amount == subtotal + more


@given(st.lists(st.tuples(st.integers(1, 10**7), st.integers(0, 400))))
def test_ageing_loses_no_cent_and_no_invoice(balances: list[tuple[int, int]]) -> None:
    """The chart and the balance are read side by side."""
    buckets = aged(balances)
    assert sum(bucket.amount for bucket in buckets) == sum(cents for cents, _ in balances)
    assert sum(bucket.count for bucket in buckets) == len(balances)


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (0, "current"),
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "over-90"),
    ],
)
def test_each_day_has_its_bucket(days: int, name: str) -> None:
    """The borders are where people look."""
    assert [bucket.name for bucket in aged([(1, days)]) if bucket.count] == [name]


TODAY = date(2026, 11, 24)
PARTS = st.lists(
    st.tuples(st.integers(-5, 70), st.integers(-100, 10**6)).map(lambda p: Part(TODAY + timedelta(p[0]), p[1])),
    min_size=1,
    max_size=5,
)


@given(PARTS, st.integers(0, 2 * 10**6))
def test_a_promise_that_is_accepted_is_within_every_rule(parts: list[Part], due: int) -> None:
    """Whatever else is wrong with it."""
    if fault_of(parts, TODAY, due) is not None:
        return
    days = [part.day for part in parts]
    assert len(parts) <= COMPANY.instalments.at_most
    assert days[0] >= TODAY and days == sorted(set(days)) and days[-1] <= last_day(TODAY)
    assert 0 < sum(part.amount for part in parts) <= due


@given(PARTS, st.integers(-10, 90), st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_promise_is_never_broken_before_its_day_nor_kept_on_hope(
    parts: list[Part], days: int, settled: int, under_way: int
) -> None:
    """More money never makes it worse, and what the bank still has keeps nothing yet."""
    today = TODAY + timedelta(days)
    found = standing(parts, today, settled, under_way)
    if found == "broken":
        assert any(part.day < today for part in parts)
        assert standing(parts, today, 0, 0) != "active"
    if found == "kept":
        assert settled >= sum(part.amount for part in parts)
    assert standing(parts, today, 0, settled + under_way) in (found, "active") or found == "kept"


@pytest.mark.parametrize("typed", ["a@b.example", " A.B+c@d-e.example ", "o'neil@f.co", "x@xn--caf-dma.example"])
def test_an_address_is_kept_trimmed_and_in_lower_case(typed: str) -> None:
    """Sign-in looks it up that way."""
    assert address(typed) == typed.strip().lower()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a",
        "@b.example",
        "a@",
        "a@b",
        "a@b..example",
        "a..b@c.example",
        ".a@b.example",
        "a@-b.example",
        "a@b.1",
        "a b@c.example",
        "é@b.example",
        '"a"@b.example\0',
        "a@b@c.example",
        f"{'a' * 65}@b.example",
        f"a@{'b' * 64}.example",
        f"a@{'b.' * 125}example",
    ],
)
def test_what_no_letter_reaches_is_refused(typed: str) -> None:
    """A slip found here is found while the customer still looks."""
    with pytest.raises(InvalidAddress):
        address(typed)


@given(st.emails())
def test_a_mask_shows_one_letter_of_the_name(email: str) -> None:
    """Enough to recognise one's own, not enough to write to."""
    name = email.partition("@")[0]
    assert masked(email).startswith(f"{name[0]}***@")


@pytest.mark.parametrize(
    ("codes", "remedy"),
    [
        ("R01 R09 901 908", "retry"),
        ("R02 R03 R04 902 905 912", "other_account"),
        ("R05 R07 R10 R11 R29 903 915 916 917 918 919 920 921 R99 999", "agent"),
    ],
)
def test_each_return_code_calls_for_what_security_says(codes: str, remedy: str) -> None:
    """P11; what is not known is for a person."""
    assert {remedy_of(code) for code in codes.split()} == {remedy}


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
