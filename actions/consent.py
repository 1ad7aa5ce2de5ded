"""The debit authorization: shown in full, consented to once per bank account, kept with its evidence (row 8)."""

from datetime import UTC, datetime
from uuid import uuid4

from actions.billing.records import BankAccount
from actions.dialogue.task import Task


class Consent:
    """The consent a payment task needs before it debits a bank account for the first time."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._desk = task.desk
        self._fields = task.state.fields

    async def is_given(self, bank: BankAccount) -> bool:
        """Whether debits are authorised; otherwise the authorization is shown or the consent just said kept."""
        if bank.authorized:
            return True
        if self._fields.get("consent_said") and self._fields.get("consent_for") == bank.id:
            await self._keep(bank)
            return True
        if self._was_shown(bank):
            self._ask("consent_above", bank)
        else:
            await self._show(bank)
        return False

    def _was_shown(self, bank: BankAccount) -> bool:
        """Once in full in the language of now is enough: it is a page long."""
        return (self._fields.get("consent_for"), self._fields.get("consent_language")) == (bank.id, self._desk.language)

    async def _show(self, bank: BankAccount) -> None:
        text = await self._desk.customer.authorization_text(bank.id)
        self._fields.pop("consent_said", None)
        self._fields |= {
            "consent_for": bank.id,
            "consent_version": text.version,
            "consent_language": text.language,
            "consent_shown_at": datetime.now(UTC).isoformat(),
            "consent_key": str(uuid4()),
        }
        self._ask("consent", bank, text=text.text)

    def _ask(self, reply: str, bank: BankAccount, **values: str) -> None:
        yes = self._task.choice("consent_yes", "affirm", consent=bank.id)
        no = self._task.choice("consent_no", "deny", consent=bank.id)
        self._task.ask("consent", reply, yes, no, label=bank.label, last4=bank.last4, **values)

    async def _keep(self, bank: BankAccount) -> None:
        evidence = {
            "conversation": self._desk.turn.conversation,
            "channel": self._desk.turn.conversation.partition(":")[0],
            "said": self._fields["consent_said"],
            "shown_at": self._fields["consent_shown_at"],
            "said_at": datetime.now(UTC).isoformat(),
        }
        body = {
            "bank_account": bank.id,
            "version": self._fields["consent_version"],
            "language": self._fields["consent_language"],
            "evidence": evidence,
        }
        await self._desk.customer.authorize_debits(body, self._fields["consent_key"])
