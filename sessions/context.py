"""Where a conversation stands: tasks under way, the list just shown, what was last said.

One small document per conversation, kept as JSON; bounded, so that an endless conversation costs the
same at every turn. Values filled by the customer live here and in no Rasa slot.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, Field

TASKS_AT_MOST = 3
SHOWN_AT_MOST = 50
SAID_AT_MOST = 5
WAITING_AT_MOST = 3
WORDINGS_AT_MOST = 100


# What a person can read of a task's values; ids, and codes on their way in, are between the processes.
READABLE = ("account", "amount", "date", "reference", "reason", "details", "email", "role", "language")


class TaskState(BaseModel):
    """A task under way.

    ``fields`` are the values filled so far, ``question`` the field the customer was last asked for
    (``None`` before the first question) and ``asked`` the reply that asked, ``tries`` how often in a row the
    answer was no use.
    """

    name: str
    fields: dict[str, Any] = Field(default_factory=dict)
    question: str | None = None
    asked: str | None = None
    tries: int = 0


class Said(BaseModel):
    """A reply as it was asked for, so that it can be said again, also in the other language.

    ``wording`` counts how often the reply was said before in this conversation: who writes several wordings of a
    reply is never heard saying the same one twice in a row.
    """

    name: str
    wording: int = 0
    values: dict[str, Any] = Field(default_factory=dict)
    choices: list[dict[str, Any]] = Field(default_factory=list)
    documents: list[dict[str, str]] = Field(default_factory=list)
    links: list[dict[str, str]] = Field(default_factory=list)
    charts: list[dict[str, Any]] = Field(default_factory=list)


class Shown(BaseModel):
    """An invoice of the list just shown, with what people point at it by; ``balance`` in dollars."""

    number: str
    issued: date
    due: date
    total: Decimal
    balance: Decimal


class Context(BaseModel):
    """The stack of tasks (the last is the one under way) and what words can point at.

    ``in_hand`` is the invoice last spoken of alone ("la payer"). ``waiting`` are the requests of a message that are
    served when the ones before them are done, ``wordings`` how often each reply was said.
    """

    tasks: list[TaskState] = Field(default_factory=list)
    waiting: list[dict[str, Any]] = Field(default_factory=list)
    shown_invoices: list[Shown] = Field(default_factory=list)
    in_hand: str | None = None
    last_said: list[Said] = Field(default_factory=list)
    wordings: dict[str, int] = Field(default_factory=dict)
    refusals: int = 0

    @property
    def current(self) -> TaskState | None:
        """The task under way, if any."""
        return self.tasks[-1] if self.tasks else None

    def find(self, name: str) -> TaskState | None:
        """A task under way or put aside, by name."""
        return next((task for task in self.tasks if task.name == name), None)

    def begin(self, state: TaskState) -> TaskState:
        """Put a task on top; one of the same name is replaced, the oldest is let go past the bound."""
        self.tasks = [task for task in self.tasks if task.name != state.name][-(TASKS_AT_MOST - 1) :]
        self.tasks.append(state)
        return state

    def end(self, state: TaskState) -> None:
        """Take a task off, wherever it stands."""
        self.tasks = [task for task in self.tasks if task is not state]

    def remember(self, said: list[Said]) -> None:
        """Keep what was last said, for who wants it again."""
        self.last_said = said[-SAID_AT_MOST:] or self.last_said

    def show(self, invoices: list[Shown]) -> None:
        """Remember a list in the order shown, so that "the second one" means something."""
        self.shown_invoices = invoices[:SHOWN_AT_MOST]
        self.in_hand = None

    def take_in_hand(self, invoice: Shown) -> None:
        """Remember the one spoken of; a list that holds it stays before the customer's eyes."""
        if invoice.number not in [one.number for one in self.shown_invoices]:
            self.shown_invoices = [invoice]
        self.in_hand = invoice.number

    def wait(self, requests: list[dict[str, Any]]) -> None:
        """Keep requests for later, after those already waiting; those past the bound are let go."""
        self.waiting = [*self.waiting, *requests][:WAITING_AT_MOST]

    def next_wording(self, reply: str) -> int:
        """How often a reply was said before; counted."""
        said = self.wordings.pop(reply, 0)
        self.wordings[reply] = said + 1
        while len(self.wordings) > WORDINGS_AT_MOST:
            del self.wordings[next(iter(self.wordings))]
        return said


def filled(fields: dict[str, Any]) -> dict[str, str]:
    """The values of a task as a person reads them; the invoices pointed at are ``invoices``."""
    which = fields.get("which")
    numbers = which.get("numbers") if isinstance(which, dict) else None
    invoices = {"invoices": ", ".join(numbers)} if numbers else {}
    said = {name: str(fields[name]) for name in READABLE if isinstance(fields.get(name), str | int)}
    return invoices | {name: value for name, value in said.items() if value}
