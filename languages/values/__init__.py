"""Values a customer states, normalised whichever language they were said in (pure; today is given).

>>> from datetime import date
>>> [v["value"] for v in find_values("payez 500 piasses vendredi sur la 3482 1907", date(2026, 11, 24))]
['500.00', '2026-11-27', '34821907']
"""

from datetime import date
from typing import Any

from languages.values.amounts import find_decimals, find_priced, find_unpriced
from languages.values.dates import find_dates
from languages.values.emails import find_emails
from languages.values.identifiers import find_identifiers
from languages.values.periods import find_months_in_figures, find_periods, find_ranges
from languages.values.places import find_places_of_things
from languages.values.reading import Reading, Value
from languages.values.references import find_references, hide_telephones
from languages.values.selectors import find_selectors
from languages.values.tongues import find_languages

__all__ = ["Value", "find_values"]

READ_AT_MOST = 2_000  # characters; nobody states a value behind that


def find_values(text: str, today: date) -> list[dict[str, Any]]:
    """Every value of a text in its order: ``entity``, ``value``, ``start``, ``end``; none overlaps another.

    The order of the finders is their priority: what could be two things is the first of them.
    """
    reading = Reading(text[:READ_AT_MOST])
    find_emails(reading)
    find_references(reading)
    hide_telephones(reading)
    find_languages(reading)
    find_priced(reading)
    find_places_of_things(reading)
    find_ranges(reading, today)
    find_dates(reading, today)
    find_months_in_figures(reading, today)
    find_decimals(reading)
    find_identifiers(reading)
    find_periods(reading, today)
    find_unpriced(reading)
    find_selectors(reading)
    return [vars(value) for value in sorted(reading.values, key=lambda one: (one.start, one.end))]
