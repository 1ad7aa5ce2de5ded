"""Days counted from a day, and the patterns of months, weekdays, years and numbers in the line."""

import calendar
from datetime import date, timedelta

MONTHS = {
    name: at
    for at, names in enumerate("JAN FEB MAR|MARCH APR MAI|MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)
    for name in names.split("|")
}
WEEKDAYS = {name: at for at, name in enumerate("MON TUE WED THU FRI SAT SUN".split())}

MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})\b\.?"
YEAR = r"(?:=?20(?:0[1-9]|[1-4]\d)|=20 =[1-4]\d)(?!\d)"
DAY = r"(?:=?[0-3]?\d(?:th|er|eme)?(?: er)?(?!\w))"
COUNT = r"(?:=?\d{1,3}|an?|une?|one)(?!\w)"
_LENGTHS = {"DAYS": 1, "WEEKS": 7, "FORTNIGHTS": 14, "MONTHS": 30, "QUARTER": 90, "YEARS": 365}  # days, about
NEAR_PAST = r"(?:LAST|PAST)"


def month(name: str) -> int:
    """``DEC.`` → 12."""
    return MONTHS[name.rstrip(".")]


def weekday(name: str) -> int:
    """``FRI`` → 4."""
    return WEEKDAYS[name.rstrip(".")]


def day(year: int, month_number: int, number: int) -> date | None:
    """The day, or ``None`` if the month has no such day."""
    try:
        return date(year, month_number, number)
    except ValueError:
        return None


def first_of_month(today: date) -> date:
    """The first day of the month a day is in."""
    return today.replace(day=1)


def last_of_month(year: int, month_number: int) -> date:
    """``2026, 2`` → 2026-02-28."""
    return date(year, month_number, calendar.monthrange(year, month_number)[1])


def months_on(today: date, count: int) -> date:
    """The same day some months on (or back), or the last one that month has."""
    year, index = divmod(today.year * 12 + today.month - 1 + count, 12)
    return date(year, index + 1, min(today.day, calendar.monthrange(year, index + 1)[1]))


def monday_of(today: date) -> date:
    """The Monday of the week a day is in."""
    return today - timedelta(days=today.weekday())


def next_weekday(today: date, number: int) -> date:
    """The first such day after today."""
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def last_weekday(today: date, number: int) -> date:
    """The last such day before today."""
    return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)


def next_numbered(today: date, number: int) -> date | None:
    """The next day after today that is the ``number``-th of its month."""
    firsts = (months_on(first_of_month(today), ahead) for ahead in range(13))
    found = (day(first.year, first.month, number) for first in firsts)
    return next((one for one in found if one is not None and one > today), None)


def next_month_day(today: date, month_number: int, number: int) -> date | None:
    """That day of that month, from today on; the 29th of February within eight years."""
    found = (day(today.year + ahead, month_number, number) for ahead in range(9))
    return next((one for one in found if one is not None and one >= today), None)


def last_numbered(today: date, number: int) -> date | None:
    """The last day up to today that is the ``number``-th of its month."""
    firsts = (months_on(first_of_month(today), -back) for back in range(13))
    found = (day(first.year, first.month, number) for first in firsts)
    return next((one for one in found if one is not None and one <= today), None)


def last_month_day(today: date, month_number: int, number: int) -> date | None:
    """That day of that month, up to today; the 29th of February within eight years."""
    found = (day(today.year - back, month_number, number) for back in range(9))
    return next((one for one in found if one is not None and one <= today), None)


def begun(today: date, month_number: int) -> int:
    """The year in which the latest such month that has begun lies."""
    return today.year if month_number <= today.month else today.year - 1


def counted_on(today: date, count: int, unit: str) -> date | None:
    """``10, "DAYS"`` → ten days on; ``None`` beyond what anybody plans: ten years."""
    if abs(count) * _LENGTHS[unit] > 3660:
        return None
    if unit in ("MONTHS", "YEARS", "QUARTER"):
        return months_on(today, count * {"MONTHS": 1, "QUARTER": 3, "YEARS": 12}[unit])
    return today + timedelta(days=count * _LENGTHS[unit])
