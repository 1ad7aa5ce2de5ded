"""Routing numbers: the nine digits that name a bank and its branch.

American (ABA): weights 3-7-1, sum divisible by 10, prefixes 00–12, 21–32, 61–72 and 80 (ABA Key to
Routing Numbers). Canadian electronic form (Payments Canada): ``0YYYXXXXX``, institution then transit.
"""

import re

_ABA_PREFIXES = frozenset([*range(1, 13), *range(21, 33), *range(61, 73), 80])
_WEIGHTS = (3, 7, 1, 3, 7, 1, 3, 7, 1)
# Institutions of Payments Canada's list that hold business accounts.
_CANADIAN_INSTITUTIONS = frozenset(
    "001 002 003 004 006 010 016 030 039 117 127 140 219 241 260 269 270 303 308 309 310 315 320 338 340 355 361 "
    "374 509 540 608 614 621 623 809 815 819 828 829 837 839 865 879 889 899".split()
)


def is_routing_number(number: str) -> bool:
    """Whether nine digits can name a bank, American or Canadian."""
    return is_aba(number) or is_canadian(number)


def is_aba(number: str) -> bool:
    """American: the checksum catches every single wrong digit."""
    if not re.fullmatch(r"\d{9}", number) or int(number[:2]) not in _ABA_PREFIXES:
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=True)) % 10 == 0


def is_canadian(number: str) -> bool:
    """Canadian electronic form: a zero, a known institution, a transit number other than zeros."""
    if not re.fullmatch(r"0\d{8}", number) or number[4:] == "00000":
        return False
    return number[1:4] in _CANADIAN_INSTITUTIONS


def is_account_number(number: str) -> bool:
    """7 to 12 digits (CPA Standard 005)."""
    return re.fullmatch(r"\d{7,12}", number) is not None and set(number) != {"0"}
