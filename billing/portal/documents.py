"""The document a one-time link opens: an invoice as PDF, or several in a zip."""

import io
import zipfile

from sqlalchemy.orm import Session

from billing.documents import InvoiceDocument, InvoiceLine, InvoiceTax, render_invoice
from billing.portal.titles import file_name
from billing.rules.money import dollars
from billing.services.bills import bill_of
from billing.services.invoices import Standing, own_standing
from billing.storage.tables import Customer, OneTimeLink
from company import Language


def document_of(session: Session, link: OneTimeLink, language: Language) -> tuple[bytes, str, str]:
    """Content, media type and file name."""
    customer = session.get_one(Customer, link.customer_id)
    numbers: list[str] = link.subject["invoices"]
    pdfs = {
        file_name([number], language): render_invoice(
            _paper(customer, own_standing(session, customer, number), language), language
        )
        for number in numbers
    }
    if len(pdfs) == 1:
        ((name, content),) = pdfs.items()
        return content, "application/pdf", name
    return _zipped(pdfs), "application/zip", file_name(numbers, language)


def _zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _paper(customer: Customer, one: Standing, language: Language) -> InvoiceDocument:
    bill = bill_of(one.invoice, customer.province)
    return InvoiceDocument(
        number=one.invoice.number,
        account=one.invoice.account,
        issued=one.invoice.issued,
        due=one.invoice.due,
        customer_name=customer.name,
        customer_address=(),
        province=customer.province,
        lines=tuple(
            InvoiceLine(line.description[language], line.quantity, line.unit_price, line.amount) for line in bill.lines
        ),
        subtotal=bill.subtotal,
        taxes=tuple(InvoiceTax(tax.code, tax.rate, tax.amount) for tax in bill.taxes),
        total=dollars(one.invoice.total),
        paid=dollars(one.paid),
        balance=dollars(one.balance),
    )
