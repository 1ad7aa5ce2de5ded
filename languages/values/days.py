"""Days named by their number: ``15 mars``, ``December 1st``, ``12/15/2026``, ``le 3``, ``the 15th of next month``."""

from collections.abc import Callable
from datetime import date

from languages.formats import Language
from languages.values.calendar_days import (
    DAY,
    MONTH,
    NEAR_PAST,
    WEEKDAY,
    YEAR,
    begun,
    day,
    first_of_month,
    month,
    months_on,
    next_month_day,
    next_numbered,
    weekday,
)
from languages.values.numerals import figures
from languages.values.patterns import BEGIN, FINISH, THING, before
from languages.values.rules import Found, Rules, rules

# What makes the number before it anything but a day.
_NOT_MONEY = r"(?![\d$%]|[.,]\d| ?(?:CUR|CAD|\$|%|PERCENT)| ?h\b| ?(?:heures?|hours?|am|pm)\b)"
_NOT_A_PLACE = (
    rf"(?! (?:{THING}|OTHER|QUARTER|DAYS|WEEKS|MONTHS|YEARS|EVERY|of|on the|in the|from the|down|times?|item)\b)"
)
# What may stand behind a bare number that is a day: "le 3 svp", but not "le 12 rue Principale".
_AFTER_LE = before(
    "NEXT SAY PAY INSTEAD ALL THIS TO IN NOTHING svp stp please pls plz merci thanks si if ou or et and pis puis",
    "alors then mais but pas not a c s je j i moi me ca ok est is que qui la les the it au du de pour for sur on",
    "en in avec with par by from sans ben bien ideale?ment ideally maximum max marche fonctionne serait sera",
    "would will works promis promise",
)
_OF_A_THING = "|".join(
    rf"(?<=\b{thing} du )"
    for thing in ("INVOICE", "PAYMENT", "CHEQUE", "PAY", "celle", "celui", "date", "retrait", "prelevement")
)


def _iso(found: Found, _: date) -> date | None:
    return day(int(found["y"]), int(found["m"]), int(found["d"]))


def _of_month(found: Found, today: date) -> date | None:
    number, month_number = figures(found["d"]), month(found["m"])
    if found["y"]:
        return day(figures(found["y"]), month_number, number)
    if found["past"]:
        return day(begun(today, month_number), month_number, number)
    return next_month_day(today, month_number, number)


def _of_near_month(found: Found, today: date) -> date | None:
    """``le 15 du mois prochain``; "of the month" is the next such day."""
    which = found["which"] or (found["after"] or "").strip(" -")
    if not which:
        return next_numbered(today, figures(found["d"]))
    first = months_on(first_of_month(today), {"NEXT": 1, "LAST": -1, "PAST": -1}.get(which, 0))
    return day(first.year, first.month, figures(found["d"]))


def _numbered(found: Found, today: date) -> date | None:
    return next_numbered(today, figures(found["d"]))


def _weekday_numbered(found: Found, today: date) -> date | None:
    """``vendredi 27``: only where that day is a Friday; else the number is of something else."""
    at = next_numbered(today, figures(found["d"]))
    return at if at is not None and at.weekday() == weekday(found["w"]) else None


def _numeric(found: Found, today: date, number: str, month_number: str) -> date | None:
    if not 1 <= int(month_number) <= 12:
        return None
    if not found["y"]:
        return next_month_day(today, int(month_number), int(number))
    return day(int(found["y"]) % 100 + 2000, int(month_number), int(number))


def _day_first(found: Found, today: date) -> date | None:
    """``05/12/2026`` is in December; so is ``12/15/2026``, as there is no 15th month."""
    a, b = found["a"], found["b"]
    return _numeric(found, today, a, b) or _numeric(found, today, b, a)


def _month_first(found: Found, today: date) -> date | None:
    a, b = found["a"], found["b"]
    return _numeric(found, today, b, a) or _numeric(found, today, a, b)


def _ahead_first(found: Found, today: date) -> date | None:
    """In no language: the day first, unless that is over and the other reading is yet to come."""
    first, second = _day_first(found, today), _month_first(found, today)
    return second if first is not None and second is not None and first < today <= second else first


def _in_figures(resolve: Callable[[Found, date], date | None]) -> Rules[date]:
    year = r"(?P<y>20[0-4]\d|[2-4]\d)"
    said_before = "|".join(rf"(?<=\b{word} )" for word in "le by on pour TO PAY du".split())
    return rules(
        r"\d[/.-]\d",
        (rf"(?<![\d/.$-])(?P<a>\d\d?)(?P<s>[/.-])(?P<b>\d\d?)(?P=s){year}(?![\d/-])", resolve),
        (rf"(?:{said_before})(?P<a>\d\d?)/(?P<b>\d\d?)(?P<y>)(?![\d/-]| (?:of|de|du)\b)", resolve),
    )


IN_FIGURES: dict[Language | None, Rules[date]] = {
    "fr": _in_figures(_day_first),
    "en": _in_figures(_month_first),
    None: _in_figures(_ahead_first),
}
_DAY_OF_MONTH = (
    rf"{BEGIN}(?:{WEEKDAY},? )?(?:(?:le|the) )?(?P<d>{DAY})[ -]?(?:(?:of|de|d|du mois de) )?(?P<m>{MONTH})"
    rf"(?P<past> {NEAR_PAST})?(?:,?[ -]?(?:(?:de|en|of) )?(?P<y>{YEAR}))?{FINISH}"
)
_MONTH_AND_DAY = (
    rf"{BEGIN}(?:{WEEKDAY},? )?(?:(?P<past>{NEAR_PAST}) )?(?P<m>{MONTH})[ -](?:(?:the|le) )?(?P<d>{DAY}){_NOT_MONEY}"
    rf"(?:,? ?(?P<y>{YEAR}))?{FINISH}"
)
_DAY_OF_NEAR_MONTH = (
    rf"{BEGIN}(?:(?:le|the) )?(?P<d>{DAY}) (?:of|du|de|d|in)(?: the)?(?: (?P<which>THIS|NEXT|{NEAR_PAST}))? MONTHS"
    rf"(?P<after>[ -](?:ci|THIS|NEXT|{NEAR_PAST}))?{FINISH}"
)
DATED = (
    rules(r"20[0-4]\d[-/.]\d", (r"(?<!\d)(?P<y>20[0-4]\d)(?P<s>[-/.])(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)(?!\d)", _iso)),
    rules(MONTH, (_DAY_OF_MONTH, _of_month), (_MONTH_AND_DAY, _of_month)),
    rules(
        WEEKDAY,
        (rf"{BEGIN}{WEEKDAY},? (?:le|the) (?P<d>{DAY}){_NOT_MONEY}", _numbered),
        (rf"{BEGIN}(?P<w>{WEEKDAY}),? (?P<d>{DAY}){_NOT_MONEY}", _weekday_numbered),
    ),
    rules(r"MONTHS", (_DAY_OF_NEAR_MONTH, _of_near_month)),
)
_THE_DAY = r"(?P<d>[0-3]?\d(?: ?er)?|=\d{1,2}|=?1th)(?!\w)"
_WORDED = r"=(?:1[1-9]|2\d|3[01])th"  # up to the tenth it is a place in a list, unless a word of time stands before
NUMBERED = rules(
    r"\d",
    (rf"{BEGIN}(?:le|au|TO le|TO) {_THE_DAY}{_NOT_MONEY}{_AFTER_LE}", _numbered),
    (rf"(?:{_OF_A_THING}){_THE_DAY}{_NOT_MONEY}", _numbered),
    (rf"{BEGIN}(?:the|on|by|before|TO)(?: the)? (?P<d>\d\d?th|{_WORDED})(?!\w){_NOT_A_PLACE}", _numbered),
    (rf"{BEGIN}(?:SAY|TO|by|before|after|avant|SINCE)(?: the)? (?P<d>=\d\d?th)(?!\w){_NOT_A_PLACE}", _numbered),
    (rf"{BEGIN}(?P<d>(?:1[1-9]|2\d|3[01])th)(?!\w){_NOT_A_PLACE}", _numbered),
)
