"""Masks what a customer should not have pasted, before it reaches a tracker, a transcript or a log."""

import re

MASK = "•••"

# "mon mot de passe est X", "password: X": what follows the words, up to a space.
_PASSWORD = re.compile(
    r"(?i)\b(mot de passe|mdp|password|passcode|pwd)\b(\s*(?:est|is|c'est|actuel|current)?\s*(?::|=|est|is)\s*)(\S+)"
)
_CARD = re.compile(r"\b(?:\d[ -]?){12,18}\d\b")  # 13 to 19 digits: no number of ours is as long


def masked(text: str) -> str:
    """The text with passwords and card numbers replaced; invoice, account and payment numbers stay."""
    text = _PASSWORD.sub(lambda found: f"{found[1]}{found[2]}{MASK}", text)
    return _CARD.sub(MASK, text)
