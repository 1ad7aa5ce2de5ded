"""Documents on paper: invoices as accessible PDF."""

from billing.documents.model import InvoiceDocument, InvoiceLine, InvoiceTax
from billing.documents.render import render_invoice, tax_label

__all__ = ["InvoiceDocument", "InvoiceLine", "InvoiceTax", "render_invoice", "tax_label"]
