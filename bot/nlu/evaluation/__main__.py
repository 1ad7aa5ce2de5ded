"""``make evaluate``: measures understanding and writes ``results/understanding.html``."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rasa.core.agent import Agent
from rich.console import Console

from bot.nlu.evaluation import pipelines, report
from bot.nlu.evaluation.judging import cross_validate, judge
from bot.nlu.evaluation.messages import ROOT, Example, heldout, trained_on
from bot.nlu.model import IntentModel
from languages.formats import LANGUAGES

RESULTS = ROOT / "results"

console = Console()


def main(
    epochs: Annotated[int, typer.Option(help="Epochs of the stock pipeline; 0 leaves it out.")] = 100,
    sample: Annotated[int, typer.Option(help="Examples an intent and language that both learn from.")] = 20,
) -> None:
    """Train, measure on the held-out messages, cross-validate, race the stock pipeline, write the report."""
    examples = [one for language in LANGUAGES for one in trained_on(language)]
    model = IntentModel.learn([(one.text, one.intent) for one in examples])
    measured = {f"{language}, held out": judge(model, heldout(language)) for language in LANGUAGES}
    console.print(report.markdown(report.summary(measured)))
    console.print("Cross-validating ...")
    cross = cross_validate(examples)
    beside = [_raced(which, epochs, sample) for which in ("ours", "stock")] if epochs else []
    RESULTS.mkdir(exist_ok=True)
    written = RESULTS / "understanding.html"
    written.write_text(report.page(measured, beside, cross), encoding="utf-8")
    console.print(f"The report is {written}")


def _raced(which: pipelines.Pipeline, epochs: int, sample: int) -> report.Row:
    """A pipeline trained on the sample and judged on the held-out messages."""
    console.print(f"Training the pipeline {which} on {sample} examples an intent and language ...")
    with TemporaryDirectory() as folder:
        began = time.perf_counter()
        model = pipelines.train(which, Path(folder), epochs, sample)
        seconds = time.perf_counter() - began
        agent = pipelines.load(model)
    return (which, *(_share_right(agent, heldout(language)) for language in LANGUAGES), f"{seconds:.0f}")


def _share_right(agent: Agent, examples: Sequence[Example]) -> str:
    right = sum(
        one == example.intent for one, example in zip(asyncio.run(_names(agent, examples)), examples, strict=True)
    )
    return f"{100 * right / len(examples):.1f} %"


async def _names(agent: Agent, examples: Sequence[Example]) -> list[str]:
    """The intents a model gives; the stock pipeline's fallback is our ``out_of_scope``."""
    names = [str((await agent.parse_message(one.text))["intent"]["name"]) for one in examples]
    return ["out_of_scope" if name == "nlu_fallback" else name for name in names]


if __name__ == "__main__":
    typer.run(main)
