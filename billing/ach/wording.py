"""What customers read about bank debits: the authorization, and why a debit came back."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import yaml

from billing.formats import LANGUAGES
from billing.templating import environment
from company import Language

TEXTS = Path(__file__).with_name("texts")

_AUTHORIZATION = "debit_authorization.txt"
_REASONS = "return_reasons.yml"


@dataclass(frozen=True)
class AuthorizationText:
    """A debit authorization as shown, agreed to and kept: plain text, a blank line between paragraphs."""

    version: str
    language: Language
    text: str


def debit_authorization(
    language: Language, *, name: str, account: str, label: str, last4: str, day: date
) -> AuthorizationText:
    """The authorization by which customer ``name`` lets the company debit one bank account.

    ``account`` is the customer's account number with the company, of which the last 4 digits are
    shown; ``label`` and ``last4`` name the bank account; ``day`` is when the text is shown.
    """
    template = environment(TEXTS / language, language).get_template(_AUTHORIZATION)
    text = template.render(name=name, account=account, label=label, last4=last4, day=day)
    return AuthorizationText(authorization_version(), language, text.strip())


@cache
def authorization_version() -> str:
    """The wording's own date and a digest of both languages: no wording changes without a new version."""
    words = b"\0".join((TEXTS / language / _AUTHORIZATION).read_bytes() for language in LANGUAGES)
    dated = (TEXTS / "version.txt").read_text(encoding="utf-8").strip()
    return f"{dated}-{sha256(words).hexdigest()[:8]}"


def return_reason(code: str, language: Language) -> str:
    """Why the bank sent a debit back, a phrase to stand inside a sentence; any code gets one."""
    reasons = _reasons(language)
    return reasons.get(code, reasons["other"])


@cache
def _reasons(language: Language) -> dict[str, str]:
    words: dict[str, str] = yaml.safe_load((TEXTS / language / _REASONS).read_text(encoding="utf-8"))
    return words
