"""An invoice the customer does not agree with (behaviour.md, row 21)."""

from decimal import Decimal
from typing import ClassVar
from uuid import uuid4

from actions.billing.errors import NotFound, Refused
from actions.billing.records import Dispute, Invoice, InvoicePage
from actions.dialogue.task import Task
from actions.pointing import Pointer, fetch, pointed
from actions.say import Choice
from languages.wishes import bare_amount, reason_meant

WHOLE = "whole"  # an amount said in words: all of the invoice
OFFERED = 3  # invoices among which to choose
DETAILS_AT_MOST = 1000  # characters
_WHOLE = frozenset({"not_ours", "billed_twice"})  # reasons that are about all of an invoice


class DisputeInvoice(Task):
    """Takes invoice, reason and amount, and gives the number of the case."""

    name: ClassVar[str] = "dispute_invoice"
    entities: ClassVar[frozenset[str]] = frozenset({"invoice_number", "amount", "selector", "period"})
    also_intents: ClassVar[frozenset[str]] = frozenset({"complain"})

    def answers(self) -> bool:
        """A reason in a few words, or a bare number where an amount was asked for."""
        turn, question = self.desk.turn, self.state.question
        says_why = question == "reason" and turn.is_short and reason_meant(turn.text) is not None
        return says_why or (question == "amount" and turn.is_short and bare_amount(turn.text) is not None)

    def take(self) -> None:
        """The invoice, the reason, the amount; the words themselves are kept for whoever examines the case."""
        turn, fields = self.desk.turn, self.state.fields
        whole = self.state.question == "amount" and turn.first("selector") == "all"
        pointer = None if whole else pointed(turn, self.desk.context, before=fields.get("which"))
        amount = WHOLE if whole else turn.first("amount")
        if amount is None and self.state.question == "amount" and bare_amount(turn.text) is not None:
            amount = str(bare_amount(turn.text))
        given = {
            "which": pointer.as_field() if pointer else None,
            "amount": amount,
            "reason": (turn.choice or {}).get("reason") or reason_meant(turn.text),
        }
        fields |= {name: value for name, value in given.items() if value is not None}
        if turn.choice is None and turn.text not in fields.setdefault("words", []):
            fields["words"].append(turn.text)

    async def go_on(self) -> bool:
        """Ask for what is missing, then open the case."""
        invoice = await self._invoice()
        if invoice is None:
            return False
        if "reason" not in self.state.fields:
            reasons = ("wrong_amount", "not_ours", "billed_twice", "service", "other")
            choices = [self.choice(f"reason_{one}", reason=one) for one in reasons]
            return self.ask("reason", "dispute_reason", *choices, number=invoice.number)
        amount = self._amount(invoice)
        return await self._open(invoice, amount) if amount is not None else False

    async def _invoice(self) -> Invoice | None:
        which = self.state.fields.get("which")
        if which is None:
            return await self._the_only_one()
        try:
            found = await fetch(self.desk.customer, Pointer.from_field(which))
        except NotFound as missing:
            del self.state.fields["which"]
            await self._ask_which("dispute_not_found", number=str(missing))
            return None
        if len(found) > 1:
            await self._ask_which("dispute_which")
            return None
        return found[0]

    async def _the_only_one(self) -> Invoice | None:
        """The customer's only invoice; which one is asked of those who have several."""
        latest = await self._latest()
        if latest.total_count == 1:
            return latest.items[0]
        await self._ask_which("dispute_which")
        return None

    async def _latest(self) -> InvoicePage:
        return await self.desk.customer.invoices(status="all", sort="-issued", limit=OFFERED)

    async def _ask_which(self, reply: str, **values: str) -> None:
        latest = await self._latest()
        choices = [self.choice("invoice", title=one.model_dump(), invoice_number=one.number) for one in latest.items]
        self.ask("which", reply, *choices, **values)

    def _amount(self, invoice: Invoice) -> Decimal | None:
        said = self.state.fields.get("amount")
        if said == WHOLE or (said is None and self.state.fields["reason"] in _WHOLE):
            return invoice.total
        if said is not None and 0 < Decimal(said) <= invoice.total:
            return Decimal(said)
        whole = self.choice("dispute_whole", title={"amount": invoice.total}, amount=str(invoice.total))
        reply = "dispute_amount" if said is None else "dispute_amount_too_high"
        self.ask("amount", reply, whole, number=invoice.number, total=invoice.total)
        return None

    async def _open(self, invoice: Invoice, amount: Decimal) -> bool:
        fields = self.state.fields
        request = {
            "invoice": invoice.number,
            "reason": fields["reason"],
            "amount": str(amount),
            "details": "\n".join(fields["words"])[:DETAILS_AT_MOST],
            "language": self.desk.language,
            "conversation": self.desk.turn.conversation,
        }
        try:
            dispute = await self.desk.customer.open_dispute(request, fields.setdefault("key", str(uuid4())))
        except Refused as refusal:
            if refusal.code != "already-disputed":
                raise
            person = Choice("talk_to_agent", "talk_to_agent", {"topic": self.name})
            self.say.reply("already_disputed", person, invoice=invoice.number, number=refusal.facts.get("number"))
            return True
        return self._tell(dispute, amount)

    def _tell(self, dispute: Dispute, amount: Decimal) -> bool:
        self.say.reply(
            "dispute_opened",
            Choice("check_balance", "check_balance"),
            number=dispute.number,
            invoice=dispute.invoice,
            amount=amount,
        )
        return True
