"""A text while values are taken out of it: what one finder took, the next does not see."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from languages.detection import detect
from languages.formats import Language
from languages.values.line import Line, in_symbols, shares
from languages.values.patterns import TAKEN

_SAME_LENGTH = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "`": "'", "‑": "-", "–": "-", "—": "-", "−": "-", "œ": "o", "æ": "a", "¢": "c"}
    | dict.fromkeys("\u00a0\u202f\u2009\u2007\t\n\r\x00", " ")
)


@dataclass(frozen=True)
class Value:
    """A value and where it stood: ``text[start:end]``."""

    entity: str
    value: str
    start: int
    end: int


@dataclass
class Reading:
    """``plain`` is the text folded letter for letter; ``line`` what is left of it when first asked for, in symbols."""

    text: str
    plain: str = field(init=False)
    values: list[Value] = field(init=False, default_factory=list)
    _line: Line | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.plain = "".join(map(_fold, self.text.translate(_SAME_LENGTH)))

    @property
    def language(self) -> Language | None:
        """The language of the whole text."""
        return detect(self.text).language

    @property
    def line(self) -> str:
        """The text in symbols, less what was taken (:mod:`languages.values.line`)."""
        return self._read().text

    def take_plain(self, entity: str, value: str, start: int, end: int) -> None:
        """Keep the value that stands at ``plain[start:end]``, and hide its place; before the line is first read."""
        self.values.append(Value(entity, value, start, end))
        self.hide_plain(start, end)

    def hide_plain(self, start: int, end: int) -> None:
        """Nobody after this looks here."""
        self.plain = self.plain[:start] + TAKEN * (end - start) + self.plain[end:]

    def take(self, entity: str, value: str, start: int, end: int) -> None:
        """Keep the value that stands at ``line[start:end]``, and hide its place."""
        self.take_together(entity, [value], start, end)

    def take_together(self, entity: str, values: Sequence[str], start: int, end: int) -> None:
        """Keep values that stand at ``line[start:end]`` together: each has its share of it, none overlaps another."""
        read = self._read()
        taken = read.text.find(TAKEN, start, end)
        end = taken if taken > start else end  # "all the [2025] invoices" stands around another value
        edges = shares(read.starts[start], read.ends[end - 1], len(values))
        self.values += [Value(entity, value, *edge) for value, edge in zip(values, edges, strict=True)]
        self.hide(start, end)

    def hide(self, start: int, end: int) -> None:
        """Nobody after this looks at this part of the line."""
        read = self._read()
        read.text = read.text[:start] + TAKEN * (end - start) + read.text[end:]

    def _read(self) -> Line:
        if self._line is None:
            self._line = in_symbols(self.plain)
        return self._line


def _fold(letter: str) -> str:
    """One letter for one: ``É`` → ``e``; what has no such letter stays."""
    if letter.isascii():
        return letter.lower()
    bare = unicodedata.normalize("NFKD", letter)[0].lower()
    return bare if len(bare) == 1 else letter
