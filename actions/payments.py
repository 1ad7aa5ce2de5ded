"""Paying by ACH: what, from which bank account, when; read back; paid after a clear yes (behaviour.md, 7–9)."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from actions import payment_words as words
from actions.allocation import AmountAboveDue, NothingToPay, allocate, payable_of
from actions.billing.errors import BillingError, IdentityNotAccepted, NotFound, Refused
from actions.billing.records import Account, BankAccount, Invoice, Payment
from actions.consent import Consent
from actions.dialogue.task import OUTCOME, Task
from actions.pointing import Pointer, fetch, pointed
from actions.say import Choice
from actions.submission import Outcome, look_up, submit, watch
from company import COMPANY
from languages.wishes import bare_amount
from sessions.drafts import Draft, DraftStatus

LEAST_BARE = Decimal(10)  # a smaller bare number is rather a place in a list

Order = dict[str, Any]


class MakePayment(Task):
    """Each ``_…`` step gives a value, or puts a question and gives ``None``."""

    name: ClassVar[str] = "make_payment"
    entities: ClassVar[frozenset[str]] = frozenset(
        {"invoice_number", "account_number", "amount", "date", "selector", "period"}
    )
    dropped_by: ClassVar[frozenset[str]] = frozenset({"cancel_payment"})

    # -- what a message gives ---------------------------------------------------------------------
    def answers(self) -> bool:
        """A bare number where an amount may stand, or the last digits or the label of a bank account offered."""
        turn = self.desk.turn
        if turn.intent == "request_payment_plan" and turn.corrects("amount", "date"):
            return True
        if not turn.is_short or turn.first("invoice_number") or turn.first("account_number"):
            return False
        names_a_bank = self.state.question == "bank_account" and words.names_one(self.state.fields, turn.text)
        return names_a_bank or self._bare_amount() is not None

    def take(self) -> None:
        """Values, a bank account, or the answer to the question put."""
        turn, fields = self.desk.turn, self.state.fields
        gave_values = self._take_values()
        fields["bank_words"] = turn.text if turn.choice is None else ""
        chosen = (turn.choice or {}).get("bank_account")
        if chosen:
            fields["bank_account"] = chosen
        if not gave_values and not chosen:
            self._take_answer()

    def _take_values(self) -> bool:
        turn, fields = self.desk.turn, self.state.fields
        pointer = pointed(turn, self.desk.context, before=fields.get("which"))
        found = {
            "which": pointer.as_field() if pointer else None,
            "amount": turn.first("amount") or self._bare_amount(),
            "date": turn.first("date"),
            "account": turn.first("account_number"),
        }
        given = {name: value for name, value in found.items() if value is not None}
        if "which" in given and "amount" not in given:
            fields.pop("amount", None)  # another invoice, paid whole unless said otherwise
        if "which" in given and "account" not in given and turn.intent == self.name:
            fields.pop("account", None)  # said anew, it may be of another account
        fields |= given
        if given:
            fields.pop("confirmed", None)
        return bool(given)

    def _bare_amount(self) -> str | None:
        """The one number of a few words, where the question put is about what to pay or whether it is right."""
        turn = self.desk.turn
        asked = self.state.question in ("what", "amount", "confirm")
        if not asked or not turn.is_short or turn.entities or turn.choice is not None:
            return None
        amount = bare_amount(turn.text)
        return str(amount) if amount is not None and amount >= LEAST_BARE else None

    def _take_answer(self) -> None:
        """A yes counts for the very payment that was read back, a click only if it was for that one."""
        turn, fields = self.desk.turn, self.state.fields
        answer, question = turn.clear_answer, self.state.question
        if turn.choice is not None and not self._is_about_what_was_asked(turn.choice):
            return
        if question in ("confirm", "resend") and answer == "yes":
            fields["confirmed"] = fields["draft"]
        elif question == "consent" and answer == "yes":
            fields["consent_said"] = turn.text
        elif question in ("confirm", "resend", "consent") and answer == "no":
            fields["declined"] = question

    def _is_about_what_was_asked(self, choice: dict[str, Any]) -> bool:
        """Whether a button answers the question that waits: one pressed twice, or long gone by, does not."""
        if self.state.question == "consent":
            return bool(choice.get("consent") == self.state.fields["consent_for"])
        return bool(choice.get("draft") == self.state.fields.get("draft"))

    # -- the steps --------------------------------------------------------------------------------
    async def go_on(self) -> bool:
        """The next step; ``True`` once the payment is submitted or given up."""
        if self.state.fields.get("declined"):
            self.say.reply("payment_declined")
            return True
        unsettled = self._unsettled()
        if unsettled is not None:
            return await self._settle(unsettled)
        if self.state.fields.get("confirmed"):
            return await self._pay()
        order = await self._order()
        if order is None:
            return bool(self.state.fields.get("nothing_to_pay"))
        return self._read_back(order)

    async def _order(self) -> Order | None:
        account = await self._account()
        if account is None:
            return None
        parts = await self._parts(account)
        if parts is None:
            return None
        day = self._day()
        if day is None:
            return None
        bank = await self._bank_account(account.number)
        if bank is None or not await Consent(self).is_given(bank):
            return None
        self.state.fields["bank_shown"] = {"label": bank.label, "last4": bank.last4}
        return {
            "account": account.number,
            "bank_account": bank.id,
            "date": day.isoformat(),
            "allocations": parts,
            "language": self.desk.language,
        }

    async def _account(self) -> Account | None:
        """The account to pay for: said, that of the invoice named, or the only one with something due."""
        accounts = await self.desk.customer.accounts()
        wanted = self.state.fields.get("account") or await self._account_of_the_invoice()
        if wanted:
            named = [one for one in accounts if one.number == wanted]
            if named:
                return named[0]
            self.state.fields.pop("account", None)
        owing = words.accounts_that_owe(accounts, self.state.fields.get("which"))
        if len(owing) == 1:
            return owing[0]
        if not owing:
            self.say.reply("nothing_to_pay", Choice("check_balance", "check_balance"))
            self.state.fields["nothing_to_pay"] = True
            return None
        choices = [self.choice("account", title=one.model_dump(), account_number=one.number) for one in owing]
        self.ask("account", "pay_which_account", *choices)
        return None

    async def _account_of_the_invoice(self) -> str | None:
        which = self.state.fields.get("which")
        if not which or which["how"] != "numbers":
            return None
        try:
            invoices = await fetch(self.desk.customer, Pointer.from_field(which))
        except NotFound:
            return None
        return invoices[0].account

    async def _parts(self, account: Account) -> list[dict[str, str]] | None:
        """The amounts by invoice; asks again for what cannot be paid."""
        which, amount = self.state.fields.get("which"), self.state.fields.get("amount")
        if which is None and amount is None and (account.open_count > 1 or self.state.question == "what"):
            self._ask_what(account)
            return None
        pointer = Pointer.from_field(which) if which else Pointer("all")
        try:
            invoices = words.to_be_paid(await fetch(self.desk.customer, pointer, account.number), pointer)
            allocations = allocate(invoices, Decimal(amount) if amount else None)
        except NotFound as missing:
            number = str(missing) if pointer.how == "numbers" else None
            await self._ask_what_else("pay_not_found", account, number=number)
            return None
        except NothingToPay:
            number = invoices[0].number if invoices else None
            await self._ask_what_else(words.why_not_payable(invoices), account, number=number)
            return None
        except AmountAboveDue as above:
            self._ask_amount(above.payable, invoices)
            return None
        if not allocations:
            self._ask_amount(account.total_due, invoices)
            return None
        return [{"invoice": part.invoice, "amount": str(part.amount)} for part in allocations]

    def _ask_what(self, account: Account) -> None:
        self.ask("what", "pay_what", *self._whats(account), **account.model_dump())

    async def _ask_what_else(self, reply: str, account: Account, number: str | None) -> None:
        self.state.fields.pop("which", None)
        self.say.reply(reply, number=number)
        self.state.question = None
        if await self._anything_payable(account):
            self._ask_what(account)
        else:
            self.state.fields["nothing_to_pay"] = True

    async def _anything_payable(self, account: Account) -> bool:
        """What is due may be covered by a scheduled payment or under dispute: then there is nothing to ask for."""
        everything = Pointer("all")
        try:
            invoices = await fetch(self.desk.customer, everything, account.number)
        except NotFound:
            return False
        return payable_of(words.to_be_paid(invoices, everything)) > 0

    def _ask_amount(self, payable: Decimal, invoices: list[Invoice]) -> None:
        whole = self.choice("pay_whole", title={"amount": payable}, amount=str(payable))
        self.ask("amount", "amount_above_due", whole, payable=payable, count=len(invoices))

    def _whats(self, account: Account) -> list[Choice]:
        overdue = self.choice("pay_overdue_amount", title=account.model_dump(), selector="overdue")
        everything = self.choice("pay_everything_amount", title=account.model_dump(), selector="all")
        return [overdue, everything] if 0 < account.total_overdue < account.total_due else [everything]

    def _day(self) -> date | None:
        today = datetime.now(COMPANY.zone).date()
        said = self.state.fields.get("date")
        last = today + timedelta(days=COMPANY.payment_at_most_days_ahead)
        if said is None:
            return today
        # The billing system's own first day counts where it differs from ours (see _refused).
        if today <= date.fromisoformat(said) <= last or said == self.state.fields.get("first_day"):
            return date.fromisoformat(said)
        self.ask("date", "date_out_of_range", first=today, last=last)
        return None

    async def _bank_account(self, account: str) -> BankAccount | None:
        """The bank account said or chosen, or the only one; none is ever typed in here."""
        banks = [one for one in await self.desk.customer.bank_accounts(account) if one.status == "active"]
        if not banks:
            link = await self.desk.customer.bank_account_link(account)
            links = [{"name": "bank_account_page", "url": link.url}]
            self.ask("bank_account_added", "no_bank_account", self.choice("bank_account_added"), links=links)
            return None
        bank = words.bank_account_meant(banks, self.state.fields)
        if bank is None:
            self.state.fields["banks_offered"] = [{"label": one.label, "last4": one.last4} for one in banks]
            choices = [self.choice("bank_account", title=one.model_dump(), bank_account=one.id) for one in banks]
            self.ask("bank_account", "pay_from_which", *choices)
            return None
        self.state.fields["bank_account"] = bank.id
        return bank

    # -- the read-back and after ------------------------------------------------------------------
    def _read_back(self, order: Order) -> bool:
        """State the whole payment and wait; the same order keeps its draft, so an earlier button still holds."""
        draft = self._draft()
        if draft is not None and draft.status is DraftStatus.NOT_RECEIVED and words.is_the_same(draft.order, order):
            return self._ask_to_resend(draft)
        if draft is None or draft.status is not DraftStatus.READ_BACK or draft.order != order:
            draft = self.desk.sessions.drafts.read_back(self.desk.turn.conversation, order)
            self.state.fields["draft"] = draft.id
            self.state.question = None
        yes = self.choice("pay_yes", "affirm", title={"amount": words.total(order)}, draft=draft.id)
        no = self.choice("pay_no", "deny", draft=draft.id)
        return self.ask("confirm", "read_back", yes, no, **words.told(order, self.state.fields))

    async def _pay(self) -> bool:
        drafts, draft = self.desk.sessions.drafts, self._draft()
        customer = self.desk.customer
        if draft is None or not drafts.authorise(draft.id):
            self.state.fields.pop("confirmed")
            return await self.go_on()
        try:
            outcome = await submit(drafts, customer, draft)
        except IdentityNotAccepted as refusal:
            if not refusal.fresh:
                del self.state.fields["confirmed"]  # whoever comes next hears the read-back first
            raise
        except (Refused, NotFound) as refusal:
            return await self._refused(refusal)
        return self._tell(outcome, draft)

    async def _refused(self, refusal: BillingError) -> bool:
        """Forget the value that was refused and ask for another."""
        fields = self.state.fields
        del fields["confirmed"]
        code = refusal.code if isinstance(refusal, Refused) else ""
        if code == "bank-account-not-authorized":
            fields.pop("consent_said", None)
            fields.pop("consent_for", None)  # what was shown does not count any more: the text of now is
            return await self.go_on()
        if code == "date-out-of-range" and isinstance(refusal, Refused) and "from" in refusal.facts:
            fields["date"] = fields["first_day"] = refusal.facts["from"]
            return await self.go_on()
        for field in ("which", "amount", "date"):
            fields.pop(field, None)
        raise refusal

    async def _settle(self, draft: Draft) -> bool:
        self.state.fields["draft"] = draft.id
        return self._tell(await look_up(self.desk.sessions.drafts, self.desk.customer, draft), draft)

    def _tell(self, outcome: Outcome, draft: Draft) -> bool:
        self.state.fields.pop("confirmed", None)
        if isinstance(outcome, Payment):
            self.say.reply("payment_submitted", Choice("check_balance", "check_balance"), **outcome.model_dump())
            return True
        if outcome == "not_received":
            return self._ask_to_resend(draft)
        if self.state.question != OUTCOME:
            customer = self.desk.customer
            watch(self.desk.sessions.drafts, customer.with_time, draft)
        return self.ask(OUTCOME, "payment_unknown", self.choice("look_again"))

    def _ask_to_resend(self, draft: Draft) -> bool:
        """Under the key it had: were it still on its way, it would be paid once (security.md, P4)."""
        yes, no = self.choice("resend_yes", "affirm", draft=draft.id), self.choice("pay_no", "deny", draft=draft.id)
        return self.ask("resend", "payment_not_received", yes, no, amount=words.total(draft.order))

    def _draft(self) -> Draft | None:
        draft_id = self.state.fields.get("draft")
        return self.desk.sessions.drafts.get(draft_id) if draft_id else None

    def _unsettled(self) -> Draft | None:
        """A payment of this conversation whose outcome is unknown comes before any new one."""
        return next(iter(self.desk.sessions.drafts.unsettled(self.desk.turn.conversation)), None)
