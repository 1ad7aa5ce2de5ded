"""Places in a list: ``la deuxième``, ``the first and the third``, ``les deux premières``, ``no 3``."""

import re

from languages.values.calendar_days import MONTH
from languages.values.numerals import figures
from languages.values.patterns import FINISH, PLACE, TAKEN, THING, either
from languages.values.reading import Reading

_B, _E = r"(?<![\w=-])", FINISH
_FIGURE = r"=?[1-9]\d?"
_AND = r"(?: ?, ?(?:and |et )?| et | and | or | ou | pis | & )"
_ARTICLE = r"(?:(?:le|la|the) )?"
# What stands before a place that is pointed at; else "first" says in which order.
_BEFORE = either(
    "WANT SAY THIS INVOICE the la le les l ma mon mes my our notre une? sur on pour for of de du d dla et and ou",
    "or pis pas not in en a to euh uh um oui yes no non ok est is with avec it",
)
_POINTING = re.compile(rf"(?:^|[,.;:(!?{TAKEN}]|\b{_BEFORE}) ?$")
# Nouns that are neither invoice nor payment: another first is meant.
_OTHER_NOUN = either(
    "OTHER QUARTER DAYS WEEKS MONTHS YEARS ACCOUNT OPTION FRENCH ENGLISH NUMBER CUR",
    "fois times? heures? hours? (?:de|of)_EVERY",
)
_OTHER = rf"(?![ -]{_OTHER_NOUN}\b)"
_PLACED = re.compile(rf"{_B}(?P<o>{PLACE})(?: {THING}|{_OTHER}){_E}")
_PLACES_OF_THINGS = re.compile(rf"(?<!\d ){_B}{_ARTICLE}{PLACE}(?:{_AND}{_ARTICLE}{PLACE}){{0,9}} {THING}{_E}")
_FEW = re.compile(rf"{_B}(?:=?(?P<a>[2-5]) =?1(?:th|eme|er)|=?1(?:th|er) =?(?P<b>[2-5])(?![\d.,]))(?: {THING})?{_E}")
_A_MONTH = re.compile(rf"{MONTH} $")  # "my November 3rd payment"
_ONE_PLACE = re.compile(rf"{_B}{PLACE}{_E}")

# "no 3", "option two", "#4", "la 2", "les 2 et 4"; not "la 40" of a road, nor "no one".
_BY_NUMBER = (
    rf"(?:(?:NUMBER|OPTION) (?={_FIGURE}|une?|one)|no\b\.? ?(?==?\d)|# ?|n° ?"
    r"|\bla (?==?(?:[1-9]|1\d|2[0-5])\b|une\b)|\bles (?==?[1-9] et ))"
)
_UNIT = either(
    r"\$ CUR CAD PERCENT INVOICE PAYMENT DAYS WEEKS MONTHS YEARS LAST h\b heures? fois times minutes? pages?",
    r"copies",
    PLACE,
)
_COUNTED = rf"(?![\d.,/%$-]\d|[%$\w-]| ?{_UNIT})"
_NUMBERED = re.compile(rf"{_B}{_BY_NUMBER}(?P<n>(?:{_FIGURE}|une?|one)(?:{_AND}{_FIGURE}(?!\w))*){_COUNTED}")
_ONE_FIGURE = re.compile(r"=?\d{1,2}|une?|one")


def find_places_of_things(reading: Reading) -> None:
    """Take "the 2nd and 4th one": before the days they would be without their noun."""
    for found in _PLACES_OF_THINGS.finditer(reading.line):
        if not _A_MONTH.search(reading.line[: found.start()]):
            _take_each(reading, found.start(), found[0], _ONE_PLACE)


def find_places(reading: Reading) -> None:
    """Take the first few, then single places."""
    for found in _FEW.finditer(reading.line):
        count = figures(found["a"] or found["b"])
        reading.take_together("selector", [str(place) for place in range(1, count + 1)], *found.span())
    for found in _PLACED.finditer(reading.line):
        if _POINTING.search(reading.line, max(0, found.start() - 12), found.start()):
            reading.take("selector", str(figures(found["o"])), *found.span())


def find_numbered(reading: Reading) -> None:
    """Take ``no 3``, ``option two``, ``la une et la trois``, ``numbers 1 and 3``."""
    for found in _NUMBERED.finditer(reading.line):
        _take_each(reading, found.start("n"), found["n"], _ONE_FIGURE)


def _take_each(reading: Reading, start: int, listed: str, pattern: re.Pattern[str]) -> None:
    for one in pattern.finditer(listed):
        reading.take("selector", str(figures(one[0])), start + one.start(), start + one.end())
