"""The language somebody asks for, not the one they write in."""

import re

from languages.values.patterns import either
from languages.values.reading import Reading

_POLITE = r"(?:svp|stp|please|pls|plz)"
_IN = r"(?:(?<=\ben )|(?<=\bin )|(?<=\bto )|(?<=\bmettez ))"
_IN_ENGLISH = r"(?:(?<=\bin )|(?<=\bto ))"  # "en" after "en" or alone in a sentence is a French word
_FRENCH = rf"FRENCH|{_IN}fr|^fr(?=$| {_POLITE})"
_ENGLISH = rf"ENGLISH|{_IN}ang|{_IN_ENGLISH}(?:en|eng)|eng(?= (?:{_POLITE}|INSTEAD|SAY))|^(?:en|eng)(?= {_POLITE}$|$)"
_NAMED = re.compile(rf"(?<!\w)(?:(?P<fr>{_FRENCH})|(?P<en>{_ENGLISH}))(?!\w)")
_REFUSED = re.compile(
    r"(?:"
    r"\b(?:pas|not|no|stop|INSTEAD|SAY than|rather than|from|no more|sans|without|aucun)"
    r"(?: (?:en|in|de|du|l|d|of|any|que|with|the|sending|me|mailing|us|m|envoyer|a)){0,4}"
    r"|\b(?:t|not|nt|dont|cant|cannot|didnt) (?:understand|read|speak|know|WANT)(?: (?:any|much|in|the)){0,3}"
    r"|\b(?:comprends?|parle|lis|WANT|sais|speak|understand) (?:pas|plus|rien)"
    r"(?: (?:en|du|de|l|ben|bien|tres|trop|beaucoup)){0,3}"
    r")[ -]*$"
)
# What is in a language by mistake is wanted in the other.
_WEAK = either("weak bad poor rusty limited faible rouille good bon fort great")
_BAD = rf"(?:is|est) (?:pas |not )?(?:so |very |tres |that )?{_WEAK}\b"
_NOT_READ = either("don_t do_not can_t cannot understand comprends? reads?")
_NOBODY_READS_IT = rf"(?:and|et) (?:i|we|je|on|nobody) (?:here )?{_NOT_READ}"
_PUT_RIGHT = (
    r"(?:par|by) (?:erreur|mistake|accident)|change[rz]? (?:that|it|ca|sa|cela)\b|corrig|fix|faites? quelque chose|"
    r"do something|put (?:it|that) back|(?:can|could) (?:you|u) change (?:it|that)"
)
_WRONG = re.compile(rf"[ ,.;!]*(?:{_PUT_RIGHT}|{_NOBODY_READS_IT}|{_BAD})")
_STILL = re.compile(r"\b(?:toujours?|encore|still|always) (?:en|in) $")
_WHY = re.compile(r"\b(?:why|pourquoi|pk|how come)\b[^.!?]*$")
_FROM_ONE = re.compile(r"\bde l[ -]$")  # "de l'anglais au français"


def find_languages(reading: Reading) -> None:
    """Take the language wanted: the last one not refused, else the other than the one refused."""
    line = reading.line
    named = [(found.lastgroup or "", *found.span()) for found in _NAMED.finditer(line)]
    wanted = [one for at, one in enumerate(named) if not _refused(line, named[:at], one[1], one[2])]
    if wanted:
        reading.take("language", *wanted[-1])
    elif named:
        language, start, end = named[-1]
        reading.take("language", "en" if language == "fr" else "fr", start, end)


def _refused(line: str, earlier: list[tuple[str, int, int]], start: int, end: int) -> bool:
    """Whether the language at ``line[start:end]`` is the one not wanted, given those named before it."""
    before = line[earlier[-1][2] if earlier else 0 : start]
    if _REFUSED.search(before[-40:]) or _WHY.search(before) or _WRONG.match(line, end) or _STILL.search(before):
        return True
    return not earlier and bool(_FROM_ONE.search(before) and _NAMED.search(line, end))
