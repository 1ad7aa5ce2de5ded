"""What the customer owes: due, overdue, and what falls due next (behaviour.md, row 1)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from actions.ageing import Chart, ageing_charts
from actions.billing.records import Account
from actions.dialogue.task import Task
from actions.say import Choice


class CheckBalance(Task):
    """One line per account if there are several, then the sum."""

    name: ClassVar[str] = "check_balance"
    entities: ClassVar[frozenset[str]] = frozenset({"account_number"})

    def take(self) -> None:
        """Whose balance, where accounts are named."""
        self.state.fields["accounts"] = self.desk.turn.all("account_number")

    async def go_on(self) -> bool:
        """Say the balance of the account named, or of all of them, and draw it where it is late in several parts."""
        accounts = await self.desk.customer.accounts()
        named = [one for one in accounts if one.number in self.state.fields["accounts"]]
        accounts = named or accounts
        if len(accounts) == 1:
            self._say_one(accounts[0], await ageing_charts(self.desk, accounts[0]))
        else:
            self._say_several(accounts)
        return True

    def _say_one(self, account: Account, charts: list[Chart]) -> None:
        self.say.reply(
            "balance_nothing_due" if account.total_due == 0 else "balance",
            *_offers(account.total_due, account.overdue_count),
            charts=charts,
            **account.model_dump(),
        )

    def _say_several(self, accounts: list[Account]) -> None:
        due, overdue = _sum(one.total_due for one in accounts), _sum(one.total_overdue for one in accounts)
        count = sum(one.overdue_count for one in accounts)
        self.say.reply(
            "balance_several",
            *_offers(due, count),
            accounts=[one.model_dump() for one in accounts],
            total_due=due,
            total_overdue=overdue,
            overdue_count=count,
        )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal("0.00"))


def _offers(due: Decimal, overdue_count: int) -> list[Choice]:
    """What usually comes next."""
    offers = []
    if overdue_count:
        offers.append(Choice("list_overdue_invoices", "list_overdue_invoices"))
    if due > 0:
        offers.append(Choice("make_payment", "make_payment"))
    return offers
