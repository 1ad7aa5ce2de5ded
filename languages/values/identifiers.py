"""Numbers that name something: invoices, accounts, one-time codes. A wrong length names nothing."""

import re
from collections.abc import Iterator

from languages.values.reading import Reading

# Letters before or behind make a model or a postal code of it, a sign before or behind an amount.
_RUN = re.compile(r"(?<![a-z\d$.,=])(?<![\d][ -])\d+(?:(?: ?- ?| |\.)\d+)*(?!\w|[%$]| ?\$|[.,]\d)")
_FIGURES = re.compile(r"\d+")
_NOT_A_CODE = re.compile(
    r"(?:\berr\w{0,5}|INVOICE|ACCOUNT|\bmodele?l?|\bserie|\bserial|\btransit|\bpostal|\bticket|\bdossier)"
    r"\W{0,3}(?:(?:code|NUMBER|no|is|est|le|la|n)\W{1,3}){0,3}$|(?:compteur|meter|counter)(?: \w+)?\W{0,3}$"
)
# "9123-4567 Québec inc." is the name of a company.
_COMPANY = re.compile(r" (?:quebec|canada|ontario)\b")
_DIGIT = r"(?:=\d+|\d+|une?|one|oh|o|(?:double|triple)(?= ))"
_SAID = re.compile(rf"(?<![\w=.,-]){_DIGIT}(?:(?:[ -]|, ?|\.{{2,3}} ?| et ){_DIGIT}){{2,}}(?!\w)")
_SAID_DIGIT = re.compile(r"double|triple|\d+|une?|one|oh?")
_WRITTEN = {"o": "0", "oh": "0", "un": "1", "une": "1", "one": "1"}
_TIMES = {"double": 2, "triple": 3}


def find_identifiers(reading: Reading) -> None:
    """Take invoice and account numbers and one-time codes, in figures or said digit by digit."""
    line = reading.line
    for found in _RUN.finditer(line):
        for entity, digits, start, end in _numbers(line, found):
            reading.take(entity, digits, start, end)
    for found in _SAID.finditer(reading.line):
        digits = _digits(found[0])
        named = _entity(digits)
        if named and "=" in found[0]:
            reading.take(named, digits, *found.span())


def _numbers(line: str, run: re.Match[str]) -> Iterator[tuple[str, str, int, int]]:
    """The whole run if it has a length that counts, else those of its parts that have one by themselves."""
    parts = [(part[0], run.start() + part.start(), run.start() + part.end()) for part in _FIGURES.finditer(run[0])]
    whole = ("".join(part[0] for part in parts), run.start(), run.end())
    if _COMPANY.match(line, run.end()):
        return
    for digits, start, end in [whole] if _entity(whole[0]) else parts:
        entity = _entity(digits)
        if entity and not (entity == "otp_code" and _NOT_A_CODE.search(line[max(0, start - 40) : start])):
            yield entity, digits, start, end


def _entity(digits: str) -> str | None:
    if len(digits) == 10 and digits[0] in "19":
        return "account_number"
    return {8: "invoice_number", 6: "otp_code"}.get(len(digits))


def _digits(said: str) -> str:
    """``=4 oh double =1`` → ``4011``; tens count as two digits."""
    digits, times = "", 1
    for one in _SAID_DIGIT.findall(said):
        if one in _TIMES:
            times = _TIMES[one]
        else:
            digits += _WRITTEN.get(one, one) * times
            times = 1
    return digits
