"""What the passing of time does: payments move on, promises are kept or broken, notices go out."""

from datetime import datetime

from sqlalchemy.orm import Session

from billing.ach.settlement import move_on
from billing.services.notices import send_notices
from billing.services.plans import judge


def let_time_pass(session: Session, now: datetime) -> None:
    """Bring everything to where it is at ``now``; in this order, for each follows from the one before."""
    move_on(session, now)
    session.flush()
    judge(session, now)
    session.flush()
    send_notices(session, now)
