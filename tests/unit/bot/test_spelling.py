"""Misspelt words are read as they were meant, and real words as they are."""

import pytest

from bot.nlu.spelling import Speller, learn_words

LEARNT = Speller(
    {
        "paiement": 90,
        "annuler": 40,
        "facture": 80,
        "demain": 30,
        "solde": 50,
        "invoice": 90,
        "payment": 80,
        "portail": 20,
    }
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("anuler mon paiman de demin", "annuler mon paiement de demain"),
        ("ma factur", "ma facture"),
        ("my invocie and my paymnt", "my invoice and my payment"),
        ("FACTUUR!", "facture!"),
    ],
)
def test_a_slip_is_put_right(written: str, meant: str) -> None:
    """One letter too few is no other wish."""
    assert LEARNT.corrected(written) == meant


@pytest.mark.parametrize("text", ["le portrait complet", "a portal", "mon solde", "ok stp", "34821907", "", "👍"])
def test_real_and_short_words_stay(text: str) -> None:
    """Without the word lists "portrait" would become "portail"."""
    assert LEARNT.corrected(text) == text


def test_only_words_seen_often_enough_are_learnt() -> None:
    """A slip in one example must not become a word to correct to."""
    texts = ["mon paiement", "un paiement", "le paiement", "un paimnt"]
    assert learn_words(texts) == {"paiement": 3}
