"""``python -m tests.support.launcher <data dir> <name>=<port> …``: the launcher's own loop on fake parts.

A process of its own, as the real launcher is: signals and kills are tried on it from outside.
"""

import os
import sys
from pathlib import Path

from launch.display import Board, terminal
from launch.parts import Part
from launch.run import serve
from launch.settings import LaunchSettings

FAKE = Path(__file__).with_name("fake_part.py")


def fake_part(name: str, port: int, **environment: str) -> Part:
    """A part served by ``fake_part.py``."""
    return Part(
        name=name,
        command=(sys.executable, str(FAKE), str(port)),
        host="127.0.0.1",
        port=port,
        setting=f"{name.upper()}_PORT",
        address=f"http://127.0.0.1:{port}",
        environment={**os.environ, **environment},
    )


def main() -> int:
    """Serve the parts named on the command line."""
    folder, *named = sys.argv[1:]
    parts = [fake_part(name, int(port)) for name, port in (one.split("=") for one in named)]
    return serve(parts, LaunchSettings(data_dir=Path(folder)), Board(terminal()))


if __name__ == "__main__":
    sys.exit(main())
