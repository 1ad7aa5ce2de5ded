"""What a returned debit calls for, by the bank's code (security.md, P11)."""

from typing import Literal

Remedy = Literal["retry", "other_account", "agent"]

# NACHA's codes beside Payments Canada's; what neither names is for a person to look at.
_RETRY = frozenset({"R01", "R09", "901", "908"})
_OTHER_ACCOUNT = frozenset({"R02", "R03", "R04", "902", "905", "912"})


def remedy_of(code: str) -> Remedy:
    """``retry`` the same debit, use ``other_account``, or ask an ``agent``."""
    if code in _RETRY:
        return "retry"
    return "other_account" if code in _OTHER_ACCOUNT else "agent"
