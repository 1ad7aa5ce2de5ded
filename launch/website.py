"""The website channel as a caller uses it (contract, http.md): what ``make chat`` and the conversation tests speak."""

from dataclasses import dataclass
from typing import Any, Self

import httpx

# A turn is answered within seconds or with an apology; this is for a machine under load.
_PATIENCE_S = 60.0


@dataclass(frozen=True)
class Link:
    """Something to open: a document, a page or a picture."""

    title: str
    url: str


@dataclass(frozen=True)
class Choice:
    """A button: what it says, and the opaque id that stands for it."""

    id: str
    title: str


@dataclass(frozen=True)
class Message:
    """One message of the assistant."""

    text: str
    choices: tuple[Choice, ...]
    documents: tuple[Link, ...]
    links: tuple[Link, ...]
    images: tuple[Link, ...]

    @classmethod
    def of(cls, said: dict[str, Any]) -> Self:
        """From the channel's JSON, where empty lists may be left out."""
        return cls(
            text=said["text"],
            choices=tuple(Choice(one["id"], one["title"]) for one in said.get("choices", [])),
            documents=_links(said.get("documents", []), "title"),
            links=_links(said.get("links", []), "title"),
            images=_links(said.get("images", []), "alt"),
        )


def _links(given: list[dict[str, str]], title: str) -> tuple[Link, ...]:
    return tuple(Link(one[title], one["url"]) for one in given)


class ChannelRefused(Exception):
    """The channel's answer was an error: ``status``, ``detail`` in words, seconds to wait if it said so."""

    def __init__(self, answer: httpx.Response) -> None:
        self.status = answer.status_code
        self.detail = _detail(answer)
        waiting = answer.headers.get("Retry-After", "")
        self.retry_after = int(waiting) if waiting.isdecimal() else None
        super().__init__(f"{self.status}: {self.detail}")


def _detail(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
    except ValueError:
        return answer.reason_phrase
    return str(problem.get("detail") or problem.get("error") or answer.reason_phrase)


class Website:
    """One visitor's session on the website; every call may raise :class:`ChannelRefused` or an httpx error."""

    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=address, timeout=_PATIENCE_S, trust_env=False)
        self.language = ""
        self.session = ""

    def demo_customers(self) -> list[dict[str, str]]:
        """Whom a visitor can sign in as: ``name``, ``language``, ``email``; in demo mode only."""
        return list(_checked(self.http.get("/demo/customers")).json())

    def sign_in(self, email: str) -> str:
        """The portal token that the demo's sign-in gives."""
        return str(_checked(self.http.post("/demo/sign-in", json={"email": email})).json()["portal_token"])

    def open(self, language: str | None, portal_token: str | None = None) -> list[Message]:
        """Begin a session; the greeting."""
        asked = {"language": language, "portal_token": portal_token}
        opened = _checked(self.http.post("/webhooks/web/session", json=asked)).json()
        self.session = opened["session"]
        return [Message.of(one) for one in opened["messages"]]

    def say(self, text: str) -> list[Message]:
        """Type a message; the assistant's answers."""
        return self._send({"text": text})

    def choose(self, choice_id: str) -> list[Message]:
        """Press a button; the assistant's answers."""
        return self._send({"choice": choice_id})

    def history(self) -> list[dict[str, Any]]:
        """All that was said in the session, both sides, as the channel gives it."""
        answer = self.http.get("/webhooks/web/history", headers=self._credential)
        return list(_checked(answer).json()["messages"])

    def _send(self, body: dict[str, str]) -> list[Message]:
        answer = _checked(self.http.post("/webhooks/web/message", json=body, headers=self._credential)).json()
        self.language = answer["language"]
        return [Message.of(one) for one in answer["messages"]]

    @property
    def _credential(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.session}"}


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.is_error:
        raise ChannelRefused(answer)
    return answer
