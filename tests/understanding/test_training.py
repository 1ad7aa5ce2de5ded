"""Training gives the same model each time, and the encoder is the one that was reviewed."""

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.encoder import Encoder, UnknownEncoder, encoder
from bot.nlu.evaluation.messages import trained_on
from bot.nlu.model import IntentModel


@pytest.fixture(scope="module")
def some() -> list[tuple[str, str]]:
    """A few examples of each intent."""
    return [(one.text, one.intent) for language in ("fr", "en") for one in trained_on(language)[::40]]


def test_the_same_examples_give_the_same_model(some: list[tuple[str, str]]) -> None:
    """Nobody can find out what changed a model that changes by itself."""
    first, second = IntentModel.learn(some), IntentModel.learn(some)
    assert np.array_equal(first.head.of_dense, second.head.of_dense)
    assert np.array_equal(first.head.of_sparse, second.head.of_sparse)


def test_a_model_is_the_same_after_it_was_kept(some: list[tuple[str, str]], tmp_path: Path) -> None:
    """What was measured is what is served."""
    learnt = IntentModel.learn(some)
    learnt.save(tmp_path)
    loaded = IntentModel.load(tmp_path)
    for text in ("combien je dois", "anuler mon paiman", "👍", "?"):
        before, after = learnt.understand(text, []), loaded.understand(text, [])
        assert before.intent["name"] == after.intent["name"]
        assert before.intent["confidence"] == pytest.approx(after.intent["confidence"], abs=0.01)


def test_two_languages_of_one_meaning_lie_close() -> None:
    """One bilingual model rests on it."""
    french, english, other = encoder().encode(["combien je vous dois", "how much do I owe you", "il pleut ce matin"])
    assert french @ english > french @ other


def test_other_weights_are_refused(tmp_path: Path) -> None:
    """Weights nobody reviewed would be another model with other thresholds (setting ENCODER_DIR)."""
    for name in ("sp.model", "weights.npz"):
        (tmp_path / name).write_bytes(b"something else")
    with pytest.raises(UnknownEncoder):
        Encoder(tmp_path)
    with pytest.raises(UnknownEncoder):
        Encoder(tmp_path / "nowhere")
