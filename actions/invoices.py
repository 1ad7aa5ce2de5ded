"""The invoices past due, oldest first, a page at a time (behaviour.md, row 2)."""

from typing import ClassVar

from actions.billing.records import InvoicePage
from actions.dialogue.task import Task
from actions.say import Choice

PAGE = 5  # invoices in one reply


class ListOverdueInvoices(Task):
    """Number, due date, days late and balance of each; then their PDF or their payment."""

    name: ClassVar[str] = "list_overdue_invoices"
    entities: ClassVar[frozenset[str]] = frozenset({"account_number"})

    async def go_on(self) -> bool:
        """Show the next page; what was shown can be pointed at."""
        cursor = (self.desk.turn.choice or {}).get("cursor")
        shown_before = self.desk.context.shown_invoices if cursor else []
        page = await self.desk.customer.invoices(
            account=self.desk.turn.first("account_number"),
            status="overdue",
            sort="due",
            limit=PAGE,
            cursor=cursor,
        )
        if not page.items:
            self.say.reply("overdue_none", Choice("check_balance", "check_balance"))
            return True
        self.desk.context.show([*shown_before, *(one.number for one in page.items)])
        self._show(page, first=len(shown_before) + 1)
        return True

    def _show(self, page: InvoicePage, first: int) -> None:
        self.say.reply(
            "overdue_list" if first == 1 else "overdue_more",
            *self._offers(page),
            invoices=[one.model_dump() for one in page.items],
            first=first,
            last=first + len(page.items) - 1,
            count=page.total_count,
            total=page.total_balance,
        )

    def _offers(self, page: InvoicePage) -> list[Choice]:
        more = [Choice("more", self.name, {"cursor": page.next_cursor})] if page.next_cursor else []
        return [
            *more,
            Choice("pdf_overdue", "get_invoice_pdf", {"selector": "overdue"}),
            Choice("pay_overdue", "make_payment", {"selector": "overdue"}),
        ]
