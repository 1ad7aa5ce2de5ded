"""Messages to intents: sentence vectors, words and letters, one calibrated linear head for both languages."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.nlu import head
from bot.nlu.encoder import encoder
from bot.nlu.head import Features, Head
from bot.nlu.kinds import is_task
from bot.nlu.sparse import Vocabulary
from bot.nlu.spelling import Speller, learn_words, real_words
from bot.nlu.wording import masked, words
from languages.values import find_values

OUT_OF_SCOPE = "out_of_scope"
# Chosen by cross-validation on the training examples (docs/understanding.md has the figures).
MEANING = 0.8  # how much the sentence vector counts beside the n-grams
PENALTY = 3e-6
STEPS = 70
# How far a reading must lead "out of scope" to be believed: a task is never started by a guess.
LEAST_FOR_A_TASK = 0.42
LEAST = 0.2
SHARED_BY = 2  # messages an n-gram must be in to be learnt
_WHEN_TRAINED = date(2026, 1, 1)  # which day "tomorrow" is does not matter to an intent; that it is one day does


@dataclass(frozen=True)
class Understood:
    """Rasa's ``intent`` and ``intent_ranking``."""

    intent: dict[str, Any]
    ranking: list[dict[str, Any]]


@dataclass(frozen=True)
class IntentModel:
    """What training learnt; its probabilities are honest as they are (docs/understanding.md)."""

    intents: list[str]
    speller: Speller
    vocabulary: Vocabulary
    head: Head

    @classmethod
    def learn(cls, examples: Sequence[tuple[str, str]]) -> "IntentModel":
        """From (text, intent) pairs; the same pairs give the same model."""
        intents = sorted({intent for _, intent in examples})
        number = {intent: at for at, intent in enumerate(intents)}
        targets = np.array([number[intent] for _, intent in examples])
        written = [masked(text, find_values(text, _WHEN_TRAINED)) for text, _ in examples]
        speller = Speller(learn_words(written))
        texts = [speller.corrected(text) for text in written]
        read = [words(text) for text in texts]
        vocabulary = Vocabulary.learn(read, SHARED_BY)
        features = Features(encoder().encode(texts) * np.float32(MEANING), vocabulary.matrix(read))
        weights = np.ones(len(texts), dtype=np.float32)
        trained = head.train(features, targets, weights, len(intents), PENALTY, STEPS)
        return cls(intents, speller, vocabulary, trained)

    def probabilities(self, text: str, entities: Sequence[dict[str, Any]]) -> NDArray[np.float32]:
        """One number an intent, in the order of ``intents``; ``entities`` are the values found in the text."""
        read = self.speller.corrected(masked(text, entities))
        dense = encoder().encode([read])[0] * np.float32(MEANING)
        scores = self.head.score(dense, *self.vocabulary.features(words(read)))
        return head.softmax(scores)

    def understand(self, text: str, entities: Sequence[dict[str, Any]]) -> Understood:
        """The likeliest intent, or ``out_of_scope`` where it does not lead strangers by enough."""
        likely = self.probabilities(text, entities)
        order = np.argsort(-likely, kind="stable")
        ranking = [{"name": self.intents[at], "confidence": float(likely[at])} for at in order]
        best = ranking[0]
        strange = next((one["confidence"] for one in ranking if one["name"] == OUT_OF_SCOPE), 0.0)
        least = LEAST_FOR_A_TASK if is_task(best["name"]) else LEAST
        if best["name"] != OUT_OF_SCOPE and best["confidence"] - strange < least:
            best = {"name": OUT_OF_SCOPE, "confidence": 1.0 - best["confidence"]}
        return Understood(best, ranking)

    def save(self, folder: Path) -> None:
        """Two files without code in them: arrays, and JSON."""
        np.savez_compressed(
            folder / "intents.npz",
            of_dense=self.head.of_dense,
            of_sparse=self.head.of_sparse.astype(np.float16),
            bias=self.head.bias,
            weights=self.vocabulary.weights,
        )
        kept = {
            "intents": self.intents,
            "words": self.speller.learnt,
            "grams": list(self.vocabulary.index),
        }
        (folder / "intents.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "IntentModel":
        """What :meth:`save` kept, with the encoder and the word lists ready."""
        encoder()
        real_words()
        kept = json.loads((folder / "intents.json").read_text(encoding="utf-8"))
        with np.load(folder / "intents.npz", allow_pickle=False) as arrays:
            learnt = Head(arrays["of_dense"], arrays["of_sparse"].astype(np.float32), arrays["bias"])
            vocabulary = Vocabulary({gram: at for at, gram in enumerate(kept["grams"])}, arrays["weights"])
        return cls(kept["intents"], Speller(kept["words"]), vocabulary, learnt)
