"""After this process died: payments whose outcome nobody follows any more are followed again (security.md, P3)."""

from actions.submission import watch
from actions.wiring import Doors


def follow_again(at: Doors) -> None:
    """Look up every payment left without a known outcome; whoever made it hears of it at their next turn.

    Called within the running loop. Without an identity nobody may be asked: the conversation looks it up itself
    when its customer comes back.
    """
    for draft in at.sessions.drafts.all_unsettled():
        identity = at.sessions.identities.get(draft.conversation)
        if identity is not None:
            customer = at.billing(identity.language).speaking_for(identity.access_token)
            watch(at.sessions.drafts, customer.with_time, draft)
