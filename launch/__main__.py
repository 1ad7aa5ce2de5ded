"""``python -m launch run`` and ``python -m launch train``."""

import signal
import sys

import typer
from pydantic import ValidationError

from launch.display import Board, terminal
from launch.model import TrainingFailed
from launch.run import CANNOT_START, FAILED, ensure_model, run
from launch.settings import LaunchSettings

commands = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@commands.command("run")
def run_command() -> None:
    """Train if the data changed, start everything and watch it; Ctrl-C ends it."""
    try:
        code = run(_settings())
    except KeyboardInterrupt:  # while training: nothing is up yet
        code = 0
    raise typer.Exit(code)


@commands.command("train")
def train_command() -> None:
    """Train the model if the data changed."""
    board = Board(terminal())
    try:
        model = ensure_model(_settings(), board)
    except TrainingFailed as failed:
        board.trouble(str(failed), failed.log, failed.last_lines)
        raise typer.Exit(FAILED) from failed
    terminal().print(f"The model that fits the data is {model}")


def _settings() -> LaunchSettings:
    try:
        return LaunchSettings()
    except ValidationError as invalid:
        for error in invalid.errors():
            setting = "_".join(str(part) for part in error["loc"]).upper()
            terminal().print(f"[bold red]{setting}[/]: {error['msg']}, not {error['input']!r}")
        raise typer.Exit(CANNOT_START) from invalid


if __name__ == "__main__":
    # Until the parts run and the alarm takes over, an ordered end is the same as a Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(commands())
