"""Says replies by name in the customer's language: Rasa's natural language generator of this project."""

import json
from functools import partial
from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from languages.formats import LANGUAGES, Language, money
from languages.templates import render


class UnknownReply(KeyError):
    """No reply of this name stands in ``data/replies/``."""


class BilingualReplies(NaturalLanguageGenerator):
    """Fills the template of a reply with values; named by ``nlg`` in ``endpoints.yml``.

    Unlike Rasa's own generator a name or value that is missing is an error, never a silence.
    """

    def __init__(self, endpoint_config: EndpointConfig | None, domain: Domain) -> None:
        self._wordings: dict[tuple[str, str], list[str]] = {}
        for name, variations in domain.responses.items():
            for variation in variations:
                self._wordings.setdefault((name, _language_of(variation)), []).append(variation["text"])

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """What an action's ``Say`` asks for.

        ``language``, ``wording``, ``values``, ``choices``, ``documents``, ``links``, ``charts``.
        """
        language = kwargs.get("language") or tracker.get_slot("language")
        draft = self.render(utter_action, language, kwargs.get("values") or {}, kwargs.get("wording") or 0)
        draft["buttons"] = [self._button(choice, language) for choice in kwargs.get("choices") or []]
        draft["custom"] = {
            "documents": kwargs.get("documents") or [],
            "links": [self._link(link, language) for link in kwargs.get("links") or []],
            "charts": [self._chart(chart, language) for chart in kwargs.get("charts") or []],
        }
        return draft

    def render(self, name: str, language: str, values: dict[str, Any], wording: int = 0) -> dict[str, Any]:
        """``{"text": …}`` of a reply, with or without its ``utter_``; raises :class:`UnknownReply`.

        ``wording`` counts how often it was said before: the wordings written for it take turns.
        """
        name = name if name.startswith("utter_") else f"utter_{name}"
        spoken = _known(language)
        try:
            wordings = self._wordings[name, spoken]
        except KeyError as missing:
            raise UnknownReply(name) from missing
        title_of = partial(self._title, language=spoken, values={})
        return {"text": render(wordings[wording % len(wordings)], spoken, values | {"title_of": title_of})}

    def _button(self, choice: dict[str, Any], language: str) -> dict[str, str]:
        title = self._title(choice["name"], language=language, values=choice.get("values") or {})
        return {"title": title, "payload": json.dumps(choice["command"])}

    def _link(self, link: dict[str, str], language: str) -> dict[str, str]:
        return {"title": self._title(link["name"], language=language, values={}), "url": link["url"]}

    def _chart(self, chart: dict[str, Any], language: str) -> dict[str, Any]:
        """What is drawn: the reply of the chart's name tells the same in words."""
        spoken = _known(language)
        bars = [
            {
                "label": self._title(f"{chart['name']}_{one['name']}", language=spoken, values={}),
                "text": money(one["amount"], spoken),
                "size": float(one["amount"]),
            }
            for one in chart["values"]["buckets"]
        ]
        alt = self.render(chart["name"], spoken, chart["values"])["text"]
        return {"alt": alt, "language": spoken, "bars": bars}

    def _title(self, name: str, *, language: str, values: dict[str, Any]) -> str:
        return str(self.render(f"utter_choice_{name}", language, values)["text"])


def _language_of(variation: dict[str, Any]) -> str:
    return str(variation["condition"][0]["value"])


def _known(language: str) -> Language:
    """French where nothing tells, and ``fr`` for ``fr-CA``."""
    return next((known for known in LANGUAGES if str(language).startswith(known)), LANGUAGES[0])
