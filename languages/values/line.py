"""A message as the finders read it: every known word replaced by its symbol, the rest as it stands.

"Payez cinq cents piasses vendrdi prochain" becomes "PAY =500 CUR FRI NEXT": one pattern reads both languages,
whatever was misspelt. Every letter of the line knows which letters of the message it stands for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from languages.values import numerals
from languages.values.vocabulary import openings, phrases, spelt

_POSSESSIVE = re.compile(r"(?<=[a-z])'s(?![a-z'])")
_WORD = re.compile(r"[a-z\d]+|\+(?= [a-z])")
_SPLIT = re.compile(r"(\d+)([a-z]+)|([a-z]+)(\d+)")
_ORDINAL = re.compile(r"(\d{1,2})(?:(st|nd|rd|th)|(ers?)|(?:e|eme|ieme|iem|em|ere|iere|re|nde)s?)")
_JOINT = re.compile(r" *['-]? *")  # between the words of a phrase
_LONGEST_NUMBER = 14  # words
_COMPOSED = (numerals.WORDS | numerals.JOINS) - {"zero"}
_PIECES = re.compile(r"[' ]+|[^' ]+")
_DATED = re.compile(r"\.? *\d")
_BEFORE_MONTHS = frozenset("en in of mois".split())


@dataclass(frozen=True)
class Word:
    """A word as it was meant, and where it stands in the message."""

    said: str
    start: int
    end: int


@dataclass
class Line:
    """``text`` with, for each of its letters, where what it stands for starts and ends in the message."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def write(self, symbol: str, start: int, end: int) -> None:
        """Add what stands for ``message[start:end]``; each of two symbols stands for its share of it."""
        parts = symbol.split(" ")
        for part, (first, last) in zip(parts, shares(start, end, len(parts)), strict=True):
            self._add(part if first == start else f" {part}", first, last)

    def _add(self, letters: str, start: int, end: int) -> None:
        self.text += letters
        self.starts += [start] * len(letters)
        self.ends += [end] * len(letters)

    def space(self, at: int) -> None:
        """Part two words that stand side by side at ``message[at]``."""
        self._add(" ", at, at)

    def copy(self, message: str, start: int, end: int) -> None:
        """Add ``message[start:end]`` as it stands; apostrophes and spaces, one or many, become one space."""
        for found in _PIECES.finditer(message, start, end):
            if found[0][0] in "' ":
                self._add(" ", *found.span())
            else:
                self.text += found[0]
                self.starts += range(*found.span())
                self.ends += range(found.start() + 1, found.end() + 1)


def shares(start: int, end: int, count: int) -> Iterator[tuple[int, int]]:
    """A stretch of letters in so many parts."""
    return pairwise(start + (end - start) * at // count for at in range(count + 1))


def in_symbols(message: str) -> Line:
    """The line of a folded message."""
    message = _POSSESSIVE.sub("  ", message)
    words, line = _words(message), Line()
    at = written = 0
    while at < len(words):
        symbol, count = _symbol(message, words, at)
        line.copy(message, written, words[at].start)
        if line.text[-1:].isalnum():  # "500piasses" is two words
            line.space(words[at].start)
        written = words[at + count - 1].end
        line.write(symbol, words[at].start, written)
        at += count
    line.copy(message, written, len(message))
    return line


def _words(message: str) -> list[Word]:
    words = []
    for found in _WORD.finditer(message):
        start = found.start()
        for part in _parts(found[0]):
            words.append(Word(_meant(part), start, start + len(part)))
            start += len(part)
    return words


def _meant(part: str) -> str:
    return spelt(part) if part.isalpha() else "plus" if part == "+" else part


@lru_cache(4096)
def _parts(run: str) -> tuple[str, ...]:
    """``3jrs``, ``inv60210221`` and ``15dec`` are a number and a word; ``2day``, ``2e`` and ``c8145`` are not."""
    found = None if (run,) in phrases() or _ORDINAL.fullmatch(run) else _SPLIT.fullmatch(run)
    parts = tuple(part for part in found.groups() if part) if found else ()
    return parts if any((spelt(part),) in phrases() for part in parts) else (run,)


def _symbol(message: str, words: list[Word], at: int) -> tuple[str, int]:
    """The symbol for the words from ``at`` on, and how many of them it stands for."""
    said = words[at].said
    for count in range(_reach(message, words, at, openings().get(said, 0)), 0, -1):
        symbol = phrases().get(tuple(word.said for word in words[at : at + count]))
        if symbol is not None:
            return (said, 1) if symbol == "ITSELF" else (symbol, count)
    if said in numerals.WORDS or (said in ("a", "an") and _joined(message, words, at) in numerals.BIG):
        return _number(message, words, at)
    ordinal = _ORDINAL.fullmatch(said)
    if ordinal:
        return ordinal[1] + ("th" if ordinal[2] else "er" if ordinal[3] else "eme"), 1
    return said, 1


def _reach(message: str, words: list[Word], at: int, most: int) -> int:
    """How many words from ``at`` on stand side by side: a space, a hyphen or an apostrophe between them."""
    count = min(1, most)
    while count < most and _joined(message, words, at + count - 1) is not None:
        count += 1
    return count


def _joined(message: str, words: list[Word], at: int) -> str | None:
    """The word beside the one at ``at``, to its right."""
    if not 0 <= at < len(words) - 1 or not _JOINT.fullmatch(message, words[at].end, words[at + 1].start):
        return None
    return words[at + 1].said


def _number(message: str, words: list[Word], at: int) -> tuple[str, int]:
    """A run of number words as one number, with the place in an order it may end in: ``twenty first`` → ``=21th``."""
    run = [word.said for word in words[at : at + _reach(message, words, at, _LONGEST_NUMBER)]]
    before = words[at - 1].said if at > 0 and _joined(message, words, at - 1) is not None else ""
    other = _no_number(run, before, dated=_DATED.match(message, words[at].end) is not None)
    if other is not None:
        return other, 1
    value, count = _longest(run)
    ordinal = phrases().get((run[count],), "") if count < len(run) else ""
    if ordinal.endswith("th") and value % 10 == 0 < value < 100 and not run[count].startswith("premier"):
        return f"={value + numerals.figures(ordinal)}th", count + 1
    return f"={value}", count


def _no_number(run: list[str], before: str, *, dated: bool) -> str | None:
    """What a number word is where it counts nothing: an article, pennies ("vingt cents"), September ("5 sept")."""
    said = run[0]
    alone = before not in numerals.WORDS and (len(run) < 2 or run[1] not in numerals.WORDS)
    if said in numerals.ARTICLES and alone:
        return said
    if said == "cents" or (said == "cent" and (before.isdigit() or before in numerals.WORDS)):
        return "PENNIES"
    if said == "sept" and alone and (dated or before in _BEFORE_MONTHS or before[:1].isdigit()):
        return "SEP"
    return None


def _longest(run: list[str]) -> tuple[int, int]:
    """What the longest beginning of the run that makes one number is worth, and how many words it has."""
    words = ["one" if word in ("a", "an") else word for word in run]
    last = next((at for at, word in enumerate(words) if word not in _COMPOSED), len(words)) or 1
    for count in range(last, 0, -1):
        value = numerals.worth(" ".join(words[:count]))
        if value is not None:
            return value, count
    return 0, 1
