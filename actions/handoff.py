"""A person: a contact request with a summary and the transcript, the telephone and its hours (row 20)."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from actions.billing.client import BillingClient
from actions.dialogue.task import Task
from company import COMPANY


class TalkToAgent(Task):
    """Served without an identity too: whoever cannot prove it needs a person most."""

    name: ClassVar[str] = "talk_to_agent"

    async def go_on(self) -> bool:
        """Open the request and say how to reach the contact centre."""
        # Kept until it is answered: asked again after a failure, it is the same request.
        key = self.state.fields.setdefault("key", str(uuid4()))
        request = await self._door().request_contact(self._request(), key)
        is_open = COMPANY.opening_hours.include(datetime.now(COMPANY.zone))
        self.say.reply("handed_over", number=request.number, is_open=is_open)
        return True

    def _door(self) -> BillingClient:
        return self.desk.billing if self.desk.identity is None else self.desk.customer

    def _request(self) -> dict[str, Any]:
        conversation = self.desk.turn.conversation
        topic = (self.desk.turn.choice or {}).get("topic")
        under_way = [state.name for state in self.desk.context.tasks if state.name != self.name]
        return self.state.fields.setdefault(
            "request",
            {
                "topic": topic or next(iter(reversed(under_way)), "general"),
                "summary": self.desk.turn.text,
                "language": self.desk.language,
                "channel": conversation.partition(":")[0],
                "conversation": conversation,
                "transcript": [
                    {"from": said["from"], "text": said["text"], "at": said.get("at")}
                    for said in self.desk.sessions.transcript.all(conversation, last=50)
                ],
            },
        )
