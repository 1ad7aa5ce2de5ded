"""The component that says what a customer wants, or that it is nothing this assistant does."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.model import IntentModel

RANKED = 5  # how many intents stand in the ranking


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):
    """Sets ``intent`` and ``intent_ranking``; a refused message is ``out_of_scope`` with its ranking kept."""

    def __init__(self, storage: ModelStorage, resource: Resource, model: IntentModel | None = None) -> None:
        self._storage, self._resource, self._model = storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IntentClassifier":
        """Untrained."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "IntentClassifier":
        """Trained; raises :class:`bot.nlu.encoder.UnknownEncoder` if the encoder is not the reviewed one."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, IntentModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example that has an intent, and keep what was learnt."""
        examples = [(one.get(TEXT), one.get(INTENT)) for one in training_data.intent_examples]
        self._model = IntentModel.learn(examples)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the intent to messages to be understood; the values must have been found before."""
        for message in messages:
            if self._model is not None and message.get(TEXT):
                understood = self._model.understand(message.get(TEXT), message.get(ENTITIES) or [])
                message.set(INTENT, understood.intent, add_to_output=True)
                message.set(INTENT_RANKING_KEY, understood.ranking[:RANKED], add_to_output=True)
        return messages
