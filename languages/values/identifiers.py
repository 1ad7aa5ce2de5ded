"""Numbers that name something: invoices, accounts, one-time codes, ACH references. A wrong length names nothing."""

import re
from collections.abc import Iterator

import phonenumbers

from languages.values import numerals
from languages.values.reading import Reading

_REFERENCE = re.compile(r"(?<![a-z0-9])ach[ :#_]*-?[ :#]*([0-9a-z]{4}[ -]?[0-9a-z]{4})(?![a-z0-9]|-[a-z0-9])")
_ALPHABET = re.compile(r"[0-9a-hjkmnp-tv-z]{8}")
# A figure before or after which letters stand is a model or a postal code, unless they say "invoice".
_RUN = re.compile(
    r"(?<![\d$.,/])(?<![\d][ -])(?:(?<![a-z])|(?<=fact)|(?<=facture)|(?<=inv)|(?<=invoice)|(?<=no)|(?<=num)|(?<=bill)|(?<=compte))"
    r"\d+(?:(?: ?- ?| |\.)\d+)*(?![a-z\d%$]| ?\$|[.,]\d)"
)
_TELEPHONE = re.compile(r"(?<!\d)(?:\+?1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)")
_TELEPHONE_WORD = re.compile(
    r"(?:tel|telephone|phone|cell|cellulaire|appel\w*|rappel\w*|joindre|rejoindre|call|ring|reach|texto?|fax|poste|composer?)\b"
)
_NOT_A_CODE = re.compile(
    r"(?:err\w*|facture|fact|invoice|inv|bill|compte|account|acct|client|customer|modele|model|serie|serial|transit|postal)"
    r"\W*(?:code|number|numero|no|num|#|n°)?\W*(?:is|est|:|le|la)?\W*$"
)

_DIGIT = {
    "zero": "0", "oh": "0", "o": "0",
    **{word: str(at) for at, word in enumerate("one two three four five six seven eight nine".split(), 1)},
    **{word: str(at) for at, word in enumerate("un deux trois quatre cinq six sept huit neuf".split(), 1)},
}  # fmt: skip
_TENS = "|".join(
    "dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante "
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty "
    "sixty seventy eighty ninety".split()
)
_SAID_WORD = rf"(?:(?:double|triple) )?(?:{'|'.join(_DIGIT)}|{_TENS}|\d+)"
_SAID = re.compile(rf"(?<![a-z\d'-]){_SAID_WORD}(?:(?:[ -]|, ?|\.{{3}} ?| et ){_SAID_WORD}){{3,}}(?![a-z\d])")
_TWO_DIGITS = re.compile(
    r"quatre[ -]vingt[ -]dix[ -](?:sept|huit|neuf)|quatre[ -]vingt[ -](?:dix|onze|douze|treize|quatorze|quinze|seize)|"
    r"quatre[ -]vingt[ -](?:un|deux|trois|quatre|cinq|six|sept|huit|neuf)|quatre[ -]vingts?|"
    r"soixante[ -](?:et[ -])?(?:dix[ -](?:sept|huit|neuf)|dix|onze|douze|treize|quatorze|quinze|seize)|"
    r"(?:vingt|trente|quarante|cinquante|soixante)[ -](?:et[ -])?(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf)|"
    r"dix[ -](?:sept|huit|neuf)|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -](?:one|two|three|four|five|six|seven|eight|nine)|"
    rf"{_TENS}"
)


def find_references(reading: Reading) -> None:
    """Take payment references; hide what looks like one and is none, lest its digits pass for another number."""
    for found in _REFERENCE.finditer(reading.plain):
        code = re.sub(r"[ -]", "", found[1])
        if any(letter.isdigit() for letter in code) or found[0].startswith("ach-"):
            reading.take(
                "payment_reference",
                f"ACH-{code.upper()}" if _ALPHABET.fullmatch(code) else "",
                found.start(),
                found.end(),
            )


def hide_telephones(reading: Reading) -> None:
    """A telephone number is none of our numbers."""
    for found in _TELEPHONE.finditer(reading.plain):
        before = reading.plain[max(0, found.start() - 30) : found.start()]
        number = phonenumbers.parse(found[0], "CA")
        if _TELEPHONE_WORD.search(before) or phonenumbers.is_possible_number(number) and _dialled(found[0]):
            reading.hide(found.start(), found.end())


def find_identifiers(reading: Reading) -> None:
    """Take invoice and account numbers and one-time codes, in figures or said digit by digit."""
    for found in list(_RUN.finditer(reading.plain)):
        _take_figures(reading, found)
    for found in list(_SAID.finditer(reading.plain)):
        digits = _digits_said(found[0])
        entity = _entity(digits)
        if entity and not found[0].isdigit():
            reading.take(entity, digits, found.start(), found.end())


def _take_figures(reading: Reading, run: re.Match[str]) -> None:
    parts = [(part[0], run.start() + part.start(), run.start() + part.end()) for part in re.finditer(r"\d+", run[0])]
    for digits, start, end in _joined(parts):
        entity = _entity(digits)
        if entity == "otp_code" and _NOT_A_CODE.search(reading.plain[max(0, start - 40) : start]):
            continue
        if entity:
            reading.take(entity, digits, start, end)


def _joined(parts: list[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """The whole run if it has a length that counts, else the parts that have one, else nothing."""
    whole = "".join(digits for digits, _, _ in parts)
    if _entity(whole):
        yield whole, parts[0][1], parts[-1][2]
        return
    at = 0
    while at < len(parts):
        for last in range(at + 1, len(parts) + 1):
            digits = "".join(part[0] for part in parts[at:last])
            # Within a longer run only a full number counts: six digits of a wrong number are no code.
            if len(digits) in (8, 10) and _entity(digits):
                yield digits, parts[at][1], parts[last - 1][2]
                at = last - 1
                break
        at += 1


def _entity(digits: str) -> str | None:
    if len(digits) == 10 and digits[0] in "19":
        return "account_number"
    return {8: "invoice_number", 6: "otp_code"}.get(len(digits))


def _dialled(written: str) -> bool:
    """Written in threes and four like a telephone number, with an exchange that can be one."""
    digits = re.sub(r"\D", "", written)[-10:]
    return digits[3] in "23456789"


def _digits_said(said: str) -> str:
    """``quatre oh double one`` → ``4011``; tens count as two digits."""
    said = _TWO_DIGITS.sub(lambda found: str(numerals.number(found[0].replace("-", " ")) or found[0]), said)
    digits = ""
    times = 1
    for word in re.findall(r"[a-z]+|\d+", said):
        if word in ("double", "triple"):
            times = 2 if word == "double" else 3
            continue
        digits += _DIGIT.get(word, word if word.isdigit() else "") * times
        times = 1
    return digits
