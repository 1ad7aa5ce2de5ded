"""Whether an address can be listened on."""

import os
import socket


def refusal(host: str, port: int) -> str | None:
    """Why nothing can listen there, in the system's words; None when it is free.

    Asked by binding: whoever holds the address, listening or not yet, is found.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As servers do: what the last run left in TIME_WAIT is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as refused:
            return os.strerror(refused.errno) if refused.errno else str(refused)
    return None


def free_port() -> int:
    """A port of loopback that was free a moment ago."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
