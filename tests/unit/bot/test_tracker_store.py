"""Trackers that do not grow."""

from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import OperationalError

from bot.tracker_store import TURNS_KEPT, WindowedTrackerStore, window_of
from sessions.database import open_engine

DOMAIN = Domain.from_dict(
    {
        "intents": ["a"],
        "slots": {"language": {"type": "text", "initial_value": "fr", "mappings": [{"type": "custom"}]}},
    }
)


@pytest.fixture
def store(tmp_path: Path) -> WindowedTrackerStore:
    """A store as new."""
    return WindowedTrackerStore(DOMAIN, open_engine(f"sqlite:///{tmp_path / 'trackers.db'}"))


def a_turn(number: int) -> list[object]:
    """What one turn leaves in a tracker."""
    return [
        UserUttered(f"message {number}", {"name": "a"}),
        ActionExecuted("action_task"),
        BotUttered("answer"),
        SlotSet("language", "en" if number == 1 else "fr") if number < 3 else SlotSet("other", number),
        ActionExecuted("action_listen"),
    ]


async def test_turn_300_loads_no_more_events_than_turn_5(store: WindowedTrackerStore) -> None:
    """Stock Rasa replays every event since the conversation began."""
    sizes = []
    for number in range(300):
        tracker = await store.get_or_create_tracker("web:1")
        sizes.append(len(tracker.events))
        for event in a_turn(number):
            tracker.update(event)
        await store.save(tracker)
    assert sizes[299] <= max(sizes[:6]) + 5
    assert sizes[299] < 30


async def test_what_was_set_before_the_window_is_still_set(store: WindowedTrackerStore) -> None:
    """Slots and the loop are snapshots, not history."""
    tracker = await store.get_or_create_tracker("web:1")
    tracker.update(SlotSet("language", "en"))
    tracker.update(ActiveLoop("a_form"))
    for number in range(3, 40):
        for event in a_turn(number):
            tracker.update(event)
    await store.save(tracker)
    loaded = await store.retrieve("web:1")
    assert loaded is not None
    assert loaded.get_slot("language") == "en"
    assert loaded.active_loop_name == "a_form"
    assert loaded.latest_message.text == "message 39"
    assert loaded.latest_action_name == "action_listen"


def test_the_window_begins_where_the_assistant_listened() -> None:
    """Cut in the middle of a turn, the rules would see an action nobody asked for."""
    events = [ActionExecuted("action_listen"), *(event for number in range(9) for event in a_turn(number))]
    window = window_of(events)
    heard = [event for event in window if isinstance(event, UserUttered)]
    assert [event.text for event in heard] == [f"message {number}" for number in range(9 - TURNS_KEPT, 9)]
    first = next(event for event in window if not isinstance(event, SlotSet | ActiveLoop))
    assert first == ActionExecuted("action_listen")


async def test_an_unknown_conversation_has_no_tracker(store: WindowedTrackerStore) -> None:
    """And the keys name those that do."""
    assert await store.retrieve("web:none") is None
    await store.get_or_create_tracker("web:1")
    assert list(await store.keys()) == ["web:1"]


async def test_a_database_that_fails_is_an_error_not_a_new_conversation(tmp_path: Path) -> None:
    """Rasa's own wrapper goes on in memory in silence (D11)."""
    store = WindowedTrackerStore(DOMAIN, open_engine(f"sqlite:///{tmp_path / 'trackers.db'}"))
    (tmp_path / "trackers.db").unlink()
    (tmp_path / "trackers.db").mkdir()
    store._engine.dispose()
    with pytest.raises(OperationalError):
        await store.save(DialogueStateTracker("web:1", DOMAIN.slots))
