"""``python -m bot``: serve until told to end."""

import logging
import os

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TICKET_LOCK_LIFETIME", "120")  # seconds; one turn never takes as long
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import structlog

from bot.without_tensorflow import leave_out

leave_out()

from bot.server import create_server  # noqa: E402  after what it serves without is left out
from bot.settings import AssistantSettings  # noqa: E402  as above


def main() -> None:
    """Serve on loopback unless told otherwise, in one process."""
    logging.basicConfig(level=logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    settings = AssistantSettings()
    create_server(settings).run(settings.assistant_host, settings.assistant_port, access_log=False)


if __name__ == "__main__":
    main()
