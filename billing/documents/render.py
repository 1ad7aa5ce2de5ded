"""An invoice as PDF/UA-1 (tagged, for screen readers too), set by typst; nothing is fetched."""

import json
import re
import unicodedata
from datetime import UTC, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import typst

from billing import formats
from billing.documents.model import InvoiceDocument
from billing.templating import texts
from company import COMPANY, Language

_ROOM = Path(__file__).parent
# What the fonts inside typst cannot show, measured with this sheet's; PDF/UA refuses a page with any of it.
_UNSHOWN = re.compile(
    r"[^ -~\u00a0-\u036f\u0391-\u03a1\u03a3-\u0484\u1e00-\u1eff"
    r"\u2010-\u2027\u2030-\u203a\u20a0-\u20bf\u2190-\u22ff]"
)


def render_invoice(invoice: InvoiceDocument, language: Language) -> bytes:
    """The invoice as a PDF file, in ``language``: the same invoice gives the same bytes.

    The sheet gets the invoice as JSON, so that no text of a customer's is read as typst.
    """
    return typst.compile(
        _ROOM / "invoice.typ",
        root=_ROOM,
        # Only the fonts inside the typst package: the sheet looks the same on every machine.
        ignore_system_fonts=True,
        sys_inputs={"invoice": json.dumps(_sheet(invoice, language))},
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(invoice.issued, time(), UTC),
    )


def tax_label(code: str, rate: Decimal, language: Language) -> str:
    """A tax as an invoice names it: ``TVQ (9,975 %)``."""
    return f"{_labels(language)['taxes'].get(code, code)} ({formats.rate(rate, language)})"


def _sheet(invoice: InvoiceDocument, language: Language) -> dict[str, Any]:
    """The values of invoice.typ: every one already a text as the language writes it."""
    labels = _labels(language)

    def money(amount: Any) -> str:
        return formats.money(amount, language, invoice.currency)

    return {
        "language": language,
        "title": f"{labels['invoice']} {invoice.number} – {COMPANY.name}",
        "company": COMPANY.name,
        "labels": labels,
        "number": invoice.number,
        "account": invoice.account,
        "issued": formats.long_date(invoice.issued, language),
        "due": formats.long_date(invoice.due, language),
        "customer_name": _shown(invoice.customer_name),
        "customer_address": [_shown(line) for line in invoice.customer_address],
        "province": labels["provinces"].get(invoice.province, invoice.province),
        "lines": [
            {
                "description": _shown(description),
                "quantity": formats.number(quantity, language),
                "unit_price": formats.unit_price(unit_price, language, invoice.currency),
                "amount": money(amount),
            }
            for description, quantity, unit_price, amount in invoice.lines
        ],
        "subtotal": money(invoice.subtotal),
        "taxes": [
            {
                "name": labels["taxes"].get(code, code),
                "rate": formats.rate(rate, language),
                "amount": money(amount),
            }
            for code, rate, amount in invoice.taxes
        ],
        "total": money(invoice.total),
        "paid": money(-invoice.paid) if invoice.paid else None,
        "balance": money(invoice.balance),
        "settled": invoice.balance <= 0,
        "payment_methods": [labels["payment_methods"][method] for method in COMPANY.payment_methods],
    }


def _shown(text: str) -> str:
    """The text with each letter no font has as U+FFFD: an invoice with a gap beats no invoice."""
    return _UNSHOWN.sub("\ufffd", unicodedata.normalize("NFC", text))


@cache
def _labels(language: Language) -> dict[str, Any]:
    return texts(_ROOM / "labels.yml", language)
