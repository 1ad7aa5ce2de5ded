"""A task: a customer wish that may take several turns, filled in one question at a time.

A task takes what each message gives it (:meth:`Task.take`), corrections included, then goes on
(:meth:`Task.go_on`): it acts, or asks for the next thing missing. ``go_on`` may be called at any time and
any number of times with the same values and does the same thing: that is how a task comes back after an
interruption, a new identity or a billing system that was down.
"""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from actions.dialogue.desk import Desk
from actions.say import Choice
from sessions.context import TaskState

RETRY = "retry"  # the question of a task that found the billing system down
YES_OR_NO = frozenset({"confirm", "consent", "resend"})  # the questions that wait for a clear yes or no
OUTCOME = "outcome"  # the question of a payment whose outcome is unknown
TRIES_ALONE = 2  # useless answers in a row before a person is offered


class Task(ABC):
    """One wish under way; ``state`` is what the conversation keeps of it."""

    name: ClassVar[str]
    entities: ClassVar[frozenset[str]] = frozenset()
    """What it takes from a message, asked for or not."""
    also_intents: ClassVar[frozenset[str]] = frozenset()
    """Other intents that are about this task while it is under way."""

    dropped_by: ClassVar[frozenset[str]] = frozenset()
    """Intents that, while it is under way, can only mean to let it go."""

    def __init__(self, desk: Desk, state: TaskState) -> None:
        self.desk = desk
        self.state = state
        self.say = desk.say
        self.listened = False

    def understands(self) -> bool:
        """Whether the message is this task's: an answer, a correction, or the same wish again."""
        turn = self.desk.turn
        if turn.choice is not None and "task" in turn.choice:
            return bool(turn.choice["task"] == self.state.name)
        if turn.intent in {self.state.name, "inform", "affirm", "deny"} | self.also_intents:
            return True
        gives_a_value = any(found.name in self.entities for found in turn.entities)
        return gives_a_value and (turn.intent == "out_of_scope" or turn.is_only_values)

    def answers(self) -> bool:
        """Whether the message answers the question put, whatever else it was taken for."""
        return False

    def listen(self) -> None:
        """Take what the message gives; a question put again afterwards is worded otherwise."""
        self.listened = True
        self.take()

    def take(self) -> None:  # noqa: B027  a task without fields has nothing to take
        """Fill fields from the message."""

    @abstractmethod
    async def go_on(self) -> bool:
        """Act or ask; ``True`` when the wish is served and nothing is left to do."""

    def ask(self, question: str, reply: str, /, *choices: Choice, **values: Any) -> bool:
        """Put a question; when answers are no use its two wordings take turns, the third time with a person offered.

        Returns ``False``: the task is not done.
        """
        unanswered = self.listened and self.state.question == question
        self.state.tries = self.state.tries + 1 if unanswered else 0
        wording = f"{reply}_again" if unanswered and self.state.asked == reply else reply
        self.state.question, self.state.asked = question, wording
        if self.state.tries >= TRIES_ALONE:
            choices = (*choices, Choice("agent", "talk_to_agent"))
        self.say.reply(wording, *choices, **values)
        return False

    def choice(
        self, name: str, intent: str = "inform", /, title: dict[str, Any] | None = None, **values: Any
    ) -> Choice:
        """A choice that answers this task and no other."""
        return Choice(name, intent, {"task": self.name, **values}, title or {})
