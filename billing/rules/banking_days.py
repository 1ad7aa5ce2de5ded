"""Days on which banks move money: neither weekends nor Canada's federal holidays."""

from datetime import UTC, date, datetime, time, timedelta

import holidays

from company import COMPANY

_HOLIDAYS = holidays.country_holidays("CA")
_DAY = timedelta(days=1)
CUT_OFF = time(23, 0)  # a banking day's payments leave at its end
ARRIVAL = time(0, 30)  # and are settled or returned as the next one begins


def is_banking_day(day: date) -> bool:
    """Whether banks work that day."""
    return day.weekday() < 5 and day not in _HOLIDAYS


def banking_day_from(day: date) -> date:
    """The day itself, or the next on which banks work."""
    while not is_banking_day(day):
        day += _DAY
    return day


def next_banking_day(day: date) -> date:
    """The first banking day after ``day``."""
    return banking_day_from(day + _DAY)


def at(day: date, clock: time) -> datetime:
    """A time of the company's day, in UTC."""
    return datetime.combine(day, clock, tzinfo=COMPANY.zone).astimezone(UTC)
