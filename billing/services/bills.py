"""What makes up an invoice's total, and what makes it differ from the one before."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from billing.documents import tax_label
from billing.formats import LANGUAGES
from billing.rules.lines import Line, lines_of
from billing.rules.money import dollars
from billing.rules.taxes import Tax, taken_apart
from billing.storage.tables import Invoice
from company import Language


@dataclass(frozen=True)
class Bill:
    """An invoice taken apart: the lines sum to the subtotal, with the taxes to the total."""

    lines: tuple[Line, ...]
    subtotal: Decimal
    taxes: tuple[Tax, ...]


@dataclass(frozen=True)
class Change:
    """A line or tax that differs; ``None`` where one of the two has it not."""

    description: dict[Language, str]
    before: Decimal | None
    now: Decimal | None


def bill_of(invoice: Invoice, province: str) -> Bill:
    """Take an invoice apart as its province taxes it."""
    subtotal, taxes = taken_apart(dollars(invoice.total), province)
    contract, _ = taken_apart(dollars(invoice.contract_total or invoice.total), province)
    return Bill(tuple(lines_of(subtotal, min(contract, subtotal))), subtotal, taxes)


def changes(before: Bill, now: Bill) -> list[Change]:
    """What differs, in the order of the invoice; the differences sum to that of the totals."""
    was, became = dict(_amounts(before)), dict(_amounts(now))
    names = [*became, *(name for name in was if name not in became)]
    return [
        Change(dict(zip(LANGUAGES, name, strict=True)), was.get(name), became.get(name))
        for name in names
        if was.get(name) != became.get(name)
    ]


def _amounts(bill: Bill) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    """Each line and tax by what it is called in every language."""
    for line in bill.lines:
        yield tuple(line.description[language] for language in LANGUAGES), line.amount
    for tax in bill.taxes:
        yield tuple(tax_label(tax.code, tax.rate, language) for language in LANGUAGES), tax.amount
