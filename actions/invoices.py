"""Lists of invoices, a page at a time (behaviour.md, rows 2 and 3)."""

from typing import Any, ClassVar

from actions.billing.records import InvoicePage
from actions.dialogue.task import Task
from actions.pointing import as_shown
from actions.say import Choice
from languages.periods import days_of
from languages.statuses import status_meant

PAGE = 5  # invoices in one reply

Filters = dict[str, Any]


class ListInvoices(Task):
    """Open invoices unless paid or past ones are asked for; a period is that of their issue."""

    name: ClassVar[str] = "list_invoices"
    entities: ClassVar[frozenset[str]] = frozenset({"account_number", "period"})

    def take(self) -> None:
        """What to list, or the page after the one shown."""
        chosen = self.desk.turn.choice or {}
        self.state.fields["filters"] = chosen.get("filters") or self._filters()
        self.state.fields["cursor"] = chosen.get("cursor")

    async def go_on(self) -> bool:
        """Show the page; what was shown can be pointed at."""
        filters, cursor = self.state.fields["filters"], self.state.fields["cursor"]
        shown_before = self.desk.context.shown_invoices if cursor else []
        page = await self.desk.customer.invoices(limit=PAGE, cursor=cursor, **filters)
        if page.items:
            self.desk.context.show([*shown_before, *as_shown(page.items)])
            self._show(page, filters, first=len(shown_before) + 1)
        else:
            self.say.reply(f"{filters['status']}_none", Choice("check_balance", "check_balance"))
        return True

    def _filters(self) -> Filters:
        turn = self.desk.turn
        period = turn.first("period")
        status = status_meant(turn.text) or ("all" if period else "open")
        filters = {
            "account": turn.first("account_number"),
            "status": status,
            "sort": "due" if status == "open" else "-issued",
        }
        if period:
            filters["from"], filters["to"] = days_of(period)
        return filters

    def _show(self, page: InvoicePage, filters: Filters, first: int) -> None:
        self.say.reply(
            f"{filters['status']}_list" if first == 1 else f"{filters['status']}_more",
            *self._offers(page, filters),
            invoices=[one.model_dump() for one in page.items],
            first=first,
            last=first + len(page.items) - 1,
            count=page.total_count,
            total=page.total_balance,
        )

    def _offers(self, page: InvoicePage, filters: Filters) -> list[Choice]:
        if page.next_cursor is None:
            return []
        return [Choice("more", self.name, {"cursor": page.next_cursor, "filters": filters})]


class ListOverdueInvoices(ListInvoices):
    """Number, due date, days late and balance of each, the oldest first; then their PDF or their payment."""

    name: ClassVar[str] = "list_overdue_invoices"
    entities: ClassVar[frozenset[str]] = frozenset({"account_number"})

    def _filters(self) -> Filters:
        return {"account": self.desk.turn.first("account_number"), "status": "overdue", "sort": "due"}

    def _offers(self, page: InvoicePage, filters: Filters) -> list[Choice]:
        return [
            *super()._offers(page, filters),
            Choice("pdf_overdue", "get_invoice_pdf", {"selector": "overdue"}),
            Choice("pay_overdue", "make_payment", {"selector": "overdue"}),
        ]
