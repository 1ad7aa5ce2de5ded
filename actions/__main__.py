"""``python -m actions``: serve until told to end."""

import structlog

from actions.server import create_app
from actions.settings import ActionsSettings


def main() -> None:
    """Serve on loopback unless told otherwise."""
    structlog.configure(
        processors=[
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ]
    )
    settings = ActionsSettings()
    create_app(settings).run(settings.actions_host, settings.actions_port, access_log=False)


if __name__ == "__main__":
    main()
