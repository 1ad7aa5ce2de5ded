"""Money, rates, dates and times as each language writes them in Canada (CLDR, by Babel)."""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

from company import Language

LANGUAGES: tuple[Language, ...] = ("fr", "en")

_LOCALES: dict[Language, Locale] = {"fr": Locale("fr", "CA"), "en": Locale("en", "CA")}
# CLDR groups French thousands with U+202F, which mail readers and old fonts do not all have.
_NARROW_SPACE, _NO_BREAK_SPACE = "\u202f", "\u00a0"


def money(amount: Decimal | str, language: Language, currency: str = "CAD") -> str:
    """``1284.50`` → ``1 284,50 $`` (no-break spaces) or ``$1,284.50``."""
    return _wide(format_currency(Decimal(amount), currency, locale=_LOCALES[language]))


def unit_price(amount: Decimal | str, language: Language, currency: str = "CAD") -> str:
    """As :func:`money`, with the further places a price by the piece may have: ``$0.0095``."""
    exact = format_currency(Decimal(amount), currency, locale=_LOCALES[language], decimal_quantization=False)
    return _wide(exact)


def number(value: Decimal | str | int, language: Language) -> str:
    """``12500.5`` → ``12 500,5`` or ``12,500.5``; trailing zeros are dropped."""
    return _wide(format_decimal(Decimal(value), "#,##0.######", locale=_LOCALES[language]))


def rate(fraction: Decimal | str, language: Language) -> str:
    """A fraction as a percentage: ``0.09975`` → ``9,975 %`` or ``9.975%``."""
    pattern = "#,##0.####\u00a0%" if language == "fr" else "#,##0.####%"
    return _wide(format_percent(Decimal(fraction), pattern, locale=_LOCALES[language]))


def long_date(day: date | str, language: Language) -> str:
    """``2026-12-01`` → ``1er décembre 2026`` or ``December 1, 2026``."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    text = format_date(day, "long", locale=_LOCALES[language])
    # CLDR leaves the first of the month a cardinal; French makes it an ordinal (OQLF, BDL).
    return f"1er{text[1:]}" if language == "fr" and day.day == 1 else text


def items(values: Iterable[str], language: Language) -> str:
    """``["a", "b", "c"]`` → ``a, b et c`` or ``a, b and c``."""
    return str(format_list([str(value) for value in values], locale=_LOCALES[language]))


def weekday(day: int, language: Language) -> str:
    """A day of the week, 0 being Monday: ``lundi`` or ``Monday``."""
    return str(get_day_names("wide", locale=_LOCALES[language])[day])


def hour(moment: time, language: Language) -> str:
    """``08:00`` → ``8 h`` or ``8 a.m.``; minutes only when there are any."""
    minutes = "mm" if moment.minute else ""
    pattern = f"H\u00a0'h'\u00a0{minutes}" if language == "fr" else f"h{':' * bool(minutes)}{minutes}\u00a0a"
    return str(format_time(moment, pattern, locale=_LOCALES[language])).strip()


def _wide(text: str) -> str:
    return text.replace(_NARROW_SPACE, _NO_BREAK_SPACE)
