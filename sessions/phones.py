"""Telephones that write by SMS: the conversation each is in, and the numbered choices it was last shown."""

from sqlalchemy import JSON, Engine, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from languages.formats import Language
from sessions.database import Base


class PhoneRow(Base):
    """A telephone as it is stored; ``offered`` maps a number shown to the id of its choice."""

    __tablename__ = "phones"

    number: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation: Mapped[str | None] = mapped_column(String(96), index=True, default=None)
    introduced: Mapped[bool] = mapped_column(default=False)
    offered: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    language: Mapped[str | None] = mapped_column(String(2), default=None)


class Phones:
    """One conversation a telephone at most. The number is an address, never a proof of who holds it (A3)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def conversation_of(self, number: str) -> str | None:
        """The conversation a telephone is in, over or not."""
        with Session(self._engine) as session:
            row = session.get(PhoneRow, number)
            return row.conversation if row else None

    def number_of(self, conversation: str) -> str | None:
        """The telephone that is in a conversation."""
        with Session(self._engine) as session:
            return session.scalar(select(PhoneRow.number).where(PhoneRow.conversation == conversation))

    def tie(self, number: str, conversation: str) -> None:
        """From now on the telephone is in this conversation, which has not introduced itself yet."""
        with Session(self._engine) as session, session.begin():
            session.merge(PhoneRow(number=number, conversation=conversation, introduced=False, offered={}))

    def untie(self, number: str, language: Language) -> None:
        """The telephone is in no conversation any more; the next one begins in the language of the last."""
        self._update(number, conversation=None, offered={}, language=language)

    def language_of(self, number: str) -> Language | None:
        """The language of the conversation that was ended last."""
        with Session(self._engine) as session:
            language = session.scalar(select(PhoneRow.language).where(PhoneRow.number == number))
            return None if language is None else "en" if language == "en" else "fr"

    def introduce(self, number: str) -> bool:
        """``True`` the first time in a conversation: then whoever writes must say who it is."""
        first = (
            update(PhoneRow).where(PhoneRow.number == number, PhoneRow.introduced.is_(False)).values(introduced=True)
        )
        with Session(self._engine) as session, session.begin():
            return session.connection().execute(first).rowcount == 1

    def show(self, number: str, offered: dict[int, str]) -> None:
        """The numbers of the newest reply, and the choices they stand for; those before mean nothing any more."""
        self._update(number, offered={str(shown): choice for shown, choice in offered.items()})

    def shown(self, number: str) -> dict[int, str]:
        """What the numbers of the newest reply stand for."""
        with Session(self._engine) as session:
            offered = session.scalar(select(PhoneRow.offered).where(PhoneRow.number == number))
            return {int(shown): choice for shown, choice in (offered or {}).items()}

    def _update(self, number: str, **values: object) -> None:
        with Session(self._engine) as session, session.begin():
            session.execute(update(PhoneRow).where(PhoneRow.number == number).values(**values))
