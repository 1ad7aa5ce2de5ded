"""Amounts of money: figures with a currency, decimals or a verb of paying; number words."""

import re
from decimal import ROUND_HALF_UP, Decimal

from languages.values import numerals
from languages.values.reading import Reading

_FIGURES = r"(?:\d{1,3}(?:[ ,.']\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)(?![\d])"
_SIGN = r"(?:(?:ca|c|us)?\$(?: ?ca\b)?|dollars?|dolars?|dollards?|piass?es?|piastres?|bucks?|balles|cad\b|cdn\b)(?![a-z])"
_CENT = r"(?:cents?|cennes?|sous|¢|pennies)(?![a-z])"
_FREE = r"(?<![\w.,#-])"
_AFTER = re.compile(
    rf"{_FREE}(?P<n>{_FIGURES})(?P<k> ?k)? ?(?:{_SIGN})(?: canadiens?)?"
    rf"(?:(?: et| and|,)? ?(?P<c>\d{{1,2}})(?: ?{_CENT}|(?= ?(?:$|[.,!?;)]))))?"
)
_BEFORE = re.compile(rf"(?<![\w])(?:(?:ca|c|us)?\$|cad|cdn) ?(?P<n>{_FIGURES})(?P<k> ?k\b)?")
_GRAND = re.compile(rf"{_FREE}(?P<n>{_FIGURES}|{numerals.RUN})(?: ?k| grand)(?![a-z])")
_CENTS_ALONE = re.compile(rf"{_FREE}(?P<n>\d{{1,2}}) ?{_CENT}")
_WORDS = re.compile(
    rf"(?<![a-z\d'-])(?P<n>(?:an? (?=hundred|thousand))?{numerals.RUN})(?: (?P<s>{_SIGN}))?"
    rf"(?:(?: et| and|,)? (?P<c>\d{{1,2}}|{numerals.RUN})(?: (?P<u>{_CENT}))?)?(?![a-z-])"
)
_DECIMALS = re.compile(
    rf"{_FREE}(?P<n>\d{{1,3}}(?:[ ,.']\d{{3}})+[.,]\d{{2}}|\d+[.,]\d{{2}}|\d{{3,}}[.,]\d)(?![\w%/-]| ?%|[.,]\d| ?(?:h|heures?|hours?|km|mb|gb)\b)"
)
# A verb of paying just before, and after the figure nothing that would make it a count of things.
_PAYING = re.compile(
    r"\b(?:pay(?:er|ez|e|ing)?|paie|paye|verser?|versez|mettre|mettez|mets|met|put|apply|appliquer?|appliquez|envoyer?|send|debit(?:er|ez)?|"
    r"montant(?: de)?|amount(?: of)?|somme(?: de)?|a payment of|un paiement de|versement de)"
    r"(?: (?:just|only|juste|seulement|about|environ|around|exactly|exactement|moi|us|me|nous|like|genre|le|the|plutot))*"
    rf" (?P<n>{_FIGURES})(?= ?(?:$|[.!?;,)]|(?:on|to|toward|towards|sur|pour|for|now|today|tomorrow|maintenant|demain|"
    r"aujourd'hui|vendredi|lundi|mardi|mercredi|jeudi|friday|monday|tuesday|wednesday|thursday|svp|stp|please|pls|le|par|"
    r"this|ce|cette|and|et|de plus|more|per|a month|mtn|right)\b))"
)
_YEAR = re.compile(r"20[0-4]\d")
_A_HUNDRED = 100
# Number words without a currency are money only where no thing counted follows ("cent machines", "a thousand thanks").
_MAY_FOLLOW = re.compile(
    r" ?(?:$|[.,!?;:)\x00]|(?:on|to|toward|towards|sur|pour|for|now|today|maintenant|svp|stp|please|pls|le|la|les|the|et|and|par|"
    r"this|ce|each|chaque|more|de plus|pile|even|flat|juste|s'il|tout|par|per|a|max|maximum|d'un|du|au|ca|or|ou|if|si|est|is|ben|la)\b)"
)


def find_priced(reading: Reading) -> None:
    """Take amounts that say a currency; nothing else can be meant."""
    for pattern in (_BEFORE, _AFTER):
        for found in pattern.finditer(reading.plain):
            parts = found.groupdict()
            worth = _worth(found["n"]) * (1000 if found["k"] else 1) + Decimal(parts.get("c") or 0) / 100
            _take(reading, worth, found.start(), found.end())
    for found in _GRAND.finditer(reading.plain):
        number = _worth(found["n"]) if found["n"][0].isdigit() else Decimal(numerals.number(found["n"]) or 0)
        _take(reading, number * 1000, found.start(), found.end())
    for found in _WORDS.finditer(reading.plain):
        if found["s"] or found["u"]:
            _take_words(reading, found)
    for found in _CENTS_ALONE.finditer(reading.plain):
        _take(reading, Decimal(found["n"]) / 100, found.start(), found.end())


def find_unpriced(reading: Reading) -> None:
    """Take figures with decimals, figures one is asked to pay, and number words from a hundred up."""
    for found in _DECIMALS.finditer(reading.plain):
        _take(reading, _worth(found["n"]), found.start(), found.end())
    for found in _PAYING.finditer(reading.plain):
        if not _YEAR.fullmatch(found["n"]):
            _take(reading, _worth(found["n"]), *found.span("n"))
    for found in _WORDS.finditer(reading.plain):
        if not (found["s"] or found["u"]):
            _take_words(reading, found)


def _take_words(reading: Reading, found: re.Match[str]) -> None:
    number = numerals.number(found["n"])
    cents = _cents(found)
    end = found.end()
    if number is None:
        return _take_cents(reading, found)
    if not found["s"] and not found["u"]:  # no currency: the number must speak for itself
        end = found.end() if cents else found.end("n")
        if number < _A_HUNDRED or not _MAY_FOLLOW.match(reading.plain, end) or 2000 <= number < 2100:
            return None
    elif not found["s"] and cents and number < _A_HUNDRED:
        return None
    return _take(reading, Decimal(number) + Decimal(cents) / 100, found.start(), end)


def _take_cents(reading: Reading, found: re.Match[str]) -> None:
    """``cinquante cents``: to text2num the last word is a hundred that does not fit."""
    head, _, last = found["n"].rpartition(" ")
    number = numerals.number(head) if last in ("cents", "cent") else None
    if number is not None:
        _take(reading, Decimal(number) / 100, found.start(), found.end("n"))


def _cents(found: re.Match[str]) -> int:
    """The part after the dollars: ``et cinquante cents``, ``soixante-quinze``."""
    said = found["c"]
    if not said:
        return 0
    said = re.sub(r"[ -]cents?$", "", said)
    number = int(said) if said.isdigit() else numerals.number(said) or 0
    return number if number < _A_HUNDRED else 0


def _take(reading: Reading, worth: Decimal, start: int, end: int) -> None:
    if worth > 0:
        value = str(worth.quantize(Decimal("0.01"), ROUND_HALF_UP))
        reading.take("amount", value, start, end)


def _worth(written: str) -> Decimal:
    """``1 284,50``, ``1,284.50``, ``1.284,50``, ``1284.5`` → 1284.5; three digits after a sign are thousands."""
    found = re.fullmatch(r"(.*?)[.,](\d{1,2})", written)
    whole, cents = (found[1], found[2]) if found else (written, "0")
    return Decimal(f"{re.sub(r'[^0-9]', '', whole) or '0'}.{cents}")
