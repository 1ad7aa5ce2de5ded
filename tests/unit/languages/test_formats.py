"""Money, dates, lists and plurals as the two languages write them in Canada."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages import formats

CENTS = st.integers(min_value=0, max_value=10**11).map(lambda cents: Decimal(cents) / 100)


@pytest.mark.parametrize(("language", "written"), [("fr", "1\u00a0284,50\u00a0$"), ("en", "$1,284.50")])
def test_money_is_written_as_the_contract_shows(language: formats.Language, written: str) -> None:
    """A read-back in the wrong format is a read-back a customer may misread."""
    assert formats.money("1284.50", language) == written


@given(CENTS)
def test_no_cent_is_lost_in_either_language(amount: Decimal) -> None:
    """Formatting goes through Decimal: a float would lose cents of large amounts."""
    french = formats.money(amount, "fr").replace("\u00a0", "").replace("$", "").replace(",", ".")
    english = formats.money(amount, "en").replace("$", "").replace(",", "")
    assert Decimal(french) == Decimal(english) == amount


def test_the_first_of_the_month_is_an_ordinal_in_french_only() -> None:
    """CLDR writes a cardinal there, which is a fault in French."""
    assert formats.long_date(date(2026, 12, 1), "fr") == "1er décembre 2026"
    assert formats.long_date("2026-12-11", "fr") == "11 décembre 2026"
    assert formats.long_date("2026-12-01", "en") == "December 1, 2026"
    assert formats.short_date("2026-12-01", "fr").startswith("1er")


def test_a_list_ends_with_the_word_of_its_language() -> None:
    """Three invoices are read out, not dumped."""
    assert formats.items(["a", "b", "c"], "fr") == "a, b et c"
    assert formats.items(["a", "b"], "en") == "a and b"


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [(0, "facture", "invoices"), (1, "facture", "invoice"), (2, "factures", "invoices")],
)
def test_zero_is_singular_in_french_and_plural_in_english(count: int, french: str, english: str) -> None:
    """The two languages differ exactly at zero."""
    assert formats.plural(count, "facture", "factures", "fr") == french
    assert formats.plural(count, "invoice", "invoices", "en") == english


@pytest.mark.parametrize(
    ("moment", "french", "english"),
    [("08:00", "8 h", "8 a.m."), ("14:05", "14 h 05", "2:05 p.m."), ("00:30", "0 h 30", "12:30 a.m.")],
)
def test_hours_are_written_with_their_minutes(moment: str, french: str, english: str) -> None:
    """Two digits, apart from the h in French."""
    at = time.fromisoformat(moment)
    assert (formats.hour(at, "fr"), formats.hour(at, "en")) == (
        french.replace(" ", "\u00a0"),
        english.replace(" ", "\u00a0"),
    )
