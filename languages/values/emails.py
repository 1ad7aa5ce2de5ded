"""E-mail addresses, written or said aloud."""

import re

from languages.lexicon import lexicon
from languages.values.reading import Reading

_WRITTEN = re.compile(
    r"(?<![a-z0-9._%+'-])[a-z0-9][a-z0-9._%+'-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?![a-z0-9])"
)
_SIGNS = {
    ".": r"point|dot|pt",
    "-": r"tiret(?! bas)|trait d'union|dash|hyphen|moins",
    "_": r"souligne|underscore|tiret bas|barre de soulignement|underline",
    "+": r"plus",
}
_PART = r"[a-z0-9]{1,40}"
_SIGN = rf" (?:{'|'.join(_SIGNS.values())}) "
_AT_SAID = r"arobase|arobas|arrobas|arobaz|arobasse|a commercial|at sign|at(?! the| that| this| my| our| work| home)"
_AT = rf" ?(?:@|\(at\)|\[at\]) ?| (?:{_AT_SAID}) "
_DOT = r" ?\. ?| ?[(\[](?:dot|point)[)\]] ?| (?:point|dot|pt) "
_ENDS = r"com|ca|org|net|fr|example|exemple|info|qc|biz|io|co|edu|gouv|us|uk"
_SAID = re.compile(
    rf"(?<![a-z0-9@.])(?P<who>{_PART}(?:(?:{_SIGN}|[._-]){_PART}){{0,6}})(?P<at>{_AT})"
    rf"(?P<where>{_PART}(?:(?:{_SIGN}|[ ._-]){_PART}){{0,5}}?)(?:{_DOT})(?P<end>(?:{_PART}(?:{_DOT}))?(?:{_ENDS}))"
    r"(?![a-z0-9@])"
)
_HINTS = (" at ", "arob", "arrob", " a commercial ", "(at)", "[at]", "@")
_BRACKETS = re.compile(r"[(\[](dot|point|at)[)\]]")
_SIGNS_SAID = [(re.compile(rf" (?:{said}) "), sign) for sign, said in _SIGNS.items()]


def find_emails(reading: Reading) -> None:
    """Take every address; what is taken is lower case."""
    for found in _WRITTEN.finditer(reading.plain):
        reading.take_plain("email", found[0].rstrip("'"), *found.span())
    if any(hint in reading.plain for hint in _HINTS):
        for found in _SAID.finditer(reading.plain):
            if " " in found["at"] and lexicon().get(found["who"], (None, ""))[1] == "grammar":
                continue  # "our addresses end in @…"
            address = f"{_written(found['who'])}@{_written(found['where'])}.{_written(found['end'])}"
            reading.take_plain("email", address, *found.span())


def _written(said: str) -> str:
    """``bob dot smith`` → ``bob.smith``; words without a sign between run together."""
    said = " " + _BRACKETS.sub(r" \1 ", said) + " "
    for pattern, sign in _SIGNS_SAID:
        said = pattern.sub(sign, said)
    return said.replace(" ", "")
