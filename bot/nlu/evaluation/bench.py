"""``make bench``: training, loading, memory and parse times beside a stock Rasa pipeline, in one run, as ratios.

Both are real Rasa models trained on the same sample of examples, each measured in a process of its own, on one thread.
"""

import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from bot.nlu.evaluation.messages import ROOT, heldout
from languages.formats import LANGUAGES

LENGTHS = ((0, 30), (30, 60), (60, 100), (100, 1000))  # characters
WARM_UP = 20  # messages parsed before the clock is looked at
RESULTS = ROOT / "results" / "bench.json"

Figures = dict[str, float]
app = typer.Typer()


@app.command()
def train(which: Literal["ours", "stock"], folder: Path, epochs: int = 100, sample: int = 20) -> None:
    """Train one pipeline and print how long it took; called by :func:`compare`."""
    from bot.nlu.evaluation import pipelines  # noqa: PLC0415  only the measured processes import Rasa

    began = time.perf_counter()
    pipelines.train(which, folder, epochs, sample)
    _print({"training, s": time.perf_counter() - began})


@app.command()
def serve(folder: Path) -> None:
    """Load the model of a folder, parse the held-out messages, print the figures; called by :func:`compare`."""
    from bot.nlu.evaluation import pipelines  # noqa: PLC0415  as above

    began = time.perf_counter()
    agent = pipelines.load(str(next(folder.glob("*.tar.gz"))))
    loading = {"loading, s": time.perf_counter() - began}
    times = asyncio.run(_times(agent))
    _print(loading | {"peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024} | times)


@app.command()
def compare(
    epochs: Annotated[int, typer.Option(help="Epochs of the stock pipeline.")] = 100,
    sample: Annotated[int, typer.Option(help="Examples an intent and language.")] = 20,
) -> None:
    """Measure both, one after the other, and print them side by side."""
    with TemporaryDirectory() as folder:
        ours, stock = (_measured(which, Path(folder), epochs, sample) for which in ("ours", "stock"))
    table = Table("", "ours", f"stock, {epochs} epochs", "stock / ours")
    for name, figure in ours.items():
        table.add_row(name, f"{figure:.1f}", f"{stock[name]:.1f}", f"{stock[name] / figure:.1f}")
    Console().print(table)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"ours": ours, "stock": stock}, indent=2), encoding="utf-8")


def _measured(which: str, folder: Path, epochs: int, sample: int) -> Figures:
    own = folder / which
    own.mkdir()
    trained = _run("train", which, str(own), "--epochs", str(epochs), "--sample", str(sample))
    return trained | _run("serve", str(own))


def _run(*words: str) -> Figures:
    """One stage in a process of its own, on one thread."""
    command = [sys.executable, "-m", "bot.nlu.evaluation.bench", *words]
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"), "1")
    ended = subprocess.run(command, cwd=ROOT, env=os.environ | one_thread, stdout=subprocess.PIPE, check=True)  # noqa: S603  our own module
    figures: Figures = json.loads(ended.stdout.splitlines()[-1])
    return figures


def _print(figures: Figures) -> None:
    sys.stdout.write(json.dumps(figures) + "\n")


async def _times(agent: Any) -> Figures:
    """Milliseconds to parse a held-out message, by its length."""
    texts = [one.text for language in LANGUAGES for one in heldout(language)]
    for text in texts[:WARM_UP]:
        await agent.parse_message(text)
    figures: Figures = {}
    for shortest, longest in LENGTHS:
        taken = [await _time(agent, text) for text in texts if shortest <= len(text) < longest]
        figures |= _quantiles(f"{shortest}-{longest} characters", taken)
    return figures


async def _time(agent: Any, text: str) -> float:
    began = time.perf_counter()
    await agent.parse_message(text)
    return 1000 * (time.perf_counter() - began)


def _quantiles(name: str, taken: Sequence[float]) -> Figures:
    if len(taken) < 2:
        return {}
    parts = statistics.quantiles(taken, n=100)
    return {f"{name}, p{part}, ms": parts[part - 1] for part in (50, 95, 99)}


if __name__ == "__main__":
    app()
