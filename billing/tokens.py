"""Secrets handed to customers: made at random, kept as digests only."""

import hashlib
import hmac
import secrets

TOKEN_BYTES = 24  # 192 bits


def new_token() -> str:
    """A secret nobody guesses, safe in a URL."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What is kept of a long random token."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_digest(key: str, *parts: str) -> str:
    """What is kept of a short secret: without the key it cannot be tried out."""
    return hmac.new(key.encode(), "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def new_code(digits: int = 6) -> str:
    """A code of so many digits."""
    return f"{secrets.randbelow(10**digits):0{digits}}"


def new_reference(prefix: str, length: int = 8) -> str:
    """``ACH-`` and so many characters that are not taken for one another (no I, L, O, U)."""
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return prefix + "".join(secrets.choice(alphabet) for _ in range(length))
