"""What outlives a turn and must never lie in a tracker (security.md, D11)."""

from typing import Self

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from sessions.calls import Call, Calls
from sessions.choices import Choice, Choices
from sessions.consents import Consents
from sessions.conversations import Conversation, Conversations
from sessions.database import Base, open_engine
from sessions.deliveries import Deliveries, Delivery
from sessions.drafts import Draft, Drafts, DraftStatus
from sessions.handovers import Handover, Handovers
from sessions.identities import Identities, Identity
from sessions.notices import Notices
from sessions.outgoing import Outgoing, OutgoingText
from sessions.phones import Phones
from sessions.received import Received, ReceivedText
from sessions.staff import StaffSession, StaffSessions
from sessions.transcript import Transcript
from sessions.undelivered import Undelivered

__all__ = [
    "Call",
    "Choice",
    "Conversation",
    "Delivery",
    "Draft",
    "DraftStatus",
    "Handover",
    "Identity",
    "OutgoingText",
    "ReceivedText",
    "Sessions",
    "StaffSession",
]


class Sessions:
    """Every store of this room on one database; calls are short and synchronous."""

    def __init__(self, engine: Engine) -> None:
        _make_tables(engine)
        self._engine = engine
        self.conversations = Conversations(engine)
        self.transcript = Transcript(engine)
        self.choices = Choices(engine)
        self.identities = Identities(engine)
        self.drafts = Drafts(engine)
        self.phones = Phones(engine)
        self.received = Received(engine)
        self.outgoing = Outgoing(engine)
        self.deliveries = Deliveries(engine)
        self.consents = Consents(engine)
        self.calls = Calls(engine)
        self.notices = Notices(engine)
        self.handovers = Handovers(engine)
        self.undelivered = Undelivered(engine)
        self.staff = StaffSessions(engine)

    @classmethod
    def open(cls, url: str) -> Self:
        """On the database of a URL."""
        return cls(open_engine(url))

    def ping(self) -> None:
        """Raises ``sqlalchemy.exc.SQLAlchemyError`` when the database does not answer."""
        with self._engine.connect() as connection:
            connection.execute(text("SELECT 1"))


def _make_tables(engine: Engine) -> None:
    """Two processes may open a new database at once; the one that came second finds the tables made."""
    try:
        Base.metadata.create_all(engine)
    except (OperationalError, ProgrammingError):
        Base.metadata.create_all(engine)
