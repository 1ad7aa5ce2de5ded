"""Days, absolute and relative, resolved against today."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from languages.values.calendar_days import last_weekday, monday_of, months_on
from languages.values.days import DATED, IN_FIGURES, NUMBERED
from languages.values.near_days import HABITS, NEAR
from languages.values.reading import Reading
from languages.values.rules import Found, matches

_HABITS = [re.compile(pattern) for pattern in HABITS]
_SINCE = re.compile(r"SINCE (?:le |the )?$")
_WEEK_OF = re.compile(r"WEEKS (?:du|de|of|of the|starting) $")
# What was done, and an invoice's own day, lie behind: "j'ai payé vendredi", "la facture du 4 novembre".
_HAVE = (
    r"(?:ai|jai|g|(?:on|il|elle|qui|y|banque) a|avons|avez|ont|as|aviez|avais|avait|have|has|ve|had|was|were|been|ete)"
)
_DONE = (
    r"(?:PAY|PAID|PAST|fait|faits|faite|faites|soumis|recu|recue|emis|emise|envoye|poste|effectue|verse|debite|rebondi|"
    r"made|sent|submitted|mailed|posted|issued|received|debited|bounced|charged)"
)
_SINCE_THEN = r"(?:[ ,-]+(?!pour |for |TO |prevu|scheduled|due )\w+){0,5}[ ,]*(?:le |on |the )?$"
_BEHIND = re.compile(
    rf"\b{_HAVE} (?:deja |bien |ete |been |already |just )?{_DONE}{_SINCE_THEN}"
    rf"|\b(?:PAID|did|left|made|sent|submitted|mailed|issued|received|bounced){_SINCE_THEN}"
    r"|(?:INVOICE|CHEQUE|celle|one) (?:du|de|d|of|from|dated|en date du)(?: le| the)? $"
)


def find_dates(reading: Reading, today: date) -> None:
    """Take every day that is named; a day with "since" or "week of" before it is a period."""
    for habit in _HABITS:
        for found in habit.finditer(reading.line):
            reading.hide(*found.span())
    for found, at in _all(reading, today):
        before = reading.line[max(0, found.start() - 80) : found.start()]
        if _SINCE.search(before):
            reading.take("period", f"{_back(found, at, today)}/{today}", *found.span())
        elif _WEEK_OF.search(before):
            monday = monday_of(at)
            reading.take("period", f"{monday}/{monday + timedelta(days=6)}", *found.span())
        else:
            said = _back(found, at, today) if _BEHIND.search(before) else at
            reading.take("date", said.isoformat(), *found.span())


def _all(reading: Reading, today: date) -> Iterator[tuple[Found, date]]:
    def line() -> str:
        return reading.line

    yield from matches(DATED, line, today)
    if IN_FIGURES[None].needs.search(line()):  # only these need to know the language, which takes time to tell
        yield from matches([IN_FIGURES[reading.language]], line, today)
    yield from matches((*NEAR, NUMBERED), line, today)


def _back(found: Found, at: date, today: date) -> date:
    """What lies behind was a week, a month or a year before the next such day; a day told from today stays."""
    parts = found.groupdict()
    if at <= today or parts.get("y") or not parts.keys() & {"w", "d", "b", "yearly"}:
        return at
    if "w" in parts:
        return last_weekday(today, at.weekday())
    return months_on(at, -12 if parts.keys() & {"m", "b", "yearly"} else -1)
