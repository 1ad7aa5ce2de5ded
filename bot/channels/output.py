"""From what Rasa says to the Message of the website channel."""

import json
from collections.abc import Callable
from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.channels.charts import Charts
from sessions import Sessions

Message = dict[str, Any]


class MessageCollector(OutputChannel):
    """Turns each bot message into one Message, keeps it in the transcript, and passes it on at once."""

    def __init__(
        self, sessions: Sessions, conversation: str, on_message: Callable[[Message], None], charts: Charts | None = None
    ) -> None:
        """``charts`` draws them, where the channel shows pictures."""
        self._sessions = sessions
        self._conversation = conversation
        self._on_message = on_message
        self._charts = charts

    @classmethod
    def name(cls) -> str:
        """As Rasa knows the channel."""
        return "web"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """One bot message."""
        self.keep(self._message(message))

    def keep(self, message: Message) -> None:
        """Into the transcript and to whoever waits."""
        self._sessions.transcript.add(self._conversation, message)
        self._on_message(message)

    def _message(self, said: dict[str, Any]) -> Message:
        custom = said.get("custom") or {}
        parts = {
            "choices": self._choices(said.get("buttons") or []),
            "documents": custom.get("documents") or [],
            "links": custom.get("links") or [],
            "images": [self._charts.image(one) for one in custom.get("charts") or []] if self._charts else [],
        }
        return {"text": said.get("text") or "", "from": "assistant"} | {
            name: part for name, part in parts.items() if part
        }

    def _choices(self, buttons: list[dict[str, str]]) -> list[dict[str, str]]:
        """Each choice under an opaque id; what it means stays with us."""
        offered = [(button["title"], json.loads(button["payload"])) for button in buttons]
        if not offered:
            return []
        ids = self._sessions.choices.offer(self._conversation, offered)
        return [{"id": one, "title": title} for one, (title, _) in zip(ids, offered, strict=True)]
