"""``python -m twilio_standin``: serve until told to end."""

import structlog
import uvicorn

from twilio_standin.app import create_app
from twilio_standin.settings import StandinSettings


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
    settings = StandinSettings()
    uvicorn.run(
        create_app(settings),
        host=settings.phone_host,
        port=settings.phone_port,
        access_log=False,
        timeout_graceful_shutdown=5,
        ws="none",  # as the billing system: Rasa holds websockets at a version uvicorn does not know
    )


if __name__ == "__main__":
    main()
