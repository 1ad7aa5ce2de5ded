"""Days, absolute and relative, resolved against today."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from languages.values import numerals
from languages.values.calendar_words import (
    MONTHS,
    MONTHS_SHORT,
    WEEKDAYS,
    WEEKDAYS_SHORT,
    alternatives,
    begun,
    day,
    last_of_month,
    last_weekday,
    months_on,
    next_month_day,
    next_numbered,
    next_weekday,
)
from languages.values.reading import Reading

Found = re.Match[str]
Resolve = Callable[[Found, date, Reading], date | None]

MONTH = rf"(?:{alternatives(MONTHS | MONTHS_SHORT)})(?![a-z])\.?"
WEEKDAY = rf"(?:{alternatives(WEEKDAYS)})s?(?![a-z])"
_WEEKDAY_ANY = rf"(?:{alternatives(WEEKDAYS | WEEKDAYS_SHORT)})s?(?![a-z])\.?"
YEAR = r"(?:20[0-4]\d)"
_ORDINALS = {
    **{word: at for at, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(), 1)},
    **{f"twenty{join}{word}": 20 + at for join in "- " for at, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth".split(), 1)},
    "thirtieth": 30, "thirty-first": 31, "thirty first": 31, "premier": 1,
}  # fmt: skip
_ORDINAL_WORD = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_DAY = rf"(?:\d{{1,2}} ?(?:er|ers|e|eme|st|nd|rd|th)?(?![\da-z])|(?:{_ORDINAL_WORD})(?![a-z])|{numerals.SMALL})"
_UNIT = r"(?:jours?|journees?|days?|jrs?|semaines?|weeks?|wks?|wk|sem|mois|months?|ans?|annees?|years?|fortnights?|quinzaines?)(?![a-z])"
_NEXT = r"(?:prochaine?s?|suivante?|qui vient|qui s'en vient|d'apres)"
_PAST = r"(?:derniere?|passee?|dernieres?)"
_END = r"(?:(?:a )?(?:la )?fin|(?:at )?(?:the )?(?:very )?end|(?:at )?(?:the )?last day|(?:la |le )?derni(?:ere|er) (?:journee|jour))"
_START = r"(?:(?:au )?(?:le )?(?:tout )?debut|(?:the )?(?:beginning|start)|(?:the )?first(?: day)?|(?:le |la )?(?:premier|premiere) (?:jour|journee)?)"
_MIDDLE = r"(?:(?:a la )?mi|mid|(?:au )?(?:le )?milieu|(?:the )?middle)"
_OF = r"(?: (?:de |du |d'|of |of the )(?:le |la |l'|the )?|-| )"
_SPOKEN = {
    0: r"aujourd'? ?hui|aujourdhui|aujourdui|auj|ajd|ojd|today|2day|todya|tday|ce soir|cet apres-midi|tonight|2nite|tonite|this (?:afternoon|evening)",
    1: r"demain|dmain|demin|2main|dem1|tomorr?ows?|tommorr?ow|tmrw|tmr|tmw|tmro|2moro|2morrow|tomoro|tomorow|tom?morow",
    2: r"apres[ -]?demain|(?:the )?day after tomorrow|overmorrow",
    -1: r"hier|yesterday|ystrday|yest|yesturday|yesterdays|last night",
    -2: r"avant[ -]?hier|(?:the )?day before yesterday",
}  # fmt: skip
_HOLIDAYS = {
    (12, 25): r"noel|christmas(?: day)?|xmas", (12, 24): r"(?:la )?veille de noel|christmas eve",
    (1, 1): r"(?:le )?jour de l'an|new year'?s(?: day)?", (12, 31): r"(?:la )?veille du jour de l'an|new year'?s eve",
    (12, 26): r"boxing day", (10, 31): r"halloween", (6, 24): r"(?:la )?(?:st|saint)-jean", (7, 1): r"canada day|(?:la )?fete du canada",
}  # fmt: skip


def _number(said: str) -> int:
    said = said.strip()
    figures = re.match(r"\d+", said)
    return int(figures[0]) if figures else _ORDINALS.get(said) or numerals.small(said)


def _month(said: str) -> int:
    said = said.rstrip(".")
    return MONTHS.get(said) or MONTHS_SHORT[said]


def _weekday(said: str) -> int:
    said = said.rstrip(".")
    known = WEEKDAYS | WEEKDAYS_SHORT
    return known[said] if said in known else known[said.rstrip("s")]


def _iso(found: Found, _: date, __: Reading) -> date | None:
    return day(int(found[1]), int(found[2]), int(found[3]))


def _numeric(found: Found, today: date, reading: Reading) -> date | None:
    """``15/12/2026`` and ``12/15/2026``; where both could be, day first unless the text is English."""
    first, second = int(found["a"]), int(found["b"])
    year = int(found["y"]) if found["y"] else None
    if year is not None and year < 100:
        year += 2000
    orders = [(first, second), (second, first)]
    if reading.language == "en":
        orders.reverse()
    for number, month in orders:
        if 1 <= month <= 12 and 1 <= number <= 31:
            return day(year, month, number) if year else next_month_day(today, month, number)
    return None


def _of_month(found: Found, today: date, _: Reading) -> date | None:
    number, month = _number(found["d"]), _month(found["m"])
    if not 1 <= number <= 31:
        return None
    if found["y"]:
        return day(_year(found["y"]), month, number)
    if found.groupdict().get("past"):
        at = day(begun(today, month), month, number)
        return at
    return next_month_day(today, month, number)


def _year(said: str) -> int:
    return int(said) if said.isdigit() else numerals.number(said) or 0


def _weekday_numbered(found: Found, today: date, _: Reading) -> date | None:
    return next_numbered(today, _number(found["d"]))


def _of_next_month(found: Found, today: date, _: Reading) -> date | None:
    first = months_on(today.replace(day=1), -1 if found["past"] else 0 if found["this"] else 1)
    return day(first.year, first.month, _number(found["d"]))


def _numbered(found: Found, today: date, _: Reading) -> date | None:
    return next_numbered(today, _number(found["d"]))


def _in_units(found: Found, today: date, _: Reading) -> date | None:
    count, unit = _number(found["n"]) if found["n"] else 1, found["u"]
    if found.groupdict().get("ago"):
        count = -count
    if unit.startswith(("m",)):
        return months_on(today, count)
    if unit.startswith(("a", "y")):
        return months_on(today, 12 * count)
    days = 14 if unit.startswith("fort") else 15 if unit.startswith("quinz") else 7 if unit.startswith(("s", "w")) else 1
    return today + timedelta(days=days * count) if abs(count) < 1000 else None


def _on_weekday(found: Found, today: date, _: Reading) -> date | None:
    weekday = _weekday(found["w"])
    parts = found.groupdict()
    if parts.get("past"):
        return last_weekday(today, weekday)
    if parts.get("week"):
        return today - timedelta(days=today.weekday()) + timedelta(days=7 + weekday)
    return next_weekday(today, weekday) + timedelta(days=7 if parts.get("huit") else 0)


def _edge(found: Found, today: date, _: Reading) -> date | None:
    """End, beginning or middle of a month or year."""
    what = found["what"]
    if found["m"]:
        month = _month(found["m"])
        year = _year(found["y"]) if found["y"] else today.year + (month < today.month)
        first = date(year, month, 1)
    elif re.match(r"an|year", what):
        ahead = 1 if found["next"] else 0
        if found["end"]:
            return date(today.year + ahead, 12, 31)
        return date(today.year + (ahead or (0 if found["mid"] else 1)), 7 if found["mid"] else 1, 1)
    else:
        first = months_on(today.replace(day=1), 1 if found["next"] else 0)
        if found["start"] and not found["next"] and today.day > 1:
            first = months_on(first, 1)
    if found["end"]:
        return last_of_month(first.year, first.month)
    return first.replace(day=15 if found["mid"] else 1)


def _end_of_week(found: Found, today: date, _: Reading) -> date | None:
    friday = today + timedelta(days=(4 - today.weekday()) % 7)
    return friday + timedelta(days=7 if found["next"] else 0)


def _weekend(found: Found, today: date, _: Reading) -> date | None:
    return next_weekday(today, 5) + timedelta(days=7 if found["next"] and today.weekday() < 5 else 0)


_B, _E = r"(?<![a-z\d/.-])", r"(?![a-z\d])"
_RULES: list[tuple[re.Pattern[str], Resolve]] = [
    (re.compile(pattern), resolve)
    for pattern, resolve in (
        (rf"(?<!\d)({YEAR})[-/.](\d\d?)[-/.](\d\d?)(?!\d)", _iso),
        (rf"(?<![\d/.$-])(?P<a>\d\d?)(?P<s>[/.-])(?P<b>\d\d?)(?P=s)(?P<y>{YEAR}|[2-4]\d)(?![\d/-])", _numeric),
        (r"(?<![\d/.$-])(?:(?<=le )|(?<=by )|(?<=on )|(?<=pour )|(?<=until ))(?P<a>\d\d?)/(?P<b>\d\d?)(?P<y>)(?![\d/-])", _numeric),
        (
            rf"{_B}(?:(?:{_WEEKDAY_ANY}),? )?(?:le |the |du |au )?(?P<d>{_DAY})[ -]?(?:(?:of|de|du mois de|jour de) )?(?P<m>{MONTH})"
            rf"(?P<past> (?:{_PAST}))?(?:,? (?P<y>{YEAR}|deux mille(?:[ -](?:{numerals.RUN}))?))?{_E}",
            _of_month,
        ),
        (
            rf"{_B}(?:(?:{_WEEKDAY_ANY}),? )?(?:(?P<past>last|this past) )?(?P<m>{MONTH}) (?:the )?(?P<d>{_DAY})"
            rf"(?![\d$]|[.,]\d| ?(?:%|dollars?|bucks))(?:,? (?P<y>{YEAR}))?{_E}",
            _of_month,
        ),
        (rf"{_B}(?P<w>{_WEEKDAY_ANY}),? (?:le|the) (?P<d>{_DAY}){_E}", _weekday_numbered),
        (
            rf"{_B}(?:le |the )?(?P<d>{_DAY}) (?:du|de|of|of the|in) ?(?:(?P<this>(?:this |ce )?(?:month|mois)(?! prochain| passe| dernier| d'avant| suivant)(?:-ci| courant| en cours)?)"
            rf"|(?P<past>last month|(?:le )?mois (?:passe|dernier))|next month|the next month|(?:le )?mois (?:prochain|suivant)){_E}",
            _of_next_month,
        ),
        (
            rf"{_B}(?P<w>{WEEKDAY}) (?P<week>(?:de )?(?:la )?semaine prochaine|(?:of )?next week){_E}",
            _on_weekday,
        ),
        (rf"{_B}(?P<week>next week|la semaine prochaine),? (?:on |le )?(?P<w>{WEEKDAY}){_E}", _on_weekday),
        (rf"{_B}(?:(?P<end>{_END})|(?P<start>{_START})|(?P<mid>{_MIDDLE})){_OF}"
         rf"(?P<next>(?:next |the next )?)(?P<what>(?P<m>{MONTH})|(?:ce |this )?(?:mois|month)(?:-ci)?|l?'?(?:annee|an)|year)"
         rf"(?:(?P<next2> {_NEXT})|,? (?P<y>{YEAR}))?{_E}", _edge),
        (rf"{_B}(?P<end>)(?:month|year)[ -]end(?P<never>){_E}", lambda found, today, _: last_of_month(today.year, 12 if "year" in found[0] else today.month)),
        (rf"{_B}(?:la )?fin de semaine(?P<next> prochaine)?{_E}|{_B}(?:this |the |next )?week-?end(?P<next3> prochain)?{_E}", lambda found, today, reading: None),
        (rf"{_B}(?:the )?end of (?:the |this )?(?P<next>next )?week{_E}", _end_of_week),
        (rf"{_B}(?:dans|in|d'ici|within|dici|ds|under|avant) (?:the next |les |about |environ |genre |like |seulement |just )*(?P<n>{numerals.SMALL})? ?(?P<u>{_UNIT})(?: prochaines?| prochains?)?{_E}", _in_units),
        (rf"{_B}(?P<n>{numerals.SMALL}) ?(?P<u>{_UNIT}) (?:from (?:now|today)|plus tard|later|hence){_E}", _in_units),
        (rf"{_B}(?P<ago>(?:il )?y'? ?a(?: environ| a peu pres)?|ya) (?P<n>{numerals.SMALL}) ?(?P<u>{_UNIT}){_E}", _in_units),
        (rf"{_B}(?P<n>{numerals.SMALL}) ?(?P<u>{_UNIT}) (?P<ago>ago|back|before today){_E}", _in_units),
        (rf"{_B}(?P<w>{_WEEKDAY_ANY}) (?P<huit>en huit|in eight|week)(?! prochaine){_E}", _on_weekday),
        (rf"{_B}a (?P<huit>week) from (?P<w>{WEEKDAY}){_E}", _on_weekday),
        (rf"{_B}(?P<w>{_WEEKDAY_ANY}) (?P<past>{_PAST}){_E}|", _on_weekday),
        (rf"{_B}(?P<past>last|this past|past) (?P<w>{_WEEKDAY_ANY}){_E}", _on_weekday),
        (rf"{_B}(?:(?:next|nxt|nex|nxet|this|coming|ce|this coming) )(?P<w>{_WEEKDAY_ANY}){_E}", _on_weekday),
        (rf"{_B}(?P<w>{_WEEKDAY_ANY}) {_NEXT}{_E}", _on_weekday),
        (rf"{_B}(?P<w>{WEEKDAY})(?:'s)?{_E}", _on_weekday),
    )
]
_NUMBERED = [
    re.compile(pattern)
    for pattern in (
        rf"{_B}(?:le|au|d'ici le|avant le|pour le|jusqu'au|(?:facture|celle|paiement|celui) du) (?P<d>\d{{1,2}}(?: ?er)?(?![\d])|premier(?! \w)|{numerals.SMALL})"
        r"(?! ?[a-z$%\d]| ?(?:h\b|heures?)|[.,/-]\d)(?: (?:svp|stp|please|si|ou|et|pis|puis|and|or|idealement|plutot|ca|pour|sur|au plus tard|prochain|du)\b)?",
        rf"{_B}(?:le|au|d'ici le|avant le|pour le|jusqu'au) (?P<d>\d{{1,2}}(?: ?er)?|{numerals.SMALL})"
        r"(?= (?:svp|stp|please|si|ou|et|pis|puis|and|or|idealement|plutot|ca|pour|sur|au|prochain|du|max|maximum|a|on|je|moi|ok|c'est|ce|tout|la|les|200?)\b)",
        rf"{_B}(?:the |on the |by the |on |by |until |til |till |before the )?(?P<d>\d{{1,2}}(?:st|nd|rd|th))(?!\w)"
        r"(?! (?:one|ones|invoice|bill|inv|item|line|floor|option|payment|time|of|on the|in the|from the|notice|reminder|letter|street|st|ave|grade|attempt|try|call|email|account|charge|down|and|from)\b)",
        rf"{_B}(?:the |on the |by the |on |by |until |til |till )(?P<d>\d{{1,2}}(?:st|nd|rd|th)) (?=(?:of the month|and|from)\b)(?:of the month)?",
        rf"{_B}the (?P<d>eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|"
        r"twenty[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|thirty[- ]first)(?! (?:one|invoice|bill|time|of))(?![a-z])",
    )
]
_SPOKEN_RULES = [
    (re.compile(rf"{_B}(?:{said})(?:(?:'s)| (?:matin|soir|midi|apres-midi|morning|evening|night|afternoon|meme))?{_E}"), ahead)
    for ahead, said in sorted(_SPOKEN.items(), key=lambda one: -abs(one[0]))
]
_HOLIDAY_RULES = [(re.compile(rf"{_B}(?:{said}){_E}"), at) for at, said in _HOLIDAYS.items()]
# Opening hours and habits: no day is meant.
_HABIT = re.compile(
    rf"{_B}(?:(?:du |from )?{WEEKDAY}(?: matin| soir)? (?:au|a|to|through|thru) {WEEKDAY}|(?:tous les|chaque|every|each) (?:{WEEKDAY})|(?:black|good|cyber) (?:friday|monday)|{WEEKDAY} saint|"
    rf"(?:le|les|on) (?:{alternatives({w: 0 for w in WEEKDAYS})})s (?:et|and))"
)


def find_dates(reading: Reading, today: date) -> None:
    """Take every day that is named."""
    for habit in _HABIT.finditer(reading.plain):
        reading.hide(habit.start(), habit.end())
    for pattern, resolve in _RULES:
        for found in pattern.finditer(reading.plain):
            if found[0]:
                _take(reading, found, resolve(found, today, reading))
    for pattern, ahead in _SPOKEN_RULES:
        for found in pattern.finditer(reading.plain):
            _take(reading, found, today + timedelta(days=ahead))
    for pattern, (month, number) in _HOLIDAY_RULES:
        for found in pattern.finditer(reading.plain):
            _take(reading, found, next_month_day(today, month, number))
    for pattern in _NUMBERED:
        for found in pattern.finditer(reading.plain):
            _take(reading, found, _numbered(found, today, reading))


def _take(reading: Reading, found: Found, at: date | None) -> None:
    if at is not None:
        reading.take("date", at.isoformat(), found.start(), found.end())
