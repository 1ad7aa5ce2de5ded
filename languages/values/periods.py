"""Stretches of time: months, years, quarters, weeks, seasons, and from one day or month to another."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from languages.values.calendar_days import (
    MONTH,
    NEAR_PAST,
    YEAR,
    begun,
    counted_on,
    first_of_month,
    last_of_month,
    monday_of,
    month,
    months_on,
)
from languages.values.numerals import figures
from languages.values.patterns import BEGIN, FINISH
from languages.values.ranges import RANGES, quarter, span
from languages.values.reading import Reading
from languages.values.rules import Found, Rules, matches, rules

# "these last months" are no month; "the last three months" are counted.
_SEVERAL = re.compile(
    rf"{BEGIN}(?:ces|les|mes|nos|des|these|my|our)(?: {NEAR_PAST})? (?:DAYS|WEEKS|MONTHS|YEARS)"
    rf"(?: {NEAR_PAST})?{FINISH}"
)
_SINCE = re.compile(r"SINCE (?:le |la |l |the |early )?$")
_SURE_MONTH = r"(?:JAN|FEB|MAR|APR|MAI|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\b\.?"
_BEFORE_MAY = r"(?:IN|for|of|from|during|SINCE|d|de|en|the|my|our|and|INVOICE|THIS|back in|pour|MONTHS de|,)"
_SEASONS = {"WINTER": 12, "SPRING": 3, "SUMMER": 6, "AUTUMN": 9}
_OF_YEAR = r"(?:de |of |of the )?(?:l )?(?:YEARS )?"
_COUNTED = r"(?P<n>=?\d{1,3}) "
_UNITS = r"(?P<u>DAYS|WEEKS|MONTHS|YEARS|QUARTER)(?!\w)"


def _month_of_year(found: Found, _: date) -> str:
    return f"{figures(found['y'])}-{month(found['m']):02}"


def _month_in_figures(found: Found, _: date) -> str:
    return f"{found['y']}-{found['m']}"


def _latest_month(found: Found, today: date) -> str:
    return f"{begun(today, month(found['m']))}-{month(found['m']):02}"


def _past_month(found: Found, today: date) -> str:
    """``décembre dernier``; said in November, "last November" is a year ago."""
    number = month(found["m"])
    return f"{begun(today, number) - (number == today.month)}-{number:02}"


def _coming_month(found: Found, today: date) -> str:
    number = month(found["m"])
    return f"{today.year + (number <= today.month)}-{number:02}"


def _year(found: Found, _: date) -> str:
    return str(figures(found["y"]))


def _near_month(ahead: int) -> Callable[[Found, date], str]:
    return lambda _, today: f"{months_on(first_of_month(today), ahead):%Y-%m}"


def _near_year(ahead: int) -> Callable[[Found, date], str]:
    return lambda _, today: str(today.year + ahead)


def _near_week(ahead: int) -> Callable[[Found, date], str]:
    def week(_: Found, today: date) -> str:
        monday = monday_of(today) + timedelta(weeks=ahead)
        return span(monday, monday + timedelta(days=6)) or ""

    return week


def _near_quarter(ahead: int) -> Callable[[Found, date], str]:
    def near(_: Found, today: date) -> str:
        at = months_on(first_of_month(today), 3 * ahead)
        return quarter(at.year, (at.month + 2) // 3)

    return near


def _named_quarter(found: Found, today: date) -> str | None:
    number = figures(found["q"])
    if not 1 <= number <= 4:
        return None
    return quarter(figures(found["y"]) if found["y"] else today.year - (number * 3 - 2 > today.month), number)


def _last_units(found: Found, today: date) -> str | None:
    first = counted_on(today, -figures(found["n"]), found["u"])
    return span(first, today) if 0 < figures(found["n"]) < 500 else None


def _season(found: Found, today: date) -> str | None:
    """Three whole months; the winter of a year is the one that ends in it."""
    number = _SEASONS[found["s"]]
    if found["y"]:
        first = date(figures(found["y"]) - (number == 12), number, 1)
    else:
        first = date(begun(today, number), number, 1)
        if months_on(first, 3) > today:  # it has not ended: the one before is meant
            first = months_on(first, -12)
    last = months_on(first, 2)
    return span(first, last_of_month(last.year, last.month))


def _near(unit: str, before: str, after: str) -> str:
    """``le mois passé``, ``last month``: the word before or after the unit."""
    return rf"{BEGIN}(?:{before} {unit}|{unit} {after}){FINISH}"


_NOW = r"(?:THIS(?! NEXT| LAST| PAST)(?: THIS)?)"
# "mars, avril et mai 2026": the year said once serves every month of a list.
_YEAR_AFTER = rf"(?=(?:(?:, ?| et | and | ou | or |, and )(?:d |de )?{MONTH}){{1,6}},? (?P<y>{YEAR}))"
_SEASON = "|".join(_SEASONS)
PERIODS = (
    rules(
        r"QUARTER|[tq][1-4]",
        (rf"{BEGIN}(?P<y>{YEAR})[ -][tq](?P<q>[1-4]){FINISH}", _named_quarter),
        (rf"{BEGIN}[tq](?P<q>[1-4])[ -](?:de |of )?(?P<y>{YEAR}){FINISH}", _named_quarter),
        (rf"{BEGIN}(?:q|(?<=\ble )t|(?<=\bdu )t|(?<=\bau )t)(?P<q>[1-4])(?P<y>){FINISH}", _named_quarter),
        (rf"{BEGIN}(?P<q>=?[1-4](?:th|er|eme))[ -]QUARTER(?: {_OF_YEAR}(?P<y>{YEAR}))?{FINISH}", _named_quarter),
        (_near("QUARTER", NEAR_PAST, NEAR_PAST), _near_quarter(-1)),
        (_near("QUARTER", "NEXT", "NEXT"), _near_quarter(1)),
        (_near("QUARTER", _NOW, "THIS"), _near_quarter(0)),
    ),
    rules(
        r"DAYS|WEEKS|MONTHS|YEARS",
        (rf"{BEGIN}{_COUNTED}{NEAR_PAST} {_UNITS}", _last_units),
        (rf"{BEGIN}{NEAR_PAST} {_COUNTED}{_UNITS}", _last_units),
        (rf"{BEGIN}SINCE {_COUNTED}{_UNITS}", _last_units),
        (_near("MONTHS", NEAR_PAST, NEAR_PAST), _near_month(-1)),
        (_near("MONTHS", "NEXT", "NEXT"), _near_month(1)),
        (_near("MONTHS", _NOW, "(?:THIS|ci)"), _near_month(0)),
        (_near("YEARS", NEAR_PAST, NEAR_PAST), _near_year(-1)),
        (_near("YEARS", "NEXT", "NEXT"), _near_year(1)),
        (_near("YEARS", _NOW, "THIS"), _near_year(0)),
        (rf"{BEGIN}(?:au cours|durant|pendant|during|over) (?:de )?(?:l |the )YEARS{FINISH}(?! {YEAR})", _near_year(0)),
        (_near("WEEKS", NEAR_PAST, NEAR_PAST), _near_week(-1)),
        (_near("WEEKS", "NEXT", "NEXT"), _near_week(1)),
        (_near("WEEKS", _NOW, "THIS"), _near_week(0)),
    ),
    rules(
        MONTH,
        (rf"{BEGIN}(?P<m>{MONTH})(?:[ -]|,? {_OF_YEAR})(?P<y>{YEAR}){FINISH}", _month_of_year),
        (rf"{BEGIN}(?P<m>{MONTH}){_YEAR_AFTER}", _month_of_year),
        (rf"{BEGIN}(?P<m>{MONTH}) {NEAR_PAST}{FINISH}", _past_month),
        (rf"{BEGIN}(?:THIS )?{NEAR_PAST} (?P<m>{MONTH}){FINISH}", _past_month),
        (rf"{BEGIN}(?P<m>{MONTH}) NEXT{FINISH}", _coming_month),
        (rf"{BEGIN}NEXT (?P<m>{MONTH}){FINISH}", _coming_month),
        (rf"{BEGIN}(?P<m>{_SURE_MONTH}){FINISH}", _latest_month),
        (
            rf"(?:{BEGIN}{_BEFORE_MAY} |^)(?P<at>(?P<m>MARCH|MAY)){FINISH}(?! (?:i|we|you|it|be|have|not)\b)",
            _latest_month,
        ),
        (rf"{BEGIN}(?P<m>MARCH|MAY) (?=INVOICE|PAYMENT)", _latest_month),
    ),
    rules(
        _SEASON,
        (rf"{BEGIN}(?P<s>{_SEASON}) (?:(?:de |of )?(?P<y>{YEAR})|{NEAR_PAST}){FINISH}", _season),
        (rf"{BEGIN}{NEAR_PAST} (?P<s>{_SEASON})(?P<y>){FINISH}", _season),
    ),
    rules(
        r"20",
        (rf"{BEGIN}(?<!\d )(?P<y>{YEAR})(?![\d%$/-]|[.,]\d| ?(?:\$|CUR|CAD|%|PERCENT|fois|times))", _year),
    ),
)
MONTHS_IN_FIGURES = (
    rules(
        r"\d[-/]\d",
        (r"(?<![\d/.-])(?P<y>20[0-4]\d)[-/](?P<m>0[1-9]|1[0-2])(?![\d/-])", _month_in_figures),
        (r"(?<![\d/.-])(?P<m>0[1-9]|1[0-2])[-/](?P<y>20[0-4]\d)(?![\d/-])", _month_in_figures),
    ),
)


def find_ranges(reading: Reading, today: date) -> None:
    """Take what lies between two days or months; before :func:`languages.values.dates.find_dates`."""
    _take(reading, today, RANGES)


def find_months_in_figures(reading: Reading, today: date) -> None:
    """Take ``2026-09``; before six digits pass for a code."""
    _take(reading, today, MONTHS_IN_FIGURES)


def find_periods(reading: Reading, today: date) -> None:
    """Take single months, years, quarters and weeks; after the days they are part of."""
    for several in _SEVERAL.finditer(reading.line):
        reading.hide(*several.span())
    _take(reading, today, PERIODS)


def _take(reading: Reading, today: date, among: Iterable[Rules[str]]) -> None:
    for found, value in matches(among, lambda: reading.line, today):
        start, end = found.span("at" if "at" in found.re.groupindex else 0)
        since = "/" not in value and _SINCE.search(reading.line[:start])
        reading.take("period", _until(value, today) if since else value, start, end)


def _until(value: str, today: date) -> str:
    """Since a month or a year: from its first day to today."""
    first = date.fromisoformat((value + "-01-01")[:10])
    return span(first, today) or value
