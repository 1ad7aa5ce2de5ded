"""The component that finds the values a message states: numbers, amounts, dates, addresses."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from languages.values import find_values


def today_in_toronto() -> date:
    """The day that "tomorrow" is counted from."""
    return datetime.now(ZoneInfo("America/Toronto")).date()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ValueExtractor(GraphComponent):
    """Sets ``entities``; ``today`` is the clock, another one in tests."""

    def __init__(self, today: Callable[[], date] = today_in_toronto) -> None:
        self._today = today

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ValueExtractor":
        """As Rasa builds it."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the values to messages to be understood."""
        for message in messages:
            found = find_values(message.get(TEXT) or "", self._today())
            entities = [value | {"extractor": type(self).__name__} for value in found]
            message.set(ENTITIES, entities, add_to_output=True)
        return messages
