"""What the customer just did: said something or chose something, as Rasa understood it."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from languages.answers import begins_a_correction, clear_answer, plain_words
from languages.formats import LANGUAGES, Language

Kind = Literal["task", "question", "conversation"]

FEW_WORDS = 6


@dataclass(frozen=True)
class Entity:
    """A value found in the message, normalised; ``start`` and ``end`` are where it stood."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Turn:
    """One message of a customer.

    ``kind`` is what Rasa's rules made of the intent; ``choice`` are the values of a clicked choice, which
    only the assistant itself can have written.
    """

    conversation: str
    text: str
    intent: str
    confidence: float
    kind: Kind
    entities: tuple[Entity, ...] = ()
    ranking: tuple[str, ...] = ()
    said_in: Language | None = None
    decisive: bool = False
    choice: dict[str, Any] | None = None
    requests: tuple[dict[str, Any], ...] = ()

    @classmethod
    def from_tracker(cls, conversation: str, message: dict[str, Any], kind: Kind) -> "Turn":
        """Read Rasa's ``latest_message``; ``requests`` are its several requests, if it holds more than one."""
        intent = message.get("intent") or {}
        language = message.get("language")
        return cls(
            conversation=conversation,
            text=message.get("text") or "",
            intent=intent.get("name") or "out_of_scope",
            confidence=float(intent.get("confidence") or 0.0),
            kind=kind,
            entities=_entities(message),
            ranking=tuple(ranked["name"] for ranked in message.get("intent_ranking") or ()),
            said_in=language if language in LANGUAGES else None,
            decisive=bool(message.get("language_decisive")),
            choice=message.get("choice"),
            requests=tuple(message.get("requests") or ()),
        )

    def of_request(self, request: dict[str, Any]) -> "Turn":
        """One request of several as a turn of its own: its words and values, nothing of its neighbours'."""
        return replace(
            self,
            text=request["text"],
            intent=request["intent"],
            kind=request["kind"],
            entities=_entities(request),
            ranking=(),
            choice=None,
            requests=(),
        )

    def all(self, entity: str) -> list[str]:
        """Every value of an entity, chosen or said, in order and once."""
        chosen = (self.choice or {}).get(entity)
        values = chosen if isinstance(chosen, list) else [chosen] if chosen is not None else []
        values = values + [found.value for found in self.entities if found.name == entity]
        return list(dict.fromkeys(values))

    def first(self, entity: str) -> str | None:
        """The first value of an entity, if there is one."""
        return next(iter(self.all(entity)), None)

    @property
    def is_short(self) -> bool:
        """Whether it is a few words: then a word that answers the question put is the answer, no new wish."""
        return self.choice is None and len(plain_words(self.text)) <= FEW_WORDS

    @property
    def clear_answer(self) -> Literal["yes", "no"] | None:
        """A yes or no beyond doubt: a choice that says so, or words that can mean nothing else."""
        if self.choice is not None:
            answers: dict[str, Literal["yes", "no"]] = {"affirm": "yes", "deny": "no"}
            return answers.get(self.intent)
        return clear_answer(self.text)

    def corrects(self, *entities: str) -> bool:
        """Whether it takes something back and gives another value of one of these: "no wait, 500 dollars"."""
        gives = any(found.name in entities for found in self.entities)
        return self.choice is None and gives and begins_a_correction(self.text)

    def of_choice(self, command: dict[str, Any]) -> "Turn":
        """The wish of a choice that was asked for in words, as if it had been pressed."""
        return replace(self, intent=command["intent"], kind="task", entities=(), choice=command["values"], requests=())

    @property
    def is_only_values(self) -> bool:
        """Whether hardly a word is left beside the values: then it answers, whatever it was taken for."""
        left = list(self.text)
        for found in self.entities:
            left[found.start : found.end] = " " * (found.end - found.start)
        return bool(self.entities) and len(plain_words("".join(left))) <= 2


def _entities(message: dict[str, Any]) -> tuple[Entity, ...]:
    return tuple(
        Entity(found["entity"], str(found["value"]), found.get("start") or 0, found.get("end") or 0)
        for found in message.get("entities") or ()
    )
