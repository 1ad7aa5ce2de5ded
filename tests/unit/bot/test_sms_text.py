"""Texts as telephones count, show and receive them (security.md, T6 and A12)."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.sms_text import (
    SEGMENTS_AT_MOST,
    encoding,
    normalised,
    parts,
    segments,
    without_full_numbers,
)

FRENCH = "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ"
LETTERS = st.text(alphabet=string.ascii_letters + string.digits + FRENCH + " .,;!?'\n€[]👍", max_size=900)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("é" * 160, 1),
        ("ê" * 70, 1),
        ("ê" * 71, 2),
        ("ê" * 134, 2),
        ("ê" * 135, 3),
        ("ê" + "a" * 69, 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # the escape and its letter are not torn apart
        ("👍" * 35, 1),
        ("👍" * 36, 2),
        ("👍" * 66, 2),  # 33 pairs fit in 67 units, the odd unit stays empty
        ("👍" * 67, 3),
    ],
)
def test_segments_are_counted_as_networks_count_them(text: str, count: int) -> None:
    """Each is paid for; the numbers are those of GSM 03.38 and of UCS-2."""
    assert segments(text) == count


@pytest.mark.parametrize("letter", "àéèùìòÉÇÆæäöüÄÖÜñÑß")
def test_the_letters_of_gsm_7_cost_nothing_more(letter: str) -> None:
    """Half of French fits."""
    assert encoding(letter) == "gsm-7"


@pytest.mark.parametrize("letter", "âêîôûëïÿçœÀÈÊÎÔ«»’…–\u00a0\u202f")
def test_the_letters_outside_of_it_cost_half_the_room(letter: str) -> None:
    """The other half does not, nor do the signs that are normalised."""
    assert encoding(letter) == "ucs-2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dites «\u00a0réessayer\u00a0»", 'dites "réessayer"'),
        ("« oui »", '"oui"'),
        ("l’été… 2025–2026", "l'été... 2025-2026"),
        ("1\u00a0284,50\u00a0$", "1 284,50 $"),
        ("1\u202f284", "1 284"),
        ("N° 34821907, n° 2", "No 34821907, no 2"),
        ("20 °C", "20 °C"),
        ("c•••@x.example", "c***@x.example"),
    ],
)
def test_signs_are_written_as_a_typewriter_writes_them(text: str, expected: str) -> None:
    """They often cost half the segments and no reader misses them."""
    assert normalised(text) == expected


@given(LETTERS)
def test_normalising_keeps_every_letter(text: str) -> None:
    """Correct French is kept whatever it costs: "été" is not "ete"."""
    assert normalised(text) == text
    assert [letter for letter in normalised(text + "’«»…–") if letter.isalpha()] == [
        letter for letter in text if letter.isalpha()
    ]


@given(LETTERS)
def test_long_texts_are_cut_into_messages_that_fit_and_lose_nothing(text: str) -> None:
    """Whoever puts the messages together reads the text."""
    messages = parts(text)
    assert all(segments(message) <= SEGMENTS_AT_MOST for message in messages)
    together = "".join(re.sub(r"^\(\d+/\d+\) ", "", message) if len(messages) > 1 else message for message in messages)
    assert re.sub(r"\s", "", together) == re.sub(r"\s", "", text)


def test_a_text_is_cut_between_lines_before_it_is_cut_between_sentences() -> None:
    """A list is easier to read in whole lines."""
    lines = [f"{number}. N° 3482{number:04}: 1 284,50 $" for number in range(1, 41)]
    messages = parts("\n".join(lines))
    assert len(messages) > 1
    assert messages[0].startswith(f"(1/{len(messages)}) 1. ")
    assert all(set(re.sub(r"^\(\d+/\d+\) ", "", message).split("\n")) <= set(lines) for message in messages)


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    """Half a sentence about money can be read as another one."""
    sentence = "Vous autorisez un seul débit de votre compte, à la date que vous avez confirmée par écrit."
    messages = parts(" ".join([sentence] * 20))
    assert len(messages) > 1
    assert all(message.endswith(".") for message in messages)


def test_an_address_is_never_cut() -> None:
    """Half a link opens nothing."""
    address = "https://factures.example/d/" + "x" * 40
    messages = parts("\n".join(["Voici vos factures à jour, sans frais."] * 12 + [f"Facture: {address}"]))
    assert sum(address in message for message in messages) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Compte 1000482915 : 3 101,18 $", "Compte ***2915 : 3 101,18 $"),
        ("1000482915 et 9000318842", "***2915 et ***8842"),
        ("facture 34821907", "facture 34821907"),
        ("appelez le 1-800-275-9376", "appelez le 1-800-275-9376"),
        ("référence ACH-7K2M9QXR", "référence ACH-7K2M9QXR"),
    ],
)
def test_account_numbers_are_shown_by_their_end(text: str, expected: str) -> None:
    """A text is read by whoever finds the telephone; invoices and references open nothing (A12)."""
    assert without_full_numbers(text) == expected
