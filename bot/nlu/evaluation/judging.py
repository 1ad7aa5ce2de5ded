"""Lets the pipeline's own parts judge messages, without a server around them."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from bot.nlu.evaluation.messages import HELDOUT_TODAY, Example
from bot.nlu.evaluation.scores import OUT_OF_SCOPE, Judged
from bot.nlu.model import IntentModel
from languages.detection import detect
from languages.values import find_values

FOLDS = 5
_SEED = 20261124


def judge(model: IntentModel, examples: Sequence[Example], today: date = HELDOUT_TODAY) -> list[Judged]:
    """Each message as the assistant would understand it."""
    return [_judged(model, one, today) for one in examples]


def cross_validate(examples: Sequence[Example]) -> list[Judged]:
    """Each training example judged by a model that has not seen it, nor any of its fold."""
    order = np.random.default_rng(_SEED).permutation(len(examples))
    judged: list[Judged] = []
    for fold in range(FOLDS):
        left_out = set(order[fold::FOLDS].tolist())
        learnt = IntentModel.learn([(one.text, one.intent) for at, one in enumerate(examples) if at not in left_out])
        judged += judge(learnt, [examples[at] for at in sorted(left_out)])
    return judged


def _judged(model: IntentModel, example: Example, today: date) -> Judged:
    entities = find_values(example.text, today)
    understood = model.understand(example.text, entities)
    likely = {one["name"]: one["confidence"] for one in understood.ranking}
    strange = likely.pop(OUT_OF_SCOPE, 0.0)
    likeliest = max(likely, key=likely.__getitem__)
    return Judged(
        example=example,
        taken_for=understood.intent["name"],
        confidence=understood.intent["confidence"],
        likeliest=likeliest,
        margin=likely[likeliest] - strange,
        language=detect(example.text).language,
        entities=tuple((one["entity"], one["value"]) for one in entities),
    )
