"""What the passing of time does: payments move on, promises are kept or broken, notices go out."""

from datetime import datetime

from sqlalchemy.orm import Session

from billing.ach.settlement import move_on
from billing.services.notices import send_notices
from billing.services.plans import judge


def let_time_pass(session: Session, now: datetime, public_url: str) -> None:
    """Bring everything to where it is at ``now``; in this order, for each follows from the one before.

    ``public_url`` is the base of the links in what is written about it.
    """
    move_on(session, now, public_url)
    session.flush()
    judge(session, now)
    session.flush()
    send_notices(session, now, public_url)
