"""E-mail addresses: which can be written to, and how much of one is shown."""

import re

LONGEST = 254  # RFC 5321, a path without its angle brackets
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


class InvalidAddress(ValueError):
    """Nothing a letter can be sent to."""


def address(typed: str) -> str:
    """The address as kept: trimmed, in lower case. Raises :class:`InvalidAddress`.

    Stricter than RFC 5321: no quoted names, no bare hosts, nothing but ASCII; what it refuses is in practice a slip.
    """
    kept = typed.strip().lower()
    local, at, domain = kept.rpartition("@")
    labels = domain.split(".")
    right = (
        at
        and len(kept) <= LONGEST
        and len(local) <= 64
        and _LOCAL.fullmatch(local)
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
        and re.fullmatch(r"[a-z-]{2,}|xn--[a-z0-9-]+", labels[-1])
    )
    if not right:
        raise InvalidAddress(typed)
    return kept


def masked(email: str) -> str:
    """``comptes@example.org`` → ``c***@example.org``."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}***@{domain}"


def masked_phone(phone: str) -> str:
    """``+14185550134`` → ``***-0134``."""
    return f"***-{phone[-4:]}"
