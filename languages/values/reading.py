"""A text while values are taken out of it: what one finder took, the next does not see."""

import unicodedata
from dataclasses import dataclass, field

from languages.detection import detect
from languages.formats import Language

_TAKEN = "\x00"
_SAME_LENGTH = str.maketrans(
    {"’": "'", "ʼ": "'", "`": "'", "‑": "-", "–": "-", "—": "-", "−": "-", "œ": "o", "æ": "a", "ﬁ": "f"}
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
    """``plain`` is the text folded letter for letter, so that places in it are places in ``text``."""

    text: str
    plain: str = field(init=False)
    values: list[Value] = field(init=False, default_factory=list)
    _language: Language | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.plain = "".join(map(_fold, self.text.translate(_SAME_LENGTH)))

    @property
    def language(self) -> Language | None:
        """The language of the whole text, worked out only if somebody asks."""
        self._language = self._language or detect(self.text).language
        return self._language

    def take(self, entity: str, value: str, start: int, end: int) -> None:
        """Keep a value and hide its place; an empty value hides the place only."""
        if value:
            self.values.append(Value(entity, value, start, end))
        self.hide(start, end)

    def hide(self, start: int, end: int) -> None:
        """Nobody after this looks here."""
        self.plain = self.plain[:start] + _TAKEN * (end - start) + self.plain[end:]


def _fold(letter: str) -> str:
    """One letter for one: ``É`` → ``e``; what has no such letter stays."""
    if letter.isascii():
        return letter.lower()
    bare = unicodedata.normalize("NFKD", letter)[0].lower()
    return bare if len(bare) == 1 else letter
