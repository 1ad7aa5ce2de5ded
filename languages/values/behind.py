"""Days that lie behind although no word says "last": ``j'ai payé vendredi``, ``la facture du 4 novembre``."""

import re
from datetime import date, timedelta

from languages.values.calendar_days import last_month_day, last_numbered, last_weekday
from languages.values.patterns import either
from languages.values.rules import Found

_HAVE = either(
    "ai jai g (?:on|il|elle|qui|y|banque)(?:_vous|_nous|_m|_l|_lui)?_a avons avez ont as aviez avais avait",
    "have has ve had was were been ete",
)
_DONE = either(
    "PAY PAID PAST faite?s? soumis recue? emise? envoye poste effectue verse debite rebondi",
    "made sent submitted mailed posted issued received debited bounced charged",
)
_TOLD = either("PAID did left made sent submitted mailed issued received bounced")
_SINCE_THEN = r"(?:[ ,-]+(?!pour |for |TO |prevu|scheduled|due )\w+){0,5}[ ,]*(?:le |on |the )?$"
_DID = re.compile(
    rf"\b{_HAVE} (?:deja |bien |ete |been |already |just )?{_DONE}{_SINCE_THEN}|\b{_TOLD}{_SINCE_THEN}"
    r"|(?:INVOICE|CHEQUE|celle|one) (?:du|de|d|of|from|dated|en date du)(?: le| the)? $"
)
# No payment is set up that far ahead, and an invoice's day is over: of two such days the one behind is meant.
_FAR = timedelta(days=183)
_OF_A_THING = re.compile(r"(?:PAYMENT|PAY|CHEQUE|retrait|prelevement|INVOICE|WEEKS) (?:du|of|from|on) (?:the )?$")
_A_THING = re.compile(r" (?:PAYMENT|INVOICE|CHEQUE|PAY)\b")


def lies_behind(line: str, before: str, end: int, ahead: timedelta) -> bool:
    """Whether what the day is of is over: ``before`` stands before it, ``end`` is where it ends in the line."""
    if _DID.search(before):
        return True
    return ahead > _FAR and bool(_OF_A_THING.search(before) or _A_THING.match(line, end))


def back(found: Found, at: date, today: date) -> date:
    """The last such weekday, day of a month or day of the year; a day of a year said, or told from today, stays."""
    parts = found.groupdict()
    if at <= today or parts.get("y"):
        return at
    if "w" in parts:
        return last_weekday(today, at.weekday())
    if parts.keys() & {"m", "b", "yearly"}:
        return last_month_day(today, at.month, at.day) or at
    return last_numbered(today, at.day) or at if "d" in parts else at
