"""Which of the choices on offer a text message names: by its number, or by its words.

A number is a choice only while the newest reply shows it, and only in a form that can mean nothing else: ``1``,
``1.``, ``#1``, ``option 1``, ``le 1``. Whatever else a question may be answered with goes to the understanding as
it was typed: an amount (``50``, ``2 $``), the last four digits of a bank account, a code, a date (``le 15``). Two
rules keep money from moving on a misreading: ``le 1`` may be a day of the month, so it does not say yes; and single
words of a title do not say yes or no, that is for the words themselves to say.
"""

import re
from collections.abc import Iterable, Mapping

from languages.answers import plain_words
from sessions import Choice

_POLITE = frozenset("svp stp please pls merci thanks".split())
_BEFORE_A_NUMBER = frozenset("option choix choice numero number n".split())
_ARTICLES = frozenset("le la the".split())
_NUMBER_AND_NO_MORE = re.compile(r"[\w\s#.)°!’']+")
_NO_CONTENT = frozenset(
    "le la les l un une des de du d a au aux mon ma mes me my the an of to it is that ce ca c est en in et and or ou "
    "je j i vous you".split()
)
_LAST_FOUR = re.compile(r"\d{4}")
_ACCOUNT = re.compile(r"\d{10}")
_ANSWERS = ("affirm", "deny")


def meant(text: str, offered: Mapping[int, Choice]) -> Choice | None:
    """The choice, or ``None`` when the text is to be understood as a text."""
    words = [word for word in plain_words(text) if word not in _POLITE]
    number = _number(text, words)
    if number is not None:
        choice = offered.get(number)
        may_be_a_day = words[0] in _ARTICLES
        return None if choice is not None and may_be_a_day and choice.command["intent"] == "affirm" else choice
    return _by_title(words, offered.values()) or _by_words(words, offered.values())


def _number(text: str, words: list[str]) -> int | None:
    """The number of a message that is a number and no more."""
    if not words or not re.fullmatch(r"\d{1,2}", words[-1]) or not _NUMBER_AND_NO_MORE.fullmatch(text):
        return None
    alone = len(words) == 1 or (len(words) == 2 and words[0] in _BEFORE_A_NUMBER | _ARTICLES)
    return int(words[-1]) if alone else None


def _by_title(words: list[str], choices: Iterable[Choice]) -> Choice | None:
    return _only(choice for choice in choices if words and plain_words(choice.title) == words)


def _by_words(words: list[str], choices: Iterable[Choice]) -> Choice | None:
    """``payer`` for “Les payer”, ``2915`` for the account that ends so; the only one they fit, or none."""
    if len(words) == 1 and _LAST_FOUR.fullmatch(words[0]):
        return _only(choice for choice in choices if _ends_so(choice.title, words[0]))
    if not set(words) - _NO_CONTENT or any(word.isdigit() for word in words):
        return None
    return _only(
        choice
        for choice in choices
        if choice.command["intent"] not in _ANSWERS and set(words) <= set(plain_words(choice.title))
    )


def _ends_so(title: str, digits: str) -> bool:
    return any(account.endswith(digits) for account in _ACCOUNT.findall(title))


def _only(choices: Iterable[Choice]) -> Choice | None:
    found = list(choices)
    return found[0] if len(found) == 1 else None
