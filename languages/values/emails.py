"""E-mail addresses, written or said aloud."""

import re

from languages.values.reading import Reading

_WRITTEN = re.compile(r"[a-z0-9][a-z0-9._%+'-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
_SIGNS = {
    ".": r"point|dot|pt",
    "-": r"tiret(?! bas)|trait d'union|dash|hyphen|moins",
    "_": r"souligne|underscore|tiret bas|barre de soulignement|underline",
    "+": r"plus",
}
_SIGN = "|".join(_SIGNS.values())
_PART = r"[a-z0-9]+"
_AT = r"arobase|arobas|arrobas|arobaz|arobasse|a commercial|at sign|\(at\)|@|at"
# who (sign part)* at part (sign? part)* dot ending
_SAID = re.compile(
    rf"(?<![a-z0-9])(?P<who>{_PART}(?:(?: (?:{_SIGN}) |[._-]){_PART})*) ?(?<=[\s\w])(?:{_AT}) "
    rf"(?P<where>{_PART}(?:(?: (?:{_SIGN}) |[ ._-]){_PART})*?)(?: ?\. ?| (?:point|dot|pt) )"
    rf"(?P<end>(?:{_PART}(?: ?\. ?| (?:point|dot|pt) ))?(?:com|ca|org|net|fr|example|exemple|info|qc|biz|io|co|edu|gouv|us|uk))"
    r"(?![a-z0-9])"
)
_SIGNS_SAID = [(re.compile(rf" (?:{said}) "), sign) for sign, said in _SIGNS.items()]


def find_emails(reading: Reading) -> None:
    """Take every address; what is taken is lower case."""
    for found in _WRITTEN.finditer(reading.plain):
        reading.take("email", found[0].strip("'."), found.start(), found.end())
    if not any(word in reading.plain for word in (" at ", "arob", "arrob", " a commercial ", "(at)", "@", "at sign")):
        return
    for found in _SAID.finditer(reading.plain):
        address = f"{_written(found['who'])}@{_written(found['where'])}.{_written(found['end'])}"
        reading.take("email", address, found.start(), found.end())


def _written(said: str) -> str:
    """``bob dot smith`` → ``bob.smith``; words without a sign between run together."""
    said = f" {said} "
    for pattern, sign in _SIGNS_SAID:
        said = pattern.sub(sign, said)
    return said.replace(" ", "")
