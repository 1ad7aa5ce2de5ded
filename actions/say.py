"""How an action speaks: by the name of a reply, with plain values. What is said is written in ``data/replies/``."""

from dataclasses import dataclass, field
from typing import Any

from pydantic_core import to_jsonable_python
from rasa_sdk.executor import CollectingDispatcher

from languages.formats import Language
from sessions.context import Context, Said


@dataclass(frozen=True)
class Choice:
    """Something the customer can choose: ``name`` is its title in ``data/replies/``, filled with ``title``.

    Choosing it means ``intent`` with ``values``.
    """

    name: str
    intent: str
    values: dict[str, Any] = field(default_factory=dict)
    title: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As :class:`bot.replies.BilingualReplies` takes it."""
        command = {"intent": self.intent, "values": self.values}
        return {"name": self.name, "values": to_jsonable_python(self.title), "command": command}


class Say:
    """Collects the replies of one turn, all in one language."""

    def __init__(self, dispatcher: CollectingDispatcher, language: Language, context: Context) -> None:
        self._dispatcher = dispatcher
        self._context = context
        self.language = language
        self.said: list[Said] = []

    def reply(
        self,
        name: str,
        /,
        *choices: Choice,
        documents: list[dict[str, str]] | None = None,
        links: list[dict[str, str]] | None = None,
        charts: list[dict[str, Any]] | None = None,
        **values: Any,
    ) -> None:
        """Say a reply.

        ``documents`` are ``{"title", "url", "media_type"}``, ``links`` ``{"name", "url"}`` with the name of
        a choice's title, ``charts`` ``{"name", "values"}`` with the name of the reply that tells the same in words.
        """
        said = Said(
            name=name,
            wording=self._context.next_wording(name),
            values=to_jsonable_python(values),
            choices=[choice.as_json() for choice in choices],
            documents=documents or [],
            links=links or [],
            charts=to_jsonable_python(charts or []),
        )
        self.again(said)

    def again(self, said: Said) -> None:
        """Say what was said before once more, in the language of now."""
        self.said.append(said)
        self._dispatcher.utter_message(
            response=f"utter_{said.name}",
            language=self.language,
            wording=said.wording,
            values=said.values,
            choices=said.choices,
            documents=said.documents,
            links=said.links,
            charts=said.charts,
        )
