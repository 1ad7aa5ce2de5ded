"""Keeps Rasa's trackers at a flat cost: one row a conversation, the slots and a bounded window of turns.

Rasa's own stores keep every event for ever and replay all of them at every turn. Nothing that matters is
in a tracker here (see :mod:`sessions`), so its past can be let go: rules look back one turn.
"""

import asyncio
import json
from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import Engine, String, Text, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

TURNS_KEPT = 3


class _Base(DeclarativeBase):
    pass


class TrackerRow(_Base):
    """A tracker as it is stored: the JSON of its events, snapshot first."""

    __tablename__ = "trackers"

    sender: Mapped[str] = mapped_column(String(96), primary_key=True)
    events: Mapped[str] = mapped_column(Text)


class WindowedTrackerStore(TrackerStore):
    """A tracker store on SQLAlchemy 2 whose trackers do not grow."""

    def __init__(self, domain: Domain | None, engine: Engine, event_broker: EventBroker | None = None) -> None:
        super().__init__(domain, event_broker)
        self._engine = engine
        _Base.metadata.create_all(engine)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the last turns, with what the slots and the loop were before them."""
        if self.event_broker is not None:
            await self.stream_events(tracker)
        events = window_of(list(tracker.events))
        await asyncio.to_thread(self._write, tracker.sender_id, [event.as_dict() for event in events])

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker as of its last turns."""
        events = await asyncio.to_thread(self._read, sender_id)
        if events is None:
            return None
        return DialogueStateTracker.from_events(sender_id, deserialise_events(events), self.domain.slots)

    async def keys(self) -> Iterable[str]:
        """Every conversation kept."""
        return await asyncio.to_thread(self._senders)

    def _write(self, sender: str, events: list[dict[str, Any]]) -> None:
        with Session(self._engine) as session, session.begin():
            session.merge(TrackerRow(sender=sender, events=json.dumps(events, ensure_ascii=False)))

    def _read(self, sender: str) -> list[dict[str, Any]] | None:
        with Session(self._engine) as session:
            row = session.get(TrackerRow, sender)
            events: list[dict[str, Any]] | None = json.loads(row.events) if row else None
            return events

    def _senders(self) -> list[str]:
        with Session(self._engine) as session:
            return list(session.scalars(select(TrackerRow.sender)))


def window_of(events: list[Event]) -> list[Event]:
    """The events of the last :data:`TURNS_KEPT` turns, cut where the assistant was listening.

    Before them stands a snapshot of what came earlier: the last value of each slot and the active loop.
    """
    listening = [
        place
        for place, event in enumerate(events)
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME
    ]
    if len(listening) <= TURNS_KEPT + 1:
        return events
    cut = listening[-(TURNS_KEPT + 1)]
    return [*_snapshot(events[:cut]), *events[cut:]]


def _snapshot(events: list[Event]) -> list[Event]:
    slots = {event.key: event for event in events if isinstance(event, SlotSet)}
    loops = [event for event in events if isinstance(event, ActiveLoop)]
    return [*slots.values(), *loops[-1:]]
