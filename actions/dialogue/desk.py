"""Everything a task needs for one turn, gathered in one place."""

from dataclasses import dataclass

from actions.billing.client import BillingClient
from actions.billing.errors import IdentityNotAccepted
from actions.dialogue.turn import Turn
from actions.say import Say
from languages.formats import Language
from sessions import Identity, Sessions
from sessions.context import Context


@dataclass
class Desk:
    """The customer's turn, where the conversation stands, and the doors to the rest of the world."""

    turn: Turn
    context: Context
    say: Say
    sessions: Sessions
    billing: BillingClient

    @property
    def language(self) -> Language:
        """The language this turn is answered in."""
        return self.say.language

    @property
    def channel(self) -> str:
        """How the customer is spoken with, ``web`` or ``sms``: what the conversation's id begins with."""
        return self.turn.conversation.partition(":")[0]

    @property
    def identity(self) -> Identity | None:
        """Who the customer has proven to be, as far as this conversation knows."""
        return self.sessions.identities.get(self.turn.conversation)

    @property
    def customer(self) -> BillingClient:
        """The billing system on the customer's behalf; raises :class:`IdentityNotAccepted` for a stranger."""
        identity = self.identity
        if identity is None:
            raise IdentityNotAccepted
        return self.billing.speaking_for(identity.access_token)
