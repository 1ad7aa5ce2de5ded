"""The model that fits the data: found by its name, or trained once."""

import fcntl
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from launch.fingerprint import fingerprint
from launch.processes import end_with_parent

KEPT = 3  # older ones are removed: going back to the data of yesterday stays quick
_STEP = re.compile(r"(?:Starting to train|Restored) component '(\w+)'")
Tell = Callable[[str], None]


class TrainingFailed(Exception):
    """Training ended without a model; ``log`` says why, ``last_lines`` its end."""

    def __init__(self, log: Path) -> None:
        super().__init__("The training failed.")
        self.log = log
        self.last_lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]


def fitting_model(root: Path) -> Path:
    """Where the model for the data as it is now lies, or would lie."""
    return root / "models" / f"assistant-{fingerprint(root)}.tar.gz"


def train(root: Path, log: Path, tell: Tell) -> Path:
    """Train the fitting model unless another process just did; ``tell`` hears the component at work."""
    model = fitting_model(root)
    with _alone(model.parent):
        if not model.exists():
            with tempfile.TemporaryDirectory(dir=model.parent, prefix=".training-") as folder:
                _run([sys.executable, "-m", "launch.training", folder, model.name], root, log, tell)
                # Moved when whole: a training cut off leaves nothing that looks like a model.
                Path(folder, model.name).replace(model)
            _forget_old(model)
    return model


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two trainings at once would take twice as long for the same model."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(command: list[str], root: Path, log: Path, tell: Tell) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        command,
        cwd=root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"},
        text=True,
        errors="replace",
        start_new_session=True,
        preexec_fn=end_with_parent(),
    )
    try:
        _follow(process, log, tell)
    finally:
        if process.poll() is None:  # a Ctrl-C came
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.returncode != 0:
        raise TrainingFailed(log)


def _follow(process: subprocess.Popen[str], log: Path, tell: Tell) -> None:
    """Keep every line in the log and tell the steps, until the process closes its output and ends."""
    if process.stdout is None:
        return
    with log.open("w", encoding="utf-8") as kept:
        for line in process.stdout:
            kept.write(line)
            if step := _STEP.search(line):
                tell(step[1])
    process.wait()


def _forget_old(newest: Path) -> None:
    models = sorted(newest.parent.glob("assistant-*.tar.gz"), key=lambda one: one.stat().st_mtime)
    for old in models[:-KEPT]:
        old.unlink(missing_ok=True)
