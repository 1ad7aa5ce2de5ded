"""Which one is pointed at: the latest, the oldest, all, those overdue, or a place in a list."""

import re

from languages.values.patterns import FINISH, THING, before
from languages.values.places import find_numbered, find_places
from languages.values.reading import Reading
from languages.values.wholes import find_all, find_overdue, find_whole

_B, _E = r"(?<![\w=-])", FINISH
# "last" and "dernier" point at an invoice where they say so, or end the phrase.
_PHRASE_ENDS = before(
    "NOTHING WHOLE IN PAY SAY PAID WANT svp stp please pls plz s_il en in as par by que qu de from for pour you",
    "vous and et pis a to on sur is est du again encore recue? sent envoyee? which ou or la",
)
_OLDEST = re.compile(rf"{_B}(?:INVOICE )?(?:la )?OLDEST(?: {THING})?(?: =1th)?{_E}")
_LATEST = re.compile(
    rf"{_B}(?:(?:INVOICE )?(?:la )?LATEST(?: {THING})?(?: =1th)?|LAST {THING}|{THING} LAST|LAST{_PHRASE_ENDS}"
    rf"|(?:la|ma|notre|the|my|our) (?:new|nouvelle) INVOICE){_E}"
)
# Numbers too short for an invoice's, and the last few of a list, point at nothing.
_NOT_POINTING = re.compile(
    r"INVOICE ?(?:NUMBER|no\b\.?|#|n°)? ?(?:is |est )?#?\d{1,7}(?!\w)"
    rf"|{_B}(?:=?\d{{1,2}} LAST|LAST =?\d{{1,2}}|=?\d{{1,2}} LATEST|LATEST =?\d{{1,2}}){_E}"
)


def find_selectors(reading: Reading) -> None:
    """Take selectors; a narrower word wins: "all overdue" is ``overdue``."""
    for found in _NOT_POINTING.finditer(reading.line):
        reading.hide(*found.span())
    find_overdue(reading)
    _take(reading, _OLDEST, "oldest")
    _take(reading, _LATEST, "latest")
    find_all(reading)
    find_places(reading)
    find_numbered(reading)
    find_whole(reading)
    _say_once(reading)


def _take(reading: Reading, pattern: re.Pattern[str], value: str) -> None:
    for found in pattern.finditer(reading.line):
        reading.take("selector", value, *found.span())


def _say_once(reading: Reading) -> None:
    """Who points twice at the same one still means it once."""
    pointed: set[str] = set()
    for value in [one for one in reading.values if one.entity == "selector"]:
        if value.value in pointed:
            reading.values.remove(value)
        pointed.add(value.value)
