"""Names of days, months and units in both languages, as people misspell them, and days counted from them."""

import calendar
from datetime import date, timedelta

_MONTHS = {
    1: "janvier january", 2: "fevrier february", 3: "mars march", 4: "avril april", 5: "mai may", 6: "juin june",
    7: "juillet july", 8: "aout august", 9: "septembre september", 10: "octobre october", 11: "novembre november",
    12: "decembre december",
}  # fmt: skip
_MONTHS_SHORT = {
    1: "janv jan", 2: "fev fevr feb", 3: "mar", 4: "avr apr", 5: "", 6: "jun", 7: "juil jul", 8: "aug",
    9: "sept sep", 10: "oct", 11: "nov", 12: "dec",
}  # fmt: skip
_WEEKDAYS = {
    0: "lundi monday", 1: "mardi tuesday", 2: "mercredi wednesday", 3: "jeudi thursday", 4: "vendredi friday",
    5: "samedi saturday", 6: "dimanche sunday",
}  # fmt: skip
_WEEKDAYS_SHORT = {0: "mon lun", 1: "tues tue", 2: "weds wed wensday", 3: "thurs thur thu", 4: "fri vendr ven", 5: "", 6: ""}
_SLIP_FROM = 6  # letters from which a slip still leaves a name itself


def _slips(name: str) -> set[str]:
    """A name with two letters swapped, one left out, or one doubled."""
    if len(name) < _SLIP_FROM:
        return {name}
    swapped = {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)}
    short = {name[:at] + name[at + 1 :] for at in range(1, len(name))}
    doubled = {name[:at] + name[at] + name[at:] for at in range(len(name))}
    return {name} | swapped | short | doubled


def _named(names: dict[int, str]) -> dict[str, int]:
    exact = {name: at for at, listed in names.items() for name in listed.split()}
    return {slip: at for name, at in exact.items() for slip in _slips(name)} | exact


MONTHS = _named(_MONTHS)
MONTHS_SHORT = _named(_MONTHS_SHORT)
WEEKDAYS = _named(_WEEKDAYS)
WEEKDAYS_SHORT = _named(_WEEKDAYS_SHORT)


def alternatives(names: dict[str, int]) -> str:
    """A pattern's inside: the longest first."""
    return "|".join(sorted(names, key=len, reverse=True))


def day(year: int, month: int, number: int) -> date | None:
    """The day, or ``None`` if the month has no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def last_of_month(year: int, month: int) -> date:
    """``2026, 2`` → 2026-02-28."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months_on(today: date, count: int) -> date:
    """The same day some months on (or back), or the last one that month has."""
    months = today.year * 12 + today.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def next_weekday(today: date, weekday: int) -> date:
    """The first such day after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def last_weekday(today: date, weekday: int) -> date:
    """The last such day before today."""
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def next_numbered(today: date, number: int) -> date | None:
    """The next day after today that is the ``number``-th of its month."""
    for ahead in range(0, 13):
        first = months_on(today.replace(day=1), ahead)
        found = day(first.year, first.month, number)
        if found and found > today:
            return found
    return None


def next_month_day(today: date, month: int, number: int) -> date | None:
    """That day of that month, this year or the next: from today on."""
    for year in (today.year, today.year + 1):
        found = day(year, month, number)
        if found and found >= today:
            return found
    return day(today.year + 4 - today.year % 4, month, number)  # 29 February


def begun(today: date, month: int) -> int:
    """The year in which the latest such month that has begun lies."""
    return today.year if month <= today.month else today.year - 1
