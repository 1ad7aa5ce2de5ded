"""Reads the project as Rasa wants it, with the replies that stand by subject in ``data/replies/``.

A reply is written once, French beside English::

    replies:
      trouble: {fr: "…", en: "…"}
    choices:
      yes: {fr: Oui, en: "Yes"}

and becomes the Rasa response ``utter_trouble`` (``utter_choice_yes``) with a variation per language,
conditioned on the slot ``language``. A reply that is likely to be said twice is written in several wordings,
as many in each language: ``{fr: ["…", "…"], en: ["…", "…"]}``.
"""

from pathlib import Path
from typing import Any

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.rasa import RasaFileImporter

from languages.formats import LANGUAGES

REPLIES = Path(__file__).parent.parent / "data" / "replies"
Responses = dict[str, list[dict[str, Any]]]


class InvalidReplies(RasaException):
    """A reply is said twice, lacks a language, or stands in a file of another shape."""


class ProjectImporter(RasaFileImporter):
    """Rasa's own importer, plus the replies; named in ``config.yml`` so that plain ``rasa train`` works."""

    def get_domain(self) -> Domain:
        """The vocabulary of ``domain.yml`` with every reply as a response."""
        return super().get_domain().merge(Domain.from_dict({"responses": read_replies(REPLIES)}))


def read_replies(folder: Path) -> Responses:
    """Every reply of every file of a folder as Rasa responses; raises :class:`InvalidReplies`."""
    responses: Responses = {}
    for file in sorted(folder.glob("*.yml")):
        for name, texts in _replies_of(file):
            if name in responses:
                raise InvalidReplies(f"{file.name}: {name} is already said in another place")
            responses[name] = _variations(name, texts, file)
    return responses


def _replies_of(file: Path) -> list[tuple[str, dict[str, str | list[str]]]]:
    content = yaml.load(file.read_text(encoding="utf-8"), Loader=_NoDuplicates)  # noqa: S506  a SafeLoader that also refuses duplicates
    unknown = set(content) - {"version", "replies", "choices"}
    if unknown:
        raise InvalidReplies(f"{file.name}: unknown sections {sorted(unknown)}")
    return [
        (f"{prefix}{name}", texts)
        for section, prefix in (("replies", "utter_"), ("choices", "utter_choice_"))
        for name, texts in (content.get(section) or {}).items()
    ]


def _variations(name: str, texts: dict[str, str | list[str]], file: Path) -> list[dict[str, Any]]:
    wordings = {language: [said] if isinstance(said, str) else said or [] for language, said in texts.items()}
    if set(wordings) != set(LANGUAGES) or not all(said and all(said) for said in wordings.values()):
        raise InvalidReplies(f"{file.name}: {name} must be said in {' and '.join(LANGUAGES)}")
    if len({len(said) for said in wordings.values()}) > 1:
        raise InvalidReplies(f"{file.name}: {name} has more wordings in one language than in the other")
    return [
        {"text": text, "condition": [{"type": "slot", "name": "language", "value": language}]}
        for language in LANGUAGES
        for text in wordings[language]
    ]


class _NoDuplicates(yaml.SafeLoader):
    """YAML keeps the last of two equal keys in silence; here that is a reply lost."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise InvalidReplies(f"said twice in one file: {sorted(twice)}")
        return super().construct_mapping(node, deep)
