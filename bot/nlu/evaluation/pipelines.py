"""The two pipelines that are measured against each other, as real Rasa models on the same messages."""

import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu

from bot.nlu.evaluation.messages import ROOT, Example, trained_on
from bot.nlu.evaluation.quiet import hush
from languages.formats import LANGUAGES

Pipeline = Literal["ours", "stock"]

# What `rasa init` writes into a new project's config.yml.
_STOCK: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": 1},
    {"name": "EntitySynonymMapper"},
    {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]


def sampled(most: int) -> list[Example]:
    """The first so many examples of each intent and language: the stock pipeline would need hours for all."""
    taken: defaultdict[tuple[str, str], list[Example]] = defaultdict(list)
    for language in LANGUAGES:
        for one in trained_on(language):
            taken[language, one.intent].append(one)
    return [one for group in taken.values() for one in group[:most]]


def train(which: Pipeline, folder: Path, epochs: int, sample: int) -> str:
    """The path of the trained model; ends the process if Rasa trains none."""
    hush()
    data, config = folder / "nlu.yml", folder / "config.yml"
    data.write_text(yaml.safe_dump(_nlu(sampled(sample)), allow_unicode=True), encoding="utf-8")
    settings = {"recipe": "default.v1", "assistant_id": which, "language": "fr", "pipeline": _pipeline(which, epochs)}
    config.write_text(yaml.safe_dump(settings), encoding="utf-8")
    model = train_nlu(str(config), str(data), str(folder))
    if model is None:
        sys.exit(f"the pipeline {which} could not be trained")
    return model


def load(model: str) -> Agent:
    """Ready to parse."""
    hush()
    return Agent.load(model)


def _pipeline(which: Pipeline, epochs: int) -> list[dict[str, Any]]:
    if which == "ours":
        configured = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
        return list(configured["pipeline"])
    return [one | ({"epochs": epochs} if "epochs" in one else {}) for one in _STOCK]


def _nlu(examples: Sequence[Example]) -> dict[str, Any]:
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for one in examples:
        texts[one.intent].append(one.text)
    blocks = [{"intent": intent, "examples": "".join(f"- {text}\n" for text in said)} for intent, said in texts.items()]
    return {"version": "3.1", "nlu": blocks}
