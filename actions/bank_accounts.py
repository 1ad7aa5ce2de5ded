"""Bank accounts are added, changed and removed on the portal's page, never in a conversation (behaviour.md, row 9)."""

from typing import ClassVar

from actions.dialogue.task import Task
from actions.say import Choice


class AddBankAccount(Task):
    """A one-time link to the page of one account; asks which one only when there are several."""

    name: ClassVar[str] = "add_bank_account"
    entities: ClassVar[frozenset[str]] = frozenset({"account_number"})

    def take(self) -> None:
        """For which account."""
        account = self.desk.turn.first("account_number")
        if account:
            self.state.fields["account"] = account

    async def go_on(self) -> bool:
        """Hand over the link."""
        accounts = await self.desk.customer.accounts()
        named = [one for one in accounts if one.number == self.state.fields.get("account")]
        if len(accounts) > 1 and not named:
            choices = [self.choice("account", title=one.model_dump(), account_number=one.number) for one in accounts]
            return self.ask("account", "bank_which_account", *choices)
        link = await self.desk.customer.bank_account_link((named or accounts)[0].number)
        links = [{"name": "bank_account_page", "url": link.url}]
        self.say.reply("bank_page", Choice("make_payment", "make_payment"), links=links)
        return True
