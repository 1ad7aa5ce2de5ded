"""The intent model as the product serves it: taken out of the trained Rasa model."""

import tarfile

import pytest

from bot.nlu.evaluation.judging import judge
from bot.nlu.evaluation.messages import heldout
from bot.nlu.evaluation.scores import Judged
from bot.nlu.model import IntentModel
from languages.formats import LANGUAGES, Language
from launch.model import train
from launch.settings import ROOT


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> IntentModel:
    """Trained if no model fits the data."""
    folder = tmp_path_factory.mktemp("model")
    archive = train(ROOT, folder / "training.log", tell=print)
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return IntentModel.load(next(folder.rglob("intents.json")).parent)


@pytest.fixture(scope="session")
def judged(model: IntentModel) -> dict[Language, list[Judged]]:
    """Every held-out message as the product understands it, by language."""
    return {language: judge(model, heldout(language)) for language in LANGUAGES}
