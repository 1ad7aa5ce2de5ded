"""What became of payments, and stopping one before it goes to the bank (behaviour.md, rows 10–12)."""

from typing import ClassVar
from uuid import uuid4

from actions.billing.errors import NotFound, Refused
from actions.billing.records import Payment
from actions.dialogue.task import Task
from actions.say import Choice
from languages.periods import days_of

RECENT = 3  # payments in one reply
CANCELLABLE = frozenset({"scheduled", "submitted"})


class PaymentStatus(Task):
    """By reference, by invoice, by period, or the last ones; a returned one says what can be done."""

    name: ClassVar[str] = "payment_status"
    entities: ClassVar[frozenset[str]] = frozenset({"payment_reference", "invoice_number", "period"})

    def take(self) -> None:
        """Which payments."""
        turn = self.desk.turn
        self.state.fields |= {
            "reference": turn.first("payment_reference"),
            "invoice": turn.first("invoice_number"),
            "period": turn.first("period"),
        }

    async def go_on(self) -> bool:
        """Say the status of each; a returned payment is explained, with its remedy as a choice."""
        reference = self.state.fields["reference"]
        try:
            payments = [await self.desk.customer.payment(reference)] if reference else await self._last()
        except NotFound:
            self.say.reply("payment_not_found", reference=reference)
            return True
        if not payments:
            self.say.reply("payments_none", Choice("check_balance", "check_balance"))
            return True
        self.say.reply("payment_statuses", *_offers(payments[0]), payments=[one.model_dump() for one in payments])
        if payments[0].remedy:
            self.say.reply(f"remedy_{payments[0].remedy}", label=payments[0].bank_account.label)
        return True

    async def _last(self) -> list[Payment]:
        filters: dict[str, str | int | None] = {"limit": RECENT, "invoice": self.state.fields["invoice"]}
        if self.state.fields["period"]:
            filters["from"], filters["to"] = days_of(self.state.fields["period"])
        return list((await self.desk.customer.payment_page(**filters)).items)


class CancelPayment(Task):
    """Possible until it is sent to the bank; read back, then a clear yes."""

    name: ClassVar[str] = "cancel_payment"
    entities: ClassVar[frozenset[str]] = frozenset({"payment_reference"})

    def take(self) -> None:
        """Which payment, or the answer to the read-back."""
        reference = self.desk.turn.first("payment_reference")
        if reference:
            self.state.fields["reference"] = reference
        if self.state.question == "confirm" and (reference is None or self.desk.turn.choice is not None):
            self.state.fields["answer"] = self.desk.turn.clear_answer

    async def go_on(self) -> bool:
        """Find it, read it back, cancel it after a yes."""
        answer = self.state.fields.pop("answer", None)
        if answer == "no":
            self.say.reply("payment_kept")
            return True
        payment = await self._payment()
        if payment is None:
            return True
        if answer == "yes":
            return await self._cancel(payment)
        yes = self.choice("cancel_yes", "affirm", payment_reference=payment.reference)
        no = self.choice("cancel_no", "deny", payment_reference=payment.reference)
        return self.ask("confirm", "cancel_read_back", yes, no, **payment.model_dump())

    async def _payment(self) -> Payment | None:
        """The one named, else the last that can still be stopped; says so when there is none."""
        reference = self.state.fields.get("reference")
        try:
            found = (
                [await self.desk.customer.payment(reference)]
                if reference
                else [one for one in await self.desk.customer.payments(limit=10) if one.status in CANCELLABLE]
            )
        except NotFound:
            self.say.reply("payment_not_found", reference=reference)
            return None
        if not found:
            self.say.reply("nothing_to_stop", Choice("payment_status", "payment_status"))
            return None
        if found[0].status not in CANCELLABLE:
            self.say.reply("too_late_to_cancel", Choice("talk_to_agent", "talk_to_agent"), **found[0].model_dump())
            return None
        self.state.fields["reference"] = found[0].reference
        return found[0]

    async def _cancel(self, payment: Payment) -> bool:
        key = self.state.fields.setdefault("key", str(uuid4()))
        try:
            cancelled = await self.desk.customer.cancel_payment(payment.reference, key)
        except Refused as refusal:
            if refusal.code != "already-sent":
                raise
            self.say.reply("too_late_to_cancel", Choice("talk_to_agent", "talk_to_agent"), **payment.model_dump())
            return True
        self.say.reply("payment_cancelled", Choice("check_balance", "check_balance"), **cancelled.model_dump())
        return True


def _offers(latest: Payment) -> list[Choice]:
    again = Choice("pay_again", "make_payment", {"invoice_number": [one.number for one in latest.invoices]})
    remedies = {
        "retry": [again],
        "other_account": [Choice("add_bank_account", "add_bank_account"), again],
        "agent": [Choice("talk_to_agent", "talk_to_agent", {"topic": "payment_status"})],
    }
    if latest.remedy:
        return remedies[latest.remedy]
    if latest.status in CANCELLABLE:
        return [Choice("cancel_payment", "cancel_payment", {"payment_reference": latest.reference})]
    return []
