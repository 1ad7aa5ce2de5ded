"""What whoever started the product sees of it."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from launch.model import Tell


def terminal() -> Console:
    """Standard output, without colours on every number and with addresses left in one piece."""
    return Console(highlight=False, soft_wrap=True)


class Board:
    """Says which part is ready, died or is waited for: live in a terminal, line by line in a log."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    @contextmanager
    def starting(self, names: list[str]) -> Iterator[None]:
        """Show one line for each part with the time it has taken so far."""
        with _spinners(self._console) as progress:
            self._progress = progress
            self._tasks = {name: progress.add_task(f"{name} starts", total=1) for name in names}
            try:
                yield
            finally:
                self._progress = None

    def ready(self, name: str, seconds: float) -> None:
        """A part answers that it can do its work."""
        if self._progress and self._console.is_terminal:
            self._progress.update(self._tasks[name], description=f"{name} is ready", completed=1)
        else:
            self._console.print(f"{name} is ready after {seconds:.1f} s")

    def died(self, name: str, exit_code: int | None, pause: float) -> None:
        """A part ended by itself and will be started again."""
        how = _ending(exit_code)
        self._console.print(f"[yellow]{name} ended by itself ({how}); starts again in {pause:.0f} s[/]")

    @contextmanager
    def training(self) -> Iterator[Tell]:
        """Show which component is being trained, and for how long it all takes."""
        self._console.print("No model fits the data as it is now: one is trained (some minutes at most).")
        started = time.monotonic()
        with _spinners(self._console) as progress:
            task = progress.add_task("Training: reading the data", total=None)

            def tell(component: str) -> None:
                progress.update(task, description=f"Training: {component}")
                if not self._console.is_terminal:
                    self._console.print(f"Training: {component}")

            yield tell
        self._console.print(f"The model is trained after {time.monotonic() - started:.0f} s.")

    def trouble(self, what: str, log: Path | None = None, last_lines: list[str] | None = None) -> None:
        """Something stopped the start: what, and where to read more."""
        self._console.print(f"[bold red]{what}[/]")
        for line in last_lines or []:
            self._console.print(f"  | {line}", markup=False, style="dim")
        if log:
            self._console.print(f"The whole log is {log}")


def _spinners(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console,
        transient=not console.is_terminal,
        disable=not console.is_terminal,
    )


def _ending(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return signal.Signals(-exit_code).name
    return f"exit {exit_code}"
