"""Stretches of time: months, years, quarters, weeks, ranges of days."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from languages.values import numerals
from languages.values.calendar_words import MONTHS, alternatives, begun, day, last_of_month, months_on
from languages.values.dates import MONTH, YEAR, _month, _number
from languages.values.reading import Reading

Found = re.Match[str]
_B, _E = r"(?<![a-z\d/.-])", r"(?![a-z\d])"
_DAY = r"(?:\d{1,2} ?(?:er|st|nd|rd|th)?(?![\da-z]))"
_LAST = r"(?:derniere?s?|dernier|passee?s?|precedente?|precedents?)"
_MONTH_LONG = rf"(?:{alternatives({name: at for name, at in MONTHS.items() if name not in ('may', 'march', 'mars', 'mai')})})(?![a-z])"
_TO = r" ?(?:au|a|to|and|et|through|thru|until|till|-|jusqu'au|jusqu'a|jusqu'en|up to) ?(?:le |the )?"
_QUARTER = {"premier": 1, "1er": 1, "first": 1, "1st": 1, "deuxieme": 2, "second": 2, "2e": 2, "2nd": 2,
            "troisieme": 3, "third": 3, "3e": 3, "3rd": 3, "quatrieme": 4, "fourth": 4, "4e": 4, "4th": 4}  # fmt: skip
_SEASONS = {"hiver": 12, "winter": 12, "printemps": 3, "spring": 3, "ete": 6, "summer": 6, "automne": 9, "fall": 9, "autumn": 9}


def _span(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    if first > last:
        first, last = last, first
    return f"{first.isoformat()}/{last.isoformat()}"


def _quarter(year: int, quarter: int) -> str:
    return _span(date(year, quarter * 3 - 2, 1), last_of_month(year, quarter * 3))


def _days(found: Found, today: date) -> str:
    """``du 1er au 15 octobre 2026``, ``October 1 to October 15, 2026``; a month or year said once serves both."""
    second_month = _month(found["m2"] or found["m1"])
    first_month = _month(found["m1"] or found["m2"])
    said = found["y2"] or found["y1"]
    year = int(said) if said else begun(today, second_month)
    first_year = int(found["y1"]) if found["y1"] else year - (first_month > second_month)
    return _span(day(first_year, first_month, _number(found["d1"])), day(year, second_month, _number(found["d2"])))


def _months(found: Found, today: date) -> str:
    first, last = _month(found["m1"]), _month(found["m2"])
    said = found["y2"] or found["y1"]
    year = int(said) if said else begun(today, last)
    first_year = int(found["y1"]) if found["y1"] else year - (first > last)
    return _span(date(first_year, first, 1), last_of_month(year, last))


def _since(found: Found, today: date) -> str:
    if found["today"]:
        return _span(date(today.year, 1, 1), today)
    if not found["m"]:
        return _span(date(int(found["y"]), 1, 1), today) if found["y"] else ""
    month = _month(found["m"])
    number = _number(found["d"] or found["d2"] or "1")
    year = int(found["y"]) if found["y"] else begun(today, month)
    first = day(year, month, number)
    if first is not None and first > today:
        first = day(year - 1, month, number)
    return _span(first, today)


def _month_of_year(found: Found, today: date) -> str:
    month = _month(found["m"])
    if found["y"]:
        return f"{found['y']}-{month:02}"
    year = begun(today, month)
    if found.groupdict().get("last") and month == today.month:
        year -= 1
    if found.groupdict().get("next"):
        year = today.year + (month <= today.month)
    return f"{year}-{month:02}"


def _near_month(ahead: int) -> Callable[[Found, date], str]:
    return lambda _, today: f"{months_on(today.replace(day=1), ahead):%Y-%m}"


def _near_year(ahead: int) -> Callable[[Found, date], str]:
    return lambda _, today: str(today.year + ahead)


def _near_week(ahead: int) -> Callable[[Found, date], str]:
    def week(_: Found, today: date) -> str:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=ahead)
        return _span(monday, monday + timedelta(days=6))

    return week


def _near_quarter(ahead: int) -> Callable[[Found, date], str]:
    def quarter(_: Found, today: date) -> str:
        first = months_on(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * ahead)
        return _quarter(first.year, (first.month + 2) // 3)

    return quarter


def _named_quarter(found: Found, today: date) -> str:
    said = found["q"]
    quarter = int(said) if said.isdigit() else _QUARTER[said]
    year = int(found["y"]) if found["y"] else today.year - (quarter * 3 - 2 > today.month)
    return _quarter(year, quarter)


def _last_units(found: Found, today: date) -> str:
    count = _number(found["n"]) if found["n"] else 1
    if not 0 < count < 500:
        return ""
    if found["u"].startswith("m"):
        return _span(months_on(today, -count), today)
    if found["u"].startswith(("a", "y")):
        return _span(months_on(today, -12 * count), today)
    return _span(today - timedelta(days=count * (7 if found["u"].startswith(("s", "w")) else 1)), today)


def _season(found: Found, today: date) -> str:
    month = _SEASONS[found["s"]]
    year = int(found["y"]) if found["y"] else begun(today, month) if month != today.month // 3 * 3 else today.year - 1
    first = date(year - (month == 12 and bool(found["y"])), month, 1)
    last = months_on(first, 2)
    return _span(first, last_of_month(last.year, last.month))


def _either(*names: str) -> str:
    return "|".join(names)


_N = numerals.SMALL
_RULES: list[tuple[re.Pattern[str], Callable[[Found, date], str]]] = [
    (re.compile(pattern), resolve)
    for pattern, resolve in (
        (rf"(?<!\d)(?P<a>{YEAR}-\d\d-\d\d) ?(?:/|a|au|to|et|and|-) ?(?P<b>{YEAR}-\d\d-\d\d)(?!\d)", lambda found, _: _span(_iso(found["a"]), _iso(found["b"]))),
        (rf"{_B}(?:du |de |entre |from |between |le )*(?:le |the )?(?P<d1>{_DAY}) ?(?:(?:of )?(?P<m1>{MONTH}))?,?(?: (?P<y1>{YEAR}))?{_TO}(?P<d2>{_DAY}) (?:of )?(?P<m2>{MONTH})(?:,? (?P<y2>{YEAR}))?{_E}", _days),
        (rf"{_B}(?:from |between )?(?P<m1>{MONTH}) (?P<d1>{_DAY}),?(?: (?P<y1>{YEAR}))?{_TO}(?:(?P<m2>{MONTH}) )?(?P<d2>{_DAY})(?:,? (?P<y2>{YEAR}))?{_E}", _days),
        (rf"{_B}(?:de |du mois de |entre |from |between )(?P<m1>{MONTH})(?: (?P<y1>{YEAR}))?{_TO}(?P<m2>{MONTH})(?:,? (?P<y2>{YEAR}))?{_E}", _months),
        (rf"{_B}(?P<m1>{MONTH})(?: (?P<y1>{YEAR}))? ?(?:a|to|through|thru|-|jusqu'a|jusqu'en) ?(?P<m2>{MONTH})(?:,? (?P<y2>{YEAR}))?{_E}", _months),
        (rf"{_B}(?:depuis|since|a partir de|starting|as of|from)(?: le| the)?(?: (?P<d>{_DAY}))?(?: of)? (?P<m>{MONTH})(?: (?P<d2>{_DAY}))?(?:,? (?P<y>{YEAR}))?(?P<today>)?{_E}", lambda found, today: _since_past(found, today)),
        (rf"{_B}(?:depuis|since)(?: le| the)? ?(?:l'an )?(?P<y>{YEAR})(?P<m>)(?P<d>)(?P<d2>)(?P<today>)?{_E}", lambda found, today: _span(date(int(found['y']), 1, 1), today)),
        (rf"{_B}(?:(?:depuis|since) (?:le |the )?(?:debut|beginning|start) (?:de |of )?(?:l'|the |cette |this )?(?:annee|an|year)|year to date|ytd|jusqu'ici cette annee)(?P<y>)(?P<m>)(?P<d>)(?P<d2>){_E}", lambda _, today: _span(date(today.year, 1, 1), today)),
        (rf"{_B}(?:depuis|since) (?P<n>{_N}) (?P<u>mois|ans?|semaines?|jours?){_E}|", lambda found, today: _last_units(found, today)),
        (rf"{_B}(?:(?:les|mes|ces|the|my) )?(?P<n>{_N}) (?:derniers?|dernieres?|last|past) (?P<u>mois|annees?|ans?|semaines?|jours?|months?|years?|weeks?|days?){_E}", _last_units),
        (rf"{_B}(?:the |these |this )?(?:last|past|previous) (?P<n>{_N}) (?P<u>months?|years?|weeks?|days?){_E}", _last_units),
        (rf"{_B}(?:le |les |du |the )?(?:t|q)(?P<q>[1-4])(?: (?:de )?(?P<y>{YEAR}))?{_E}", _named_quarter),
        (rf"{_B}(?:le |du |the )?(?P<q>{_either(*_QUARTER)}) (?:trimestre|quarter)(?: (?:de |of |of the )?(?:l'annee )?(?P<y>{YEAR}))?{_E}", _named_quarter),
        (rf"{_B}(?:le |du |the |ce )?(?:{_LAST} trimestre|trimestre {_LAST}|(?:last|previous|past) quarter){_E}", _near_quarter(-1)),
        (rf"{_B}(?:le |du |the )?(?:ce trimestre(?:-ci)?|trimestre (?:en cours|actuel|courant)|(?:this|current) quarter){_E}", _near_quarter(0)),
        (rf"{_B}(?:le |the )?(?:prochain trimestre|trimestre prochain|next quarter){_E}", _near_quarter(1)),
        (rf"{_B}(?:le |du |au |the )?(?:mois (?:{_LAST}|d'avant)|(?:{_LAST}) mois|(?:last|previous|prior|past|lst) (?:month|mth|mnth)(?:'s|s)?){_E}", _near_month(-1)),
        (rf"{_B}(?:le |the )?(?:ce mois(?:-ci| ci)?|mois (?:en cours|courant|actuel|-ci)|(?:this|current|present) (?:month|mth|mnth)(?:'s)?){_E}", _near_month(0)),
        (rf"{_B}(?:le |the |au )?(?:mois prochain|prochain mois|next (?:month|mth)(?:'s)?){_E}", _near_month(1)),
        (rf"{_B}(?:l'|the )?(?:an (?:{_LAST})|annee (?:{_LAST}|d'avant)|(?:{_LAST}) annee|(?:last|previous|past|prior) (?:year|yr)(?:'s)?){_E}", _near_year(-1)),
        (rf"{_B}(?:toute |all of |all )?(?:cette annee(?:-ci)?|l'annee (?:en cours|courante)|(?:au cours|durant|pendant) (?:de )?l'annee|(?:this|current) (?:year|yr)(?:'s)?|so far this year){_E}", _near_year(0)),
        (rf"{_B}(?:l'an prochain|l'annee prochaine|next year){_E}", _near_year(1)),
        (rf"{_B}(?:la )?(?:semaine (?:{_LAST}|d'avant)|(?:{_LAST}) semaine|(?:last|previous|past) (?:week|wk)(?:'s)?){_E}", _near_week(-1)),
        (rf"{_B}(?:cette semaine(?:-ci)?|(?:this|current) (?:week|wk)(?:'s)?){_E}", _near_week(0)),
        (rf"{_B}(?:la )?(?:semaine prochaine|prochaine semaine|next (?:week|wk)(?:'s)?){_E}", _near_week(1)),
        (rf"{_B}(?P<m>{MONTH})(?: de| of|,)? (?:l'an(?:nee)? )?(?P<y>{YEAR}){_E}", _month_of_year),
        (rf"(?<![\d/-])(?P<y>{YEAR})[-/](?P<mm>0[1-9]|1[0-2])(?![\d/-])", lambda found, _: f"{found['y']}-{found['mm']}"),
        (rf"(?<![\d/-])(?P<mm>0[1-9]|1[0-2])[-/](?P<y>{YEAR})(?![\d/-])", lambda found, _: f"{found['y']}-{found['mm']}"),
        (rf"{_B}(?P<m>{_MONTH_LONG}|mars|mai)(?P<last> {_LAST})(?P<y>)?{_E}", _month_of_year),
        (rf"{_B}(?P<last>last|this past|past) (?P<m>{_MONTH_LONG}|march|may)(?P<y>)?{_E}", _month_of_year),
        (rf"{_B}(?P<m>{_MONTH_LONG}|mars|mai) (?P<next>prochaine?)(?P<y>)?{_E}", _month_of_year),
        (rf"{_B}(?P<next>next) (?P<m>{_MONTH_LONG}|march|may)(?P<y>)?{_E}", _month_of_year),
        (rf"{_B}(?:(?:l'|the |last |cet )*)(?P<s>{_either(*_SEASONS)}) (?:(?:de |of )?(?P<y>{YEAR})|{_LAST}){_E}", _season),
        (rf"{_B}last (?P<s>winter|spring|summer|fall|autumn)(?P<y>)?{_E}", _season),
        (rf"{_B}(?P<m>{_MONTH_LONG})(?:'s)?(?P<y>)?{_E}", _month_of_year),
        (rf"(?:{_B}(?:de|en|du mois de|mois de|depuis|pour|celle de|et|mars et|avril et|le mois de) |^)(?P<m>mars|mai)(?P<y>)?{_E}", _month_of_year),
        (rf"(?:{_B}(?:in|for|of|from|during|back in|month of|and|the|my|our) |^)(?P<m>march|may)(?:'s)?(?P<y>)?(?! (?:i|we|you|have|be|not)\b){_E}", _month_of_year),
        (rf"(?<![\d$#.,/-])(?<!\d )(?P<y>{YEAR})(?![\d%$/-]|[.,]\d| ?(?:\$|dollars?|piasses?|bucks))", lambda found, _: found["y"]),
    )
]


def _iso(written: str) -> date | None:
    year, month, number = written.split("-")
    return day(int(year), int(month), int(number))


def _since_past(found: Found, today: date) -> str:
    """"From" and "starting" may look ahead; then it is no stretch of time that has been."""
    ahead = found[0].startswith(("a partir", "starting", "as of", "from"))
    return "" if ahead and not found["y"] else _since(found, today)


def find_ranges(reading: Reading, today: date) -> None:
    """Take what lies between two days or months; before :func:`languages.values.dates.find_dates`."""
    _find(reading, today, _RULES[:9])


def find_periods(reading: Reading, today: date) -> None:
    """Take single months, years, quarters and weeks; after the days they are part of."""
    _find(reading, today, _RULES[9:])


def _find(reading: Reading, today: date, rules: list[tuple[re.Pattern[str], Callable[[Found, date], str]]]) -> None:
    for pattern, resolve in rules:
        for found in pattern.finditer(reading.plain):
            if not found[0]:
                continue
            value = resolve(found, today)
            if value:
                reading.take("period", value, found.start(), found.end())
