"""The README's transcripts: ``python -m tests.support.transcripts`` has them spoken anew by the product of today.

A block of ``text`` whose first line is a command after ``$`` holds its output; what was typed follows ``>``.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from launch.settings import ROOT, LaunchSettings
from tests.support.product import running_product

README = ROOT / "README.md"
_BLOCK = re.compile(r"```text\n\$ (?P<command>make chat[^\n]*)\n(?P<said>.*?)```", re.DOTALL)
_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
    "January February March April May June July August September October November December"
).replace(" ", "|")
# What is another one each time: days, references, one-time links.
_OF_THE_DAY = re.compile(
    rf"\d+(?:er)? (?:{_MONTHS}) \d{{4}}|(?:{_MONTHS}) \d+, \d{{4}}|ACH-[0-9A-Z]{{8}}|(?<=: )http://\S+"
)


def blocks(document: str) -> list[tuple[str, str]]:
    """Each command with what was said."""
    return [(found["command"], found["said"]) for found in _BLOCK.finditer(document)]


def spoken(command: str, said: str, environment: Mapping[str, str]) -> str:
    """What the product says when the same is typed."""
    typed = "".join(f"{line[2:]}\n" for line in said.splitlines() if line.startswith("> "))
    chat = subprocess.run(
        [shutil.which("bash") or "bash", "-c", command],
        input=typed,
        cwd=ROOT,
        env=dict(environment),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return chat.stdout.rstrip() + "\n"


def timeless(said: str) -> str:
    """Without what is another one each time."""
    return _OF_THE_DAY.sub("…", said)


def main() -> None:
    """Write the README anew; addresses as they are by default."""
    with tempfile.TemporaryDirectory() as folder, running_product(Path(folder)) as product:
        environment = {**os.environ, "ASSISTANT_PORT": product.assistant_url.rpartition(":")[2]}

        def anew(block: re.Match[str]) -> str:
            product.reset()
            said = spoken(block["command"], block["said"], environment)
            said = said.replace(product.billing_url, LaunchSettings().billing_address)
            return f"```text\n$ {block['command']}\n{said}```"

        README.write_text(_BLOCK.sub(anew, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
