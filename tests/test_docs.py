"""The README is kept true: its commands run, its transcripts are spoken again, its settings are those there are."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest
from pydantic_settings import BaseSettings

from actions.settings import ActionsSettings
from billing.settings import BillingSettings
from bot.settings import AssistantSettings
from launch.ports import free_port
from launch.settings import ROOT, LaunchSettings
from sessions.settings import SessionsSettings
from tests.support.transcripts import blocks, spoken, timeless
from twilio_standin.settings import StandinSettings

README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
_SHELL = "".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
COMMANDS = re.findall(r"^(make\b[^#\n]*?)\s*(?:#.*)?$", _SHELL, re.MULTILINE)
SETTINGS: tuple[type[BaseSettings], ...] = (
    LaunchSettings,
    AssistantSettings,
    ActionsSettings,
    BillingSettings,
    SessionsSettings,
    StandinSettings,
)
READ_BY_OTHER_MEANS = {
    "ENCODER_DIR": ROOT / "bot" / "nlu" / "encoder.py"
}  # by whatever loads a model, Rasa's tools too
# What takes many minutes runs in parts: tests import the module that the command starts.
RUN_IN_PARTS = {"make evaluate": "bot.nlu.evaluation"}
RUN_HERE: dict[str, Callable[..., Any]] = {}
MAKE = shutil.which("make") or "make"
PICTURE_AT_MOST = 200_000  # bytes
_READY_WITHIN_S = 400.0


def runs(command: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The test runs a command of the README."""

    def known(test: Callable[..., Any]) -> Callable[..., Any]:
        RUN_HERE[command] = test
        return test

    return known


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """A visitor's, on free ports, so that whatever else runs on this machine is left alone."""
    names = ("ASSISTANT_PORT", "ACTIONS_PORT", "BILLING_PORT", "PHONE_PORT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "TWILIO_"))}
    return kept | {name: str(free_port()) for name in names} | {"DATA_DIR": str(tmp_path_factory.mktemp("run"))}


@pytest.fixture(scope="module")
def running(environment: Mapping[str, str]) -> Iterator[Path]:
    """`make run` as a visitor runs it, ended as Ctrl-C ends it; the file of what it says."""
    said = Path(environment["DATA_DIR"], "said.txt")
    with said.open("w") as output:
        make = subprocess.Popen(
            [MAKE, "run"], cwd=ROOT, env=dict(environment), stdout=output, stderr=output, start_new_session=True
        )
    try:
        deadline = time.monotonic() + _READY_WITHIN_S
        while "Ctrl-C ends it all." not in said.read_text(encoding="utf-8"):
            assert make.poll() is None and time.monotonic() < deadline, said.read_text(encoding="utf-8")
            Event().wait(0.2)
        yield said
    finally:
        os.killpg(make.pid, signal.SIGINT)
        make.wait(30)


@runs("make run")
def test_make_run_starts_everything_and_says_where(running: Path, environment: Mapping[str, str]) -> None:
    """The address it prints is that of the page."""
    page = f"http://127.0.0.1:{environment['ASSISTANT_PORT']}/"
    assert page in running.read_text(encoding="utf-8")
    assert "Assistant de facturation" in httpx.get(page, trust_env=False).text
    for port in ("ASSISTANT_PORT", "ACTIONS_PORT", "BILLING_PORT"):
        health = httpx.get(f"http://127.0.0.1:{environment[port]}/health", trust_env=False)
        assert health.json()["status"] == "ok"


@runs("make chat")
@pytest.mark.usefixtures("running")
def test_make_chat_talks_to_what_make_run_started(environment: Mapping[str, str]) -> None:
    """A stranger's first words."""
    assert "numéro de compte" in spoken("make chat", "> quel est mon solde?\n", environment)


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(("command", "said"), blocks(README), ids=["fr", "en"])
def test_a_transcript_of_the_readme_is_spoken_again(command: str, said: str, environment: Mapping[str, str]) -> None:
    """`python -m tests.support.transcripts` has them spoken anew."""
    assert timeless(spoken(command, said, environment)) == timeless(said)


@runs("make train")
def test_make_train_says_which_model_fits(environment: Mapping[str, str]) -> None:
    """Trained by now for the other tests: it trains nothing twice."""
    trained = _make("train", environment)
    assert re.search(r"models/assistant-[0-9a-f]{12}\.tar\.gz", trained)


@runs("make bench")
def test_make_bench_puts_ours_beside_the_stock_pipeline(environment: Mapping[str, str]) -> None:
    """On next to nothing: what is tried is that it runs, not what it measures."""
    shown = _make("bench", environment, BENCH="--epochs 1 --sample 2")
    assert "stock / ours" in shown and "peak memory, MB" in shown


def test_make_alone_lists_every_command_of_the_readme(environment: Mapping[str, str]) -> None:
    """Whoever is lost types `make`."""
    listed = set(re.findall(r"^  (make \w+)", _make("", environment), re.MULTILINE))
    assert set(COMMANDS) <= listed


def test_every_command_of_the_readme_is_run_somewhere() -> None:
    """By a test here, by CI itself, or in parts where the whole takes too long."""
    in_ci = {line.strip() for line in CI.splitlines() if line.startswith("make")}
    assert set(COMMANDS) == set(RUN_HERE) | in_ci | set(RUN_IN_PARTS)


@pytest.mark.parametrize(("command", "module"), RUN_IN_PARTS.items())
def test_a_long_command_runs_in_parts(command: str, module: str) -> None:
    """The Makefile starts the module, and tests import it."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{command.removeprefix('make ')}:.*\n\t.* -m {re.escape(module)} ", makefile, re.MULTILINE)
    imported = re.compile(rf"^from {re.escape(module)}[. ]", re.MULTILINE)
    assert [one for one in (ROOT / "tests").rglob("*.py") if imported.search(one.read_text(encoding="utf-8"))]


def test_every_setting_is_in_the_readme_and_every_one_there_is_a_setting() -> None:
    """A setting nobody can find is none."""
    fields = {name.upper() for settings in SETTINGS for name in settings.model_fields}
    assert set(_table()) == fields | set(READ_BY_OTHER_MEANS)
    for name, file in READ_BY_OTHER_MEANS.items():
        assert f'"{name}"' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted({name.upper() for one in SETTINGS for name in one.model_fields}))
def test_a_default_of_the_readme_is_the_default(name: str) -> None:
    """As the launcher has it, or whichever part reads it; in words only where there is no fixed one."""
    field = next(one.model_fields[name.lower()] for one in SETTINGS if name.lower() in one.model_fields)
    documented = _table()[name]
    if literal := re.fullmatch(r"`([^`]*)`(?: under `make run`)?", documented):
        default = "1" if field.default is True else str(field.default)
        assert literal[1] in (default, *_filled_in(name))
    else:
        assert field.is_required() or not str(field.get_default() or ""), name


def test_what_the_readme_points_at_is_there() -> None:
    """Links to files, and a picture that does not weigh a page down."""
    for target in re.findall(r"\]\((?!http)([^)#]+)", README):
        assert (ROOT / target).exists(), target
        assert not target.endswith(".png") or (ROOT / target).stat().st_size < PICTURE_AT_MOST


def _table() -> dict[str, str]:
    """The settings of the README with what it says of their default."""
    rows = re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \| (.*?) \|", README, re.MULTILINE)
    documented: dict[str, str] = {}
    for names, default in rows:
        listed = re.findall(r"`([A-Z_]+)`", names)
        each = default.split(", ") if default.count("`") == 2 * len(listed) else [default] * len(listed)
        documented |= dict(zip(listed, each, strict=True))
    return documented


def _filled_in(name: str) -> list[str]:
    """A default that follows from others."""
    return [LaunchSettings(billing_url="").billing_address] if name == "BILLING_URL" else []


def _make(target: str, environment: Mapping[str, str], **variables: str) -> str:
    command = [MAKE, *target.split(), *(f"{name}={value}" for name, value in variables.items())]
    made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=500, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout
