"""The three actions Rasa's rules name: what the intent is sorted into, then one manager for all."""

import asyncio
from typing import Any, ClassVar

import structlog
from pydantic import ValidationError
from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue.desk import Desk
from actions.dialogue.manager import Manager
from actions.dialogue.turn import Kind, Turn
from actions.faq import answer
from actions.profile import ChangeProfileLanguage
from actions.say import Say
from actions.wiring import TASKS, Doors, doors
from languages.formats import LANGUAGES, Language
from sessions.context import Context

log = structlog.get_logger()


class TakeTurn(Action):
    """One turn of a conversation, run to its end even when the one who asked has hung up."""

    kind: ClassVar[Kind]

    def name(self) -> str:
        """As the rules name it."""
        return f"action_{self.kind}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Serve the message; the language it was answered in becomes the slot's."""
        turn = Turn.from_tracker(tracker.sender_id, tracker.latest_message, self.kind)
        # A payment under way must not be cut in two by a client that goes away (security.md, D7).
        language = await asyncio.shield(asyncio.create_task(serve(turn, dispatcher, doors())))
        return [SlotSet("language", language)]


class TakeTask(TakeTurn):
    """A wish."""

    kind: ClassVar[Kind] = "task"


class TakeQuestion(TakeTurn):
    """A question of the FAQ."""

    kind: ClassVar[Kind] = "question"


class TakeConversation(TakeTurn):
    """Everything else."""

    kind: ClassVar[Kind] = "conversation"


class TakeRestart(TakeConversation):
    """Starting over: Rasa binds the intent ``restart`` to an action of this name."""

    def name(self) -> str:
        """Rasa's name, not ours."""
        return "action_restart"


async def serve(turn: Turn, dispatcher: CollectingDispatcher, at: Doors) -> Language:
    """Take the turn and keep where the conversation stands; the language it was answered in."""
    conversations = at.sessions.conversations
    conversation = conversations.get(turn.conversation)
    context = _context_of(conversations.context(turn.conversation), turn)
    language = conversation.language if conversation else LANGUAGES[0]
    if not _names_the_language_asked_for(turn, context):
        language = _language_of(turn, language)
    conversations.set_language(turn.conversation, language)
    say = Say(dispatcher, language, context)
    try:
        await Manager(Desk(turn, context, say, at.sessions, at.billing(language)), TASKS, answer).take_turn()
    except Exception:
        # The last line of defence: the customer hears of it, the log has the trace, the context stays as it was.
        log.exception("turn.failed", conversation=turn.conversation, intent=turn.intent)
        say.reply("trouble")
        return language
    context.remember(say.said)
    conversations.keep_context(turn.conversation, context.model_dump(mode="json"))
    return language


def _context_of(kept: dict[str, Any], turn: Turn) -> Context:
    """Where the conversation stands; what another version of us kept may be of another shape, and is let go."""
    try:
        return Context.model_validate(kept)
    except ValidationError:
        log.exception("context.unreadable", conversation=turn.conversation)
        return Context()


def _names_the_language_asked_for(turn: Turn, context: Context) -> bool:
    """Where a task asked in which language, "in English" answers it and is no wish to be spoken to in English."""
    state = context.current
    asked = state is not None and (state.name, state.question) == (ChangeProfileLanguage.name, "wanted")
    return asked and turn.is_only_values and turn.first("language") is not None


def _language_of(turn: Turn, language: Language) -> Language:
    """That of the message when it leaves no doubt, the one asked for, else the conversation's."""
    if turn.intent == "switch_language":
        asked = turn.first("language")
        other = next(known for known in LANGUAGES if known != language)
        return next((known for known in LANGUAGES if known == asked), other)
    if turn.choice is None and turn.decisive and turn.said_in is not None:
        return turn.said_in
    return language
