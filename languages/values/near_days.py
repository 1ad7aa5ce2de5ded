"""Days told from today: ``demain``, ``next Friday``, ``dans 10 jours``, ``end of the month``, ``Christmas``."""

from collections.abc import Callable
from datetime import date, timedelta

from languages.values.calendar_days import (
    COUNT,
    DAY,
    MONTH,
    NEAR_PAST,
    WEEKDAY,
    YEAR,
    counted_on,
    first_of_month,
    last_of_month,
    last_weekday,
    monday_of,
    month,
    months_on,
    next_month_day,
    next_weekday,
    weekday,
)
from languages.values.numerals import figures
from languages.values.patterns import BEGIN, FINISH
from languages.values.rules import Found, rules

_UNIT = r"(?P<u>DAYS|WEEKS|FORTNIGHTS|MONTHS|YEARS)(?!\w)"
_ABOUT = r"(?:(?:about|around|environ|genre|like|les|the|SAY|NEXT|a peu pres|approximately|max|maximum) ){0,3}"
_OF = r"(?:[ -]| ?(?:de|du|d|of) (?:l |la |le |the )?)"
_EDGE = r"(?P<end>END|LATE|LAST DAYS)|(?P<mid>MID)|(?P<start>START|=?1(?:th|er) DAYS)"


def _ahead(days: int) -> Callable[[Found, date], date | None]:
    return lambda _, today: today + timedelta(days=days)


def _in(found: Found, today: date) -> date | None:
    return counted_on(today, figures(found["n"]), found["u"])


def _ago(found: Found, today: date) -> date | None:
    return counted_on(today, -figures(found["n"]), found["u"])


def _next_weekday(found: Found, today: date) -> date | None:
    return next_weekday(today, weekday(found["w"]))


def _last_weekday(found: Found, today: date) -> date | None:
    return last_weekday(today, weekday(found["w"]))


def _weeks_from_weekday(found: Found, today: date) -> date | None:
    return next_weekday(today, weekday(found["w"])) + timedelta(weeks=figures(found["n"]))


def _weekday_of_next_week(found: Found, today: date) -> date | None:
    return monday_of(today) + timedelta(days=7 + weekday(found["w"]))


def _coming(found: Found) -> bool:
    return bool(found["next"] or found["after"])


def _edge_of_month(found: Found, today: date) -> date | None:
    """The first, 15th or last day of a month by name: the next such month, unless a year is said."""
    number = month(found["m"])
    year = figures(found["y"]) if found["y"] else today.year + (number < today.month)
    return last_of_month(year, number) if found["end"] else date(year, number, 15 if found["mid"] else 1)


def _edge_of_near_month(found: Found, today: date) -> date | None:
    """``fin du mois``, ``start of next month``; a beginning or a middle that is over is the next month's."""
    first = months_on(first_of_month(today), 1 if _coming(found) else 0)
    if found["end"]:
        return last_of_month(first.year, first.month)
    at = first.replace(day=15 if found["mid"] else 1)
    return at if at >= today else months_on(at, 1)


def _edge_of_year(found: Found, today: date) -> date | None:
    year = today.year + _coming(found)
    if found["end"]:
        return date(year, 12, 31)
    at = date(year, 7, 1) if found["mid"] else date(year, 1, 1)
    return at if at >= today else months_on(at, 12)


def _end_of_quarter(found: Found, today: date) -> date | None:
    last = months_on(date(today.year, (today.month + 2) // 3 * 3, 1), 3 if _coming(found) else 0)
    return last_of_month(last.year, last.month)


def _end_of_week(found: Found, today: date) -> date | None:
    """Friday: a bank's week ends there."""
    friday = today + timedelta(days=(4 - today.weekday()) % 7)
    return friday + timedelta(days=7 if _coming(found) else 0)


def _on(month_number: int, number: int) -> Callable[[Found, date], date | None]:
    return lambda _, today: next_month_day(today, month_number, number)


def _near(unit: str) -> str:
    return rf"(?:THIS )?(?P<next>NEXT )?{unit}(?:[ -](?:ci|THIS))?(?P<after> NEXT)?{FINISH}"


_BY_NEXT_WEEK = r"(?:de la |of |of the |la )?(?:NEXT WEEKS|WEEKS NEXT)"
NEAR = (
    rules(
        f"{WEEKDAY}.*WEEKS|WEEKS.*{WEEKDAY}|=8",
        (rf"{BEGIN}(?P<w>{WEEKDAY}),? {_BY_NEXT_WEEK}{FINISH}", _weekday_of_next_week),
        (rf"{BEGIN}(?:NEXT WEEKS|WEEKS NEXT),? (?:on |le )?(?P<w>{WEEKDAY}){FINISH}", _weekday_of_next_week),
        (rf"{BEGIN}(?P<n>{COUNT}) WEEKS from (?:NEXT |THIS )?(?P<w>{WEEKDAY}){FINISH}", _weeks_from_weekday),
        (rf"{BEGIN}(?P<n>)(?P<w>{WEEKDAY}) (?:en =8|WEEKS(?! NEXT)){FINISH}", _weeks_from_weekday),
    ),
    rules(
        r"END|START|MID|LATE|DAYS",
        (rf"{BEGIN}(?:{_EDGE}){_OF}(?P<m>{MONTH})(?:,? (?:de )?(?P<y>{YEAR}))?{FINISH}", _edge_of_month),
        (rf"{BEGIN}(?:{_EDGE}){_OF}{_near('MONTHS')}", _edge_of_near_month),
        (rf"{BEGIN}(?:{_EDGE}){_OF}{_near('YEARS')}", _edge_of_year),
        (rf"{BEGIN}MONTHS[ -]END{FINISH}", lambda _, today: last_of_month(today.year, today.month)),
        (rf"{BEGIN}YEARS[ -]END{FINISH}", lambda _, today: date(today.year, 12, 31)),
        (rf"{BEGIN}END{_OF}{_near('QUARTER')}", _end_of_quarter),
        (rf"{BEGIN}END{_OF}{_near('WEEKS')}", _end_of_week),
    ),
    rules(
        r"DAYS|WEEKS|MONTHS|YEARS|FORTNIGHTS",
        (rf"{BEGIN}(?:IN|sous) {_ABOUT}(?P<n>{COUNT}) ?{_UNIT}(?! AND_HALF)(?! AGO)", _in),
        (rf"{BEGIN}(?P<n>{COUNT}) ?{_UNIT} FROM_NOW{FINISH}", _in),
        (rf"{BEGIN}THERE_IS {_ABOUT}(?P<n>{COUNT}) ?{_UNIT}", _ago),
        (rf"{BEGIN}(?P<n>{COUNT}) ?{_UNIT} (?:AGO|back){FINISH}", _ago),
    ),
    rules(
        WEEKDAY,
        (rf"{BEGIN}(?P<w>{WEEKDAY})(?: matin| soir| morning| night)? {NEAR_PAST}{FINISH}", _last_weekday),
        (rf"{BEGIN}(?:THIS )?{NEAR_PAST} (?P<w>{WEEKDAY}){FINISH}", _last_weekday),
        (rf"{BEGIN}(?:(?:THIS|NEXT) ){{0,2}}(?P<w>{WEEKDAY})(?: NEXT)?{FINISH}", _next_weekday),
    ),
    rules(
        r"TODAY|MORROW|YESTERDAY|XMAS|NEW_YEAR",
        (rf"{BEGIN}OVERMORROW{FINISH}", _ahead(2)),
        (rf"{BEGIN}TOMORROW{FINISH}", _ahead(1)),
        (rf"{BEGIN}TODAY{FINISH}", _ahead(0)),
        (rf"{BEGIN}YESTERDAY{FINISH}", _ahead(-1)),
        (rf"{BEGIN}EREYESTERDAY{FINISH}", _ahead(-2)),
        (rf"{BEGIN}(?P<yearly>XMAS){FINISH}", _on(12, 25)),
        (rf"{BEGIN}(?P<yearly>XMAS_EVE){FINISH}", _on(12, 24)),
        (rf"{BEGIN}(?P<yearly>NEW_YEAR){FINISH}", _on(1, 1)),
        (rf"{BEGIN}(?P<yearly>NEW_YEAR_EVE){FINISH}", _on(12, 31)),
    ),
)
# Opening hours and habits name no day.
HABITS = (
    rf"{BEGIN}{WEEKDAY}(?: matin| soir)? ?(?:au|a|to|TO|-) ?{WEEKDAY}",
    rf"{BEGIN}(?:EVERY|ALL les|les) {WEEKDAY}",
    rf"{BEGIN}(?:{DAY} (?:et|and) (?:le |the )?)?{DAY} (?:de|du|of) EVERY MONTHS",
)
