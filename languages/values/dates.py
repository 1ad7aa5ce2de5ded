"""Days, absolute and relative, resolved against today."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from languages.values.behind import back, lies_behind
from languages.values.calendar_days import monday_of
from languages.values.days import DATED, IN_FIGURES, NUMBERED
from languages.values.near_days import HABITS, NEAR
from languages.values.reading import Reading
from languages.values.rules import Found, matches

_HABITS = [re.compile(pattern) for pattern in HABITS]
_SINCE = re.compile(r"SINCE (?:le |the )?$")
_WEEK_OF = re.compile(r"WEEKS (?:du|de|of|of the) $")
_READ_BEFORE = 80  # letters before a day that may say when it lies


def find_dates(reading: Reading, today: date) -> None:
    """Take every day that is named; a day with "since" or "week of" before it is a period."""
    for habit in _HABITS:
        for found in habit.finditer(reading.line):
            reading.hide(*found.span())
    for found, said in _all(reading, today):
        before = reading.line[max(0, found.start() - _READ_BEFORE) : found.start()]
        since = _SINCE.search(before)
        behind = since or lies_behind(reading.line, before, found.end(), said - today)
        at = back(found, said, today) if behind else said
        if since and at <= today:
            reading.take("period", f"{at}/{today}", *found.span())
        elif _WEEK_OF.search(before):
            reading.take("period", f"{monday_of(at)}/{monday_of(at) + timedelta(days=6)}", *found.span())
        else:
            reading.take("date", at.isoformat(), *found.span())


def _all(reading: Reading, today: date) -> Iterator[tuple[Found, date]]:
    def line() -> str:
        return reading.line

    yield from matches(DATED, line, today)
    if IN_FIGURES[None].needs.search(line()):  # only these need to know the language, which takes time to tell
        yield from matches([IN_FIGURES[reading.language]], line, today)
    yield from matches((*NEAR, NUMBERED), line, today)
