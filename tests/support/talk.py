"""A conversation with the actions alone: intents are given, the billing system is the real app in-process."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue.turn import Entity, Kind, Turn
from actions.rasa_actions import serve
from actions.wiring import Doors
from bot.replies import BilingualReplies
from sessions import Identity, Sessions
from sessions.context import Context


@dataclass(frozen=True)
class Reply:
    """What was said: by name, as text, with the choices and documents beside it."""

    name: str
    text: str
    values: dict[str, Any]
    choices: list[dict[str, Any]]
    documents: list[dict[str, str]]
    links: list[dict[str, str]]
    language: str


class Talk:
    """One customer's conversation; every reply is also rendered, so that none has a hole."""

    def __init__(self, sessions: Sessions, http: httpx.AsyncClient, replies: BilingualReplies) -> None:
        self._doors = Doors(sessions, http)
        self._replies = replies
        self.sessions = sessions
        self.http = http
        self.id = sessions.conversations.open("web", None, timedelta(hours=1)).id
        self.last: list[Reply] = []

    async def says(
        self, text: str, intent: str, *, language: str | None = None, names: str | None = None, **values: str
    ) -> list[str]:
        """A message understood as ``intent`` with entities, ``names`` that of a language; the names of the replies."""
        given = values if names is None else values | {"language": names}
        entities = tuple(Entity(name, value, *_place(value, text)) for name, value in given.items())
        return await self._turn(
            Turn(
                conversation=self.id,
                text=text,
                intent=intent,
                confidence=0.9,
                kind=kind_of(intent),
                entities=entities,
                said_in=language,  # type: ignore[arg-type]  # "fr" or "en"
                decisive=language is not None,
            )
        )

    async def asks(self, *requests: tuple[str, str, dict[str, str]], language: str | None = None) -> list[str]:
        """One message with several requests, each its words, its intent and its values."""
        text = " ".join(words for words, _, _ in requests)
        pieces = tuple(
            {
                "intent": intent,
                "kind": kind_of(intent),
                "text": words,
                "entities": [
                    {"entity": name, "value": value, "start": 0, "end": len(words)} for name, value in values.items()
                ],
            }
            for words, intent, values in requests
        )
        named = requests[0][1]
        return await self._turn(
            Turn(
                self.id, text, named, 0.9, kind_of(named), requests=pieces,
                said_in=language, decisive=language is not None,  # type: ignore[arg-type]  # "fr" or "en"
            )
        )  # fmt: skip

    async def chooses(self, name: str) -> list[str]:
        """A click on a choice of the last replies, by the name of its title."""
        command = next(choice["command"] for reply in self.last for choice in reply.choices if choice["name"] == name)
        return await self.clicks(command)

    async def clicks(self, command: dict[str, Any]) -> list[str]:
        """A click on any choice ever offered."""
        turn = Turn(self.id, "…", command["intent"], 1.0, kind_of(command["intent"]), choice=command["values"])
        return await self._turn(turn)

    async def _turn(self, turn: Turn) -> list[str]:
        dispatcher = CollectingDispatcher()
        await serve(turn, dispatcher, self._doors)
        self.last = [self._reply(message) for message in dispatcher.messages]
        assert self.last, "silence"
        return [reply.name for reply in self.last]

    def _reply(self, message: dict[str, Any]) -> Reply:
        rendered = self._replies.render(message["response"], message["language"], message["values"])
        return Reply(
            name=message["response"].removeprefix("utter_"),
            text=rendered["text"],
            values=message["values"],
            choices=message["choices"],
            documents=message["documents"],
            links=message["links"],
            language=message["language"],
        )

    @property
    def text(self) -> str:
        """Everything said last."""
        return "\n".join(reply.text for reply in self.last).replace("\u00a0", " ")

    @property
    def context(self) -> Context:
        """Where the conversation stands."""
        return Context.model_validate(self.sessions.conversations.context(self.id))

    @property
    def identity(self) -> Identity | None:
        """Who the customer is known to be."""
        return self.sessions.identities.get(self.id)

    async def payments(self) -> list[dict[str, Any]]:
        """Every payment the billing system holds."""
        return list((await self.http.get("/demo/payments")).json())

    async def code(self, to: str) -> str:
        """The newest code sent to an address."""
        newest = (await self.http.get("/demo/outbox", params={"to": to})).json()[0]
        return re.findall(r"\b\d{6}\b", newest["body"])[0]

    async def identify(self, account: str, email: str) -> list[str]:
        """Answer the two questions of identity."""
        await self.says(account, "inform", account_number=account)
        code = await self.code(email)
        return await self.says(code, "inform", otp_code=code)


def _place(value: str, text: str) -> tuple[int, int]:
    """Where a value stands in a text; a value written otherwise there is taken for all of it."""
    start = text.find(value)
    return (start, start + len(value)) if start >= 0 else (0, len(text))


def kind_of(intent: str) -> Kind:
    """As the rules sort intents (checked against data/rules by a test)."""
    conversation = set(
        "greet goodbye thank affirm deny cancel inform help repeat restart switch_language bot_challenge complain "
        "out_of_scope".split()
    )
    return "question" if intent.startswith("faq_") else "conversation" if intent in conversation else "task"
