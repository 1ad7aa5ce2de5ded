"""Copies of invoices by one-time links (behaviour.md, row 5)."""

from typing import ClassVar

from actions.billing.errors import NotFound
from actions.billing.records import Invoice
from actions.dialogue.task import Task
from actions.pointing import Pointer, as_shown, fetch, pointed
from actions.say import Choice

DOCUMENTS_AT_MOST = 5  # beyond that, one zip


class GetInvoicePdf(Task):
    """The invoice named, the latest when none is, or all that are overdue."""

    name: ClassVar[str] = "get_invoice_pdf"
    entities: ClassVar[frozenset[str]] = frozenset({"invoice_number", "selector", "period"})

    def take(self) -> None:
        """Which invoices."""
        pointer = pointed(self.desk.turn, self.desk.context)
        if pointer is not None:
            self.state.fields["which"] = pointer.as_field()

    async def go_on(self) -> bool:
        """Hand over the documents; an invoice of somebody else is as unknown as one that is not."""
        which = self.state.fields.get("which")
        pointer = Pointer.from_field(which) if which else Pointer("latest")
        try:
            invoices = await fetch(self.desk.customer, pointer)
        except NotFound as missing:
            return self._say_not_found(pointer, str(missing))
        await self._hand_over(invoices, by_default=which is None)
        return True

    def _say_not_found(self, pointer: Pointer, missing: str) -> bool:
        if pointer.how != "numbers":
            self.say.reply(f"pdf_none_{pointer.how}")
            return True
        latest = self.choice("pdf_latest", selector="latest")
        return self.ask("which", "pdf_not_found", latest, number=missing)

    async def _hand_over(self, invoices: list[Invoice], *, by_default: bool) -> None:
        numbers = [one.number for one in invoices]
        batches = [numbers] if len(numbers) > DOCUMENTS_AT_MOST else [[number] for number in numbers]
        links = [await self.desk.customer.document_link(batch, self._delivery) for batch in batches]
        documents = [{"title": link.title, "url": link.url, "media_type": link.media_type} for link in links]
        if len(invoices) == 1:
            self.desk.context.take_in_hand(as_shown(invoices)[0])
        self.say.reply(
            "pdf_latest" if by_default else _reply_for(numbers, batches),
            *self._offers(invoices),
            documents=documents,
            numbers=numbers,
            count=len(numbers),
            issued=invoices[0].issued,
            total=invoices[0].total,
        )

    @property
    def _delivery(self) -> str:
        """Telephones look at addresses on their own: there a page with a button comes first (security.md, A11)."""
        return "page" if self.desk.channel == "sms" else "direct"

    @staticmethod
    def _offers(invoices: list[Invoice]) -> list[Choice]:
        if len(invoices) == 1 and invoices[0].payable > 0:
            return [Choice("pay_it", "make_payment", {"invoice_number": invoices[0].number})]
        return []


def _reply_for(numbers: list[str], batches: list[list[str]]) -> str:
    if len(numbers) == 1:
        return "pdf_one"
    return "pdf_zip" if len(batches) == 1 else "pdf_several"
