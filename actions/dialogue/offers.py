"""A choice taken up in words: "more" under a list, "yes" where a person was offered."""

from typing import Any

from actions.dialogue.turn import Turn
from languages.answers import asks_for_more
from sessions.context import Context

PERSON = "talk_to_agent"


def taken_up(turn: Turn, context: Context) -> dict[str, Any] | None:
    """The command of the choice a message means, ``None`` when it means none of those offered last."""
    if turn.choice is not None or not context.last_said:
        return None
    if asks_for_more(turn.text):
        choices = [choice for said in context.last_said for choice in said.choices if choice["name"] == "more"]
    elif context.current is None and turn.clear_answer == "yes":
        choices = [choice for choice in context.last_said[-1].choices[:1] if choice["command"]["intent"] == PERSON]
    else:
        choices = []
    return choices[0]["command"] if choices else None
