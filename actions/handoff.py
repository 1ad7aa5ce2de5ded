"""A person: a contact request with a summary and the transcript, the telephone and its hours (row 20)."""

from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4

from actions.billing.client import BillingClient
from actions.billing.records import ContactRequest
from actions.dialogue.task import Task
from actions.identity import Identify
from company import COMPANY
from sessions import Handover
from sessions.context import filled

CALLED_BACK_WITHIN = timedelta(hours=2)  # of the opening
SUMMARY_AT_MOST = 2000  # characters


class TalkToAgent(Task):
    """Served without an identity too: whoever cannot prove it needs a person most."""

    name: ClassVar[str] = "talk_to_agent"

    async def go_on(self) -> bool:
        """Open the request and say how to reach the contact centre."""
        # Kept until it is answered: asked again after a failure, it is the same request.
        key = self.state.fields.setdefault("key", str(uuid4()))
        asked = self._request()
        request = await self._door().request_contact(asked, key)
        self._put_on_the_desk(request, asked)
        self.say.reply("handed_over", number=request.number, is_known=self._is_reachable, call_back=self._call_back())
        return True

    def _put_on_the_desk(self, request: ContactRequest, asked: dict[str, Any]) -> None:
        identity = self.desk.identity
        self.desk.sessions.handovers.open(
            Handover(
                number=request.number,
                conversation=asked["conversation"],
                language=asked["language"],
                identity=request.identity,
                customer=identity.name if identity is not None and request.identity == "verified" else None,
                topic=asked["topic"],
                summary=asked["summary"],
                call_back=asked["callback"],
            )
        )

    @property
    def _is_reachable(self) -> bool:
        """Whether we know where to call back: a customer recognised, or the number they write from."""
        return self.desk.identity is not None or self.desk.channel == "sms"

    def _call_back(self) -> dict[str, str] | None:
        """When somebody calls back, outside opening hours."""
        hours, now = COMPANY.opening_hours, datetime.now(COMPANY.zone)
        if hours.include(now):
            return None
        opening = hours.next_opening(now)
        return {"from": opening.isoformat(), "to": (opening + CALLED_BACK_WITHIN).isoformat()}

    def _summary(self, under_way: list[str]) -> str:
        """What was asked for, and every task under way with what is filled of it, for whoever takes over."""
        tasks = [
            f"{state.name}: " + ", ".join(f"{name}={value}" for name, value in filled(state.fields).items())
            for state in self.desk.context.tasks
            if state.name in under_way
        ]
        return "\n".join([self.desk.turn.text, *tasks])[:SUMMARY_AT_MOST]

    def _door(self) -> BillingClient:
        return self.desk.billing if self.desk.identity is None else self.desk.customer

    def _request(self) -> dict[str, Any]:
        conversation = self.desk.turn.conversation
        topic = (self.desk.turn.choice or {}).get("topic")
        call_back = self._call_back() if self._is_reachable else None
        under_way = [one.name for one in self.desk.context.tasks if one.name not in (self.name, Identify.name)]
        return self.state.fields.setdefault(
            "request",
            {
                "topic": topic or next(iter(reversed(under_way)), "general"),
                "summary": self._summary(under_way),
                "callback": call_back,
                "language": self.desk.language,
                "channel": conversation.partition(":")[0],
                "conversation": conversation,
                "transcript": [
                    {"from": said["from"], "text": said["text"], "at": said.get("at")}
                    for said in self.desk.sessions.transcript.all(conversation, last=50)
                ],
            },
        )
