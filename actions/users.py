"""Who else may use the portal: one-time invitations, roles, and access taken back (behaviour.md, row 16)."""

from typing import ClassVar
from uuid import uuid4

from actions.billing.errors import Refused
from actions.billing.records import PortalUser
from actions.dialogue.task import Task
from actions.say import Choice
from languages.wishes import role_meant, user_wish

ROLES = ("view", "pay", "administer")


class AddUser(Task):
    """The administrator invites by e-mail, or takes somebody's access away."""

    name: ClassVar[str] = "add_user"
    entities: ClassVar[frozenset[str]] = frozenset({"email"})

    def answers(self) -> bool:
        """A role in a few words."""
        turn = self.desk.turn
        return self.state.question == "role" and turn.is_short and role_meant(turn.text) is not None

    def take(self) -> None:
        """Add or remove, whom, and what they may do."""
        turn, fields = self.desk.turn, self.state.fields
        chosen = turn.choice or {}
        if self.state.question is None:
            fields["wish"] = user_wish(turn.text)
        email = turn.first("email")
        role = chosen.get("role") or (None if turn.choice else role_meant(turn.text))
        if email:
            fields["email"] = email
        if role and (self.state.question == "role" or fields["wish"] == "add"):
            fields["role"] = role
        if chosen.get("user"):
            fields["user"] = chosen["user"]
        if self.state.question == "confirm":
            fields["answer"] = turn.clear_answer

    async def go_on(self) -> bool:
        """Ask for what is missing, then invite or remove."""
        try:
            return await (self._remove() if self.state.fields["wish"] == "remove" else self._invite())
        except Refused as refusal:
            if refusal.code != "role-not-allowed":
                raise
            self.say.reply("users_not_allowed", Choice("agent", "talk_to_agent", {"topic": self.name}))
            return True

    async def _invite(self) -> bool:
        fields, customer = self.state.fields, self.desk.customer
        if "email" not in fields:
            return self.ask("email", "user_email")
        if "role" not in fields:
            roles = [self.choice(f"role_{one}", role=one) for one in ROLES]
            return self.ask("role", "user_role", *roles, email=fields["email"])
        try:
            invitation = await customer.invite_user(
                fields["email"], fields["role"], fields.setdefault("key", str(uuid4()))
            )
        except Refused as refusal:
            return self._not_invited(refusal)
        self.say.reply("user_invited", email=fields["email"], role=invitation.role, until=invitation.expires_at.date())
        return True

    def _not_invited(self, refusal: Refused) -> bool:
        if refusal.code == "user-exists":
            self.say.reply("user_exists", email=self.state.fields["email"])
            return True
        if refusal.code != "email-invalid":
            raise refusal
        del self.state.fields["key"]
        return self.ask("email", "email_invalid", said=self.state.fields.pop("email"))

    async def _remove(self) -> bool:
        fields, customer = self.state.fields, self.desk.customer
        others = [one for one in await customer.users() if not one.is_self]
        if not others:
            self.say.reply("users_none")
            return True
        user = others[0] if len(others) == 1 else next((one for one in others if one.id == fields.get("user")), None)
        if user is None:
            choices = [self.choice("user", title=one.model_dump(), user=one.id) for one in others]
            return self.ask("user", "user_which", *choices)
        return await self._remove_after_a_yes(user)

    async def _remove_after_a_yes(self, user: PortalUser) -> bool:
        answer = self.state.fields.pop("answer", None)
        if answer == "no":
            self.say.reply("user_kept", masked=user.email_masked)
            return True
        if answer != "yes":
            yes, no = self.choice("remove_yes", "affirm", user=user.id), self.choice("remove_no", "deny", user=user.id)
            return self.ask("confirm", "user_remove_confirm", yes, no, masked=user.email_masked)
        await self.desk.customer.remove_user(user.id)
        self.say.reply("user_removed", masked=user.email_masked)
        return True
