"""Small bar charts as accessible SVG: a title, every bar with its label and its figure in text."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, ROW, TOP = 420, 34, 8
_LABELS, _FIGURES = 120, 100  # room left and right of the bars
_BAR, _INK, _PAPER = "#1f5fa8", "#1d2433", "#ffffff"


@dataclass(frozen=True)
class Bar:
    """A bar: what it stands for, its figure as written, and how long it is, from 0 to any number."""

    label: str
    text: str
    size: float


def draw(title: str, language: str, bars: Sequence[Bar]) -> str:
    """The SVG; the longest bar fills the room, none is longer than its number."""
    longest = max((bar.size for bar in bars), default=0) or 1
    room = WIDTH - _LABELS - _FIGURES
    height = TOP * 2 + ROW * len(bars)
    rows = "".join(_row(bar, at, room * bar.size / longest) for at, bar in enumerate(bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" lang="{escape(language)}" role="img" aria-labelledby="title" '
        f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" font-family="system-ui, sans-serif" '
        f'font-size="14"><title id="title">{escape(title)}</title>'
        f'<rect width="{WIDTH}" height="{height}" fill="{_PAPER}"/>{rows}</svg>'
    )


def _row(bar: Bar, at: int, length: float) -> str:
    middle = TOP + ROW * at + ROW // 2
    return (
        f'<text x="{_LABELS - 8}" y="{middle + 5}" text-anchor="end" fill="{_INK}">{escape(bar.label)}</text>'
        f'<rect x="{_LABELS}" y="{middle - 10}" width="{length:.1f}" height="20" rx="2" fill="{_BAR}"/>'
        f'<text x="{_LABELS + length + 6:.1f}" y="{middle + 5}" fill="{_INK}">{escape(bar.text)}</text>'
    )
