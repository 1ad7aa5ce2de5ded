"""Several requests in one message: each piece of it understood alone (contract, "Manners").

A piece counts as a request of its own only when it is a task or a question beyond doubt; every other piece
("la 34821907", "s'il vous plaît", "c'est pour ma comptable") belongs to the request it stands beside.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.nlu.kinds import is_question, is_task
from languages.clauses import clauses

# The belief from which a piece is a request by itself: one too many annoys more than one put again, and a reason
# given for a wish ("my password expired, how do I change it?") sounds like a question.
LEAST_FOR_A_TASK = 0.75
LEAST_FOR_A_QUESTION = 0.95

Entities = Sequence[dict[str, Any]]
Understand = Callable[[str, Entities], dict[str, Any]]


@dataclass(frozen=True)
class Request:
    """One request of several: its words, where they stand, and what they are taken for."""

    intent: str
    confidence: float
    start: int
    end: int

    def as_json(self, text: str, entities: Entities) -> dict[str, Any]:
        """As the tracker keeps it: a message of its own, with the values stated in it."""
        return {
            "intent": self.intent,
            "kind": "question" if is_question(self.intent) else "task",
            "text": text[self.start : self.end],
            "entities": _within(entities, self.start, self.end),
        }


def requests_of(text: str, entities: Entities, understand: Understand) -> list[Request]:
    """The requests of a message in order, their places covering all of it; empty unless there are two or more.

    ``understand`` gives Rasa's ``intent`` for a text with the values found in it.
    """
    pieces = clauses(text)
    if len(pieces) < 2:
        return []
    found: list[Request] = []
    for start, end in pieces:
        intent = understand(text[start:end], _within(entities, start, end))
        name = intent["name"]
        if _stands_alone(intent) and (not found or found[-1].intent != name):
            found.append(Request(name, intent["confidence"], start if found else 0, end))
        elif found:
            found[-1] = replace(found[-1], end=end)
    return found if len(found) > 1 else []


def _stands_alone(intent: dict[str, Any]) -> bool:
    if is_task(intent["name"]):
        return bool(intent["confidence"] >= LEAST_FOR_A_TASK)
    return is_question(intent["name"]) and bool(intent["confidence"] >= LEAST_FOR_A_QUESTION)


def _within(entities: Entities, start: int, end: int) -> list[dict[str, Any]]:
    """The values inside a piece, their places counted from its start."""
    return [
        one | {"start": one["start"] - start, "end": one["end"] - start}
        for one in entities
        if one["start"] >= start and one["end"] <= end
    ]
