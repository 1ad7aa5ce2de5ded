"""The dialogue's fixtures: the real billing app in-process on a database of its own."""

from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain

from actions.billing import wire
from bot.importer import REPLIES, read_replies
from bot.replies import BilingualReplies
from sessions import Sessions
from tests.support.billing import Billing
from tests.support.talk import Talk


@pytest.fixture(scope="session")
def replies() -> BilingualReplies:
    """The project's own replies."""
    return BilingualReplies(None, Domain.from_dict({"responses": read_replies(REPLIES)}))


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine under load is no outage: how soon a customer hears of one is held in tests/faults."""
    monkeypatch.setattr(wire, "TURN_BUDGET", 60.0)
    monkeypatch.setattr(wire, "CHANGE_AT_MOST", 30.0)


@pytest.fixture
def talk(tmp_path: Path, billing: Billing, replies: BilingualReplies) -> Talk:
    """A stranger's conversation with the demo's billing system as new."""
    return Talk(Sessions.open(f"sqlite:///{tmp_path / 'sessions.db'}"), billing.http, replies)
