"""Text as a telephone gets it: counted in segments, normalised without loss of a letter, cut at good places.

A message in the GSM-7 alphabet holds 160 characters, or 153 in each of several segments; one letter outside it
(â ê î ô û ë ï ç œ À…) makes it UCS-2 with 70, or 67 (security.md, T6). French keeps its letters all the same.
"""

import re

SEGMENTS_AT_MOST = 4  # in one message; what is longer goes out as several

_GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_7_TWICE = frozenset("^{}\\[~]|€\f")  # sent as an escape and a letter
_SINGLE, _OF_SEVERAL = {"gsm-7": 160, "ucs-2": 70}, {"gsm-7": 153, "ucs-2": 67}

_SPACE = r"[ \u00a0\u202f]?"
_REPLACEMENTS = (
    (re.compile(f"«{_SPACE}|{_SPACE}»"), '"'),
    (re.compile("’"), "'"),
    (re.compile("…"), "..."),
    (re.compile("–"), "-"),
    (re.compile("[\u00a0\u202f]"), " "),
    (re.compile("(?<=[Nn])°"), "o"),  # "No", as Québec abbreviates "numéro" in plain type
    (re.compile("•"), "*"),
)
_ACCOUNT_NUMBER = re.compile(r"(?<![\d-])[19]\d{5}(\d{4})(?!\d)")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_LABEL = "({}/{}) "
_LABEL_ROOM = len("(99/99) ")


def normalised(text: str) -> str:
    """With typewriter quotes, dots, dashes and spaces, which cost no letter and often half the segments."""
    for found, instead in _REPLACEMENTS:
        text = found.sub(instead, text)
    return text


def without_full_numbers(text: str) -> str:
    """Account numbers as their last four digits: a full one never goes into an SMS (security.md, A12)."""
    return _ACCOUNT_NUMBER.sub(r"***\1", text)


def encoding(text: str) -> str:
    """``gsm-7``, or ``ucs-2`` when one letter asks for it."""
    return "gsm-7" if all(letter in _GSM_7 or letter in _GSM_7_TWICE for letter in text) else "ucs-2"


def segments(text: str) -> int:
    """How many segments are sent, and paid for; 0 for nothing."""
    alphabet = encoding(text)
    widths = [_width(letter, alphabet) for letter in text]
    if sum(widths) <= _SINGLE[alphabet]:
        return 1 if text else 0
    count, used = 1, 0
    for width in widths:
        used += width
        if used > _OF_SEVERAL[alphabet]:  # neither an escape nor a surrogate pair is torn apart
            count, used = count + 1, width
    return count


def parts(text: str, at_most: int = SEGMENTS_AT_MOST) -> list[str]:
    """The text as messages of at most so many segments, cut between lines, else sentences, else words.

    Several are labelled ``(1/3)``: networks may deliver them in another order.
    """
    if segments(text) <= at_most:
        return [text]
    pieces = _packed(text.split("\n"), "\n", at_most)
    return [_LABEL.format(number, len(pieces)) + piece for number, piece in enumerate(pieces, 1)]


def _width(letter: str, alphabet: str) -> int:
    if alphabet == "gsm-7":
        return 2 if letter in _GSM_7_TWICE else 1
    return 2 if ord(letter) > 0xFFFF else 1


def _packed(pieces: list[str], joint: str, at_most: int) -> list[str]:
    """Neighbours together for as long as they fit; a piece too long by itself is cut finer."""
    packed: list[str] = []
    for piece in pieces:
        if packed and _fits(packed[-1] + joint + piece, at_most):
            packed[-1] += joint + piece
        elif _fits(piece, at_most):
            packed.append(piece)
        else:
            packed.extend(_cut(piece, at_most))
    return [piece.strip() for piece in packed if piece.strip()]


def _cut(piece: str, at_most: int) -> list[str]:
    sentences = _SENTENCE_END.split(piece)
    if len(sentences) > 1:
        return _packed(sentences, " ", at_most)
    words = piece.split(" ")
    if len(words) > 1:
        return _packed(words, " ", at_most)
    room = at_most * _OF_SEVERAL["ucs-2"] // 2 - _LABEL_ROOM
    return [piece[start : start + room] for start in range(0, len(piece), room)]


def _fits(piece: str, at_most: int) -> bool:
    return segments(" " * _LABEL_ROOM + piece) <= at_most
