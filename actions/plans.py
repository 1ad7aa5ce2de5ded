"""More time: a promise for a day, or instalments within the rules (behaviour.md, row 22)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any, ClassVar
from uuid import uuid4

from actions import payment_words as words
from actions.billing.errors import NotFound
from actions.billing.records import Account, PlanOptions
from actions.dialogue.task import Task
from actions.pointing import Pointer, fetch, pointed
from actions.say import Choice
from company import COMPANY
from languages.wishes import bare_count, instalments_meant

CENT = Decimal("0.01")

Parts = list[dict[str, str]]


def instalments(amount: Decimal, days: Sequence[date]) -> Parts:
    """An amount in equal parts, the last one taking the cents that are left."""
    part = (amount / len(days)).quantize(CENT, ROUND_DOWN)
    amounts = [part] * (len(days) - 1) + [amount - part * (len(days) - 1)]
    return [{"date": day.isoformat(), "amount": str(one)} for day, one in zip(days, amounts, strict=True)]


class RequestPaymentPlan(Task):
    """What is promised is read back and recorded after a yes; nothing is debited by a promise."""

    name: ClassVar[str] = "request_payment_plan"
    entities: ClassVar[frozenset[str]] = frozenset({"invoice_number", "account_number", "amount", "date", "selector"})

    def answers(self) -> bool:
        """A number of times ("en deux fois", "non, trois") where the way was asked for or read back."""
        turn = self.desk.turn
        if turn.intent == "make_payment" and turn.corrects("amount", "date"):
            return True
        return turn.is_short and self._count_said() is not None

    def _count_said(self) -> int | None:
        """How often is to be paid; a bare number only where that was the question."""
        turn = self.desk.turn
        if turn.choice is not None:
            return turn.choice.get("count")
        count = instalments_meant(turn.text)
        asked = self.state.question in ("how", "confirm") and turn.is_short
        return count if count is not None or not asked else bare_count(turn.text)

    def take(self) -> None:
        """What, how many times, when; or the answer to the read-back."""
        turn, fields = self.desk.turn, self.state.fields
        count = self._count_said()
        pointer = pointed(turn, self.desk.context, before=fields.get("which")) if count is None else None
        given = {
            "which": pointer.as_field() if pointer else None,
            "account": turn.first("account_number"),
            "amount": turn.first("amount"),
            "days": turn.all("date") or None,
            "count": count,
        }
        given = {name: value for name, value in given.items() if value is not None}
        if "count" in given:
            fields.pop("days", None)
        elif "days" in given:
            fields.pop("count", None)
        fields |= given
        about_another = turn.choice is not None and turn.choice.get("parts") != fields.get("read_back")
        if not given and self.state.question == "confirm" and not about_another:
            fields["answer"] = turn.clear_answer

    async def go_on(self) -> bool:
        """Ask for what is missing, read back, record after a yes."""
        answer = self.state.fields.pop("answer", None)
        if answer == "no":
            self.say.reply("plan_declined", Choice("agent", "talk_to_agent", {"topic": self.name}))
            return True
        account = await self._account()
        if account is None:
            return "nothing" in self.state.fields
        options = await self.desk.customer.plan_options(account.number)
        if not options.eligible:
            self.say.reply(
                "plan_refused", Choice("agent", "talk_to_agent", {"topic": self.name}), reason=options.reason
            )
            return True
        parts = await self._parts(account, options)
        if parts is None:
            return False
        if answer == "yes" and parts == self.state.fields.get("read_back"):
            return await self._record(account, parts)
        if parts != self.state.fields.get("read_back"):
            self.state.question = None  # put for the first time
        self.state.fields["read_back"] = parts
        yes, no = self.choice("plan_yes", "affirm", parts=parts), self.choice("plan_no", "deny", parts=parts)
        return self.ask("confirm", "plan_read_back", yes, no, parts=parts, total=_total(parts))

    async def _account(self) -> Account | None:
        accounts = await self.desk.customer.accounts()
        owing = words.accounts_that_owe(accounts, self.state.fields.get("which"))
        named = [one for one in accounts if one.number == self.state.fields.get("account")]
        if named or len(owing) == 1:
            return (named or owing)[0]
        if not owing:
            self.say.reply("nothing_to_pay", Choice("check_balance", "check_balance"))
            self.state.fields["nothing"] = True
            return None
        choices = [self.choice("account", title=one.model_dump(), account_number=one.number) for one in owing]
        self.ask("account", "pay_which_account", *choices)
        return None

    async def _parts(self, account: Account, options: PlanOptions) -> Parts | None:
        """The instalments asked for, or ``None`` with a question put."""
        amount = await self._amount(account, options)
        if amount is None:
            return None
        days = self._days(options)
        return instalments(amount, days) if days else None

    async def _amount(self, account: Account, options: PlanOptions) -> Decimal | None:
        """What is named, else what is overdue, else all that is due."""
        said, which = self.state.fields.get("amount"), self.state.fields.get("which")
        wanted = options.total_overdue or options.total_due
        if said:
            wanted = Decimal(said)
        elif which:
            try:
                wanted = sum(
                    (one.balance for one in await fetch(self.desk.customer, Pointer.from_field(which), account.number)),
                    Decimal(0),
                )
            except NotFound as missing:
                del self.state.fields["which"]
                self.say.reply("invoice_unknown", number=str(missing))
        if 0 < wanted <= options.total_due:
            return wanted
        self.ask("amount", "plan_amount", total=options.total_due)
        return None

    def _days(self, options: PlanOptions) -> list[date] | None:
        count = self.state.fields.get("count")
        if count is not None:
            return self._spread(int(count), options)
        said = sorted(date.fromisoformat(one) for one in self.state.fields.get("days", []))
        if not said:
            self._ask_how("plan_how", options)
            return None
        today = datetime.now(COMPANY.zone).date()
        if said[0] < today or said[-1] > options.last_day or len(said) > options.at_most:
            self.state.fields.pop("days")
            self._ask_how("plan_not_possible", options)
            return None
        return said

    def _spread(self, count: int, options: PlanOptions) -> list[date] | None:
        if not 1 <= count <= options.at_most:
            self.state.fields.pop("count")
            self._ask_how("plan_not_possible", options)
            return None
        today = datetime.now(COMPANY.zone).date()
        ahead = (options.last_day - today).days
        return [today + timedelta(days=ahead * part // count) for part in range(1, count + 1)]

    def _ask_how(self, reply: str, options: PlanOptions) -> None:
        choices = [
            self.choice("plan_in_parts", title={"count": one}, count=one) for one in range(1, options.at_most + 1)
        ]
        self.ask("how", reply, *choices, at_most=options.at_most, last_day=options.last_day)

    async def _record(self, account: Account, parts: Parts) -> bool:
        request: dict[str, Any] = {
            "account": account.number,
            "instalments": parts,
            "language": self.desk.language,
            "conversation": self.desk.turn.conversation,
        }
        plan = await self.desk.customer.make_plan(request, self.state.fields.setdefault("key", str(uuid4())))
        self.say.reply(
            "plan_made", Choice("make_payment", "make_payment"), number=plan.number, parts=parts, total=plan.total
        )
        return True


def _total(parts: Parts) -> Decimal:
    return sum((Decimal(one["amount"]) for one in parts), Decimal(0))
