"""Example values for every reply, as long as they usually are, so that a reply can be rendered and measured."""

from typing import Any

_INVOICES = [
    {
        "number": number,
        "balance": balance,
        "total": total,
        "issued": "2026-09-09",
        "due": "2026-10-09",
        "days_overdue": 47,
        "status": "overdue",
    }
    for number, balance, total in (
        ("34821907", "1284.50", "1284.50"),
        ("34822466", "532.18", "932.18"),
        ("34823011", "1284.50", "1284.50"),
    )
]

# By the name a reply gives a value; where one name means several things, by "reply.name" below.
_COMMON: dict[str, Any] = {
    "account": "1000482915",
    "amount": "1284.50",
    "at_most": 3,
    "balance": "1284.50",
    "bank_account": {"label": "Compte opérations", "last4": "4417"},
    "buckets": [{"name": name, "amount": "1284.50"} for name in ("current", "1-30", "31-60", "61-90", "over-90")],
    "call_back": {"from": "2026-11-26T08:00:00-05:00", "to": "2026-11-26T10:00:00-05:00"},
    "code": "482913",
    "count": 3,
    "date": "2026-11-25",
    "debit_by": "2026-11-26",
    "due": "2026-10-09",
    "email": "comptes@boulangerie-saint-roch.example",
    "email_masked": "c•••••@boulangerie-saint-roch.example",
    "fee": "5.00",
    "first": 1,
    "invoice": "34821907",
    "invoices": _INVOICES,
    "is_known": True,
    "issued": "2026-09-09",
    "label": "Compte opérations",
    "last": 3,
    "last4": "4417",
    "last_day": "2027-01-24",
    "left": 4,
    "masked": "c•••••@boulangerie-saint-roch.example",
    "minutes": 15,
    "name": "Boulangerie Saint-Roch",
    "next_due": {"amount": "1284.50", "date": "2026-12-07"},
    "notice": "Xerox Canada : la facture 34821907 est en retard, il reste 1 284,50 $ à payer.",
    "now": "fr",
    "number": "34821907",
    "numbers": ["34821907"],
    "overdue_count": 2,
    "paid": "400.00",
    "parts": [{"invoice": "34821907", "amount": "1284.50", "date": "2026-11-25"}],
    "payable": "1284.50",
    "prefix": "1",
    "reference": "ACH-7K2M9QXR",
    "role": "pay",
    "said": "comptes@boulangerie",
    "status": "submitted",
    "task": "make_payment",
    "total": "1816.68",
    "total_due": "3101.18",
    "total_overdue": "1816.68",
    "until": "2026-12-02",
    "wish": "dispute_invoice",
    "accounts": [
        {"number": number, "total_due": due, "total_overdue": late, "overdue_count": 14, "next_due": None}
        for number, due, late in (("1000260477", "2375.00", "1662.50"), ("1000260485", "75.25", "0.00"))
    ],
    "lines": [
        {"description_fr": "Location de l'appareil", "description_en": "Device rental", "amount": "900.00"},
        {"description_fr": "Copies couleur", "description_en": "Colour copies", "amount": "217.22"},
    ],
    "taxes": [{"code": "GST", "amount": "55.86"}, {"code": "QST", "amount": "111.42"}],
    "previous": {"number": "34820788", "total": "1310.02", "changes": []},
    "payments": [
        {
            "reference": "ACH-7K2M9QXR",
            "amount": "1284.50",
            "date": "2026-11-25",
            "status": "submitted",
            "return_reason": None,
        }
    ],
    "reason": "already-promised",
    "text": "(le texte de l'autorisation, lu au système de facturation)",
}
_OF_ONE_REPLY: dict[str, dict[str, Any]] = {
    "utter_balance": {"number": "1000482915"},
    "utter_balance_nothing_due": {"number": "1000482915", "total_due": "0.00"},
    "utter_choice_account": {"number": "1000482915"},
    "utter_pdf_several": {"numbers": ["34821907", "34822466", "34823011"]},
    "utter_handed_over": {"number": "C-7K2M9Q"},
    "utter_dispute_opened": {"number": "D-7K2M9Q"},
    "utter_already_disputed": {"number": "D-7K2M9Q"},
    "utter_date_out_of_range": {"first": "2026-11-25", "last": "2027-01-24"},
    "utter_date_out_of_range_again": {"first": "2026-11-25", "last": "2027-01-24"},
    "utter_plan_read_back": {"parts": [{"date": "2026-12-25", "amount": "605.56"}] * 3},
    "utter_plan_read_back_again": {"parts": [{"date": "2026-12-25", "amount": "605.56"}] * 3},
    "utter_plan_made": {"parts": [{"date": "2026-12-25", "amount": "605.56"}] * 3},
}


class NoExample(KeyError):
    """A reply wants a value nobody has written an example of."""


def examples(reply: str, wanted: set[str]) -> dict[str, Any]:
    """A value for each name a reply wants; raises :class:`NoExample`."""
    known = _COMMON | _OF_ONE_REPLY.get(reply, {})
    missing = wanted - set(known) - {"title_of"}
    if missing:
        raise NoExample(f"{reply} wants {sorted(missing)}: add an example to tests/support/reply_examples.py")
    return {name: known[name] for name in wanted - {"title_of"}}
