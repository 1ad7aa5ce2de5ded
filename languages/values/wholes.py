"""All of them, all that are overdue, and the whole of what is owed."""

import re

from languages.values.patterns import FINISH, TAKEN, THING, before, either
from languages.values.reading import Reading

_B, _E = r"(?<![\w=])", FINISH
_THOSE = either(
    r"INVOICE les? mes nos vos ces ls de des d the my our of these those ce ce_qui THIS_qui celles? ceux qui sont",
    r"est that is are what open outstanding unpaid autres other impayees ouvertes ones =?\d",
)
_OVERDUE = re.compile(rf"{_B}(?:(?:ALL|EVERYTHING|EVERY)(?: {_THOSE}){{0,4}} )?OVERDUE(?: {THING})?{_E}")
# "Late" alone says nothing of an invoice: "late ones", "everything that's late", "which are late" do.
_THAT_ARE = r"(?:what|whats|that|thats|which|ones|INVOICE)(?: (?:is|are|that|which)){0,2}"
_LATE = re.compile(
    rf"{_B}(?:(?:ALL|EVERYTHING|any|EVERY)(?: \w+){{0,2}} LATE(?: {THING})?|LATE {THING}|{_THAT_ARE} LATE){_E}"
)
# Who is late points at no invoice.
_PEOPLE_ARE = either(
    "suis chu chus serai serais sera etre etais sommes serons on_est i_am we_are you_are i_m im be was were been",
    "m re",
)
_BEING_LATE = re.compile(rf"\b{_PEOPLE_ARE} (?:\w+ )?(?:OVERDUE|LATE){_E}")

_THINGS = either(
    "celles? ceux of_them of_it them of_these of_those balances? soldes? montants? pdfs? documents? docs? copies",
    "fichiers?",
    THING,
)
_OWED = r"(?:that )?(?:ce que )?(?:je|on|nous|i|we) (?:dois|doit|devons|owe|have)"
_ALL_THINGS = re.compile(
    rf"{_B}ALL(?:(?:(?: {_THOSE})|[ \x00]+){{0,3}} {_THINGS}| {_OWED}| (?:mon|le|my|notre|our) ACCOUNT| PAY){_E}"
)
_NOTHING_BEHIND = before(
    "NOTHING IN SAY THIS INSTEAD svp stp please pls plz from with SINCE for sauf but except",
    "excepte moins off up sans at d_un en now mtn",
    r"maintenant pis et and of_it ones le la =?\d$",
    signs=".,!;)",
)
_ALL = re.compile(rf"{_B}(?:EVERYTHING|EVERY {THING}|ALL(?: ca)?{_NOTHING_BEHIND}){_E}")
_WHOLE = re.compile(rf"{_B}WHOLE{_E}(?! (?:est|is|was|etait|seems?|semble|of)\b)")

# "All" is all invoices where somebody asks or pays for it, or says nothing before it.
_BETWEEN = r"(?:[ ,-]+\w+){0,4}[ ,-]*$"
_ASKED = re.compile(rf"\b(?:PAY|PAID|WANT|SAY){_BETWEEN}")
_PAID = re.compile(rf"\b(?:PAY|PAID|PAYMENT|debit|solde){_BETWEEN}")
_OPENER = either("SAY oui yes non no ok euh uh um ben bon the le les la l svp please je on i and et pis")
_OPENING = re.compile(rf"[ {TAKEN},.;:!()]*(?:{_OPENER}[ ,.]+){{0,6}}")


def find_overdue(reading: Reading) -> None:
    """Take those overdue, with "all" before them."""
    for late in _BEING_LATE.finditer(reading.line):
        reading.hide(*late.span())
    for pattern in (_OVERDUE, _LATE):
        for found in pattern.finditer(reading.line):
            reading.take("selector", "overdue", *found.span())


def find_all(reading: Reading) -> None:
    """Take all invoices, and "all" alone where it is asked for."""
    for found in _ALL_THINGS.finditer(reading.line):
        reading.take("selector", "all", *found.span())
    for found in _ALL.finditer(reading.line):
        if _said(reading, found.start(), _ASKED):
            reading.take("selector", "all", *found.span())


def find_whole(reading: Reading) -> None:
    """Take "in full" where nothing else is pointed at; of an invoice it is only the whole of it."""
    if any(value.entity in ("selector", "invoice_number") for value in reading.values):
        return
    for found in _WHOLE.finditer(reading.line):
        if _said(reading, found.start(), _PAID):
            reading.take("selector", "all", *found.span())


def _said(reading: Reading, start: int, pattern: re.Pattern[str]) -> bool:
    before = reading.line[:start]
    return bool(_OPENING.fullmatch(before) or pattern.search(before[-60:]))
