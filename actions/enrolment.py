"""Enrolling in e-billing, and an invitation that was lost (behaviour.md, row 17)."""

from typing import ClassVar

from actions.dialogue.task import Task
from actions.say import Choice
from company import COMPANY


class Enroll(Task):
    """Served to strangers: the words are the same whether or not the account exists or is enrolled."""

    name: ClassVar[str] = "enroll"
    entities: ClassVar[frozenset[str]] = frozenset({"account_number"})
    also_intents: ClassVar[frozenset[str]] = frozenset({"faq_covered_accounts"})

    def take(self) -> None:
        """Which account."""
        account = self.desk.turn.first("account_number")
        if account:
            self.state.fields["account"] = account

    async def go_on(self) -> bool:
        """Tell whether the number qualifies, and have the invitation sent."""
        account = self.state.fields.get("account")
        if account is None:
            return self.ask("account", "enrol_account", prefix=COMPANY.ebilling_account_prefix)
        if not account.startswith(COMPANY.ebilling_account_prefix):
            self.say.reply("enrol_not_covered", Choice("talk_to_agent", "talk_to_agent", {"topic": self.name}))
            return True
        await self.desk.billing.request_enrolment(account)
        self.say.reply("enrol_sent", Choice("reset_password", "reset_password"), account=account)
        return True
