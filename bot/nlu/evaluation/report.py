"""The report of ``make evaluate``: one HTML page with figures, plots and the worst messages, nothing from elsewhere."""

from collections.abc import Mapping, Sequence
from html import escape
from io import StringIO

import matplotlib as mpl

mpl.use("svg")
import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from bot.nlu.evaluation import scores
from bot.nlu.evaluation.scores import Judged

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1d2433}
table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #c9d0dc;padding:.3rem .6rem;text-align:left}
td.number{text-align:right;font-variant-numeric:tabular-nums}svg{max-width:100%;height:auto}
"""
_WORST = 30
_CONFUSIONS = 25

Row = Sequence[object]


def summary(measured: Mapping[str, Sequence[Judged]]) -> list[Row]:
    """A line per set of messages, as the README's table has it."""
    return [
        (
            name,
            len(judged),
            _percent(scores.accuracy(scores.in_scope(judged))),
            _percent(scores.refused(judged)),
            _percent(scores.tasks_started(judged)),
            _percent(scores.entity_f1(judged).value),
            _percent(scores.language_accuracy(judged)),
        )
        for name, judged in measured.items()
    ]


HEADINGS = (
    "messages",
    "how many",
    "intent right",
    "requests refused",
    "strangers that start a task",
    "entity F1",
    "language right",
)


def page(measured: Mapping[str, Sequence[Judged]], beside: Sequence[Row], cross: Sequence[Judged]) -> str:
    """The whole page; ``beside`` are the lines about the stock pipeline, ``cross`` the cross-validated messages."""
    every = [one for judged in measured.values() for one in judged]
    parts = [
        "<h1>How well the assistant understands</h1>",
        _table(HEADINGS, summary(measured)),
        "<h2>Beside a stock Rasa pipeline, on the same data</h2>",
        _table(("pipeline", "French", "English", "training, s"), beside),
        "<h2>By kind of writing</h2>",
        _table(("language and kind", "intent right"), _shares(scores.by(every, _kind))),
        "<h2>By intent</h2>",
        _picture(_bars(measured)),
        "<h2>Cross-validated on the training data</h2>",
        _table(("language", "intent right"), _shares(scores.by(cross, lambda one: one.example.language))),
        "<h2>Confidence</h2>",
        _picture(_confidence(every)),
        "<h2>Refusing strangers</h2>",
        _picture(_curve(every)),
        "<h2>What is taken for what</h2>",
        _table(("meant", "taken for", "times"), scores.confusions(every, _CONFUSIONS)),
        f"<h2>The {_WORST} worst messages</h2>",
        _table(("message", "meant", "taken for", "confidence"), _worst(every)),
    ]
    head = f'<meta charset="utf-8"><title>Understanding</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="en">{head}{"".join(parts)}</html>'


def markdown(rows: Sequence[Row]) -> str:
    """The summary as a table for the README."""
    lines = [HEADINGS, ["---"] * len(HEADINGS), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def _kind(one: Judged) -> str:
    return f"{one.example.language}, {one.example.noise}"


def _shares(figures: Mapping[str, float]) -> list[Row]:
    return [(name, _percent(figure)) for name, figure in figures.items()]


def _worst(judged: Sequence[Judged]) -> list[Row]:
    return [
        (one.example.text, one.example.intent, one.taken_for, f"{one.confidence:.2f}")
        for one in scores.worst(judged, _WORST)
    ]


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _table(headings: Sequence[str], rows: Sequence[Row]) -> str:
    head = "".join(f"<th>{escape(one)}</th>" for one in headings)
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _bars(measured: Mapping[str, Sequence[Judged]]) -> Figure:
    """Accuracy by intent, the languages side by side."""
    figure, axes = plt.subplots(figsize=(10, 11))
    width = 0.8 / len(measured)
    for place, (name, judged) in enumerate(measured.items()):
        figures = scores.by(judged, lambda one: one.example.intent)
        axes.barh([at + place * width for at in range(len(figures))], list(figures.values()), width, label=name)
        axes.set_yticks(range(len(figures)), list(figures))
    axes.set_xlim(0.5, 1)
    axes.legend()
    return figure


def _confidence(judged: Sequence[Judged]) -> Figure:
    """How sure it is where it is right and where it is wrong."""
    figure, axes = plt.subplots(figsize=(8, 3.5))
    sure = [[one.confidence for one in judged if one.right is right] for right in (True, False)]
    axes.hist(sure, bins=20, range=(0, 1), label=["right", "wrong"])
    axes.set_yscale("log")
    axes.set_xlabel("confidence")
    axes.legend()
    return figure


def _curve(judged: Sequence[Judged]) -> Figure:
    """What a margin of belief costs and buys."""
    figure, axes = plt.subplots(figsize=(8, 4))
    curve = scores.rejection_curve(judged)
    axes.plot([own for _, own, _ in curve], [foreign for _, _, foreign in curve], marker=".")
    axes.set_xlabel("real requests refused")
    axes.set_ylabel("strangers refused")
    axes.set_xlim(0, 0.2)
    return figure


def _picture(figure: Figure) -> str:
    drawn = StringIO()
    figure.tight_layout()
    figure.savefig(drawn, format="svg")
    plt.close(figure)
    return drawn.getvalue()[drawn.getvalue().index("<svg") :]
