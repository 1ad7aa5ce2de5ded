"""What holds for every message, whatever it is: written values are read back, places are places, nothing raises."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages import formats
from languages.formats import LANGUAGES, Language
from languages.values import find_values
from languages.values.vocabulary import phrases
from tests.support.values import TODAY, stated

LANGUAGE = st.sampled_from(LANGUAGES)
CENTS = st.integers(min_value=1, max_value=10**11 - 1).map(lambda cents: Decimal(cents) / 100)
DAYS = st.dates(date(2010, 1, 1), date(2049, 12, 31))
# Words the finders know, glued by what stands between words: far likelier to upset them than letters at random.
WORDS = sorted({" ".join(phrase) for phrase in phrases()})
SIGNS = ["le", "la", "the", "de", "to", "et", "and", "1", "12", "2026", "3e", "1st", "500", "$", "@", "34821907",
         "1,234.56", "1 234,56", "#", "ach", "one", "un", "é", "’"]  # fmt: skip
PIECES = st.sampled_from([*WORDS, *SIGNS])
GLUE = st.sampled_from([" ", " ", " ", "", "-", "'", ", ", ". ", "/", "  ", "\u00a0", "\n"])
SENTENCES = st.lists(st.tuples(PIECES, GLUE), max_size=25).map(lambda parts: "".join(a + b for a, b in parts))
TEXTS = st.one_of(st.text(max_size=300), SENTENCES)


@given(CENTS, LANGUAGE)
def test_money_as_we_write_it_is_read_back(amount: Decimal, language: Language) -> None:
    """Customers copy the amount from our own read-back."""
    assert stated(formats.money(amount, language)) == {("amount", f"{amount:.2f}"): 1}


@given(DAYS, LANGUAGE)
def test_a_long_date_as_we_write_it_is_read_back(day: date, language: Language) -> None:
    """As above, for the day of a payment."""
    assert stated(formats.long_date(day, language)) == {("date", day.isoformat()): 1}


@given(DAYS, LANGUAGE)
def test_a_short_date_as_we_write_it_is_read_back(day: date, language: Language) -> None:
    """Lists write months short."""
    assert stated(formats.short_date(day, language)) == {("date", day.isoformat()): 1}


@given(CENTS, DAYS, LANGUAGE)
def test_an_amount_beside_a_date_is_not_mixed_up_with_it(amount: Decimal, day: date, language: Language) -> None:
    """A read-back names both in one sentence."""
    text = f"{formats.money(amount, language)}, {formats.long_date(day, language)}"
    assert stated(text) == {("amount", f"{amount:.2f}"): 1, ("date", day.isoformat()): 1}


@given(st.from_regex(r"[0-9]{1,20}", fullmatch=True).filter(lambda digits: len(digits) not in (6, 8, 10)))
def test_digits_of_a_wrong_length_name_nothing(digits: str) -> None:
    """One digit too few is a slip: asking again is better than another customer's invoice."""
    named = {entity for entity, _ in stated(digits)}
    assert not named & {"invoice_number", "account_number", "otp_code"}


@given(st.from_regex(r"[02-8][0-9]{9}", fullmatch=True))
def test_ten_digits_that_begin_otherwise_than_an_account_are_none(digits: str) -> None:
    """Accounts begin with 1 or 9; the rest are telephone numbers."""
    assert not stated(digits)


@given(
    st.from_regex(r"[0-9]{8}", fullmatch=True),
    st.sampled_from(["{}", "facture {}", "invoice {} please", "la {}", "#{}"]),
)
def test_eight_digits_are_that_invoice_whatever_they_are(digits: str, sentence: str) -> None:
    """Zeros in front included: a number is text, not a sum."""
    assert stated(sentence.format(digits)) == {("invoice_number", digits): 1}


@settings(max_examples=1_000)
@given(TEXTS)
def test_places_lie_in_the_text_and_none_overlaps_another(text: str) -> None:
    """Rasa and the masking of values cut the text by them."""
    found = find_values(text, TODAY)
    edges = [(value["start"], value["end"]) for value in found]
    assert all(0 <= start < end <= len(text) for start, end in edges)
    assert all(end <= start for (_, end), (start, _) in pairwise(edges))


@given(TEXTS)
def test_the_same_message_states_the_same_values(text: str) -> None:
    """Nothing is remembered from one message to the next."""
    assert find_values(text, TODAY) == find_values(text, TODAY)


@settings(max_examples=1_000)
@given(SENTENCES, st.dates(date(2020, 2, 29), date(2040, 12, 31)))
def test_no_day_of_the_year_upsets_the_calendar(text: str, today: date) -> None:
    """The 29th of February and the 31st come round; every date found exists."""
    for value in find_values(text, today):
        if value["entity"] == "date":
            date.fromisoformat(value["value"])
        elif value["entity"] == "period" and "/" in value["value"]:
            first, last = map(date.fromisoformat, value["value"].split("/"))
            assert first <= last


@pytest.mark.parametrize(
    "repeated",
    ["1 ", "le ", "a@", "de ", "1.", "a.", "a at ", "514 ", "$1", "du 1 au ", "deux ", "cent ", "tout ", "2026 ",
     "ach ", "la 1re et ", "mars, ", "pas 10 ", "not in french ", "'", "-", "\x00", "é"],
)  # fmt: skip
def test_two_thousand_letters_meant_to_choke_are_read(repeated: str) -> None:
    """A message may be that long; what they hold does not matter, only that it comes to an end."""
    text = (repeated * 2000)[:2000]
    assert all(value["end"] <= 2000 for value in find_values(text, TODAY))


def test_what_stands_behind_two_thousand_letters_is_not_read() -> None:
    """Reading takes time; nobody states a value there."""
    assert not find_values("x" * 2_001 + " 500 $", TODAY)
