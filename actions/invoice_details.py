"""One invoice explained, and compared with the one before (behaviour.md, row 4)."""

from typing import ClassVar

from actions.billing.errors import NotFound
from actions.billing.records import InvoiceDetails
from actions.dialogue.task import Task
from actions.pointing import Pointer, as_shown, fetch, pointed
from actions.say import Choice


class ShowInvoice(Task):
    """Lines, taxes, issued, due, paid, balance; a changed total is compared with the previous invoice."""

    name: ClassVar[str] = "show_invoice"
    entities: ClassVar[frozenset[str]] = frozenset({"invoice_number", "selector", "period"})

    def take(self) -> None:
        """Which invoice."""
        pointer = pointed(self.desk.turn, self.desk.context)
        if pointer is not None:
            self.state.fields["which"] = pointer.as_field()

    async def go_on(self) -> bool:
        """Explain the invoice pointed at, or the latest."""
        which = self.state.fields.get("which")
        pointer = Pointer.from_field(which) if which else Pointer("latest")
        try:
            invoices = await fetch(self.desk.customer, pointer)
        except NotFound as missing:
            if pointer.how != "numbers":
                self.say.reply("all_none")
                return True
            latest = self.choice("pdf_latest", selector="latest")
            return self.ask("which", "invoice_not_found", latest, number=str(missing))
        details = await self.desk.customer.invoice_details(invoices[0].number)
        self.desk.context.take_in_hand(as_shown([details])[0])
        self.say.reply("invoice_details", *_offers(details), **details.model_dump())
        return True


def _offers(invoice: InvoiceDetails) -> list[Choice]:
    values = {"invoice_number": invoice.number}
    pay = [Choice("pay_it", "make_payment", values)] if invoice.payable > 0 else []
    return [Choice("pdf_of_it", "get_invoice_pdf", values), *pay]
