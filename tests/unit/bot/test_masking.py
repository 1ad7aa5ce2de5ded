"""What is masked before a tracker, a transcript or a log sees it, and what must stay readable."""

import pytest

from bot.channels.masking import masked
from languages.formats import MASK


@pytest.mark.parametrize(
    "text",
    [
        "mon mot de passe est Levain-2291",
        "le mdp c'est : hunter2",
        "mot de passe est lapin12",
        "my password is nopassword",
        "Password = x1",
        "carte 4111 1111 1111 1111",
    ],
)
def test_a_secret_is_masked(text: str) -> None:
    """Kept nowhere, it cannot leak (security.md, A10)."""
    kept = masked(text)
    assert MASK in kept
    assert text.split()[-1] not in kept


@pytest.mark.parametrize(
    "text",
    [
        "mon mot de passe est bloqué",
        "mot de passe oublié",
        "le mot de passe n'est plus bon",
        "my password is not working",
        "my password is expired",
        "compte 1000482915, facture 34821907, ACH-27ZAHEYB, code 123456",
    ],
)
def test_what_is_no_secret_is_left_alone(text: str) -> None:
    """What is wrong with a password must be understood, and our own numbers are values."""
    assert masked(text) == text
