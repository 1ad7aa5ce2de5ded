"""Amounts of money: figures with a currency, decimals or a verb of paying; number words."""

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from languages.values.numerals import figures
from languages.values.patterns import before
from languages.values.reading import Reading

Found = re.Match[str]

_FREE = r"(?<![\w.,#=-])"
_FIGURE = r"(?:[1-9]\d{0,2}(?:[ ,.]\d{3}){1,3}(?:[.,]\d{1,2})?|\d+(?:[.,](?:\d{1,2}|-))?)(?!\d)"
_NUMBER = rf"(?:{_FIGURE}|=\d+)"
_ONE = r"(?:an?(?= CUR)|une?(?= CUR))"
# A sign belongs to the figure it touches; between two figures it belongs to the first.
_CANADA = r"(?:(?:ca|c|us|CAD ?)?)"
_DOLLARS = r"(?: ?(?:CAD|ca|can)\b)?"
_CURRENCY = rf"(?:{_CANADA}(?<! )\${_DOLLARS}|{_CANADA}\$(?!\d){_DOLLARS}|(?:CAD )?CUR|CAD)(?![a-z])"
_BIG = r"=1000000|=1000"

# What may stand behind a number that is money though no currency says so: anything but a thing counted.
_WORDS_BEHIND = before(
    "INSTEAD TODAY TOMORROW NEXT THIS PAY PAID TO SINCE ALL IN OVERDUE NOTHING MON TUE WED THU FRI on toward",
    "towards sur pour for now maintenant mtn mnt svp stp please pls plz thanks thx merci le la les the ce et and",
    "or ou then alors par per each chaque more de_plus pile even flat right s il a ca d du au if si est is ben",
    "tops ok off down against with avec from maximum max",
    signs=r".!?;:)",
)
_MAY_FOLLOW = rf"(?:{_WORDS_BEHIND}|(?=,(?!\d)))"
_PHRASE_ENDS = r"(?= ?(?:$|[.,!?;:)\x00]))"

_BEFORE = re.compile(rf"(?<!\w)(?:{_CANADA}\$|(?<!\d )(?:{_CANADA}\$ |CAD ?))(?P<n>{_FIGURE})(?P<k> ?k\b)?")
_AFTER = re.compile(
    rf"{_FREE}(?P<n>{_NUMBER}|{_ONE})(?P<k> ?k)?(?: ?(?P<times>{_BIG}|PENNIES))?(?: de)? ?{_CURRENCY}"
    r"(?:(?P<part> AND_HALF| AND_QUARTER)"
    rf"|(?: ?(?:et|and|,)? ?(?P<c>=?\d{{1,2}})(?: ?(?:PENNIES|sous|c\b)|(?! ?[\d$]){_PHRASE_ENDS}))"
    rf"| (?:et|and) (?:(?P<w>=\d\d)|(?P<h>=\d{{1,2}}00)){_MAY_FOLLOW})?"
)
_THOUSANDS = re.compile(rf"{_FREE}(?P<n>{_FIGURE}|=\d{{1,3}}|a)(?P<k> ?k| grand)(?![a-z])(?! [a-z=]\b)(?! =)")
_AND_CENTS = re.compile(
    rf"{_FREE}(?P<n>=\d{{3,}}|\d{{3,}}) (?:et|and) (?P<c>=?\d{{1,2}})(?: ?PENNIES|(?<==\d\d){_PHRASE_ENDS})"
)
_HALVES = re.compile(rf"{_FREE}(?P<n>=?\d{{1,3}})(?P<part> AND_HALF) (?P<times>{_BIG})")
_MIXED = re.compile(rf"{_FREE}(?P<n>\d{{1,3}}) (?P<times>{_BIG})(?!\w)")
_PENNIES = re.compile(rf"{_FREE}(?P<c>=?\d{{1,2}}) ?(?:PENNIES|c\b)")
# "entre 200 et 300 $": the currency said once serves both.
_SHARED = re.compile(
    r"(?:BETWEEN|from|de|pas|not) (?P<at>(?P<n>\d{2,}(?:[.,]\d\d)?))"
    rf"(?= (?:et|and|a|to|TO|or|ou|mais|but|SAY) {_NUMBER} ?{_CURRENCY})"
)
_DECIMALS = re.compile(
    rf"{_FREE}(?P<n>\d{{1,3}}(?:[ ,.]\d{{3}}){{1,3}}[.,]\d{{2}}|\d+[.,]\d{{2}}|\d{{3,}}[.,]\d)"
    r"(?![\w%-]|/\d| ?%|[.,]\d| ?(?:PERCENT|h|heures?|hours?|km|mb|gb|am|pm|a\.m|p\.m)\b)"
)
_PAYMENT = r"(?:PAYMENT|CHEQUE|depot|deposit|acompte|refund|remboursement|credit)(?: (?:de|of|for|pour))?"
_LITTLE_WORDS = (
    r"(?: (?:SAY|PAY|de|of|exactly|exactement|moi|us|me|nous|like|genre|le|the|up to|a|is|est|c|en|in|should be)){0,4}"
)
_PAID = re.compile(rf"\b(?:PAY|PAID|SAY|{_PAYMENT}){_LITTLE_WORDS} (?P<at>(?P<n>{_FIGURE})){_MAY_FOLLOW}")
_INSTEAD = re.compile(rf"{_FREE}(?P<n>{_FIGURE})(?= (?:INSTEAD|SAY ?$))")
_AT_ONCE = re.compile(rf"^ ?(?P<at>(?P<n>{_FIGURE}))(?= (?:NOTHING|now|right now|maintenant|mtn|\x00))")
_WORDS = re.compile(rf"(?<![\w=])(?P<n>=\d{{3,}})(?!\w){_MAY_FOLLOW}")
# "put 200 on this one and 300 on that one": the second amount leans on the first.
_ALSO = re.compile(r"\b(?:et|and|pis|puis|then) (?P<at>(?P<n>\d{2,}))(?= (?:on|sur|to|toward|towards|for|pour)\b)")

_TIMES = {"=1000": 1000, "=1000000": 1_000_000, "PENNIES": 100}  # "3 cents dollars" are three hundred
_PARTS = {" AND_HALF": Decimal("0.5"), " AND_QUARTER": Decimal("0.25")}
_YEARS = range(2001, 2050)
_LEAST = 10  # dollars that a bare figure is worth at least: "plutôt 2" is the second


def find_priced(reading: Reading) -> None:
    """Take amounts that say a currency; nothing else can be meant."""
    for pattern in (_SHARED, _BEFORE, _AFTER, _THOUSANDS, _AND_CENTS, _HALVES, _MIXED, _PENNIES):
        _take(reading, pattern)


def find_decimals(reading: Reading) -> None:
    """Take figures with cents; before their digits pass for another number."""
    _take(reading, _DECIMALS)


def find_unpriced(reading: Reading) -> None:
    """Take figures one is asked to pay, and number words from a hundred up."""
    several = _PAID.search(reading.line) is not None
    for pattern in (_PAID, _INSTEAD, _AT_ONCE, _WORDS, *([_ALSO] if several else [])):
        _take(reading, pattern, lambda worth: worth >= _LEAST and worth not in _YEARS)


def _take(reading: Reading, pattern: re.Pattern[str], counts: Callable[[Decimal], bool] = bool) -> None:
    for worth, start, end in _found(reading.line, pattern):
        if counts(worth):
            reading.take("amount", str(worth.quantize(Decimal("0.01"), ROUND_HALF_UP)), start, end)


def _found(line: str, pattern: re.Pattern[str]) -> Iterator[tuple[Decimal, int, int]]:
    for found in pattern.finditer(line):
        start, end = found.span("at" if "at" in pattern.groupindex else 0)
        yield _worth(found), start, end


def _worth(found: Found) -> Decimal:
    """Dollars, times a thousand or a million, and cents."""
    parts = found.groupdict()
    dollars = _figure(parts.get("n") or "0") + _PARTS.get(parts.get("part") or "", Decimal(0))
    times = 1000 if parts.get("k") else _TIMES.get(parts.get("times") or "", 1)
    said = parts.get("c") or parts.get("w")
    cents = figures(said) if said else figures(parts["h"]) // 100 if parts.get("h") else 0  # "et deux cents" is 0.02
    return dollars * times + Decimal(cents) / 100


def _figure(written: str) -> Decimal:
    """``1 284,50``, ``1,284.50``, ``1.284,50``, ``1284.5`` → 1284.5; three digits after a sign are thousands."""
    written = written.removesuffix("-")
    if not written[0].isdigit():
        return Decimal(figures(written))
    found = re.fullmatch(r"(.*?)[.,](\d{1,2})", written)
    whole, cents = (found[1], found[2]) if found else (written, "0")
    return Decimal(f"{re.sub(r'[^0-9]', '', whole)}.{cents}")
