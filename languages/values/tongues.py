"""The language somebody asks for, not the one they write in."""

import re

from languages.values.reading import Reading

_NAMED = re.compile(
    r"(?<![a-z])(?:(?P<fr>(?:le |du )?(?:francais\w?|fransais|francai|francias|fracais|french|frenhc|frech|franch|fre?nch|francophones?)"
    r"|(?<=en )fr|^fr(?= (?:svp|stp|please|pls)|$))"
    r"|(?P<en>(?:l')?(?:anglais\w?|langlais|anglai|englais|angalis|english|engish|englsih|enlgish|inglish|englih|anglophones?|anglo)"
    r"|(?<=en )ang|(?<=in )en|eng(?= (?:pls|plz|please|svp|instead|only)|$)|(?<=in )eng|(?<=do )eng|^en(?= (?:svp|stp|please|pls)$)|^en$|^eng$))(?![a-z])"
)
_NOT = re.compile(
    r"(?:\b(?:pas|not|instead of|plutot qu\w*|rather than|from|au lieu d[eu]|no more|sans|without)(?: (?:en|in|de|du|any))*"
    r"|(?:n't|\bnot|nt|\bcannot) (?:understand|read|speak|get|know|want)(?: (?:any|much|in))*"
    r"|(?:comprends?|parle|lis|veux|sais) (?:pas|plus|rien)(?: (?:en|du|de))*)[ ']*$"
)
_WHY = re.compile(r"\b(?:why|pourquoi|pk|how come)\b[^.!?]*$")


def find_languages(reading: Reading) -> None:
    """Take the language wanted: the last one not refused, else the other than the one refused."""
    named = [(found.lastgroup or "", found.start(), found.end()) for found in _NAMED.finditer(reading.plain)]
    if not named:
        return
    wanted = [one for one in named if not _refused(reading.plain[: one[1]])]
    for language, start, end in wanted[-1:]:
        reading.take("language", language, start, end)
    if not wanted:
        language, start, end = named[-1]
        reading.take("language", "en" if language == "fr" else "fr", start, end)


def _refused(before: str) -> bool:
    return bool(_NOT.search(before[-32:]) or _WHY.search(before))
