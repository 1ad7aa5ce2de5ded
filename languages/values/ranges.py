"""From one day or month to another: ``du 1er au 15 octobre``, ``January through March 2026``, ``since July 1``."""

from datetime import date

from languages.values.calendar_days import (
    DAY,
    MONTH,
    YEAR,
    begun,
    day,
    last_of_month,
    month,
)
from languages.values.numerals import figures
from languages.values.patterns import BEGIN, FINISH
from languages.values.rules import Found, rules

_TO = r" ?(?:au|a|to|TO|-) ?(?:le |the )?"
_AND = r" ?(?:au|a|to|TO|-|et|and) ?(?:le |the )?"
_FROM = r"(?:(?:du|de|d|from|du MONTHS de) (?:le |the )?)"
_BETWEEN = r"(?:BETWEEN (?:le |the )?)"


def span(first: date | None, last: date | None) -> str | None:
    """Two days as a period; ``None`` if one of them does not exist."""
    if first is None or last is None:
        return None
    return f"{min(first, last)}/{max(first, last)}"


def quarter(year: int, number: int) -> str:
    """``2026, 3`` → ``2026-07-01/2026-09-30``."""
    return f"{date(year, number * 3 - 2, 1)}/{last_of_month(year, number * 3)}"


def _years(found: Found, today: date, first_month: int, last_month: int) -> tuple[int, int]:
    """A year said once serves both ends; none said, the last end has begun; the first end lies before it."""
    said = found["y2"] or found["y1"]
    last = figures(said) if said else begun(today, last_month)
    return (figures(found["y1"]) if found["y1"] else last - (first_month > last_month)), last


def _days(found: Found, today: date) -> str | None:
    """A month said once serves both days."""
    first_month, last_month = month(found["m1"] or found["m2"]), month(found["m2"] or found["m1"])
    first_year, last_year = _years(found, today, first_month, last_month)
    return span(
        day(first_year, first_month, figures(found["d1"])),
        day(last_year, last_month, figures(found["d2"])),
    )


def _months(found: Found, today: date) -> str | None:
    first_month, last_month = month(found["m1"]), month(found["m2"])
    first_year, last_year = _years(found, today, first_month, last_month)
    return span(date(first_year, first_month, 1), last_of_month(last_year, last_month))


def _iso_days(found: Found, _: date) -> str | None:
    ends = (day(*map(int, found[end].split("-"))) for end in ("a", "b"))
    return span(*ends)


def _until_today(found: Found, today: date) -> str | None:
    number = month(found["m1"])
    return span(date(figures(found["y1"]) if found["y1"] else begun(today, number), number, 1), today)


def _whole_years(found: Found, _: date) -> str | None:
    return span(date(int(found["y1"]), 1, 1), date(int(found["y2"]), 12, 31))


def _since_year(found: Found, today: date) -> str | None:
    return span(date(figures(found["y"]), 1, 1), today)


def _this_year(_: Found, today: date) -> str | None:
    return span(date(today.year, 1, 1), today)


_Y, _TO_YEAR = r"20[0-4]\d", r"(?: ?[-/] ?| (?:a|to|TO|au) )"
_ISO = r"20[0-4]\d-\d\d-\d\d"
_D1_M1 = rf"(?P<d1>{DAY}) ?(?:(?:of )?(?P<m1>{MONTH}))?,?(?: (?P<y1>{YEAR}))?"
_D2_M2 = rf"(?P<d2>{DAY})[ -](?:of )?(?P<m2>{MONTH})(?:,? (?P<y2>{YEAR}))?"
_M1_D1 = rf"(?P<m1>{MONTH}) (?P<d1>{DAY}),?(?: (?P<y1>{YEAR}))?"
_M2_D2 = rf"(?:(?P<m2>{MONTH}) )?(?P<d2>{DAY})(?:,? (?P<y2>{YEAR}))?"
_M1, _M2 = rf"(?P<m1>{MONTH})(?: (?P<y1>{YEAR}))?", rf"(?P<m2>{MONTH})(?:,? (?P<y2>{YEAR}))?"
RANGES = (
    rules(r"20[0-4]\d-", (rf"(?<!\d)(?P<a>{_ISO}) ?(?:/|a|au|to|TO|et|and|-) ?(?P<b>{_ISO})(?!\d)", _iso_days)),
    rules(
        MONTH,
        (rf"{BEGIN}{_BETWEEN}{_D1_M1}{_AND}{_D2_M2}{FINISH}", _days),
        (rf"{BEGIN}(?:{_FROM})?{_D1_M1}{_TO}{_D2_M2}{FINISH}", _days),
        (rf"{BEGIN}{_BETWEEN}{_M1_D1}{_AND}{_M2_D2}{FINISH}", _days),
        (rf"{BEGIN}(?:{_FROM})?{_M1_D1}{_TO}{_M2_D2}{FINISH}", _days),
        (rf"{BEGIN}{_BETWEEN}{_M1}{_AND}{_M2}{FINISH}", _months),
        (rf"{BEGIN}(?:{_FROM})?{_M1}{_TO}{_M2}{FINISH}", _months),
    ),
    rules(
        r"now|TODAY|maintenant",
        (rf"{BEGIN}(?:{_FROM})?(?P<m1>{MONTH})(?: (?P<y1>{YEAR}))?{_TO}(?:now|TODAY|maintenant){FINISH}", _until_today),
    ),
    rules(
        r"20[0-4]\d",
        (rf"{BEGIN}(?:{_FROM}|{_BETWEEN})?(?P<y1>{_Y}){_TO_YEAR}(?P<y2>{_Y}){FINISH}(?![-/.])", _whole_years),
        (rf"{BEGIN}SINCE (?:l )?(?:YEARS )?(?P<y>{YEAR}){FINISH}", _since_year),
    ),
    rules(
        r"YEAR",
        (rf"{BEGIN}SINCE (?:le |the )?START (?:of |de )?(?:the |THIS |l )?YEARS{FINISH}", _this_year),
        (rf"{BEGIN}YEAR_TO_DATE{FINISH}", _this_year),
    ),
)
