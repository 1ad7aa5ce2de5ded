"""Who is there: an account number, then a code sent to the address on file (behaviour.md, "One identity").

Nothing that is said or how long it takes tells whether the account exists: the billing system answers
alike, and a code that was never sent is simply never right.
"""

from typing import ClassVar

from actions.billing.errors import Refused
from actions.billing.records import SignedIn
from actions.dialogue.task import Task
from actions.say import Choice
from company import COMPANY
from sessions import Identity


class Identify(Task):
    """Begun by another task that needs to know; that one goes on when this is done."""

    name: ClassVar[str] = "identify"
    entities: ClassVar[frozenset[str]] = frozenset({"account_number", "otp_code"})

    def take(self) -> None:
        """An account number, a code, or the wish for another code."""
        turn = self.desk.turn
        account = turn.first("account_number")
        if account and account != self.state.fields.get("account"):
            self.state.fields |= {"account": account, "verification": None}
        self.state.fields["code"] = turn.first("otp_code")
        send_by = (turn.choice or {}).get("send_by")
        if send_by:
            self.state.fields |= {"send_by": send_by, "verification": None}

    async def go_on(self) -> bool:
        """Ask for what is missing: the number, then the code."""
        account = self._account()
        if account is None:
            return self.ask("account", f"identity_account_{self._reason}")
        if not account.startswith(COMPANY.ebilling_account_prefix):
            return self._give_up("account_not_covered", Choice("talk_to_agent", "talk_to_agent"))
        if not self.state.fields.get("verification"):
            return await self._send_code(account)
        if not self.state.fields.get("code"):
            return self.ask("code", "identity_code", *self._other_ways())
        return await self._confirm()

    @property
    def _reason(self) -> str:
        return str(self.state.fields["reason"])

    def _account(self) -> str | None:
        account = self.state.fields.get("account")
        identity = self.desk.identity
        if account is None and self._reason == "fresh" and identity is not None:
            account = self.state.fields["account"] = identity.accounts[0]
        return account

    async def _send_code(self, account: str) -> bool:
        by = self.state.fields.get("send_by", "email")
        verification = await self.desk.billing.send_code(account, by)
        self.state.fields["verification"] = verification.verification_id
        reply = "identity_code_fresh" if self._reason == "fresh" else f"identity_code_sent_{by}"
        self.say.reply(reply, *self._other_ways())
        self.state.question = "code"
        return False

    def _other_ways(self) -> list[Choice]:
        by = self.state.fields.get("send_by", "email")
        if self.desk.channel == "sms":
            # A code sent to the telephone that asks for it would prove only who holds that telephone (security.md, A3).
            return [self.choice("code_again", send_by=by)]
        other = "sms" if by == "email" else "email"
        return [self.choice("code_again", send_by=by), self.choice(f"code_by_{other}", send_by=other)]

    async def _confirm(self) -> bool:
        fields = self.state.fields
        code, fields["code"] = fields["code"], None
        try:
            signed_in = await self.desk.billing.confirm_code(fields["verification"], code)
        except Refused as refusal:
            return await self._refused(refusal)
        self.desk.sessions.identities.keep(self.desk.turn.conversation, _identity(signed_in))
        self.say.reply("identified", name=signed_in.customer.name)
        return True

    async def _refused(self, refusal: Refused) -> bool:
        if refusal.code == "wrong-code":
            left = refusal.facts.get("attempts_left")
            self.say.reply("wrong_code", *self._other_ways(), left=left)
            return False
        if refusal.code == "locked":
            return self._give_up("identity_locked", Choice("talk_to_agent", "talk_to_agent"))
        if refusal.code == "verification-expired":
            self.say.reply("code_expired")
            return await self._send_code(self.state.fields["account"])
        raise refusal

    def _give_up(self, reply: str, *choices: Choice) -> bool:
        """Without an identity the wishes beneath cannot be served either."""
        self.desk.context.tasks = []
        self.desk.context.waiting = []
        self.say.reply(reply, *choices)
        return True


def _identity(signed_in: SignedIn) -> Identity:
    customer = signed_in.customer
    return Identity(
        access_token=signed_in.access_token,
        method=signed_in.method,
        verified_at=signed_in.verified_at,
        expires_at=signed_in.expires_at,
        customer_id=customer.id,
        name=customer.name,
        language=customer.language,
        email_masked=customer.email_masked,
        phone_masked=customer.phone_masked,
        accounts=customer.accounts,
    )
