"""docs/conversations.md is followed as it stands: its worked example works in a copy of the project."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from launch.settings import ROOT

GUIDE = (ROOT / "docs" / "conversations.md").read_text(encoding="utf-8")
COPIED = ("actions", "billing", "bot", "data", "languages", "launch", "sessions", "tests")
FILES = ("company.py", "company.yml", "domain.yml", "pyproject.toml")
_STEP = re.compile(
    r"^`(?P<file>[^`]+)`, (?:new|after `(?P<after>[^`]+)`):\n\n```\w+\n(?P<block>.*?)^```$", re.DOTALL | re.MULTILINE
)
STEPS = [found.groupdict(default="") for found in _STEP.finditer(GUIDE)]


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which every step of the guide was taken."""
    copy = tmp_path_factory.mktemp("project")
    for name in COPIED:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.npz", "node_modules"))
    for name in FILES:
        shutil.copy(ROOT / name, copy / name)
    for step in STEPS:
        take(step, copy)
    return copy


def take(step: dict[str, str], copy: Path) -> None:
    """One step: a new file, or a block after a line that stands there once."""
    file = copy / step["file"]
    if not step["after"]:
        assert not file.exists(), f"{step['file']} is there already"
        file.write_text(step["block"], encoding="utf-8")
        return
    text, line = file.read_text(encoding="utf-8"), f"{step['after']}\n"
    assert text.count(f"\n{line}") == 1, f"{step['file']}: {step['after']!r} does not stand there once"
    file.write_text(text.replace(f"\n{line}", f"\n{line}{step['block']}"), encoding="utf-8")


def run(copy: Path, *command: str) -> str:
    """What a command run in the copy said; its failure fails the test."""
    ran = subprocess.run([sys.executable, *command], cwd=copy, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    return ran.stdout


def test_the_guide_has_its_steps() -> None:
    """A block written in another form would be followed by nobody."""
    assert len(STEPS) == GUIDE.count("\n```") // 2
    assert len(STEPS) > 10


def test_the_task_of_the_worked_example_is_served(followed: Path) -> None:
    """Its own test, and every digression from its question in both languages."""
    said = run(followed, "-m", "pytest", "-q", "-W", "ignore", "tests/unit/actions/test_due_date.py",
               "tests/unit/actions/test_every_digression.py", "-k", "due_date")  # fmt: skip
    assert re.search(r"\b4 passed", said), said


def test_its_vocabulary_its_rules_and_its_replies_are_read(followed: Path) -> None:
    """As the training reads them: every intent of a rule is in the domain, every reply in both languages."""
    script = (
        "import asyncio, re, pathlib;"
        "from rasa.shared.core.domain import Domain;"
        "from bot.importer import REPLIES, read_replies;"
        "domain = Domain.load('domain.yml');"
        "ruled = {name for file in pathlib.Path('data/rules').glob('*.yml')"
        " for name in re.findall(r'- intent: (\\w+)', file.read_text())};"
        "replies = read_replies(REPLIES);"
        "print(sorted({'next_due_date', 'faq_old_browser'} & ruled & set(domain.intents)),"
        " 'utter_next_due' in replies, 'utter_faq_old_browser' in replies)"
    )
    assert run(followed, "-c", script).strip() == "['faq_old_browser', 'next_due_date'] True True"


def test_every_place_named_is_there() -> None:
    """A guide to places that moved leads astray."""
    places = set(re.findall(r"`([a-z_]+/[\w./-]*|[a-z_]+\.(?:py|yml))`", GUIDE)) - {step["file"] for step in STEPS}
    missing = {place for place in places if "<" not in place and not (ROOT / place).exists()}
    assert len(places) > 25
    assert not missing
