"""The component that says what a customer wants, or that it is nothing this assistant does."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.kinds import is_task
from bot.nlu.model import IntentModel
from bot.nlu.requests import requests_of

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
        """Add the intent to messages to be understood; the values must have been found before.

        A message that holds several requests gets them as ``requests``, and the first task among them as its intent.
        """
        for message in messages:
            if self._model is not None and message.get(TEXT):
                self._understand(message, self._model)
        return messages

    @staticmethod
    def _understand(message: Message, model: IntentModel) -> None:
        text, entities = message.get(TEXT), message.get(ENTITIES) or []
        understood = model.understand(text, entities)
        intent = understood.intent
        requests = requests_of(text, entities, lambda piece, values: model.understand(piece, values).intent)
        if requests:
            named = next((one.intent for one in requests if is_task(one.intent)), requests[0].intent)
            intent = {"name": named, "confidence": max(requests[0].confidence, intent["confidence"])}
            message.set("requests", [one.as_json(text, entities) for one in requests], add_to_output=True)
        message.set(INTENT, intent, add_to_output=True)
        message.set(INTENT_RANKING_KEY, understood.ranking[:RANKED], add_to_output=True)
