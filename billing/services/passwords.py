"""Passwords and security answers: argon2, and the rules of a new password."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

_HASHER = PasswordHasher()
SHORTEST, LONGEST = 12, 200


def hashed(secret: str) -> str:
    """A salted argon2id hash."""
    return _HASHER.hash(secret)


@cache
def demo_hash(secret: str) -> str:
    """The demo's published passwords are hashed once a process: a reset is asked for often."""
    return hashed(secret)


def matches(secret_hash: str | None, secret: str) -> bool:
    """Whether it is the secret; the work is the same where there is none."""
    try:
        _HASHER.verify(secret_hash or demo_hash("no such secret"), secret)
    except VerificationError:
        return False
    return secret_hash is not None


def folded(answer: str) -> str:
    """A security answer without case, accents or outer spaces: people type it years later."""
    letters = unicodedata.normalize("NFKD", answer.casefold().strip())
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())


def fault_of(password: str, *, again: str, name: str, old_hash: str | None) -> str | None:
    """The name of what is wrong with a new password (``portal/templates/texts.yml``), or ``None``."""
    if len(password) < SHORTEST:
        return "password_too_short"
    if len(password) > LONGEST:
        return "password_too_long"
    if any(word in folded(password) for word in folded(name).split() if len(word) > 3):
        return "password_has_name"
    if password != again:
        return "password_mismatch"
    return "password_same" if matches(old_hash, password) else None
