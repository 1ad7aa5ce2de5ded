"""``python -m billing``: serve until told to end."""

import structlog
import uvicorn

from billing.app import create_app
from billing.settings import BillingSettings


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
    settings = BillingSettings()
    uvicorn.run(
        create_app(settings),
        host=settings.billing_host,
        port=settings.billing_port,
        access_log=False,
        timeout_graceful_shutdown=5,
        ws="none",  # Rasa holds websockets at a version uvicorn does not know
    )


if __name__ == "__main__":
    main()
