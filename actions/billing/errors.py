"""What can go wrong when the billing system is asked for something.

::

    BillingError
     ├─ BillingUnavailable      nothing was done: no connection, a 5xx or no answer to a harmless question
     ├─ OutcomeUnknown          a change was sent and no answer came: it may or may not have been made
     ├─ IdentityNotAccepted     the customer's token is unknown, over, or its owner must verify again
     ├─ NotFound                no such thing, or not this customer's: the two look alike on purpose
     └─ Refused                 the billing system understood and said no; ``code`` names why
"""

from typing import Any


class BillingError(Exception):
    """Any answer of the billing system other than the one asked for."""


class BillingUnavailable(BillingError):
    """The billing system could not be asked; nothing was changed."""


class OutcomeUnknown(BillingError):
    """A change was sent and its answer never came; look it up by its idempotency key."""


class IdentityNotAccepted(BillingError):
    """The customer must prove who they are, for the first time or again.

    ``fresh`` tells that they are known but that this change wants a code of the last minutes.
    """

    def __init__(self, *, fresh: bool = False) -> None:
        super().__init__("fresh verification required" if fresh else "customer not authorised")
        self.fresh = fresh


class NotFound(BillingError):
    """Nothing of this name is this customer's."""


class Refused(BillingError):
    """A rule of the billing system forbids it.

    ``code`` is the last segment of the problem's ``type`` (``amount-above-due``), ``facts`` its other members.
    """

    def __init__(self, code: str, facts: dict[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts or {}
