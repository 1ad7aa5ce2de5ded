"""What a test, or a visitor who is curious, makes go wrong."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal[
    "slow",  # the message is taken, the answer comes after ``seconds``
    "lost answer",  # the message is taken, the connection breaks before the answer
    "lost request",  # the connection breaks and nothing is taken
    "too many",  # 429 with Retry-After ``seconds``
    "error",  # 500 and nothing is taken
    "refused",  # Twilio's error ``code``
    "undelivered",  # taken, then undelivered with the error ``code``
    "callbacks reversed",  # delivered is told before sent
    "callbacks twice",  # everything is told twice
    "no callbacks",  # nothing is told
]


class Fault(BaseModel):
    """What happens to the next ``times`` messages created."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    times: int = 1
    seconds: float = 0
    code: int = 0


class Faults:
    """In the order in which they were set; each serves its times."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """One more thing to go wrong."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """All is well again."""
        self._waiting.clear()

    def next(self) -> Fault | None:
        """What happens to the message being created."""
        if not self._waiting:
            return None
        fault = self._waiting[0]
        fault.times -= 1
        if fault.times <= 0:
            self._waiting.pop(0)
        return fault
