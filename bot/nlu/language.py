"""The component that says which language a message is in; what it finds stands beside the intent."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from languages.detection import detect


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageDetector(GraphComponent):
    """Sets ``language`` (only where one is told) and ``language_decisive``; keeps no memory between messages."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LanguageDetector":
        """As Rasa builds it."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the language to messages to be understood."""
        for message in messages:
            found = detect(message.get(TEXT) or "")
            message.set("language", found.language, add_to_output=True)
            message.set("language_decisive", found.decisive, add_to_output=True)
        return messages
