"""Masks what a customer should not have pasted, before it reaches a tracker, a transcript or a log."""

import re

from languages.formats import MASK

# What people say of a password without giving it: "mon mot de passe est bloqué", "my password is not working".
_STATES = (
    r"(?:bloqu|barr|verrouill|expir|oubli|perdu|périm|perim|invalid|incorrect|refus|erron|chang|lock|forgot|reject|"
    r"denied|block|disabl|requi)[a-zé]*|"
    r"pas|plus|toujours|encore|trop|le|la|un|une|à|ne|mauvais|bon|échu|lost|wrong|not|no|still|too|the|my|gone|broken|"
    r"correct|right|being"
)
_PASSWORD = re.compile(
    r"(?i)\b(mot de passe|mdp|password|passcode|pwd)\b(\s*(?:actuel|current)?\s*"
    rf"(?:(?:est|is|c'est)?\s*[:=]\s*|(?:est|is|c'est)\s+(?!(?:{_STATES})(?![\w-]))))(\S+)"
)
_CARD = re.compile(r"\b(?:\d[ -]?){12,18}\d\b")  # 13 to 19 digits: no number of ours is as long


def masked(text: str) -> str:
    """The text with passwords and card numbers replaced; invoice, account and payment numbers stay."""
    text = _PASSWORD.sub(lambda found: f"{found[1]}{found[2]}{MASK}", text)
    return _CARD.sub(MASK, text)
