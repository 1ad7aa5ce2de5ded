"""A forgotten or locked portal password: a one-time link to the e-mail on file (behaviour.md, row 6)."""

from typing import ClassVar

from actions.dialogue.task import Task


class ResetPassword(Task):
    """The words are the same whether or not the login exists; no password is ever asked for here."""

    name: ClassVar[str] = "reset_password"
    entities: ClassVar[frozenset[str]] = frozenset({"account_number", "email"})

    def take(self) -> None:
        """Whose password."""
        for entity in ("email", "account_number"):
            value = self.desk.turn.first(entity)
            if value:
                self.state.fields["whose"] = value

    async def go_on(self) -> bool:
        """Have the link sent."""
        whose = self.state.fields.get("whose") or self._known_account()
        if whose is None:
            return self.ask("whose", "reset_whose")
        await self.desk.billing.request_password_reset(whose)
        self.say.reply("reset_sent")
        return True

    def _known_account(self) -> str | None:
        identity = self.desk.identity
        return identity.accounts[0] if identity is not None and identity.accounts else None
