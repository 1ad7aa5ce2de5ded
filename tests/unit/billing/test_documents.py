"""Invoices on paper: correct in both languages, accessible, and closed to what customers type."""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from billing import documents
from billing.documents import InvoiceDocument, InvoiceLine, InvoiceTax, render_invoice
from billing.formats import LANGUAGES
from company import COMPANY, Language

INVOICE = InvoiceDocument(
    number="34822466",
    account="1000482915",
    issued=date(2026, 10, 9),
    due=date(2026, 12, 1),
    customer_name="Boulangerie Saint-Roch",
    customer_address=("291, rue Saint-Joseph Est", "Québec (Québec)  G1K 3B2"),
    province="QC",
    lines=(
        InvoiceLine("Location mensuelle", Decimal(1), Decimal("998.90"), Decimal("998.90")),
        InvoiceLine("Copies noir et blanc", Decimal(12450), Decimal("0.0095"), Decimal("118.28")),
    ),
    subtotal=Decimal("1117.18"),
    taxes=(
        InvoiceTax("GST", Decimal("0.05"), Decimal("55.86")),
        InvoiceTax("QST", Decimal("0.09975"), Decimal("111.44")),
    ),
    total=Decimal("1284.48"),
    paid=Decimal("400.00"),
    balance=Decimal("884.48"),
)


def pdf(invoice: InvoiceDocument, language: Language) -> PdfReader:
    return PdfReader(io.BytesIO(render_invoice(invoice, language)))


def words(invoice: InvoiceDocument, language: Language) -> str:
    """The text of every page, spaces made plain."""
    pages = pdf(invoice, language).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ["Facture 34822466", "9 octobre 2026", "1er décembre 2026", "TPS (5 %)", "TVQ (9,975 %)"]),
        ("fr", ["1 117,18 $", "1 284,48 $", "-400,00 $", "884,48 $", "12 450", "0,0095 $", "Solde à payer"]),
        ("en", ["Invoice 34822466", "October 9, 2026", "December 1, 2026", "GST (5%)", "QST (9.975%)"]),
        ("en", ["$1,117.18", "$1,284.48", "-$400.00", "$884.48", "12,450", "$0.0095", "Balance due"]),
    ],
)
def test_an_invoice_is_written_in_the_customers_language(language: Language, expected: list[str]) -> None:
    """Labels, money, rates and dates as that language writes them, none of the other's."""
    text = words(INVOICE, language)
    for part in (*expected, "1000482915", "Boulangerie Saint-Roch", COMPANY.name, COMPANY.telephone):
        assert part in text, part
    assert ("Invoice" in text) == (language == "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invoice_is_tagged_for_screen_readers(language: Language) -> None:
    """PDF/UA-1: title, language, a structure tree, and its declaration."""
    reader = pdf(INVOICE, language)
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == f"{language}-CA"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part>1<" in catalogue["/Metadata"].get_data()
    assert reader.metadata is not None and INVOICE.number in str(reader.metadata.title)


def test_every_label_exists_in_both_languages() -> None:
    """A label in one language alone would stop the other's invoices."""

    def check(node: dict[str, object]) -> None:
        if "fr" in node or "en" in node:
            assert set(node) == {"fr", "en"}
            return
        for below in node.values():
            assert isinstance(below, dict)
            check(below)

    check(yaml.safe_load(Path(documents.__file__).with_name("labels.yml").read_text(encoding="utf-8")))


def test_the_same_invoice_is_the_same_file() -> None:
    """A customer who downloads it twice can compare them."""
    assert render_invoice(INVOICE, "fr") == render_invoice(INVOICE, "fr")


def test_a_paid_invoice_asks_for_no_payment() -> None:
    """A payment slip on a paid invoice gets it paid twice."""
    paid = replace(INVOICE, paid=INVOICE.total, balance=Decimal("0.00"))
    assert "Payment slip" in words(INVOICE, "en")
    assert "Payment slip" not in words(paid, "en") and "Paid – thank you!" in words(paid, "en")


def test_a_long_invoice_goes_on_over_numbered_pages() -> None:
    """The heads of the columns come back on each page, and nothing is cut off."""
    long = replace(INVOICE, lines=INVOICE.lines * 40)
    pages = [re.sub(r"\s+", " ", page.extract_text()) for page in pdf(long, "fr").pages]
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} de {len(pages)}" in page
    assert sum(page.count("Copies noir et blanc") for page in pages) == 40
    assert "Prix unitaire" in pages[1]


@pytest.mark.parametrize(
    "name",
    ['#read("/etc/passwd")', "$x^2$ *gras* _it_ <label> @cite", "\\u{41} `raw` #(1+1)", "= Titre // note"],
)
def test_what_a_customer_types_is_never_read_as_typst(name: str) -> None:
    """A name is text: a sheet that ran it could read the server's files."""
    attacked = replace(INVOICE, customer_name=name, customer_address=(name,))
    assert words(attacked, "en").count(re.sub(r"\s+", " ", name)) == 2


@settings(max_examples=40, deadline=None)
@given(name=st.text(max_size=60))
def test_any_name_gives_an_invoice(name: str) -> None:
    """Letters no font has must not leave a customer without the invoice."""
    attacked = replace(INVOICE, customer_name=name, lines=(InvoiceLine(name, Decimal(1), Decimal(1), Decimal(1)),))
    assert render_invoice(attacked, "fr").startswith(b"%PDF-")
