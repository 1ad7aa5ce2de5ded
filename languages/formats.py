"""Money, dates, lists and plurals as each language writes them in Canada (CLDR, by Babel)."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")

MASK = "•••"  # written in place of what a customer should not have pasted

_LOCALES: dict[Language, Locale] = {"fr": Locale("fr", "CA"), "en": Locale("en", "CA")}
# CLDR groups French thousands with U+202F, which older telephones and screen readers do not know.
_NARROW_SPACE, _NO_BREAK_SPACE = "\u202f", "\u00a0"


def money(amount: Decimal | str, language: Language, currency: str = "CAD") -> str:
    """``1284.50`` → ``1 284,50 $`` or ``$1,284.50``; both spaces of the French are U+00A0."""
    text: str = format_currency(Decimal(amount), currency, locale=_LOCALES[language])
    return text.replace(_NARROW_SPACE, _NO_BREAK_SPACE)


def long_date(day: date | str, language: Language) -> str:
    """``2026-12-01`` → ``1er décembre 2026`` or ``December 1, 2026``."""
    day = _as_date(day)
    text = format_date(day, "long", locale=_LOCALES[language])
    # CLDR leaves the first of the month a cardinal; French makes it an ordinal (OQLF, BDL).
    return f"1er{text[1:]}" if language == "fr" and day.day == 1 else text


def short_date(day: date | str, language: Language) -> str:
    """``2026-12-01`` → ``1er déc. 2026`` or ``Dec. 1, 2026``."""
    day = _as_date(day)
    text = format_date(day, "medium", locale=_LOCALES[language])
    return f"1er{text[1:]}" if language == "fr" and day.day == 1 else text


def hour(moment: str | time, language: Language) -> str:
    """``08:00`` or a moment at that hour → ``8 h`` or ``8 a.m.``; ``14:05`` → ``14 h 05`` or ``2:05 p.m.``."""
    at = datetime.fromisoformat(moment).time() if isinstance(moment, str) else moment
    if language == "fr":
        return f"{at.hour}\u00a0h" + (f"\u00a0{at.minute:02}" if at.minute else "")
    return f"{at.hour % 12 or 12}{f':{at.minute:02}' if at.minute else ''}\u00a0{'a.m.' if at.hour < 12 else 'p.m.'}"


def items(values: Iterable[str], language: Language) -> str:
    """``["a", "b", "c"]`` → ``a, b et c`` or ``a, b and c``."""
    return str(format_list(list(values), locale=_LOCALES[language]))


def plural(count: int, one: str, other: str, language: Language) -> str:
    """The form a number takes: French counts 0 as singular, English does not."""
    return one if _LOCALES[language].plural_form(count) == "one" else other


def _as_date(day: date | str) -> date:
    return date.fromisoformat(day[:10]) if isinstance(day, str) else day
